import EngineInterface
import Foundation
import Resources
import Testing

@testable import sluice

@Suite struct DecisionGapsTests {
    private func decisions(_ numbers: (loop: Int, ordinal: UInt64)...) -> [DecisionRecord] {
        numbers.map {
            DecisionRecord(
                sequence: 0, eventLoop: $0.loop, ordinal: $0.ordinal, time: Date(timeIntervalSince1970: 0),
                gateway: "g",
                virtualCluster: "v", principal: "p", sessionID: 1, clientID: nil, api: "Fetch", resourceType: .topic,
                resourceName: "t", operation: .read, verdict: .allowed, rule: "r", reason: "")
        }
    }

    @Test func `what was kept from before has no gaps, and what follows says what is missing`() {
        var gaps = DecisionGaps()
        #expect(gaps.take(self.decisions((0, 10), (1, 500), (0, 90))) == 0)
        #expect(gaps.take([]) == 0)
        #expect(gaps.take(self.decisions((0, 91), (1, 501))) == 0)
        #expect(gaps.take(self.decisions((0, 95), (1, 502), (0, 97))) == 4)
    }

    @Test func `an event loop that was silent before counts from its first`() {
        var gaps = DecisionGaps()
        #expect(gaps.take([]) == 0)
        #expect(gaps.take(self.decisions((3, 1), (3, 2))) == 0)
        #expect(gaps.take(self.decisions((2, 4))) == 3)
    }

    @Test func `an instance that was started again counts from the start`() {
        var gaps = DecisionGaps()
        _ = gaps.take(self.decisions((0, 1_000)))
        #expect(gaps.take(self.decisions((0, 1), (0, 2))) == 0)
        #expect(gaps.take(self.decisions((0, 1))) == 0)
        #expect(gaps.take(self.decisions((0, 5))) == 3)
    }
}
