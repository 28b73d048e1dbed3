import Foundation

/// A value as JSON has it, to compare decoded messages with whatever the source of truth.
///
/// Bytes are lower-case hexadecimal, ids are Kafka's text. Names of fields begin with a small letter.
package indirect enum FieldContent: Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case list([FieldContent])
    case object([String: FieldContent])
}

extension FieldContent: Decodable {
    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    package init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: Key.self) {
            var object: [String: FieldContent] = [:]
            for key in container.allKeys {
                object[key.stringValue.smallFirst] = try container.decode(FieldContent.self, forKey: key)
            }
            self = .object(object)
            return
        }
        if var container = try? decoder.unkeyedContainer() {
            var list: [FieldContent] = []
            while !container.isAtEnd { list.append(try container.decode(FieldContent.self)) }
            self = .list(list)
            return
        }
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else {
            self = .text(try container.decode(String.self))
        }
    }
}

extension FieldContent {
    package init(_ value: SchemaValue) {
        switch value {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .integer(let value): self = .integer(value)
        case .float(let bits): self = .number(Double(bitPattern: bits))
        case .uuid(let bytes): self = .text(bytes.base64URL)
        case .string(let text): self = .text(text)
        case .bytes(let bytes): self = .text(bytes.hex)
        case .array(let elements): self = .list(elements.map { FieldContent($0) })
        case .structure(let value): self = FieldContent(value)
        }
    }

    package init(_ value: SchemaValue.Structure) {
        self = .object(
            Dictionary(uniqueKeysWithValues: value.fields.map { ($0.key.smallFirst, FieldContent($0.value)) }))
    }

    /// The first place where `found` is not what this says; nil when there is none. What this does not name may be anything.
    package func firstDifference(in found: FieldContent, at path: String = "") -> String? {
        switch (self, found) {
        case (.object(let expected), .object(let found)):
            for (name, value) in expected.sorted(by: { $0.key < $1.key }) {
                guard let other = found[name] else { return "\(path).\(name) is missing" }
                if let difference = value.firstDifference(in: other, at: "\(path).\(name)") { return difference }
            }
            return nil
        case (.list(let expected), .list(let found)) where expected.count == found.count:
            for (index, (value, other)) in zip(expected, found).enumerated() {
                if let difference = value.firstDifference(in: other, at: "\(path)[\(index)]") { return difference }
            }
            return nil
        case (.integer(let expected), .number(let found)):
            return Double(expected) == found ? nil : "\(path) is \(found), expected \(expected)"
        default:
            return self == found ? nil : "\(path) is \(found), expected \(self)"
        }
    }
}

extension String {
    package var smallFirst: String {
        self.prefix(1).lowercased() + self.dropFirst()
    }

    /// The bytes that hexadecimal digits name; nil when they are not pairs of digits.
    package var hexBytes: [UInt8]? {
        let digits = self.utf8.map { UInt8($0 < 58 ? $0 &- 48 : ($0 | 32) &- 87) }
        guard digits.count.isMultiple(of: 2), digits.allSatisfy({ $0 < 16 }) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}

extension [UInt8] {
    package var hex: String {
        self.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}

extension [UInt8] {
    /// Base64 with the URL alphabet (RFC 4648 §5), without padding.
    package var base64URL: String {
        Data(self).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
