/// A JSON document as a tree, before anything is known about its meaning.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// An integer literal that fits 64 bits.
    case integer(Int64)
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
        case .null, .bool, .string, .array, .object: nil
        }
    }
}

/// The members of a JSON object, in document order. Names are unique.
package struct JSONObject: Hashable, Sendable {
    package private(set) var keys: [String]
    private var values: [String: JSONValue]

    package init() {
        self.keys = []
        self.values = [:]
    }

    /// Setting keeps the member's place, or adds it at the end; setting nil removes it.
    package subscript(key: String) -> JSONValue? {
        get { self.values[key] }
        set {
            let isKnown = self.values[key] != nil
            self.values[key] = newValue
            switch (isKnown, newValue) {
            case (false, .some): self.keys.append(key)
            case (true, nil): self.keys.removeAll { $0 == key }
            case (true, .some), (false, nil): break
            }
        }
    }

    /// - Returns: false when the name is taken; nothing changes then.
    package mutating func insert(_ value: JSONValue, forKey key: String) -> Bool {
        guard self.values[key] == nil else { return false }
        self.values[key] = value
        self.keys.append(key)
        return true
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// The first of equal names stays.
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init()
        for (key, value) in elements { _ = self.insert(value, forKey: key) }
    }
}

extension JSONValue: Encodable {
    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .object(let object):
            var container = encoder.container(keyedBy: Key.self)
            for key in object.keys { try container.encode(object[key], forKey: Key(stringValue: key)) }
        case .array(let values):
            var container = encoder.unkeyedContainer()
            for value in values { try container.encode(value) }
        case .null, .bool, .integer, .number, .string:
            var container = encoder.singleValueContainer()
            switch self {
            case .bool(let value): try container.encode(value)
            case .integer(let value): try container.encode(value)
            case .number(let value): try container.encode(value)
            case .string(let value): try container.encode(value)
            case .null, .array, .object: try container.encodeNil()
            }
        }
    }
}
