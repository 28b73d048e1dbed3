package import JSON

/// Takes secrets out of what is kept of an entity.
package enum Redaction {
    package static let mark = "(redacted)"

    private static let secretNames: Set<String> = [
        "password", "secret", "client_secret", "private_key", "api_key", "token", "hash",
    ]

    /// The value without the texts that are secrets by their name or by what they hold.
    package static func redacted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object):
            var result = JSONObject()
            for key in object.keys {
                let member = object[key] ?? .null
                let isSecret = self.secretNames.contains(key) && member != .null
                _ = result.insert(isSecret ? .string(self.mark) : self.redacted(member), forKey: key)
            }
            return .object(result)
        case .array(let values):
            return .array(values.map(self.redacted))
        case .string(let text):
            return text.contains("PRIVATE KEY-----") ? .string(self.mark) : value
        case .null, .bool, .integer, .unsigned, .number:
            return value
        }
    }
}
