import KafkaProtocol
import NIOCore
import Testing

@Suite("Frames")
struct KafkaFrameTests {
    @Test
    func `a request has size, header and body`() throws {
        var request = SaslHandshakeRequest()
        request.mechanism = "PLAIN"
        let frame = KafkaFrame.encodeRequest(request, version: 1, correlationID: 7, clientID: "me")
        #expect(
            Array(frame.readableBytesView)
                == [0, 0, 0, 19, 0, 17, 0, 1, 0, 0, 0, 7, 0, 2, 0x6D, 0x65, 0, 5, 0x50, 0x4C, 0x41, 0x49, 0x4E])
    }

    @Test
    func `the client ID of a flexible request keeps its old length`() throws {
        let frame = KafkaFrame.encodeRequest(ListGroupsRequest(), version: 3, correlationID: 7, clientID: nil)
        #expect(Array(frame.readableBytesView) == [0, 0, 0, 12, 0, 16, 0, 3, 0, 0, 0, 7, 0xFF, 0xFF, 0, 0])
    }

    @Test
    func `an ApiVersions response never has tagged fields in its header`() {
        #expect(APIKey.apiVersions.requestHeaderVersion(for: 3) == 2)
        #expect(APIKey.apiVersions.responseHeaderVersion(for: 3) == 0)
        #expect(APIKey.metadata.responseHeaderVersion(for: 9) == 1)
        #expect(APIKey.metadata.responseHeaderVersion(for: 8) == 0)
        #expect(APIKey.saslHandshake.requestHeaderVersion(for: 1) == 1)
    }

    @Test
    func `the header of an unknown API is read as one that is not flexible`() throws {
        var frame = ByteBuffer(bytes: [0x03, 0xE7, 0, 50, 0, 0, 0, 1, 0, 1, 0x78, 0xAA])
        let header = try KafkaFrame.decodeRequestHeader(&frame)
        #expect(header.requestApiKey == 999 && header.requestApiVersion == 50 && header.clientId == "x")
        #expect(frame.readableBytes == 1)
        #expect(APIKey(rawValue: 999).name == "999")
        #expect(APIKey(rawValue: 999).versions == nil)
        #expect(!APIKey(rawValue: 999).isKnown)
    }

    @Test
    func `a header cut anywhere is an error`() {
        let frame = KafkaFrame.encodeRequest(ListGroupsRequest(), version: 3, correlationID: 7, clientID: "abc")
        for length in 0..<14 {
            var cut = frame.getSlice(at: 4, length: length) ?? ByteBuffer()
            #expect(throws: KafkaDecodeError.self) { try KafkaFrame.decodeRequestHeader(&cut) }
        }
    }
}

@Suite("Error codes")
struct KafkaErrorCodeTests {
    @Test
    func `a code has Kafka's name and says whether to try again`() {
        #expect(KafkaErrorCode.topicAuthorizationFailed.rawValue == 29)
        #expect(KafkaErrorCode.topicAuthorizationFailed.name == "TOPIC_AUTHORIZATION_FAILED")
        #expect(!KafkaErrorCode.topicAuthorizationFailed.isRetriable)
        #expect(KafkaErrorCode.unknownTopicOrPartition.isRetriable)
        #expect(KafkaErrorCode.none.name == "NONE")
        #expect(KafkaErrorCode.unknownServerError.rawValue == -1)
        #expect(KafkaErrorCode(rawValue: 12_345).name == "12345")
    }
}
