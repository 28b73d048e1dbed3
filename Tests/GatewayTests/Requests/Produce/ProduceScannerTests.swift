import NIOCore
import Testing

@testable import Gateway

@Suite struct ProduceScannerTests {
    /// A Produce request body written by hand, apart from the package's own codec.
    private struct Body {
        var version: Int16
        var transactionalID: String?
        var acks: Int16 = -1
        var topics: [(name: String, batches: [ByteBuffer])]

        var compact: Bool { self.version >= 9 }

        func encoded() -> ByteBuffer {
            var out = ByteBuffer()
            self.writeString(self.transactionalID, to: &out)
            out.writeInteger(self.acks)
            out.writeInteger(Int32(1000))
            self.writeCount(self.topics.count, to: &out)
            for topic in self.topics {
                if self.version >= 13 {
                    out.writeRepeatingByte(UInt8(topic.name.utf8.count), count: 16)
                } else {
                    self.writeString(topic.name, to: &out)
                }
                self.writeCount(topic.batches.count, to: &out)
                for (index, batch) in topic.batches.enumerated() {
                    out.writeInteger(Int32(index))
                    self.writeCount(batch.readableBytes, to: &out)
                    out.writeImmutableBuffer(batch)
                    if self.compact { out.writeInteger(UInt8(0)) }
                }
                if self.compact { out.writeInteger(UInt8(0)) }
            }
            if self.compact { out.writeInteger(UInt8(0)) }
            return out
        }

        private func writeString(_ text: String?, to out: inout ByteBuffer) {
            if self.compact {
                self.writeCount(text.map(\.utf8.count) ?? -1, to: &out)
            } else {
                out.writeInteger(Int16(text?.utf8.count ?? -1))
            }
            out.writeString(text ?? "")
        }

        private func writeCount(_ count: Int, to out: inout ByteBuffer) {
            guard self.compact else {
                out.writeInteger(Int32(count))
                return
            }
            var value = UInt(count + 1)
            while value >= 0x80 {
                out.writeInteger(UInt8(value & 0x7f) | 0x80)
                value >>= 7
            }
            out.writeInteger(UInt8(value))
        }
    }

    private func batch(transactional: Bool = false, bytes: Int = 200) -> ByteBuffer {
        var batch = ByteBuffer(repeating: 1, count: bytes)
        batch.setInteger(UInt16(transactional ? 0x10 : 0), at: 21)
        return batch
    }

    private func scan(_ body: ByteBuffer, version: Int16, isComplete: Bool = true, of total: Int? = nil)
        -> ProduceScanner.Result
    {
        var queue = ChunkQueue()
        queue.append(body)
        return ProduceScanner.scan(
            ChunkCursor(queue, limit: total ?? body.readableBytes), version: version, isComplete: isComplete)
    }

    @Test(arguments: Int16(3)...12)
    func `names and acks are found in every version that carries names`(version: Int16) {
        let body = Body(
            version: version, acks: 1, topics: [("orders", [self.batch(), self.batch()]), ("audit", [self.batch()])])
        let outline = ProduceScanner.Outline(
            acks: 1, isTransactional: false, names: [ByteBuffer(string: "orders"), ByteBuffer(string: "audit")], ids: []
        )
        #expect(self.scan(body.encoded(), version: version) == .outline(outline))
    }

    @Test func `topic ids take the place of names from version 13`() {
        let body = Body(version: 13, topics: [("orders", [self.batch()])])
        let outline = ProduceScanner.Outline(
            acks: -1, isTransactional: false, names: [], ids: [ByteBuffer(repeating: 6, count: 16)])
        #expect(self.scan(body.encoded(), version: 13) == .outline(outline))
    }

    @Test func `a transactional id or batch is noticed`() {
        let byID = Body(version: 9, transactionalID: "t", topics: [("a", [self.batch()])])
        let byBatch = Body(version: 9, topics: [("a", [self.batch(transactional: true), self.batch()])])
        for body in [byID, byBatch] {
            guard case .outline(let outline) = self.scan(body.encoded(), version: 9) else {
                Issue.record("no outline")
                continue
            }
            #expect(outline.isTransactional)
        }
    }

    @Test func `the outline is known before the last records have arrived`() {
        let body = Body(version: 9, topics: [("orders", [self.batch(bytes: 100_000)])]).encoded()
        let early = body.getSlice(at: 0, length: 100)!
        guard case .outline = self.scan(early, version: 9, isComplete: false, of: body.readableBytes) else {
            Issue.record("100 bytes hold all that is to be known")
            return
        }
    }

    @Test(arguments: [Int16(3), 8, 9, 12, 13])
    func `a request that is cut off anywhere is incomplete or known, never a trap`(version: Int16) {
        let body = Body(
            version: version, transactionalID: "tx",
            topics: [("orders", [self.batch(), self.batch()]), ("b", [self.batch()])]
        ).encoded()
        for length in 0..<body.readableBytes {
            let cut = body.getSlice(at: 0, length: length)!
            let early = self.scan(cut, version: version, isComplete: false, of: body.readableBytes)
            #expect(early != .malformed)
            if case .incomplete = self.scan(cut, version: version, isComplete: true) {
                Issue.record("a frame that ends at \(length) cannot become complete")
            }
        }
    }

    @Test func `random bytes are never a trap`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let length = Int.random(in: 0..<120, using: &generator)
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            for version in Int16(3)...13 {
                #expect(self.scan(ByteBuffer(bytes: bytes), version: version) != .incomplete)
            }
        }
    }
}
