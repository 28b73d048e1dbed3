import Policies

/// The rule sets in force on one event loop. Sessions for which all expressions have the same values share one.
///
/// Confined to its loop. Emptied when the configuration changes.
final class RuleSetCache {
    /// The most rule sets in the cache. Beyond it the cache starts anew; sessions keep theirs.
    static let capacity = 1_024

    private struct Key: Hashable {
        var virtualCluster: ObjectIdentifier
        var evaluation: ACLEvaluation
    }

    private var ruleSets: [Key: ACLRuleSet] = [:]

    /// The rules of a virtual cluster for one identity; nil under `passthrough`.
    func ruleSet(of runtime: VirtualClusterRuntime, for context: AuthenticationContext) -> ACLRuleSet? {
        guard let acl = runtime.acl else { return nil }
        let evaluation = acl.evaluation(for: context)
        let key = Key(virtualCluster: ObjectIdentifier(runtime), evaluation: evaluation)
        if let known = self.ruleSets[key] { return known }
        let made = acl.ruleSet(of: evaluation)
        if self.ruleSets.count >= Self.capacity { self.ruleSets.removeAll(keepingCapacity: true) }
        self.ruleSets[key] = made
        return made
    }

    func removeAll() {
        self.ruleSets.removeAll()
    }
}
