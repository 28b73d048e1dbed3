import Patterns

/// What the expressions of an ACL configuration come to for one identity: all that its rules depend on.
package struct ACLEvaluation: Hashable, Sendable {
    /// A policy that holds.
    struct Policy: Hashable, Sendable {
        /// Its place among the policies of the configuration.
        var place: Int
        /// False when its condition failed: then only deny rules hold.
        var allowsHold: Bool
    }

    /// The names that an expression gave a rule.
    struct Names: Hashable, Sendable {
        var rule: Int32
        var globs: [Glob]
    }

    var policies: [Policy] = []
    var names: [Names] = []
    /// As ``ACLRuleSet/problems``.
    var problems: [String] = []
}
