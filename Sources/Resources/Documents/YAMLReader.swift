package import JSON
import Yams

/// A value with the places of its parts.
package struct LocatedValue: Equatable, Sendable {
    package var value: JSONValue
    /// The place of each value, by path from the root: `gateways[0].listeners[1].ports`; the root's path is empty.
    package var places: [String: DocumentPlace]

    /// The place of a path, or of the nearest part around it.
    package func place(of path: String) -> DocumentPlace? {
        var path = Substring(path)
        while true {
            if let place = self.places[String(path)] { return place }
            guard let end = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { return self.places[""] }
            path = path[..<end]
        }
    }
}

/// Reads one YAML document strictly: YAML 1.2's meaning of plain words (`no` is a string), no tags, anchors or merge
/// keys, each key once. JSON is YAML, so it reads that as well.
package enum YAMLReader {
    /// Characters of a document, at most.
    package static let maximumLength = 4 << 20
    private static let maximumDepth = 64

    /// - Returns: null for a document with nothing in it (YAML 1.2.2, section 9.1.2).
    package static func value(of text: String) throws(DocumentErrors) -> JSONValue {
        try self.content(of: text)?.value ?? .null
    }

    /// A document with something in it.
    package static func read(_ text: String) throws(DocumentErrors) -> LocatedValue {
        guard let content = try self.content(of: text) else {
            throw DocumentErrors([DocumentError("the document is empty")])
        }
        return content
    }

    private static func content(of text: String) throws(DocumentErrors) -> LocatedValue? {
        // YAML 1.2.2, section 5.2.
        let text = OutsideText.withoutByteOrderMark(text)
        if let refusal = self.refusal(of: text) { throw DocumentErrors([refusal]) }
        let root: Node?
        do { root = try Parser(yaml: text, encoding: .utf8).singleRoot() } catch {
            throw DocumentErrors([self.problem(error)])
        }
        guard let root else { return nil }
        var reading = Reading()
        let value = reading.value(of: root, path: "", depth: 0)
        if !reading.errors.isEmpty {
            throw DocumentErrors(reading.errors.sorted { ($0.place?.line ?? 0) < ($1.place?.line ?? 0) })
        }
        return LocatedValue(value: value, places: reading.places)
    }

    /// What would make the parser recurse without end, found before it starts.
    private static func refusal(of text: String) -> DocumentError? {
        guard text.utf8.count <= self.maximumLength else {
            return DocumentError("the document is larger than 4 MiB")
        }
        var open = 0
        var line = 1
        var column = 0
        // Openers of block collections at the start of the line, as in `- - - `; nil behind them.
        var openers: Int? = 0
        var last: UInt8 = 0
        for byte in text.utf8 {
            column += 1
            switch byte {
            case UInt8(ascii: "\n"):
                line += 1
                column = 0
                openers = 0
            case UInt8(ascii: " "):
                if let count = openers {
                    if last == UInt8(ascii: "-") || last == UInt8(ascii: "?") { openers = count + 1 }
                    // A level takes one column at least.
                    if count > self.maximumDepth || column > 4 * self.maximumDepth { return self.tooDeep(line) }
                }
            case UInt8(ascii: "-"), UInt8(ascii: "?"): break
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                openers = nil
                open += 1
                if open > 16 * self.maximumDepth { return self.tooDeep(line) }
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                openers = nil
                open = max(0, open - 1)
            default: openers = nil
            }
            last = byte
        }
        return nil
    }

    private static func tooDeep(_ line: Int) -> DocumentError {
        DocumentError("too many levels; \(self.maximumDepth) are possible", at: DocumentPlace(line: line, column: 1))
    }

    private static func problem(_ error: any Error) -> DocumentError {
        guard let error = error as? YamlError else { return DocumentError("not valid YAML") }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return DocumentError("not valid YAML: \(problem)", at: DocumentPlace(mark))
        case .duplicatedKeysInMapping(let duplicates, let context):
            return DocumentError(
                "the key '\(duplicates.first ?? "")' appears twice", at: DocumentPlace(context.mark))
        case .reader: return DocumentError("not valid YAML: a character that text cannot hold")
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            return DocumentError("not valid YAML")
        }
    }

    private struct Reading {
        var places: [String: DocumentPlace] = [:]
        var errors: [DocumentError] = []

        mutating func value(of node: Node, path: String, depth: Int) -> JSONValue {
            let place = node.mark.map { DocumentPlace($0) }
            self.places[path] = place
            guard depth <= YAMLReader.maximumDepth else {
                return self.fail("too many levels; \(YAMLReader.maximumDepth) are possible", place)
            }
            switch node {
            case .scalar(let scalar): return self.scalar(scalar, place)
            case .sequence(let sequence):
                return .array(
                    sequence.enumerated().map { self.value(of: $1, path: "\(path)[\($0)]", depth: depth + 1) })
            case .mapping(let mapping):
                var object = JSONObject()
                for (key, value) in mapping {
                    let keyPlace = key.mark.map { DocumentPlace($0) }
                    guard case .scalar(let name) = key else {
                        _ = self.fail("a key has to be a word", keyPlace)
                        continue
                    }
                    if name.string == "<<", name.style == .plain {
                        _ = self.fail("merge keys are not used here", keyPlace)
                        continue
                    }
                    let inner = path.isEmpty ? name.string : "\(path).\(name.string)"
                    let read = self.value(of: value, path: inner, depth: depth + 1)
                    // Where the key stands helps more than where its value does.
                    self.places[inner] = keyPlace
                    if !object.insert(read, forKey: name.string) {
                        _ = self.fail("the key '\(name.string)' appears twice", keyPlace)
                    }
                }
                return .object(object)
            case .alias: return self.fail("anchors and aliases are not used here", place)
            }
        }

        private mutating func fail(_ message: String, _ place: DocumentPlace?) -> JSONValue {
            self.errors.append(DocumentError(message, at: place))
            return .null
        }

        private mutating func scalar(_ scalar: Node.Scalar, _ place: DocumentPlace?) -> JSONValue {
            let text = scalar.string
            guard scalar.style == .plain else { return .string(text) }
            switch text {
            case "", "~", "null", "Null", "NULL": return .null
            case "true", "True", "TRUE": return .bool(true)
            case "false", "False", "FALSE": return .bool(false)
            default: break
            }
            guard let first = text.utf8.first,
                first == 0x2B || first == 0x2D || first == 0x2E || (0x30...0x39).contains(first)
            else { return .string(text) }
            let digits = text.drop { $0 == "-" || $0 == "+" }
            if !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
                guard let number = Int64(text) else { return self.fail("the number is too large", place) }
                return .integer(number)
            }
            let isNumber = digits.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || [0x2E, 0x65, 0x45, 0x2B, 0x2D].contains(byte)
            }
            if isNumber, digits.utf8.contains(where: { (0x30...0x39).contains($0) }), let number = Double(text),
                number.isFinite
            {
                return .number(number)
            }
            return .string(text)
        }
    }
}

extension DocumentPlace {
    fileprivate init(_ mark: Mark) {
        self.init(line: mark.line, column: mark.column)
    }
}
