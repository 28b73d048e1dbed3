import JSON

/// Finds the token in pasted text: an answer of a token endpoint, a header, a command line, wrapped lines.
struct PastedToken: Equatable, Sendable {
    var text: String
    /// Characters around it, blanks aside, that are no part of it.
    var cutAway: Int

    init(_ pasted: String) {
        let visible = pasted.count { !$0.isWhitespace }
        let found = Self.inJSON(pasted) ?? Self.longest(in: Self.unwrapped(pasted)) ?? Self.bare(pasted)
        self.text = found
        self.cutAway = max(0, visible - found.count)
    }

    /// `{"access_token": "…"}` (RFC 6749, section 5.1), also further in; an id token when there is nothing else.
    private static func inJSON(_ text: String) -> String? {
        guard text.contains("{"), let value = try? JSONValue(parsing: Array(text.utf8)) else { return nil }
        for name in ["access_token", "id_token", "token"] {
            if let found = self.string(named: name, in: value) { return found }
        }
        return nil
    }

    private static func string(named name: String, in value: JSONValue) -> String? {
        switch value {
        case .object(let object):
            if case .string(let text)? = object[name] { return text.filter { !$0.isWhitespace } }
            return object.keys.lazy.compactMap { object[$0].flatMap { self.string(named: name, in: $0) } }.first
        case .array(let values): return values.lazy.compactMap { self.string(named: name, in: $0) }.first
        case .null, .bool, .integer, .unsigned, .number, .string: return nil
        }
    }

    /// A character of a JWT: base64url and the dots (RFC 7515, section 7.1).
    private static func isTokenCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "-_.".contains(character))
    }

    /// Joins lines that hold only characters of a token to the line before.
    private static func unwrapped(_ text: String) -> String {
        var result = ""
        for line in text.split(whereSeparator: \.isNewline) {
            let line = String(line).trimmingSpaces
            let goesOn =
                !line.isEmpty && line.allSatisfy(self.isTokenCharacter)
                && (result.last.map(self.isTokenCharacter) ?? false)
                // A line that is a token of its own begins anew.
                && line.count(where: { $0 == "." }) < 2
            result += (goesOn || result.isEmpty ? "" : "\n") + line
        }
        return result
    }

    /// The longest `xxx.yyy.zzz`; one that can be decoded is preferred.
    private static func longest(in text: String) -> String? {
        let candidates = text.split { $0.isWhitespace || "\"'`,;:=&|<>()[]{}".contains($0) }.map(String.init)
            .filter { $0.count(where: { $0 == "." }) == 2 && !$0.hasPrefix(".") && !$0.contains("..") }
        let readable = candidates.filter { (try? DecodedToken($0)) != nil }
        return readable.max { $0.count < $1.count } ?? candidates.max { $0.count < $1.count }
    }

    /// All of it without blanks and the word in front.
    private static func bare(_ text: String) -> String {
        let token = String(text.filter { !$0.isWhitespace })
        return token.lowercased().hasPrefix("bearer") ? String(token.dropFirst("bearer".count)) : token
    }
}
