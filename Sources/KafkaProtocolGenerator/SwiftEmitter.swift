/// Writes the Swift of one specification.
struct SwiftEmitter {
    private let specification: Specification
    private var out = ""
    private var indentation = 0

    init(_ specification: Specification) {
        self.specification = specification
    }

    static let header = """
        // swift-format-ignore-file
        // Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
        // specification or the generator and run it again.


        """
    private static let imports = "package import NIOCore\n\n"

    mutating func emit() throws(SpecificationError) -> String {
        self.out = Self.header + Self.imports
        for message in self.specification.messages { try self.message(message) }
        return self.out
    }

    private mutating func line(_ text: String = "") {
        if !text.isEmpty { self.out += String(repeating: "    ", count: self.indentation) + text }
        self.out += "\n"
    }

    private mutating func block(_ head: String, _ body: (inout SwiftEmitter) throws(SpecificationError) -> Void)
        throws(SpecificationError)
    {
        self.line(head + " {")
        self.indentation += 1
        try body(&self)
        self.indentation -= 1
        self.line("}")
    }

    // MARK: Structures

    private mutating func message(_ message: Message) throws(SpecificationError) {
        let conformance = message.kind == .data ? "KafkaData" : "KafkaMessage"
        try self.block("package struct \(message.name): \(conformance)") { emitter throws(SpecificationError) in
            if message.kind != .data {
                emitter.line("package static let apiKey = APIKey.\(emitter.specification.name.lowerFirst)")
            }
            emitter.line(
                "package static let versions: ClosedRange<Int16> = \(message.versions.lowerBound)...\(message.versions.upperBound)"
            )
            emitter.line(
                "package static let firstFlexibleVersion: Int16 = \(message.firstFlexibleVersion.map(String.init) ?? ".max")"
            )
            emitter.line()
            try emitter.body(
                of: message.fields, message: message, typeName: message.name,
                versions: message.versionRange)
            var known: [String: [Field]] = [:]
            try emitter.nested(message.fields, message: message, known: &known)
        }
        self.line()
    }

    /// The structures that fields bring along, each once.
    private mutating func nested(
        _ fields: [Field], message: Message, known: inout [String: [Field]]
    ) throws(SpecificationError) {
        for field in fields {
            guard let name = field.type.structureName, !field.fields.isEmpty else { continue }
            if let before = known[name] {
                guard before == field.fields else {
                    throw SpecificationError(
                        file: self.specification.file, line: field.line,
                        message: "structure \(name) was described before with other fields")
                }
                continue
            }
            known[name] = field.fields
            self.line()
            try self.block("package struct \(name): KafkaStructure") { emitter throws(SpecificationError) in
                try emitter.body(
                    of: field.fields, message: message, typeName: name, versions: message.versionRange)
            }
            try self.nested(field.fields, message: message, known: &known)
        }
    }

    private mutating func body(
        of fields: [Field], message: Message, typeName: String, versions: VersionRange
    ) throws(SpecificationError) {
        let using = message.versions(using: typeName)
        let later = fields.filter { field in using.first.map { field.versions.low > $0 } ?? false }
        for field in later {
            self.line("package static let firstVersionWith\(field.name): Int16 = \(field.versions.low)")
        }
        if !later.isEmpty { self.line() }
        for field in fields { self.line("package var \(field.property): \(field.swiftType) = \(field.swiftDefault)") }
        if message.firstFlexibleVersion != nil {
            self.line("package var unknownTaggedFields: [UnknownTaggedField] = []")
        }
        self.line()
        self.line("package init() {}")
        self.line()
        try self.block("package init(reading reader: inout WireReader, version: Int16)") {
            emitter throws(SpecificationError) in
            try emitter.decode(fields, message: message, versions: versions)
        }
        self.line()
        try self.block("package func encode(into buffer: inout ByteBuffer, version: Int16)") {
            emitter throws(SpecificationError) in
            try emitter.encode(fields, message: message, versions: versions)
        }
        self.line()
        let smallest = using.map { message.smallestSize(of: fields, version: $0) }.min() ?? 1
        self.line("/// Bytes that the smallest value takes: a bound on the number of elements in an array.")
        self.line("package static var minimumBytes: Int { \(max(1, smallest)) }")
    }

    // MARK: Decoding

    private func flexible(_ message: Message) -> String? {
        guard let first = message.firstFlexibleVersion else { return nil }
        return first <= message.versions.lowerBound ? "true" : "version >= \(first)"
    }

    private mutating func decode(_ fields: [Field], message: Message, versions: VersionRange) throws(SpecificationError)
    {
        let flexible = self.flexible(message)
        let usesCompact = fields.contains { $0.type.hasLength }
        if let flexible, usesCompact || flexible != "true" { self.line("let isFlexible = \(flexible)") }
        let compact = flexible == nil ? "false" : "isFlexible"
        for field in fields {
            let plain = field.untaggedVersions(in: versions)
            guard let condition = Self.condition(plain, within: versions) else { continue }
            let compact = Corrections.keepsPlainLength(message, field) ? "false" : compact
            if condition.isEmpty {
                try self.read(field, reader: "reader", compact: compact, versions: versions)
            } else {
                try self.block("if \(condition)") { emitter throws(SpecificationError) in
                    try emitter.read(field, reader: "reader", compact: compact, versions: versions)
                }
            }
        }
        guard let flexible else { return }
        let tagged = fields.filter { $0.tag != nil }
        let guardText = flexible == "true" ? "do" : "if isFlexible"
        if tagged.isEmpty {
            self.line(
                flexible == "true"
                    ? "self.unknownTaggedFields = reader.readUnknownTaggedFields()"
                    : "if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }")
            return
        }
        try self.block(guardText) { emitter throws(SpecificationError) in
            emitter.line("var tagsLeft = reader.readTaggedFieldCount()")
            try emitter.block("while tagsLeft > 0, let head = reader.readTaggedFieldHead()") {
                emitter throws(SpecificationError) in
                emitter.line("tagsLeft -= 1")
                try emitter.block("switch head.tag") { emitter throws(SpecificationError) in
                    for field in tagged {
                        guard let tag = field.tag,
                            let condition = Self.condition(tag.versions.intersection(field.versions), within: versions)
                        else { continue }
                        emitter.line("case \(tag.number)\(condition.isEmpty ? "" : " where \(condition)"):")
                        emitter.indentation += 1
                        emitter.line("var field = reader.field(head)")
                        try emitter.read(field, reader: "field", compact: "true", versions: versions)
                        emitter.line("reader.finish(field)")
                        emitter.indentation -= 1
                    }
                    emitter.line("default:")
                    emitter.indentation += 1
                    emitter.line("self.unknownTaggedFields.append(reader.unknownTaggedField(head))")
                    emitter.indentation -= 1
                }
            }
        }
    }

    private mutating func read(
        _ field: Field, reader: String, compact: String, versions: VersionRange
    ) throws(SpecificationError) {
        let name = "\"\(field.property)\""
        let allowsNull = Self.nullableArgument(field, within: versions)
        switch field.type {
        case .bool, .int8, .int16, .uint16, .int32, .uint32, .int64, .float64, .uuid:
            self.line("self.\(field.property) = \(reader).read\(field.type.readerName)(\(name))")
        case .string, .bytes, .records:
            let nullable = field.nullable != nil || field.type == .records
            self.line(
                "self.\(field.property) = \(reader).read\(nullable ? "Nullable" : "")\(field.type == .string ? "String" : "Bytes")(\(name), compact: \(compact)\(allowsNull))"
            )
        case .structure(let type):
            if let nullable = field.nullable {
                let always = nullable.low <= field.versions.low
                self.line(
                    "self.\(field.property) = \(always ? "" : "version < \(nullable.low) || ")\(reader).readPresence(\(name)) ? \(type)(reading: &\(reader), version: version) : nil"
                )
            } else {
                self.line("self.\(field.property) = \(type)(reading: &\(reader), version: version)")
            }
            self.line("if \(reader).isFailed { \(reader).failedInside(\(name)) }")
        case .array(let element):
            let minimum = element.minimumBytesExpression
            self.line(
                "if let count = \(reader).read\(field.nullable == nil ? "" : "Nullable")Count(\(name), compact: \(compact)\(allowsNull), minimumBytes: \(minimum)) {"
            )
            self.indentation += 1
            self.line("var elements: [\(element.swiftName)] = []")
            self.line(
                "elements.reserveCapacity(\(reader).reservation(count, stride: MemoryLayout<\(element.swiftName)>.stride))"
            )
            self.line("for index in 0..<count {")
            self.indentation += 1
            switch element {
            case .bool, .int8, .int16, .uint16, .int32, .uint32, .int64, .float64, .uuid:
                self.line("elements.append(\(reader).read\(element.readerName)(\(name), at: index))")
            case .string:
                self.line("elements.append(\(reader).readString(\(name), at: index, compact: \(compact)))")
            case .bytes:
                self.line("elements.append(\(reader).readBytes(\(name), at: index, compact: \(compact)))")
            case .structure(let type):
                self.line("elements.append(\(type)(reading: &\(reader), version: version))")
                self.line("if \(reader).isFailed {")
                self.line("    \(reader).failedInside(\(name), at: index)")
                self.line("    break")
                self.line("}")
            case .records, .array:
                throw SpecificationError(
                    file: self.specification.file, line: field.line, message: "an array of this type is not supported")
            }
            if element.structureName == nil { self.line("if \(reader).isFailed { break }") }
            self.indentation -= 1
            self.line("}")
            self.line("self.\(field.property) = elements")
            self.indentation -= 1
            self.line("}\(field.nullable == nil ? "" : " else { self.\(field.property) = nil }")")
        }
    }

    // MARK: Encoding

    private mutating func encode(_ fields: [Field], message: Message, versions: VersionRange) throws(SpecificationError)
    {
        let flexible = self.flexible(message)
        let tagged = fields.filter { $0.tag != nil }
        if let flexible, fields.contains(where: { $0.type.hasLength && $0.tag == nil }) || flexible != "true" {
            self.line("let isFlexible = \(flexible)")
        }
        let compact = flexible == nil ? "false" : "isFlexible"
        for field in fields {
            guard let condition = Self.condition(field.untaggedVersions(in: versions), within: versions) else {
                continue
            }
            let compact = Corrections.keepsPlainLength(message, field) ? "false" : compact
            if condition.isEmpty {
                try self.write(field, buffer: "buffer", compact: compact, versions: versions)
            } else {
                try self.block("if \(condition)") { emitter throws(SpecificationError) in
                    try emitter.write(field, buffer: "buffer", compact: compact, versions: versions)
                }
            }
        }
        guard let flexible else { return }
        if tagged.isEmpty {
            let text = "buffer.writeTaggedFields(self.unknownTaggedFields)"
            self.line(flexible == "true" ? text : "if isFlexible { \(text) }")
            return
        }
        try self.block(flexible == "true" ? "do" : "if isFlexible") { emitter throws(SpecificationError) in
            emitter.line("var tags = self.unknownTaggedFields")
            for field in tagged {
                guard let tag = field.tag,
                    let condition = Self.condition(tag.versions.intersection(field.versions), within: versions)
                else { continue }
                let differs = "self.\(field.property) != \(field.swiftDefault)"
                try emitter.block("if \(condition.isEmpty ? "" : condition + ", ")\(differs)") {
                    emitter throws(SpecificationError) in
                    emitter.line("var field = ByteBuffer()")
                    try emitter.write(field, buffer: "field", compact: "true", versions: versions)
                    emitter.line("tags.set(\(tag.number), to: field)")
                }
            }
            emitter.line("buffer.writeTaggedFields(tags)")
        }
    }

    private mutating func write(
        _ field: Field, buffer: String, compact: String, versions: VersionRange
    ) throws(SpecificationError) {
        let value = "self.\(field.property)"
        let allowsNull = Self.nullableArgument(field, within: versions)
        switch field.type {
        case .bool, .int8, .int16, .uint16, .int32, .uint32, .int64, .float64, .uuid:
            self.line("\(buffer).write(\(value))")
        case .string, .bytes, .records:
            self.line("\(buffer).write(\(value), compact: \(compact)\(allowsNull))")
        case .structure:
            guard let nullable = field.nullable else {
                self.line("\(value).encode(into: &\(buffer), version: version)")
                return
            }
            let mark = nullable.low <= field.versions.low ? "" : "if version >= \(nullable.low) "
            if mark.isEmpty {
                self.line("\(buffer).writePresence(\(value) != nil)")
            } else {
                self.line("\(mark){ \(buffer).writePresence(\(value) != nil) }")
            }
            self.line("\(value)?.encode(into: &\(buffer), version: version)")
        case .array(let element):
            let optional = field.nullable != nil
            self.line("\(buffer).writeCount(\(value)\(optional ? "?" : "").count, compact: \(compact)\(allowsNull))")
            self.line("for element in \(value)\(optional ? " ?? []" : "") {")
            self.indentation += 1
            switch element {
            case .string, .bytes: self.line("\(buffer).write(element, compact: \(compact))")
            case .structure: self.line("element.encode(into: &\(buffer), version: version)")
            default: self.line("\(buffer).write(element)")
            }
            self.indentation -= 1
            self.line("}")
        }
    }

    // MARK: Versions

    /// What tells a primitive in which versions null is allowed; empty when it is in all that carry the field, or in none.
    private static func nullableArgument(_ field: Field, within versions: VersionRange) -> String {
        guard let nullable = field.nullable, let carried = field.versions.intersection(versions),
            let condition = self.condition(nullable, within: carried), !condition.isEmpty
        else { return "" }
        return ", nullable: \(condition)"
    }

    /// The Swift condition under which `range` holds; empty when always, nil when never.
    private static func condition(_ range: VersionRange?, within versions: VersionRange) -> String? {
        guard let range, let all = versions.high else { return nil }
        let low = max(range.low, versions.low)
        let high = min(range.high ?? all, all)
        guard low <= high else { return nil }
        switch (low > versions.low, high < all) {
        case (false, false): return ""
        case (true, false): return "version >= \(low)"
        case (false, true): return "version <= \(high)"
        case (true, true): return low == high ? "version == \(low)" : "version >= \(low) && version <= \(high)"
        }
    }
}

extension String {
    var lowerFirst: String { self.prefix(1).lowercased() + self.dropFirst() }
}

extension VersionRange {
    func intersection(_ other: VersionRange) -> VersionRange? {
        let low = max(self.low, other.low)
        let high = [self.high, other.high].compactMap { $0 }.min()
        if let high, high < low { return nil }
        return VersionRange(low: low, high: high)
    }
}
