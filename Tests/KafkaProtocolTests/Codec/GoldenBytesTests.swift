import Foundation
import KafkaProtocol
import NIOCore
import TestSupport
import Testing

/// Frames that an Apache Kafka 4.3.1 broker received and sent, one conversation for each API and version, with their
/// content by field name. Frames are without their size; correlation ID 1, client ID "oracle".
struct BrokerConversation: Decodable, CustomTestStringConvertible, Sendable {
    var apiKey: Int16
    var version: Int16
    var requestHex: String
    var request: FieldContent
    var responseHex: String
    /// Nil for a few long answers, of which only the bytes are here.
    var response: FieldContent?

    var testDescription: String { "\(APIKey(rawValue: self.apiKey).name) version \(self.version)" }

    static let all: [BrokerConversation] = {
        do {
            let file = try #require(Bundle.module.url(forResource: "Fixtures/broker-4.3.1", withExtension: "jsonl"))
            return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
                try JSONDecoder().decode(BrokerConversation.self, from: Data($0.utf8))
            }
        } catch {
            preconditionFailure("The fixture cannot be read: \(error)")
        }
    }()
}

@Suite("Bytes of a real broker")
struct GoldenBytesTests {
    @Test(arguments: BrokerConversation.all)
    func `a request to a broker reads as recorded and writes the same bytes`(_ conversation: BrokerConversation) throws
    {
        let bytes = try #require(conversation.requestHex.hexBytes)
        var frame = ByteBuffer(bytes: bytes)
        let header = try KafkaFrame.decodeRequestHeader(&frame)
        #expect(header.requestApiKey == conversation.apiKey)
        #expect(header.requestApiVersion == conversation.version)
        #expect(header.correlationId == 1)
        #expect(header.clientId == "oracle")

        let apiKey = APIKey(rawValue: conversation.apiKey)
        let type = try #require(messageTypes[apiKey.name + "Request"] as? any KafkaMessage.Type)
        let request = try type.init(from: &frame, version: conversation.version)
        #expect(frame.readableBytes == 0)
        #expect(conversation.request.firstDifference(in: FieldContent(reflecting: request)) == nil)
        let encoded = KafkaFrame.encodeRequest(
            request, version: conversation.version, correlationID: 1, clientID: "oracle")
        #expect(Array(encoded.readableBytesView.dropFirst(4)) == bytes)
    }

    @Test(arguments: BrokerConversation.all)
    func `an answer of a broker reads as recorded and writes the same bytes`(_ conversation: BrokerConversation) throws
    {
        let bytes = try #require(conversation.responseHex.hexBytes)
        var frame = ByteBuffer(bytes: bytes)
        let apiKey = APIKey(rawValue: conversation.apiKey)
        let header = try ResponseHeader(from: &frame, version: apiKey.responseHeaderVersion(for: conversation.version))
        #expect(header.correlationId == 1)

        let type = try #require(messageTypes[apiKey.name + "Response"] as? any KafkaMessage.Type)
        let response = try type.init(from: &frame, version: conversation.version)
        #expect(frame.readableBytes == 0)
        if let expected = conversation.response {
            #expect(expected.firstDifference(in: FieldContent(reflecting: response)) == nil)
        }
        let encoded = KafkaFrame.encodeResponse(response, version: conversation.version, correlationID: 1)
        #expect(Array(encoded.readableBytesView.dropFirst(4)) == bytes)
        #expect(encoded.getInteger(at: 0, as: Int32.self) == Int32(bytes.count))
    }

    @Test
    func `every API was recorded at its highest version`() {
        let recorded = Set(BrokerConversation.all.map { "\(APIKey(rawValue: $0.apiKey).name) \($0.version)" })
        let missing = APIKey.known.map { "\($0.name) \($0.versions?.upperBound ?? -1)" }.filter {
            !recorded.contains($0)
        }
        // A broker does not offer this version while it is unstable.
        #expect(missing == ["InitProducerId 6"])
    }
}
