/// The principals that a condition compares with: `context.auth.principal.name == 'billing'` names `billing`.
///
/// They only make lists of principals to judge. The value of a condition is decided by evaluating it.
enum NamedPrincipals {
    private static let path = "context.auth.principal.name"

    /// In the order of the text. A name with escapes is skipped.
    static func of(_ condition: String) -> [String] {
        var names: [String] = []
        var rest = condition[...]
        while let place = rest.firstRange(of: self.path) {
            let behind = rest[place.upperBound...].drop(while: \.isWhitespace)
            if behind.hasPrefix("=="), let name = self.literal(behind.dropFirst(2).drop(while: \.isWhitespace)) {
                names.append(name)
            }
            rest = rest[place.upperBound...]
        }
        return names
    }

    /// The text in the quotes that `text` begins with.
    private static func literal(_ text: Substring) -> String? {
        guard let quote = text.first, quote == "'" || quote == "\"" else { return nil }
        let inner = text.dropFirst().prefix { $0 != quote }
        guard inner.endIndex < text.endIndex, !inner.contains("\\"), !inner.isEmpty else { return nil }
        return String(inner)
    }
}
