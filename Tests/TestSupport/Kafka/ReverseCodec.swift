/// Writes messages as the specifications say, value by value and without the generated code.
package struct ReverseCodec {
    private let version: Int16
    private let isFlexible: Bool
    private var bytes: [UInt8] = []

    /// The bytes of a message's body.
    package static func encode(_ value: SchemaValue.Structure, of schema: MessageSchema, version: Int16) -> [UInt8] {
        var codec = ReverseCodec(version: version, isFlexible: schema.isFlexible(version))
        codec.structure(value, schema.fields, hasPlainStrings: schema.name == "RequestHeader")
        return codec.bytes
    }

    private init(version: Int16, isFlexible: Bool) {
        self.version = version
        self.isFlexible = isFlexible
    }

    private mutating func structure(
        _ value: SchemaValue.Structure, _ fields: [FieldSchema], hasPlainStrings: Bool = false
    ) {
        var tagged = value.unknownTags
        for field in fields where field.versions.contains(self.version) {
            let content = value.fields[field.name] ?? field.defaultValue
            if let tag = field.tag, tag.versions.contains(self.version) {
                guard content != field.defaultValue else { continue }
                var nested = ReverseCodec(version: self.version, isFlexible: true)
                nested.value(content, field)
                tagged[tag.number] = nested.bytes
            } else if hasPlainStrings, field.type == "string" {
                var plain = ReverseCodec(version: self.version, isFlexible: false)
                plain.value(content, field)
                self.bytes += plain.bytes
            } else {
                self.value(content, field)
            }
        }
        guard self.isFlexible else { return }
        self.varint(tagged.count)
        for (tag, content) in tagged.sorted(by: { $0.key < $1.key }) {
            self.varint(Int(tag))
            self.varint(content.count)
            self.bytes += content
        }
    }

    private mutating func value(_ value: SchemaValue, _ field: FieldSchema) {
        guard field.isArray else { return self.element(value, field) }
        guard case .array(let elements) = value else { return self.length(nil, width: 4) }
        self.length(elements.count, width: 4)
        for element in elements { self.element(element, field) }
    }

    private mutating func element(_ value: SchemaValue, _ field: FieldSchema) {
        switch value {
        case .null where field.isStructure:
            self.bytes.append(0xFF)
        case .null:
            self.length(nil, width: field.type == "string" ? 2 : 4)
        case .bool(let value):
            self.bytes.append(value ? 1 : 0)
        case .integer(let value):
            let width = ["int8": 1, "int16": 2, "uint16": 2, "int32": 4, "uint32": 4, "int64": 8][field.type] ?? 0
            self.integer(value, width: width)
        case .float(let bits):
            self.integer(Int64(bitPattern: bits), width: 8)
        case .uuid(let bytes):
            self.bytes += bytes
        case .string(let text):
            self.length(text.utf8.count, width: 2)
            self.bytes += Array(text.utf8)
        case .bytes(let bytes):
            self.length(bytes.count, width: 4)
            self.bytes += bytes
        case .structure(let value):
            if !field.isArray, field.isNullable(self.version) { self.bytes.append(1) }
            self.structure(value, field.fields)
        case .array:
            preconditionFailure("No field is an array of arrays.")
        }
    }

    private mutating func length(_ length: Int?, width: Int) {
        if self.isFlexible {
            self.varint(length.map { $0 + 1 } ?? 0)
        } else {
            self.integer(Int64(length ?? -1), width: width)
        }
    }

    private mutating func integer(_ value: Int64, width: Int) {
        for place in (0..<width).reversed() {
            self.bytes.append(UInt8(truncatingIfNeeded: value >> (8 * Int64(place))))
        }
    }

    private mutating func varint(_ value: Int) {
        if value < 128 {
            self.bytes.append(UInt8(value))
        } else {
            self.bytes.append(UInt8(value % 128 + 128))
            self.varint(value / 128)
        }
    }
}
