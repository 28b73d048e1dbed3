/// A value of the expression language. A map's missing key is not a value; see `Evaluator`.
package enum ExpressionValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    case text(ExpressionText)
    case array([ExpressionValue])
    case map([String: ExpressionValue])

    /// A string whose characters are a pattern where a glob is wanted. Strings of an identity become literal in
    /// ``ExpressionVariables``.
    package static func string(_ string: String) -> ExpressionValue {
        .text(ExpressionText(pattern: string))
    }

    /// The string of a text value.
    package var stringValue: String? {
        if case .text(let text) = self { text.string } else { nil }
    }

    /// The type as messages name it: `a string`.
    var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .int, .uint, .double: "a number"
        case .text: "a string"
        case .array: "an array"
        case .map: "a map"
        }
    }

    /// The same value with every string in it literal, or free to be a pattern.
    func markingText(literal: Bool) -> ExpressionValue {
        switch self {
        case .null, .bool, .int, .uint, .double: self
        case .text(let text): .text(literal ? text.asLiteral : text.asPattern)
        case .array(let elements): .array(elements.map { $0.markingText(literal: literal) })
        case .map(let entries): .map(entries.mapValues { $0.markingText(literal: literal) })
        }
    }
}

extension [String: ExpressionValue] {
    /// The entry whose key has exactly these code points.
    func entry(_ key: String) -> ExpressionValue? {
        guard let index = self.index(forKey: key), self[index].key.hasSameScalars(as: key) else { return nil }
        return self[index].value
    }
}

/// JSON, through any coder: numbers without a fraction that fit become integers.
extension ExpressionValue: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let string = try? container.decode(String.self) {
            self = .string(string)
        } else if let bool = try? container.decode(Bool.self) {
            self = .bool(bool)
        } else if let int = try? container.decode(Int64.self) {
            self = .int(int)
        } else if let uint = try? container.decode(UInt64.self) {
            self = .uint(uint)
        } else if let double = try? container.decode(Double.self) {
            self = .double(double)
        } else if let array = try? container.decode([ExpressionValue].self) {
            self = .array(array)
        } else {
            self = .map(try container.decode([String: ExpressionValue].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let bool): try container.encode(bool)
        case .int(let int): try container.encode(int)
        case .uint(let uint): try container.encode(uint)
        case .double(let double): try container.encode(double)
        case .text(let text): try container.encode(text.string)
        case .array(let elements): try container.encode(elements)
        case .map(let entries): try container.encode(entries)
        }
    }
}

extension ExpressionValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) {
        self = .string(value)
    }

    package init(booleanLiteral value: Bool) {
        self = .bool(value)
    }

    package init(integerLiteral value: Int64) {
        self = .int(value)
    }

    package init(floatLiteral value: Double) {
        self = .double(value)
    }

    package init(arrayLiteral elements: ExpressionValue...) {
        self = .array(elements)
    }

    /// The last of equal keys wins.
    package init(dictionaryLiteral elements: (String, ExpressionValue)...) {
        self = .map(Dictionary(elements, uniquingKeysWith: { _, last in last }))
    }
}
