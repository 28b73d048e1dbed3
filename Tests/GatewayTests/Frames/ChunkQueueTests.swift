import NIOCore
import Testing

@testable import Gateway

@Suite struct ChunkQueueTests {
    private func queue(_ sizes: [Int]) -> ChunkQueue {
        var queue = ChunkQueue()
        var next: UInt8 = 0
        for size in sizes {
            var chunk = ByteBuffer()
            for _ in 0..<size {
                chunk.writeInteger(next)
                next &+= 1
            }
            queue.append(chunk)
        }
        return queue
    }

    @Test func `bytes come out in the order they went in, whatever the chunks`() {
        for sizes in [[10], [3, 7], [1, 1, 8], [2000, 2000, 5], [1, 3000, 1]] {
            var queue = self.queue(sizes)
            let total = sizes.reduce(0, +)
            let all = queue.take(total)?.contiguous()
            #expect(all?.readableBytesView.elementsEqual((0..<total).map { UInt8(truncatingIfNeeded: $0) }) == true)
            #expect(queue.isEmpty)
        }
    }

    @Test func `single bytes are joined, so that a queue of them stays short`() {
        let queue = self.queue(Array(repeating: 1, count: 500))
        #expect(queue.chunks.count == 1)
        #expect(queue.readableBytes == 500)
    }

    @Test func `peeking leaves the bytes in place and spans chunks`() {
        var queue = self.queue([1500, 1500])
        let across = queue.peek(1501)
        #expect(across?.readableBytes == 1501)
        let tooMuch = queue.peek(3001)
        #expect(tooMuch == nil)
        #expect(queue.readableBytes == 3000)
        let head = queue.peek(4)
        #expect(head?.readableBytesView.elementsEqual([0, 1, 2, 3]) == true)
    }

    @Test func `taking more than is there takes nothing`() {
        var queue = self.queue([5])
        let none = queue.take(6)
        #expect(none == nil)
        #expect(queue.readableBytes == 5)
    }

    @Test func `a whole chunk is handed on without a copy`() throws {
        var queue = ChunkQueue()
        let chunk = ByteBuffer(repeating: 7, count: 64 * 1024)
        let address = chunk.withUnsafeReadableBytes { $0.baseAddress }
        queue.append(chunk)
        let first = queue.takeFromFirst(limit: 1000)
        let part = try #require(first)
        #expect(part.withUnsafeReadableBytes { $0.baseAddress } == address)
        let taken = queue.take(64 * 1024 - 1000)
        let rest = try #require(taken).first
        #expect(rest.withUnsafeReadableBytes { $0.baseAddress } == address?.advanced(by: 1000))
    }
}

@Suite struct ChunkCursorTests {
    @Test func `integers and lengths are read across chunk borders`() {
        var whole = ByteBuffer()
        whole.writeInteger(Int32(0x0102_0304))
        whole.writeBytes([0x96, 0x01])  // 150 as an unsigned varint
        whole.writeString("name")
        for border in 1..<whole.readableBytes {
            var chain = ByteChain(whole.getSlice(at: 0, length: border)!)
            chain.append(whole.getSlice(at: border, length: whole.readableBytes - border)!)
            var cursor = ChunkCursor(chain)
            let integer = cursor.readInteger(as: Int32.self)
            let varint = cursor.readUnsignedVarint()
            let name = cursor.readSlice(4)
            #expect(integer == 0x0102_0304)
            #expect(varint == 150)
            #expect(name == ByteBuffer(string: "name"))
            #expect(cursor.position == whole.readableBytes)
            let beyond = cursor.readByte()
            #expect(beyond == nil)
        }
    }

    @Test func `nothing behind the frame's end is read or stepped over`() {
        var cursor = ChunkCursor(ByteChain(ByteBuffer(bytes: [1, 2, 3])))
        let skipped = cursor.skip(4)
        let back = cursor.skip(-1)
        let integer = cursor.readInteger(as: Int32.self)
        #expect(!skipped)
        #expect(!back)
        #expect(integer == nil)
        var overlong = ChunkCursor(ByteChain(ByteBuffer(bytes: [0xff, 0xff, 0xff, 0xff, 0xff, 0x01])))
        let varint = overlong.readUnsignedVarint()
        #expect(varint == nil)
    }
}
