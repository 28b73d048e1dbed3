import EngineInterface
import KafkaProtocol
import Policies
import Resources

/// One decision of a session: one operation on one distinct resource in one request.
struct RecordedDecision: Equatable {
    var api: APIKey
    var operation: ACLOperation
    var type: ResourceType
    /// The resource's name; `*` when any name would have been enough.
    @WireName var name: String
    var verdict: Verdict
    /// The rule's index, for ``ACLRuleSet/ruleName(_:)``.
    var rule: Int32
}

/// An operation on a resource.
struct Permission: Hashable {
    var operation: ACLOperation
    var type: ResourceType
    @WireName var name: String

    init(_ operation: ACLOperation, _ type: ResourceType, _ name: String) {
        self.operation = operation
        self.type = type
        self.name = name
    }

    fileprivate var isCached: Bool { self.name.utf8.count <= SessionAuthorizer.maximumCachedNameBytes }

    static func cluster(_ operation: ACLOperation) -> Permission {
        Permission(operation, .cluster, ACLRuleSet.clusterName)
    }
}

/// Decides what one session may do, and records each decision once per request.
///
/// A repeated decision costs one dictionary lookup. Confined to the session's event loop.
final class SessionAuthorizer {
    /// The most decisions in the cache. A client may name any number of topics; beyond this the cache starts anew.
    static let capacity = 2_048
    /// The longest name that a decision is kept for, in bytes of UTF-8: no topic has a longer one.
    static let maximumCachedNameBytes = 256
    /// The most bytes of all names that decisions are kept for.
    static let maximumCachedBytes = 64 * 1024

    /// The value of a field of authorized operations that were not asked for or are not shown.
    static let unsetOperations = Int32.min

    private struct Entry {
        var decision: ACLDecision
        /// The number of the request in which the decision was last recorded; 0 for none.
        var recordedIn: UInt64
    }

    /// Receives each decision. Not called when nothing is enforced.
    var record: (RecordedDecision) -> Void

    private var rules: ACLRuleSet?
    /// Counts the replacements of rules: a permission under one number means nothing under another.
    private(set) var rulesVersion: UInt64 = 0
    private var cache: [Permission: Entry] = [:]
    private var cachedBytes = 0
    /// The long names that this request has had already, because a name counts once even if it is repeated.
    private var longNames: Set<Permission> = []
    private var api: APIKey = .apiVersions
    private var request: UInt64 = 0

    /// - Parameter rules: The rules; nil for `acl_mode: passthrough`, where everything is allowed and nothing recorded.
    init(rules: ACLRuleSet?, record: @escaping (RecordedDecision) -> Void = { _ in }) {
        self.rules = rules
        self.record = record
    }

    /// Whether there are rules to enforce.
    var isEnforcing: Bool { self.rules != nil }

    /// The rules of a changed configuration hold from the next decision on.
    func replaceRules(_ rules: ACLRuleSet?) {
        self.rules = rules
        self.rulesVersion &+= 1
        self.forget()
    }

    /// The number of decisions in the cache.
    var cachedDecisions: Int { self.cache.count }

    /// Releases the memory of earlier decisions.
    func forget() {
        self.cache = [:]
        self.cachedBytes = 0
        self.longNames = []
    }

    /// Begins the scope in which a decision on the same operation and resource counts once.
    /// Both a request and its response begin one.
    func beginRequest(api: APIKey) {
        self.api = api
        self.request &+= 1
        if !self.longNames.isEmpty { self.longNames = [] }
    }

    /// Decides; a refusal is recorded as denied.
    func allows(_ operation: ACLOperation, _ type: ResourceType, _ name: String) -> Bool {
        self.decide(Permission(operation, type, name), refusal: .denied)
    }

    func allows(_ permission: Permission) -> Bool {
        self.decide(permission, refusal: .denied)
    }

    /// Decides whether an item of a list is shown; a refusal is recorded as filtered.
    func shows(_ operation: ACLOperation, _ type: ResourceType, _ name: String) -> Bool {
        self.decide(Permission(operation, type, name), refusal: .filtered)
    }

    /// Decides, and records nothing.
    func wouldAllow(_ permission: Permission) -> Bool {
        guard let rules = self.rules else { return true }
        return self.entry(for: permission, rules).decision.isAllowed
    }

    /// Whether a rule denies the permission. A permission that no rule mentions is refused too, but not by a rule.
    /// Records nothing.
    func isDeniedByRule(_ permission: Permission) -> Bool {
        guard let rules = self.rules else { return false }
        let decision = self.entry(for: permission, rules).decision
        return !decision.isAllowed && decision.rule != ACLDecision.defaultDenyRule
    }

    /// Either permission is enough. One decision is recorded: the one that grants, else the refusal of the narrow one.
    func allows(_ wide: Permission, or narrow: Permission) -> Bool {
        if self.isEnforcing, self.wouldAllow(wide) { return self.allows(wide) }
        return self.allows(narrow)
    }

    func wouldAllow(_ wide: Permission, or narrow: Permission) -> Bool {
        self.wouldAllow(wide) || self.wouldAllow(narrow)
    }

    /// The wide permission, or the operation on any one name of the type. One decision is recorded: the one that
    /// grants, else the refusal of the wide one, which names the error that the client sees.
    func allows(_ wide: Permission, orAny operation: ACLOperation, _ type: ResourceType) -> Bool {
        guard let rules = self.rules else { return true }
        if self.wouldAllow(wide) { return self.allows(wide) }
        let decision = rules.decideOnAnyName(operation, on: type)
        guard decision.isAllowed else { return self.allows(wide) }
        self.tell(Permission(operation, type, "*"), decision, refusal: .denied)
        return true
    }

    /// Whether the session may send requests between brokers; recorded as `all` on the cluster.
    func allowsClusterAction() -> Bool {
        guard let rules = self.rules else { return true }
        let allowed = rules.allowsClusterAction()
        let permission = Permission.cluster(.all)
        let decision = self.entry(for: permission, rules).decision
        self.tell(permission, ACLDecision(isAllowed: allowed, rule: decision.rule), refusal: .denied)
        return allowed
    }

    /// The allowed operations among those of the resource's type: bit n for code n.
    /// - Returns: Nil when nothing is enforced, so that the backend's value stays.
    func authorizedOperations(_ type: ResourceType, _ name: String) -> Int32? {
        self.rules?.authorizedOperations(on: type, named: name)
    }

    /// The field for the cluster's authorized operations: 0 without `DESCRIBE` on it.
    /// - Returns: nil when nothing is enforced.
    func clusterOperations() -> Int32? {
        guard self.isEnforcing else { return nil }
        guard self.allows(.cluster(.describe)) else { return 0 }
        return self.authorizedOperations(.cluster, ACLRuleSet.clusterName)
    }

    private func decide(_ permission: Permission, refusal: Verdict) -> Bool {
        guard let rules = self.rules else { return true }
        guard permission.isCached else { return self.decideUncached(permission, rules, refusal: refusal) }
        if let place = self.cache.index(forKey: permission) {
            let entry = self.cache.values[place]
            if entry.recordedIn != self.request {
                self.cache.values[place].recordedIn = self.request
                self.tell(permission, entry.decision, refusal: refusal)
            }
            return entry.decision.isAllowed
        }
        let decision = self.entry(for: permission, rules).decision
        self.cache[permission]?.recordedIn = self.request
        self.tell(permission, decision, refusal: refusal)
        return decision.isAllowed
    }

    private func decideUncached(_ permission: Permission, _ rules: ACLRuleSet, refusal: Verdict) -> Bool {
        let decision = rules.decide(permission.operation, on: permission.type, named: permission.name)
        // The names of one request are bounded by its size, and are forgotten with the next.
        if self.longNames.insert(permission).inserted { self.tell(permission, decision, refusal: refusal) }
        return decision.isAllowed
    }

    private func entry(for permission: Permission, _ rules: ACLRuleSet) -> Entry {
        if let entry = self.cache[permission] { return entry }
        let decision = rules.decide(permission.operation, on: permission.type, named: permission.name)
        let entry = Entry(decision: decision, recordedIn: 0)
        guard permission.isCached else { return entry }
        self.cachedBytes += permission.name.utf8.count
        if self.cache.count >= Self.capacity || self.cachedBytes > Self.maximumCachedBytes {
            self.cache.removeAll(keepingCapacity: self.cache.count >= Self.capacity)
            self.cachedBytes = permission.name.utf8.count
        }
        self.cache[permission] = entry
        return entry
    }

    private func tell(_ permission: Permission, _ decision: ACLDecision, refusal: Verdict) {
        self.record(
            RecordedDecision(
                api: self.api, operation: permission.operation, type: permission.type, name: permission.name,
                verdict: decision.isAllowed ? .allowed : refusal, rule: decision.rule))
    }
}
