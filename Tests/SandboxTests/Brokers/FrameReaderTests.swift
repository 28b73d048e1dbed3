import NIOCore
import Testing

@testable import Sandbox

@Suite struct `Frame reader` {
    private static func frame(_ text: String) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeInteger(Int32(text.utf8.count))
        buffer.writeString(text)
        return buffer
    }

    @Test(arguments: 1...20)
    func `requests come out whole however the bytes are cut`(piece: Int) throws {
        var stream = Self.frame("first")
        stream.writeImmutableBuffer(Self.frame(""))
        stream.writeImmutableBuffer(Self.frame("third request"))
        var reader = FrameReader(maximumBytes: 100)
        var requests: [String] = []
        while stream.readableBytes > 0 {
            let cut = stream.readSlice(length: min(piece, stream.readableBytes))
            var part = try #require(cut)
            while let request = try reader.next(&part) { requests.append(String(buffer: request)) }
        }
        #expect(requests == ["first", "", "third request"])
    }

    @Test(arguments: [Int32(-1), 101, .max])
    func `lengths that cannot be are refused`(length: Int32) {
        var reader = FrameReader(maximumBytes: 100)
        var input = ByteBuffer(integer: length)
        #expect(throws: FrameReader.TooLong(announcedBytes: length)) { _ = try reader.next(&input) }
    }
}
