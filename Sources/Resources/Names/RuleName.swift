/// What a rule of an `acls` policy is called: in decisions, traces, counters and metrics.
///
/// `acl_policy[0]` is the first rule of `acl_policy`, as `config.rules[0]` is its path in the configuration.
package enum RuleName {
    /// What decides when no rule matches.
    package static let defaultDeny = "__internal/default-deny"

    /// - Parameters:
    ///   - policy: the policy's name, or its id when it has none.
    ///   - rule: from 0; nil for the policy as a whole.
    package static func name(policy: String, rule: Int?) -> String {
        rule.map { "\(policy)[\($0)]" } ?? policy
    }

    /// The name for people: `default-deny` without the prefix that keeps the names of policies apart from it.
    package static func shown(_ name: String) -> String {
        let prefix = "__internal/"
        return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    }

    /// The policy of a rule: `acl_policy` of `acl_policy[0]`.
    package static func policy(_ name: String) -> String {
        guard name.hasSuffix("]"), let open = name.lastIndex(of: "[") else { return self.shown(name) }
        let place = name[name.index(after: open)...].dropLast()
        return place.isEmpty || !place.allSatisfy { $0.isASCII && $0.isNumber } ? name : String(name[..<open])
    }
}
