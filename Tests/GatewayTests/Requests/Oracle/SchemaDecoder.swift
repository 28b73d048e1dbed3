import KafkaProtocol
import NIOCore
import TestSupport
import Testing

/// Reads messages as the specifications say, without the generated code.
struct SchemaDecoder {
    struct Truncated: Error {}

    private let version: Int16
    private let isFlexible: Bool
    private var bytes: ByteBuffer

    /// - Throws: when bytes are missing or left over.
    static func decode(_ body: ByteBuffer, of schema: MessageSchema, version: Int16) throws -> SchemaValue.Structure {
        var decoder = SchemaDecoder(version: version, isFlexible: schema.isFlexible(version), bytes: body)
        let value = try decoder.structure(schema.fields)
        guard decoder.bytes.readableBytes == 0 else { throw Truncated() }
        return value
    }

    private mutating func structure(_ fields: [FieldSchema]) throws -> SchemaValue.Structure {
        var value = SchemaValue.Structure(defaultsOf: fields)
        for field in fields where field.versions.contains(self.version) && !field.isTagged(self.version) {
            value.fields[field.name] = try self.value(field)
        }
        guard self.isFlexible else { return value }
        for _ in 0..<(try self.varint()) {
            let tag = UInt32(truncatingIfNeeded: try self.varint())
            let size = try self.varint()
            guard let content = self.bytes.readSlice(length: size) else { throw Truncated() }
            if let field = fields.first(where: { $0.tag?.number == tag && $0.isTagged(self.version) }) {
                var nested = SchemaDecoder(version: self.version, isFlexible: true, bytes: content)
                value.fields[field.name] = try nested.value(field)
            } else {
                value.unknownTags[tag] = Array(content.readableBytesView)
            }
        }
        return value
    }

    private mutating func value(_ field: FieldSchema) throws -> SchemaValue {
        guard field.isArray else { return try self.element(field) }
        guard let count = try self.length(width: 4) else { return .null }
        return .array(try (0..<count).map { _ in try self.element(field) })
    }

    private mutating func element(_ field: FieldSchema) throws -> SchemaValue {
        switch field.type {
        case "bool": return .bool(try self.read(Int8.self) != 0)
        case "int8": return .integer(Int64(try self.read(Int8.self)))
        case "int16": return .integer(Int64(try self.read(Int16.self)))
        case "uint16": return .integer(Int64(try self.read(UInt16.self)))
        case "int32": return .integer(Int64(try self.read(Int32.self)))
        case "uint32": return .integer(Int64(try self.read(UInt32.self)))
        case "int64": return .integer(try self.read(Int64.self))
        case "float64": return .float(bits: try self.read(UInt64.self))
        case "uuid": return .uuid(try self.take(16))
        case "string":
            guard let length = try self.length(width: 2) else { return .null }
            return .string(String(decoding: try self.take(length), as: UTF8.self))
        case "bytes", "records":
            guard let length = try self.length(width: 4) else { return .null }
            return .bytes(try self.take(length))
        default:
            if !field.isArray, field.isNullable(self.version), try self.read(Int8.self) < 0 { return .null }
            return .structure(try self.structure(field.fields))
        }
    }

    private mutating func length(width: Int) throws -> Int? {
        let length =
            if self.isFlexible {
                try self.varint() - 1
            } else {
                width == 2 ? Int(try self.read(Int16.self)) : Int(try self.read(Int32.self))
            }
        return length < 0 ? nil : length
    }

    private mutating func varint() throws -> Int {
        let byte = Int(try self.read(UInt8.self))
        return byte < 128 ? byte : byte - 128 + 128 * (try self.varint())
    }

    private mutating func take(_ count: Int) throws -> [UInt8] {
        guard let bytes = self.bytes.readBytes(length: count) else { throw Truncated() }
        return bytes
    }

    private mutating func read<Number: FixedWidthInteger>(_: Number.Type) throws -> Number {
        guard let number = self.bytes.readInteger(as: Number.self) else { throw Truncated() }
        return number
    }
}

extension MessageSchema {
    /// Requests and responses, by key.
    static let requests: [Int16: MessageSchema] = Self.byKey(isRequest: true)
    static let responses: [Int16: MessageSchema] = Self.byKey(isRequest: false)

    private static func byKey(isRequest: Bool) -> [Int16: MessageSchema] {
        do {
            var schemas: [Int16: MessageSchema] = [:]
            for schema in try MessageSchema.all() where schema.isRequest == isRequest {
                if let key = schema.apiKey { schemas[key] = schema }
            }
            return schemas
        } catch {
            Issue.record("the specifications cannot be read: \(error)")
            return [:]
        }
    }

    func decode(_ body: ByteBuffer, version: Int16) throws -> SchemaValue.Structure {
        try SchemaDecoder.decode(body, of: self, version: version)
    }

    func encode(_ value: SchemaValue.Structure, version: Int16) -> ByteBuffer {
        ByteBuffer(bytes: ReverseCodec.encode(value, of: self, version: version))
    }
}
