import EngineInterface
import Policies
import Resources

/// Counts one session's decisions and puts them into the loop's rings.
///
/// The counter of each kind of decision is found once and then kept: counting again is one small lookup.
final class SessionRecorder {
    /// The most counters that a session keeps, by rule and operation. Others are looked up in the ledger.
    private static let maximumCounters = 256

    private let ledger: DecisionLedger
    private var identity: SessionIdentity
    private let subject: DecisionCounters.Subject
    private let rules: DecisionLedger.RuleSetInForce
    private var counters: [UInt64: DecisionCounters.Counter] = [:]
    var ruleSet: ACLRuleSet { self.rules.ruleSet }
    /// The denials of this session under these rules.
    private(set) var denied: UInt64 = 0

    init(ledger: DecisionLedger, identity: SessionIdentity, ruleSet: ACLRuleSet) {
        self.ledger = ledger
        self.identity = identity
        self.subject = ledger.counters.subject(of: identity)
        self.rules = DecisionLedger.RuleSetInForce(ruleSet)
    }

    /// The client sent its id after its rules were installed; the next decisions carry it.
    func learned(clientID: String) {
        self.identity = self.identity.with(clientID: clientID)
    }

    func record(_ decision: RecordedDecision) {
        self.counter(for: decision).count += 1
        if decision.verdict == .denied { self.denied += 1 }
        self.ledger.append(decision, session: self.identity, rules: self.rules)
    }

    private func counter(for decision: RecordedDecision) -> DecisionCounters.Counter {
        let key =
            UInt64(UInt32(bitPattern: decision.rule)) << 16 | UInt64(decision.type.code) << 12
            | UInt64(decision.operation.code) << 4 | UInt64(decision.verdict.code)
        if let counter = self.counters[key] { return counter }
        let counter = self.ledger.counters.counter(
            DecisionCounters.Kind(
                resourceType: decision.type, operation: decision.operation, verdict: decision.verdict,
                rule: self.rules.ruleSet.ruleName(decision.rule)),
            of: self.subject)
        if self.counters.count >= Self.maximumCounters { self.counters.removeAll(keepingCapacity: true) }
        self.counters[key] = counter
        return counter
    }
}

extension ResourceType {
    fileprivate var code: UInt8 {
        switch self {
        case .topic: 0
        case .group: 1
        case .cluster: 2
        case .transactionalID: 3
        }
    }
}

extension ACLOperation {
    fileprivate var code: UInt8 {
        switch self {
        case .all: 0
        case .alter: 1
        case .create: 2
        case .delete: 3
        case .describe: 4
        case .read: 5
        case .write: 6
        case .alterConfigs: 7
        case .describeConfigs: 8
        case .idempotentWrite: 9
        }
    }
}

extension Verdict {
    fileprivate var code: UInt8 {
        switch self {
        case .allowed: 0
        case .denied: 1
        case .filtered: 2
        }
    }
}
