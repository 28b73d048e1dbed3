import KafkaProtocol
import NIOCore
import TestSupport
import Testing

/// A message's schema with its Swift type.
struct MessageSample: CustomTestStringConvertible, Sendable {
    var schema: MessageSchema
    var type: any KafkaData.Type

    var testDescription: String { self.schema.name }

    static let all: [MessageSample] = {
        do {
            return try MessageSchema.all().map { schema in
                guard let type = messageTypes[schema.name] else {
                    preconditionFailure("\(schema.name) has a specification and no Swift type")
                }
                return MessageSample(schema: schema, type: type)
            }
        } catch {
            preconditionFailure("The specifications cannot be read: \(error)")
        }
    }()

    /// Random values in the bytes of a version, the same ones in every run.
    func filled(version: Int16, count: Int, hasUnknownTags: Bool = true) -> [(
        value: SchemaValue.Structure, bytes: [UInt8]
    )] {
        let name = self.schema.name.utf8.reduce(UInt64(version)) { $0 &* 31 &+ UInt64($1) }
        var generator = ValueGenerator(seed: name, hasUnknownTags: hasUnknownTags)
        return (0..<count).map { _ in
            let value = generator.message(self.schema, version: version)
            return (value, ReverseCodec.encode(value, of: self.schema, version: version))
        }
    }

    /// The message of the defaults in the bytes of a version.
    func defaults(version: Int16) -> [UInt8] {
        ReverseCodec.encode(.init(defaultsOf: self.schema.fields), of: self.schema, version: version)
    }
}

/// A decoded message of a type that is known only while the test runs.
struct DecodedMessage {
    var value: any KafkaData
    var unread: Int

    init(_ type: any KafkaData.Type, from bytes: [UInt8], version: Int16) throws(KafkaDecodeError) {
        var buffer = ByteBuffer(bytes: bytes)
        self.value = try type.init(from: &buffer, version: version)
        self.unread = buffer.readableBytes
    }

    func encoded(version: Int16) -> [UInt8] {
        var buffer = ByteBuffer()
        self.value.encode(into: &buffer, version: version)
        return Array(buffer.readableBytesView)
    }

    var content: FieldContent { FieldContent(reflecting: self.value) }

    func isEqual(to other: DecodedMessage) -> Bool {
        func compare<Message: KafkaData>(_ value: Message) -> Bool { other.value as? Message == value }
        return compare(self.value)
    }
}

extension FieldContent {
    /// What a decoded value holds, found by reflection.
    init(reflecting value: Any) {
        switch value {
        case let value as Bool: self = .bool(value)
        case let value as Double: self = .number(value)
        case let value as String: self = .text(value)
        case let value as any FixedWidthInteger: self = .integer(Int64(truncatingIfNeeded: value))
        case let value as KafkaUUID: self = .text(value.description)
        case let value as ByteBuffer: self = .text(Array(value.readableBytesView).hex)
        default:
            let mirror = Mirror(reflecting: value)
            switch mirror.displayStyle {
            case .optional:
                self = mirror.children.first.map { FieldContent(reflecting: $0.value) } ?? .null
            case .collection:
                self = .list(mirror.children.map { FieldContent(reflecting: $0.value) })
            default:
                let fields = mirror.children.filter { $0.label != "unknownTaggedFields" }
                self = .object(
                    Dictionary(
                        uniqueKeysWithValues: fields.map { ($0.label ?? "", FieldContent(reflecting: $0.value)) }))
            }
        }
    }
}
