/// A JSON document as a tree, before anything is known about its meaning.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// An integer literal that fits 64 bits.
    case integer(Int64)
    /// An integer literal above `Int64.max` that fits 64 bits.
    case unsigned(UInt64)
    /// Any other number; always finite.
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    /// The integer that this value is, also when it was written `1.0`.
    package var integerValue: Int64? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int64(exactly: value)
        case .null, .bool, .unsigned, .string, .array, .object: nil
        }
    }

    package var stringValue: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// Any number, rounded to a Double.
    package var doubleValue: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .unsigned(let value): Double(value)
        case .number(let value): value
        case .null, .bool, .string, .array, .object: nil
        }
    }

    /// The type as messages name it: `a string`.
    package var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer, .unsigned, .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
