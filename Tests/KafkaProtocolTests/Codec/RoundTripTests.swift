import KafkaProtocol
import NIOCore
import TestSupport
import Testing

@Suite("Messages by their specifications")
struct RoundTripTests {
    @Test(arguments: MessageSample.all)
    func `every version reads what the specification says, and writes the same bytes`(_ sample: MessageSample) throws {
        for version in sample.schema.versions {
            for (value, bytes) in sample.filled(version: version, count: 8) {
                let decoded = try DecodedMessage(sample.type, from: bytes, version: version)
                let encoded = decoded.encoded(version: version)
                #expect(decoded.unread == 0, "version \(version)")
                #expect(encoded == bytes, "version \(version)")
                let difference = FieldContent(value).firstDifference(in: decoded.content)
                #expect(difference == nil, "version \(version)")
                let again = try DecodedMessage(sample.type, from: encoded, version: version)
                let isSame = again.isEqual(to: decoded)
                #expect(isSame, "version \(version)")
            }
        }
    }

    @Test(arguments: MessageSample.all)
    func `a new message has the defaults of the specification`(_ sample: MessageSample) throws {
        let defaults = FieldContent(SchemaValue.Structure(defaultsOf: sample.schema.fields))
        #expect(defaults.firstDifference(in: FieldContent(reflecting: sample.type.init())) == nil)
        for version in sample.schema.versions {
            var buffer = ByteBuffer()
            sample.type.init().encode(into: &buffer, version: version)
            let decoded = try DecodedMessage(sample.type, from: Array(buffer.readableBytesView), version: version)
            #expect(decoded.unread == 0)
        }
    }

    @Test(arguments: MessageSample.all)
    func `versions and the first flexible one are those of the specification`(_ sample: MessageSample) {
        #expect(sample.type.versions == sample.schema.versions)
        for version in sample.schema.versions {
            #expect(sample.type.isFlexible(version) == sample.schema.isFlexible(version))
        }
        guard let rawValue = sample.schema.apiKey else { return }
        let apiKey = APIKey(rawValue: rawValue)
        #expect((sample.type as? any KafkaMessage.Type)?.apiKey == apiKey)
        #expect(apiKey.versions == sample.schema.versions)
        #expect(sample.schema.name == apiKey.name + (sample.schema.isRequest ? "Request" : "Response"))
        #expect(APIKey.known.contains(apiKey))
    }

    @Test(arguments: MessageSample.all)
    func `the fewest bytes of a message are not more than its smallest value takes`(_ sample: MessageSample) {
        for version in sample.schema.versions {
            var buffer = ByteBuffer()
            sample.type.init().encode(into: &buffer, version: version)
            #expect(sample.type.minimumBytes <= max(1, buffer.readableBytes))
        }
    }

    @Test(arguments: MessageSample.all)
    func `a version that does not exist is refused`(_ sample: MessageSample) {
        let bytes = [UInt8](repeating: 0, count: 300)
        for version in [sample.schema.versions.lowerBound - 1, sample.schema.versions.upperBound + 1, .min, .max] {
            let error = #expect(throws: KafkaDecodeError.self) {
                try DecodedMessage(sample.type, from: bytes, version: version)
            }
            #expect(error?.reason == .unsupportedVersion(version, known: sample.schema.versions))
        }
    }
}
