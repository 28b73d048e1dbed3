extension Field {
    private static let keywords: Set<String> = ["default", "protocol", "operator", "self", "init", "in", "is"]

    /// The name in Swift: the specification's, its first letter small.
    var property: String {
        let name = self.name.lowerFirst
        return Self.keywords.contains(name) ? "`\(name)`" : name
    }

    var swiftType: String {
        self.type.swiftName + (self.nullable != nil || self.type == .records ? "?" : "")
    }

    var swiftDefault: String {
        switch self.type {
        case .bool: return self.defaultValue?.lowercased() ?? "false"
        case .int8, .int16, .uint16, .int32, .uint32, .int64, .float64: return self.defaultValue ?? "0"
        case .uuid: return ".zero"
        case .string:
            if self.nullable != nil, self.defaultValue == "null" { return "nil" }
            return self.defaultValue ?? "\"\""
        case .bytes: return self.nullable != nil && self.defaultValue == "null" ? "nil" : "ByteBuffer()"
        case .records: return "nil"
        case .structure(let name): return self.nullable != nil ? "nil" : "\(name)()"
        case .array: return self.nullable != nil && self.defaultValue == "null" ? "nil" : "[]"
        }
    }

    /// Whether a text can be this field's default: null, or a literal of its type.
    func allowsDefault(_ text: String) -> Bool {
        if text == "null" { return true }
        switch self.type {
        case .bool: return ["true", "false"].contains(text.lowercased())
        case .int8, .int16, .uint16, .int32, .uint32, .int64, .float64:
            return text.hasPrefix("0x") ? Int(text.dropFirst(2), radix: 16) != nil : Int(text) != nil
        case .string: return text == "\"\""
        case .uuid, .bytes, .records, .structure, .array: return false
        }
    }

    /// Versions in which the field stands in its place, not among the tagged fields.
    func untaggedVersions(in message: VersionRange) -> VersionRange? {
        guard let tag = self.tag else { return self.versions.intersection(message) }
        guard self.versions.low < tag.versions.low else { return nil }
        return VersionRange(low: self.versions.low, high: tag.versions.low - 1).intersection(message)
    }

}

extension Message {
    var versionRange: VersionRange {
        VersionRange(low: self.versions.lowerBound, high: self.versions.upperBound)
    }

    func hasVersions(of other: Message) -> Bool {
        self.versions == other.versions && self.firstFlexibleVersion == other.firstFlexibleVersion
    }

    /// The versions in which a structure of this message can appear; all of them for the message itself.
    func versions(using structure: String) -> [Int] {
        func uses(_ fields: [Field], _ version: Int) -> Bool {
            fields.contains { field in
                field.versions.contains(version)
                    && (field.type.structureName == structure || uses(field.fields, version))
            }
        }
        return self.versions.filter { structure == self.name || uses(self.fields, $0) }
    }

    /// The fewest bytes that a structure of these fields takes in a version.
    func smallestSize(of fields: [Field], version: Int) -> Int {
        let isFlexible = self.firstFlexibleVersion.map { version >= $0 } ?? false
        var size = isFlexible ? 1 : 0  // The number of tagged fields.
        for field in fields where field.versions.contains(version) {
            if let tag = field.tag, tag.versions.contains(version) { continue }
            switch field.type {
            case .string: size += isFlexible ? 1 : 2
            case .bytes, .records, .array: size += isFlexible ? 1 : 4
            case .structure:
                let canBeNull = field.nullable?.contains(version) ?? false
                size += canBeNull ? 1 : self.smallestSize(of: field.fields, version: version)
            case .bool, .int8, .int16, .uint16, .int32, .uint32, .int64, .float64, .uuid:
                size += field.type.smallestSize
            }
        }
        return size
    }
}

extension Field.FieldType {
    var structureName: String? {
        switch self {
        case .structure(let name), .array(.structure(let name)): name
        default: nil
        }
    }

    /// Whether a length or count precedes the value.
    var hasLength: Bool {
        switch self {
        case .string, .bytes, .records, .array: true
        default: false
        }
    }

    var swiftName: String {
        switch self {
        case .bool: "Bool"
        case .int8: "Int8"
        case .int16: "Int16"
        case .uint16: "UInt16"
        case .int32: "Int32"
        case .uint32: "UInt32"
        case .int64: "Int64"
        case .float64: "Double"
        case .uuid: "KafkaUUID"
        case .string: "String"
        case .bytes, .records: "ByteBuffer"
        case .structure(let name): name
        case .array(let element): "[\(element.swiftName)]"
        }
    }

    var readerName: String { self == .uuid ? "UUID" : self.swiftName }

    var smallestSize: Int {
        switch self {
        case .bool, .int8: 1
        case .int16, .uint16: 2
        case .int32, .uint32: 4
        case .int64, .float64: 8
        case .uuid: 16
        case .string, .bytes, .records, .array, .structure: 1
        }
    }

    var minimumBytesExpression: String {
        switch self {
        case .structure(let name): "\(name).minimumBytes"
        default: "\(self.smallestSize)"
        }
    }
}
