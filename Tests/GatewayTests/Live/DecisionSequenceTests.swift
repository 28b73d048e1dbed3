import Foundation
import Testing

@testable import Gateway

@Suite struct DecisionSequenceTests {
    private let epoch = Date(timeIntervalSince1970: 1_000)

    @Test func `numbers rise on one loop, also within one microsecond`() {
        var sequence = DecisionSequence(loopIndex: 3, epoch: self.epoch)
        let now = self.epoch.addingTimeInterval(1)
        let first = sequence.next(at: now)
        let second = sequence.next(at: now)
        let earlier = sequence.next(at: self.epoch)
        #expect(first < second)
        #expect(second < earlier)
    }

    @Test func `loops never give out the same number`() {
        var one = DecisionSequence(loopIndex: 0, epoch: self.epoch)
        var two = DecisionSequence(loopIndex: 1, epoch: self.epoch)
        let now = self.epoch.addingTimeInterval(1)
        #expect(Set((0..<10).map { _ in one.next(at: now) }).isDisjoint(with: (0..<10).map { _ in two.next(at: now) }))
    }

    @Test func `the limit of a moment is not below any number given before it`() {
        var sequence = DecisionSequence(loopIndex: 63, epoch: self.epoch)
        let now = self.epoch.addingTimeInterval(0.5)
        #expect(sequence.next(at: now) <= DecisionSequence.limit(at: now, epoch: self.epoch))
        #expect(sequence.next(at: now.addingTimeInterval(0.001)) > DecisionSequence.limit(at: now, epoch: self.epoch))
    }

    @Test func `numbers stay exact in JSON for years`() {
        var sequence = DecisionSequence(loopIndex: 63, epoch: self.epoch)
        #expect(sequence.next(at: self.epoch.addingTimeInterval(4 * 365 * 86_400)) < 1 << 53)
    }
}
