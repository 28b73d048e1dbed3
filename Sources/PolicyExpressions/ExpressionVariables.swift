/// What an expression can read, as one tree: `context.auth.type` is the entry `type` of `auth` of `context`.
///
/// What is not set is absent. A place's check says what may be mentioned; setting more does no harm.
package struct ExpressionVariables: Sendable {
    private(set) var roots: [String: ExpressionValue]

    package init() {
        self.roots = [:]
    }

    /// Sets `context.auth.*`. Its strings become literal in globs.
    ///
    /// - Parameters:
    ///   - type: `anonymous`, `sasl_oauth_bearer`, …
    ///   - principalID, metadata: nil unless a principal was looked up.
    ///   - claims: all claims of the token; nil without one.
    package mutating func setAuthentication(
        type: String, principalName: String, principalID: String? = nil, metadata: ExpressionValue? = nil,
        claims: ExpressionValue? = nil
    ) {
        var principal: [String: ExpressionValue] = ["name": .string(principalName)]
        principal["id"] = principalID.map(ExpressionValue.string)
        principal["metadata"] = metadata
        var auth: [String: ExpressionValue] = ["type": .string(type), "principal": .map(principal)]
        if let claims { auth["token"] = .map(["claims": claims]) }
        self.set(["context", "auth"], ExpressionValue.map(auth).markingText(literal: true))
    }

    /// Sets one variable by its path, such as `["record", "headers"]`; nil makes it absent.
    package mutating func set(_ path: [String], _ value: ExpressionValue?) {
        func setting(_ entries: [String: ExpressionValue], _ path: ArraySlice<String>) -> [String: ExpressionValue] {
            guard let name = path.first else { return entries }
            var entries = entries
            if path.count == 1 {
                entries[name] = value
            } else if case .map(let inner)? = entries[name] {
                entries[name] = .map(setting(inner, path.dropFirst()))
            } else {
                entries[name] = .map(setting([:], path.dropFirst()))
            }
            return entries
        }
        self.roots = setting(self.roots, path[...])
    }
}
