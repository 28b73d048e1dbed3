import JSON

extension FieldReader {
    /// At most 50 labels (resource reference 1.3).
    package func labels() -> [String: String]? {
        self.object { reader in
            var labels: [String: String] = [:]
            var isGood = true
            if reader.keys.count > 50 {
                isGood = false
                self.report(.maximumItems, "must have at most 50 labels", bound: .maximum(50))
            }
            for key in reader.keys.prefix(50) {
                let field = reader[key]
                if let fault = labelKeyFault(key) {
                    isGood = false
                    field.report(.isLabel, fault)
                }
                if let value = field.string(.labelValue) { labels[key] = value } else { isGood = false }
            }
            // The names beyond the limit are data too, not unknown properties.
            reader.ignoreOtherProperties()
            return isGood ? labels : nil
        }
    }

    /// Labels of a PATCH where a null value removes the key.
    package func labelChanges() -> [String: String?]? {
        self.object { reader in
            var changes: [String: String?] = [:]
            var isGood = true
            for key in reader.keys {
                let field = reader[key]
                if let fault = labelKeyFault(key) {
                    isGood = false
                    field.report(.isLabel, fault)
                }
                if field.value == .null {
                    changes[key] = .some(nil)
                } else if let value = field.string(.labelValue) {
                    changes[key] = value
                } else {
                    isGood = false
                }
            }
            reader.ignoreOtherProperties()
            return isGood ? changes : nil
        }
    }
}

extension StringRule {
    package static let labelValue = StringRule.valid(
        "must be 1 to 63 letters, digits and any of - . _, with a letter or a digit at both ends, such as team-a",
        rule: .isLabel,
        facts: StringFacts(minimumLength: 1, maximumLength: 63, pattern: "^[a-zA-Z0-9]([a-zA-Z0-9._-]*[a-zA-Z0-9])?$"),
        isLabelValue)
}

/// What the names of an operator's labels must not start with.
private let labelKeyPrefixes = ["kong", "konnect", "mesh", "kic", "_"]

/// What a JSON Schema can say of the names of labels.
let labelKeyFacts = StringFacts(
    minimumLength: 1, maximumLength: 63, pattern: "^(?!\(labelKeyPrefixes.joined(separator: "|")))")

private func labelKeyFault(_ key: String) -> String? {
    guard (1...63).contains(key.unicodeScalars.count) else { return "a label's name must have 1 to 63 characters" }
    for prefix in labelKeyPrefixes where key.hasPrefix(prefix) {
        return "a label's name must not start with [\(prefix)]"
    }
    return nil
}
