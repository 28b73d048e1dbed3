import Foundation
import JSON

/// A decoded JWT, for display. Nothing is verified here, because the engine's validator does that.
struct DecodedToken: Equatable, Sendable {
    var header: JSONValue
    var payload: JSONValue
    /// Bytes.
    var signatureLength: Int

    enum Failure: Error, Equatable, Sendable {
        case parts(Int)
        case base64(part: String)
        case json(part: String, JSONSyntaxError)

        /// A sentence with the remedy.
        var sentence: String {
            switch self {
            case .parts(let count):
                "A JWT has three parts with a dot between; this has \(count). Was all of it pasted?"
            case .base64(let part): "The \(part) is not base64url."
            case .json(let part, let error):
                "The \(part) is not JSON at line \(error.line), column \(error.column): \(error.reason)."
            }
        }
    }

    init(_ token: String) throws(Failure) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .parts(parts.count) }
        self.header = try Self.json(parts[0], "header")
        self.payload = try Self.json(parts[1], "payload")
        self.signatureLength = try Self.bytes(parts[2], "signature").count
    }

    private static func json(_ part: Substring, _ name: String) throws(Failure) -> JSONValue {
        let bytes = Array(try self.bytes(part, name))
        do throws(JSONSyntaxError) { return try JSONValue(parsing: bytes) } catch { throw .json(part: name, error) }
    }

    private static func bytes(_ part: Substring, _ name: String) throws(Failure) -> Data {
        var text = String(part).replacing("-", with: "+").replacing("_", with: "/")
        text += String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: text) else { throw .base64(part: name) }
        return data
    }

    /// A claim that is a string.
    func text(_ claim: String) -> String? {
        guard case .object(let object) = self.payload, case .string(let text)? = object[claim] else { return nil }
        return text
    }

    /// `exp` and its like (RFC 7519, section 2: seconds since 1970).
    func date(_ claim: String) -> Date? {
        guard case .object(let object) = self.payload else { return nil }
        return object[claim]?.doubleValue.map(Date.init(timeIntervalSince1970:))
    }
}

/// A JSON document in lines, for people.
enum JSONText {
    static func lines(_ value: JSONValue, indent: Int = 0, key: String? = nil, isLast: Bool = true) -> [TextOverlay
        .Line]
    {
        let margin = String(repeating: "  ", count: min(indent, 20))
        var head: [TextOverlay.Run] = [.init(margin)]
        if let key { head += [.init(quoted(key), .syntaxKey), .init(": ", .syntaxPunct)] }
        let comma: [TextOverlay.Run] = isLast ? [] : [.init(",", .syntaxPunct)]
        switch value {
        case .object(let object) where !object.keys.isEmpty:
            var lines = [TextOverlay.Line(runs: head + [.init("{", .syntaxPunct)])]
            for (index, name) in object.keys.enumerated() {
                lines += self.lines(
                    object[name] ?? .null, indent: indent + 1, key: name, isLast: index == object.keys.count - 1)
            }
            return lines + [.init(runs: [.init(margin + "}", .syntaxPunct)] + comma)]
        case .array(let values) where values.contains(where: Self.isContainer):
            var lines = [TextOverlay.Line(runs: head + [.init("[", .syntaxPunct)])]
            for (index, element) in values.enumerated() {
                lines += self.lines(element, indent: indent + 1, isLast: index == values.count - 1)
            }
            return lines + [.init(runs: [.init(margin + "]", .syntaxPunct)] + comma)]
        default: return [.init(runs: head + [self.scalar(value)] + comma)]
        }
    }

    private static func isContainer(_ value: JSONValue) -> Bool {
        switch value {
        case .array, .object: true
        case .null, .bool, .integer, .unsigned, .number, .string: false
        }
    }

    private static func scalar(_ value: JSONValue) -> TextOverlay.Run {
        switch value {
        case .null: .init("null", .syntaxBool)
        case .bool(let flag): .init(flag ? "true" : "false", .syntaxBool)
        case .integer(let number): .init(String(number), .syntaxNumber)
        case .unsigned(let number): .init(String(number), .syntaxNumber)
        case .number(let number): .init(String(number), .syntaxNumber)
        case .string(let text): .init(self.quoted(text), .syntaxString)
        case .array(let values): .init("[" + values.map { self.scalar($0).text }.joined(separator: ", ") + "]")
        case .object: .init("{}", .syntaxPunct)
        }
    }

    static func quoted(_ text: String) -> String {
        "\"" + CellText.sanitised(text).replacing("\"", with: "\\\"") + "\""
    }
}
