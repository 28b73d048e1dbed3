import JSON

extension JSONValue {
    /// The value of a configured claim: text that is valid JSON becomes that JSON value, other text a string.
    init(configured text: String) {
        self = (try? JSONValue(parsing: text)) ?? .string(text)
    }
}
