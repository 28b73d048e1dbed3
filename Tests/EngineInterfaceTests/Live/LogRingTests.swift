import EngineInterface
import Foundation
import Testing

@Suite struct LogRingTests {
    private func ring(capacity: Int, lines: Int) -> LogRing {
        let ring = LogRing(capacity: capacity)
        for number in 0..<lines {
            ring.append(time: Date(timeIntervalSince1970: 0), level: .info, component: "x", message: "\(number + 1)")
        }
        return ring
    }

    @Test func `lines are numbered from one and come oldest first`() {
        let ring = self.ring(capacity: 10, lines: 3)
        #expect(ring.lines(after: 0).map(\.sequence) == [1, 2, 3])
        #expect(ring.lines(after: 2).map(\.message) == ["3"])
        #expect(ring.lines(after: 3) == [])
    }

    @Test(arguments: [4, 5, 9, 12]) func `a full ring keeps the newest`(lines: Int) {
        let ring = self.ring(capacity: 4, lines: lines)
        let newest = (lines - 3...lines).map(String.init)
        #expect(ring.lines(after: 0).map(\.message) == newest)
        #expect(ring.lines(after: UInt64(lines - 2)).map(\.message) == Array(newest.suffix(2)))
    }

    @Test func `a number from before a restart asks for everything`() {
        #expect(self.ring(capacity: 4, lines: 2).lines(after: 900).map(\.sequence) == [1, 2])
        #expect(LogRing(capacity: 0).lines(after: 9) == [])
    }

    @Test func `long messages and facts are cut`() throws {
        let ring = LogRing()
        ring.append(
            time: Date(timeIntervalSince1970: 0), level: .error, component: "x",
            message: String(repeating: "m", count: 10_000), metadata: ["k": String(repeating: "é", count: 10_000)])
        let line = try #require(ring.lines(after: 0).first)
        #expect(line.message.utf8.count < LogRing.maximumMessageBytes + 10)
        #expect(line.metadata["k"].map { $0.utf8.count < LogRing.maximumFactBytes + 10 } == true)
    }

    @Test func `lines of any size are kept up to a number of bytes, the newest`() throws {
        let ring = LogRing(capacity: 1_000, maximumBytes: 100_000)
        let facts = Dictionary(
            uniqueKeysWithValues: (0..<100).map { (String(repeating: "k", count: 2_000) + "\($0)", "v") })
        for number in 1...200 {
            ring.append(
                time: Date(timeIntervalSince1970: 0), level: .info, component: String(repeating: "c", count: 9_000),
                message: number % 2 == 0 ? String(repeating: "m", count: 50_000) : "short", metadata: facts)
        }
        let lines = ring.lines(after: 0)
        let bytes = lines.reduce(0) { sum, line in
            line.metadata.reduce(sum + line.message.utf8.count + line.component.utf8.count) {
                $0 + $1.key.utf8.count + $1.value.utf8.count
            }
        }
        #expect(bytes <= 100_000)
        #expect(lines.count > 5)
        #expect(lines.map(\.sequence) == Array(UInt64(201 - lines.count)...200))
        #expect(ring.lines(after: 198).map(\.sequence) == [199, 200])
        #expect(ring.lines(after: 3).count == lines.count)
    }

    @Test(arguments: [1, 3, 7]) func `short lines after long ones fill the ring again`(capacity: Int) {
        let ring = LogRing(capacity: capacity, maximumBytes: 3_000)
        for number in 1...40 {
            ring.append(
                time: Date(timeIntervalSince1970: 0), level: .info, component: "x",
                message: String(repeating: "m", count: number < 20 ? 2_000 : 1))
        }
        #expect(ring.lines(after: 0).map(\.sequence) == Array(UInt64(41 - capacity)...40))
    }
}
