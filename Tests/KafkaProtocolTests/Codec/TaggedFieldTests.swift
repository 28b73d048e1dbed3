import KafkaProtocol
import NIOCore
import Testing

@Suite("Tagged fields")
struct TaggedFieldTests {
    private func decodeResponse(_ tags: [UInt8]) throws(KafkaDecodeError) -> ProduceResponse {
        // No responses, throttle time 0, then the tagged fields.
        var buffer = ByteBuffer(bytes: [1, 0, 0, 0, 0] + tags)
        return try ProduceResponse(from: &buffer, version: 10)
    }

    private func encode(_ response: ProduceResponse, version: Int16 = 10) -> [UInt8] {
        var buffer = ByteBuffer()
        response.encode(into: &buffer, version: version)
        return Array(buffer.readableBytesView)
    }

    @Test
    func `an unknown tag survives, in its place among the known ones`() throws {
        let endpoint: [UInt8] = [2, 0, 0, 0, 7, 2, 0x68, 0, 0, 0x23, 0x84, 0, 0]
        let tags: [UInt8] = [2, 0, UInt8(endpoint.count)] + endpoint + [5, 2, 0xAB, 0xCD]
        let response = try self.decodeResponse(tags)
        #expect(response.nodeEndpoints.map(\.nodeId) == [7])
        #expect(response.unknownTaggedFields == [UnknownTaggedField(tag: 5, data: ByteBuffer(bytes: [0xAB, 0xCD]))])
        #expect(self.encode(response) == [1, 0, 0, 0, 0] + tags)
    }

    @Test
    func `unknown tags set out of order are written in order`() {
        var response = ProduceResponse()
        response.unknownTaggedFields = [
            UnknownTaggedField(tag: 9, data: ByteBuffer()), UnknownTaggedField(tag: 3, data: ByteBuffer(bytes: [1])),
        ]
        #expect(self.encode(response) == [1, 0, 0, 0, 0, 2, 3, 1, 1, 9, 0])
    }

    @Test
    func `a field at its default is not written`() {
        #expect(self.encode(ProduceResponse()) == [1, 0, 0, 0, 0, 0])
    }

    @Test
    func `a tag is unknown to a version before it came`() throws {
        // Version 9 has no node endpoints: what is there is kept as it is.
        var buffer = ByteBuffer(bytes: [1, 0, 0, 0, 0, 1, 0, 1, 0x77])
        let response = try ProduceResponse(from: &buffer, version: 9)
        #expect(response.nodeEndpoints.isEmpty)
        #expect(response.unknownTaggedFields.map(\.tag) == [0])
        #expect(self.encode(response, version: 9) == [1, 0, 0, 0, 0, 1, 0, 1, 0x77])
    }

    @Test
    func `a known field takes the place of an unknown one with its tag`() {
        var response = ProduceResponse()
        response.unknownTaggedFields = [UnknownTaggedField(tag: 0, data: ByteBuffer(bytes: [0x77]))]
        response.nodeEndpoints = [ProduceResponse.NodeEndpoint()]
        #expect(self.encode(response).prefix(7) == [1, 0, 0, 0, 0, 1, 0])
    }

    @Test
    func `bytes too many in a known field are refused`() {
        let error = #expect(throws: KafkaDecodeError.self) { try self.decodeResponse([1, 0, 2, 1, 0xEE]) }
        #expect(error?.reason == .unreadBytesInTaggedField(tag: 0, count: 1))
    }

    @Test
    func `a known field that is too short names the place in the frame`() {
        let error = #expect(throws: KafkaDecodeError.self) { try self.decodeResponse([1, 0, 3, 2, 0, 0]) }
        #expect(error?.reason == .tooManyElements(count: 1, available: 2))
        #expect(error?.field == "nodeEndpoints")
        #expect(error?.offset == 9)
    }

    @Test
    func `a tag that comes twice or out of order is refused`() {
        let twice = #expect(throws: KafkaDecodeError.self) { try self.decodeResponse([2, 5, 0, 5, 0]) }
        #expect(twice?.reason == .taggedFieldsOutOfOrder(tag: 5))
        let falling = #expect(throws: KafkaDecodeError.self) { try self.decodeResponse([2, 5, 0, 4, 0]) }
        #expect(falling?.reason == .taggedFieldsOutOfOrder(tag: 4))
    }

    @Test
    func `a count of tags beyond the frame is refused`() {
        #expect(throws: KafkaDecodeError.self) { try self.decodeResponse([0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 1, 0]) }
    }

    @Test
    func `a size beyond the frame is refused`() {
        let error = #expect(throws: KafkaDecodeError.self) {
            try self.decodeResponse([1, 7, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F])
        }
        #expect(error?.reason == .truncated(needed: 4_294_967_295, available: 0))
    }
}
