import KafkaProtocol
import NIOCore
import Testing

@testable import Gateway

@Suite struct PaddingTests {
    @Test func `padding takes exactly as many bytes as asked for`() throws {
        for bytes in Array(2...600) + Array(16_200...16_600) + [2_097_150, 2_097_160] {
            let padding = try #require(Padding(bytes: bytes), "\(bytes)")
            var section = ByteBuffer()
            section.writeTaggedFields(padding.fields)
            #expect(section.readableBytes == 1 + bytes)
        }
        let none = try #require(Padding(bytes: 0))
        #expect(none.fields.isEmpty)
    }

    @Test func `one byte, or less than none, cannot be padded`() {
        #expect(Padding(bytes: 1) == nil)
        #expect(Padding(bytes: -1) == nil)
    }

    @Test func `a tail of padding reads as one without endpoints`() throws {
        for bytes in Array(3...400) + [16_380, 16_390, 70_000] {
            var body = ByteBuffer()
            FetchResponse().encode(into: &body, version: 17)
            body.moveWriterIndex(to: body.writerIndex - 1)
            body.writeImmutableBuffer(Padding.tail(bytes: bytes, of: FetchResponse.self))
            let fetch = try FetchResponse(from: &body, version: 17)
            #expect(fetch.nodeEndpoints.isEmpty)
            #expect(body.readableBytes == 0)
            guard bytes >= 4 else { continue }
            var share = ByteBuffer()
            ShareFetchResponse().encode(into: &share, version: 2)
            share.moveWriterIndex(to: share.writerIndex - 2)
            share.writeImmutableBuffer(Padding.tail(bytes: bytes, of: ShareFetchResponse.self))
            let answer = try ShareFetchResponse(from: &share, version: 2)
            #expect(answer.nodeEndpoints.isEmpty)
            #expect(share.readableBytes == 0)
        }
    }
}
