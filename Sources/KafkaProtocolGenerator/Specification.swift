/// One API or data structure as its specification file describes it.
struct Specification {
    var file: String
    /// Nil for headers and other data that is not an API.
    var apiKey: Int?
    var name: String
    var messages: [Message]
}

struct Message {
    enum Kind: String { case request, response, data }

    var kind: Kind
    var name: String
    var versions: ClosedRange<Int>
    /// Nil when no version is flexible.
    var firstFlexibleVersion: Int?
    var fields: [Field]
}

struct Field {
    indirect enum FieldType: Equatable {
        case bool, int8, int16, uint16, int32, uint32, int64, float64, uuid, string, bytes, records
        case structure(String)
        case array(FieldType)
    }

    var name: String
    var type: FieldType
    var versions: VersionRange
    var nullable: VersionRange?
    var tag: Tag?
    var defaultValue: String?
    /// Fields of the structure, where this field's type is one.
    var fields: [Field]
    var line: Int

    struct Tag: Equatable {
        var number: Int
        var versions: VersionRange
    }
}

extension Field: Equatable {
    /// Whether both are the same on the wire and in Swift, wherever they stand in the file.
    static func == (left: Field, right: Field) -> Bool {
        left.name == right.name && left.type == right.type && left.versions == right.versions
            && left.nullable == right.nullable && left.tag == right.tag && left.defaultValue == right.defaultValue
            && left.fields == right.fields
    }
}

/// `3+`, `0-12` or `8`.
struct VersionRange: Equatable {
    var low: Int
    /// Nil for "and later".
    var high: Int?

    func contains(_ version: Int) -> Bool {
        version >= self.low && self.high.map { version <= $0 } ?? true
    }
}

struct SpecificationError: Error, CustomStringConvertible {
    var file: String
    var line: Int
    var message: String

    var description: String { "\(self.file):\(self.line): \(self.message)" }
}
