/// Reads one specification file: a heading, then messages whose fields are nested by indentation, two spaces a level.
struct SpecificationParser {
    private let file: String
    private let lines: [(number: Int, depth: Int, text: Substring)]
    private var next = 0

    init(file: String, text: String) throws(SpecificationError) {
        self.file = file
        var lines: [(Int, Int, Substring)] = []
        var number = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            let content = line.drop { $0 == " " }
            if content.isEmpty || content.first == "#" { continue }
            let indentation = line.count - content.count
            guard indentation % 2 == 0 else {
                throw SpecificationError(file: file, line: number, message: "indentation must be a multiple of two")
            }
            lines.append((number, indentation / 2, content))
        }
        self.lines = lines
    }

    mutating func parse() throws(SpecificationError) -> Specification {
        guard let heading = self.take(), heading.depth == 0, heading.text.hasPrefix("=== ") else {
            throw self.error("the file must start with '=== api KEY NAME' or '=== NAME'")
        }
        let words = heading.text.split(separator: " ").dropFirst().map(String.init)
        var specification: Specification
        if words.first == "api" {
            guard words.count == 3, let key = Int(words[1]) else { throw self.error("expected '=== api KEY NAME'") }
            specification = Specification(file: self.file, apiKey: key, name: words[2], messages: [])
        } else {
            guard words.count == 1 else { throw self.error("expected '=== NAME'") }
            specification = Specification(file: self.file, apiKey: nil, name: words[0], messages: [])
        }
        while self.next < self.lines.count { specification.messages.append(try self.message()) }
        return specification
    }

    private mutating func take() -> (number: Int, depth: Int, text: Substring)? {
        guard self.next < self.lines.count else { return nil }
        self.next += 1
        return self.lines[self.next - 1]
    }

    /// - Parameter line: nil for the line that was read last.
    private func error(_ message: String, line: Int? = nil) -> SpecificationError {
        let place = max(0, min(self.next, self.lines.count) - 1)
        let last = self.lines.isEmpty ? 1 : self.lines[place].number
        return SpecificationError(file: self.file, line: line ?? last, message: message)
    }

    /// `request ProduceRequest  versions 3-13  flexible 9+`
    private mutating func message() throws(SpecificationError) -> Message {
        guard let line = self.take(), line.depth == 0 else { throw self.error("expected a message at column 1") }
        let words = line.text.split(separator: " ").map(String.init)
        guard words.count == 6, let kind = Message.Kind(rawValue: words[0]), words[2] == "versions",
            words[4] == "flexible"
        else { throw self.error("expected 'request|response|data NAME  versions LOW-HIGH  flexible FIRST+|none'") }
        let versions = try self.versions(words[3])
        let flexible: Int? = words[5] == "none" ? nil : try self.versions(words[5]).low
        return Message(
            kind: kind, name: words[1], versions: versions.low...(versions.high ?? versions.low),
            firstFlexibleVersion: flexible, fields: try self.fields(depth: 1))
    }

    private mutating func fields(depth: Int) throws(SpecificationError) -> [Field] {
        var fields: [Field] = []
        while self.next < self.lines.count, self.lines[self.next].depth == depth {
            var field = try self.field()
            if self.next < self.lines.count, self.lines[self.next].depth > depth {
                field.fields = try self.fields(depth: depth + 1)
            }
            if fields.contains(where: { $0.name == field.name }) {
                throw self.error("field \(field.name) is there twice", line: field.line)
            }
            if let structure = field.type.structureName {
                guard !field.fields.isEmpty else {
                    throw self.error("structure \(structure) has no fields", line: field.line)
                }
            } else if !field.fields.isEmpty {
                throw self.error("\(field.type) cannot have fields", line: field.line)
            }
            fields.append(field)
        }
        return fields
    }

    /// `Name: type  versions  | attribute, attribute`
    private mutating func field() throws(SpecificationError) -> Field {
        guard let line = self.take() else { throw self.error("expected a field") }
        let halves = line.text.split(separator: "|", maxSplits: 1)
        let words = halves[0].split(separator: " ").map(String.init)
        guard words.count == 3, words[0].hasSuffix(":") else { throw self.error("expected 'NAME: TYPE  VERSIONS'") }
        var field = Field(
            name: String(words[0].dropLast()), type: try self.type(words[1]), versions: try self.versions(words[2]),
            fields: [], line: line.number)
        guard halves.count == 2 else { return field }
        for attribute in halves[1].split(separator: ",") {
            let words = attribute.split(separator: " ").map(String.init)
            switch words.first {
            case "nullable" where words.count == 2:
                field.nullable = try self.versions(words[1])
            case "tag" where words.count == 3 && Int(words[1]) != nil:
                field.tag = Field.Tag(
                    number: Int(words[1]) ?? 0, versions: try self.versions(words[2].filter { $0 != "(" && $0 != ")" }))
            case "default" where words.count == 2:
                guard field.allowsDefault(words[1]) else {
                    throw self.error("'\(words[1])' is not a default of \(field.type)")
                }
                field.defaultValue = words[1]
            case "entity" where words.count == 2, "key", "ignorable":
                break
            default:
                throw self.error("unknown attribute '\(attribute)'")
            }
        }
        return field
    }

    private func type(_ text: String) throws(SpecificationError) -> Field.FieldType {
        if text.hasPrefix("[]") { return .array(try self.type(String(text.dropFirst(2)))) }
        switch text {
        case "bool": return .bool
        case "int8": return .int8
        case "int16": return .int16
        case "uint16": return .uint16
        case "int32": return .int32
        case "uint32": return .uint32
        case "int64": return .int64
        case "float64": return .float64
        case "uuid": return .uuid
        case "string": return .string
        case "bytes": return .bytes
        case "records": return .records
        default:
            guard text.first?.isUppercase == true else { throw self.error("unknown type '\(text)'") }
            return .structure(text)
        }
    }

    private func versions(_ text: String) throws(SpecificationError) -> VersionRange {
        if text.hasSuffix("+"), let low = Int(text.dropLast()) { return VersionRange(low: low) }
        let ends = text.split(separator: "-").map { Int($0) }
        switch (ends.count, ends.first ?? nil, ends.last ?? nil) {
        case (1, let one?, _): return VersionRange(low: one, high: one)
        case (2, let low?, let high?) where low <= high: return VersionRange(low: low, high: high)
        default: throw self.error("'\(text)' is not a version range such as 3+, 0-12 or 8")
        }
    }
}
