/// What is known of a value's type before it exists.
indirect enum StaticType: Equatable, Sendable {
    case any, bool, number, string, null
    case array(StaticType)
    case map(StaticType)

    /// Whether a value of this type may be one of `other`.
    func mayBe(_ other: StaticType) -> Bool {
        switch (self, other) {
        case (.any, _), (_, .any): true
        case (.array(let left), .array(let right)), (.map(let left), .map(let right)): left.mayBe(right)
        case (.bool, .bool), (.number, .number), (.string, .string), (.null, .null): true
        default: false
        }
    }

    /// The type of what is one or the other.
    func joined(with other: StaticType) -> StaticType {
        switch (self, other) {
        case (.array(let left), .array(let right)): .array(left.joined(with: right))
        case (.map(let left), .map(let right)): .map(left.joined(with: right))
        default: self == other ? self : .any
        }
    }

    /// As messages name it.
    var name: String {
        switch self {
        case .any: "a value"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .null: "null"
        case .array(.string): "an array of strings"
        case .array(.number): "an array of numbers"
        case .array(.bool): "an array of booleans"
        case .array: "an array"
        case .map: "a map"
        }
    }
}
