package import Foundation

/// A message as its specification describes it, read by a parser of the tests' own.
///
/// It shares no code with the generator, so that a mistake in one of them shows.
package struct MessageSchema: Sendable {
    package var name: String
    /// Nil for headers and other data that is not an API.
    package var apiKey: Int16?
    package var isRequest: Bool
    package var versions: ClosedRange<Int16>
    package var flexible: ClosedRange<Int16>?
    package var fields: [FieldSchema]

    package func isFlexible(_ version: Int16) -> Bool {
        self.flexible?.contains(version) ?? false
    }
}

package struct FieldSchema: Sendable {
    package var name: String
    package var type: String
    package var isArray: Bool
    package var versions: ClosedRange<Int16>
    package var nullable: ClosedRange<Int16>?
    package var tag: (number: UInt32, versions: ClosedRange<Int16>)?
    package var defaultText: String?
    /// What the value names: `topicName`, `groupId`, `transactionalId`, `brokerId`, `producerId`.
    package var entity: String?
    package var fields: [FieldSchema]

    package var isStructure: Bool { self.type.first?.isUppercase == true }

    package func isNullable(_ version: Int16) -> Bool {
        self.nullable?.contains(version) ?? false
    }

    package func isTagged(_ version: Int16) -> Bool {
        self.tag?.versions.contains(version) ?? false
    }
}

extension MessageSchema {
    package struct Malformed: Error {
        package var line: String
    }

    /// The folder of the repository that holds the specifications.
    package static let specifications = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Sources/KafkaProtocolGenerator/Specifications")

    /// Every message of every specification, by file and then in the file's order.
    package static func all() throws -> [MessageSchema] {
        try FileManager.default.contentsOfDirectory(atPath: self.specifications.path)
            .filter { $0.hasSuffix(".txt") }.sorted()
            .flatMap { try self.parse(String(contentsOf: self.specifications.appending(path: $0), encoding: .utf8)) }
    }

    package static func parse(_ text: String) throws -> [MessageSchema] {
        var lines = text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }[...]
        var apiKey: Int16?
        var schemas: [MessageSchema] = []
        while let line = lines.popFirst() {
            let words = line.split(separator: " ").map(String.init)
            switch words[0] {
            case "===":
                apiKey = words[1] == "api" ? Int16(words[2]) : nil
            case "request", "response", "data":
                guard words.count == 6 else { throw Malformed(line: line) }
                let versions = try self.range(words[3])
                schemas.append(
                    MessageSchema(
                        name: words[1], apiKey: apiKey, isRequest: words[0] == "request", versions: versions,
                        flexible: words[5] == "none" ? nil : try self.range(words[5]),
                        fields: try self.fields(&lines, indent: 2)))
            default:
                throw Malformed(line: line)
            }
        }
        return schemas
    }

    private static func fields(_ lines: inout ArraySlice<String>, indent: Int) throws -> [FieldSchema] {
        var fields: [FieldSchema] = []
        while let line = lines.first, line.prefix(while: { $0 == " " }).count == indent {
            lines.removeFirst()
            var field = try self.field(line)
            field.fields = try self.fields(&lines, indent: indent + 2)
            fields.append(field)
        }
        return fields
    }

    private static func field(_ line: String) throws -> FieldSchema {
        let parts = line.components(separatedBy: "|")
        let words = parts[0].replacing(":", with: " ").split(separator: " ").map(String.init)
        guard words.count == 3 else { throw Malformed(line: line) }
        let isArray = words[1].hasPrefix("[]")
        var field = FieldSchema(
            name: words[0], type: isArray ? String(words[1].dropFirst(2)) : words[1], isArray: isArray,
            versions: try self.range(words[2]), fields: [])
        for attribute in parts.dropFirst().joined().components(separatedBy: ",") {
            let words = attribute.split { " ()".contains($0) }.map(String.init)
            switch words.first {
            case "nullable": field.nullable = try self.range(words[1])
            case "tag": field.tag = (UInt32(words[1]) ?? .max, try self.range(words[2]))
            case "default": field.defaultText = words[1]
            case "entity": field.entity = words[1]
            default: break
            }
        }
        return field
    }

    private static func range(_ text: String) throws -> ClosedRange<Int16> {
        if text.hasSuffix("+"), let low = Int16(text.dropLast()) { return low...Int16.max }
        let ends = text.split(separator: "-").compactMap { Int16($0) }
        guard let low = ends.first, let high = ends.last, low <= high else { throw Malformed(line: text) }
        return low...high
    }
}
