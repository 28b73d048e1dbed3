import Console

/// The dotted names a theme may set: every role and every prefix of one.
enum RoleName {
    static let all: Set<String> = Set(Role.allCases.flatMap { Self.chain(of: $0.rawValue) })

    /// `decision.deny` gives `decision.deny`, `decision`, `base`.
    static func chain(of name: String) -> [String] {
        var names = [name]
        var rest = name[...]
        while let dot = rest.lastIndex(of: ".") {
            rest = rest[..<dot]
            names.append(String(rest))
        }
        if rest != "base" { names.append("base") }
        return names
    }
}
