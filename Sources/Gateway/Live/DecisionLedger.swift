import Foundation
import GatewayModel
import Policies

/// The decisions made on one event loop: totals, and the newest ones in bounded rings.
///
/// Confined to its loop, so counting costs no lock and no contention; the live views collect from all loops.
/// Denials have a ring of their own: a busy client that is allowed everything cannot push them out.
final class DecisionLedger {
    /// One decision, in the form that costs least to keep: words are made when someone looks.
    struct Entry {
        var sequence: UInt64
        var time: Date
        var session: SessionIdentity
        var rules: RuleSetInForce
        var decision: RecordedDecision
    }

    /// The rules a session was judged by, shared by the decisions made with them.
    final class RuleSetInForce {
        let ruleSet: ACLRuleSet

        init(_ ruleSet: ACLRuleSet) {
            self.ruleSet = ruleSet
        }
    }

    /// One counter; sessions keep a reference so that counting is one addition.
    final class Counter {
        var count: UInt64 = 0
    }

    struct CounterKey: Hashable {
        var gatewayID: String
        var shown: DecisionCounter.Key
    }

    private var counters: [CounterKey: Counter] = [:]
    private var refusals: Ring
    private var allowances: Ring
    private var sequences: DecisionSequence

    /// - Parameters:
    ///   - loopIndex: this loop's number, below ``DecisionSequence/maximumLoops``.
    ///   - capacity: entries in each of the two rings.
    init(loopIndex: Int, epoch: Date, capacity: Int = 2048) {
        self.refusals = Ring(capacity: capacity)
        self.allowances = Ring(capacity: capacity)
        self.sequences = DecisionSequence(loopIndex: loopIndex, epoch: epoch)
    }

    func counter(_ key: CounterKey) -> Counter {
        if let counter = self.counters[key] { return counter }
        let counter = Counter()
        self.counters[key] = counter
        return counter
    }

    func append(_ decision: RecordedDecision, session: SessionIdentity, rules: RuleSetInForce) {
        let time = Date()
        let entry = Entry(
            sequence: self.sequences.next(at: time), time: time, session: session, rules: rules, decision: decision)
        switch decision.verdict {
        case .allowed: self.allowances.append(entry)
        case .denied, .filtered: self.refusals.append(entry)
        }
    }

    /// - Parameter gateway: a gateway's id, or nil for all.
    func totals(gateway: String?) -> [DecisionCounter] {
        self.counters.compactMap { key, counter in
            gateway == nil || key.gatewayID == gateway
                ? DecisionCounter(key: key.shown, count: counter.count) : nil
        }
    }

    /// Entries above `sequence` and not above `limit`, oldest first.
    func entries(after sequence: UInt64, upTo limit: UInt64) -> [Entry] {
        let wanted = (self.refusals.entries + self.allowances.entries)
            .filter { $0.sequence > sequence && $0.sequence <= limit }
        return wanted.sorted { $0.sequence < $1.sequence }
    }

    /// A fixed number of slots, the oldest written over.
    private struct Ring {
        private let capacity: Int
        private(set) var entries: [Entry] = []
        private var next = 0

        init(capacity: Int) {
            self.capacity = max(1, capacity)
        }

        mutating func append(_ entry: Entry) {
            if self.entries.count < self.capacity {
                self.entries.append(entry)
            } else {
                self.entries[self.next] = entry
                self.next = (self.next + 1) % self.capacity
            }
        }
    }
}

/// Numbers that rise with time and differ between loops, made without sharing anything.
///
/// Microseconds since the engine started, times 64, plus the loop's number: below 2^53 for more than four years, so that
/// every JSON reader keeps them exact.
struct DecisionSequence {
    static let maximumLoops = 64

    private let loopIndex: UInt64
    private let epoch: Date
    private var last: UInt64 = 0

    init(loopIndex: Int, epoch: Date) {
        precondition((0..<Self.maximumLoops).contains(loopIndex), "A loop's number must fit the sequence.")
        self.loopIndex = UInt64(loopIndex)
        self.epoch = epoch
    }

    mutating func next(at time: Date) -> UInt64 {
        let base = Self.base(at: time, epoch: self.epoch) + self.loopIndex
        self.last = max(base, self.last + UInt64(Self.maximumLoops))
        return self.last
    }

    /// No loop has given out a number above this one before `time`, save where it counts faster than the clock.
    static func limit(at time: Date, epoch: Date) -> UInt64 {
        self.base(at: time, epoch: epoch) + UInt64(Self.maximumLoops - 1)
    }

    private static func base(at time: Date, epoch: Date) -> UInt64 {
        UInt64(max(0, time.timeIntervalSince(epoch) * 1_000_000)) * UInt64(Self.maximumLoops)
    }
}

/// Who a session is, for the views: set once it is authenticated, shared by its decisions.
final class SessionIdentity: Sendable {
    let sessionID: UInt64
    let gatewayID: String
    let gateway: String
    let virtualCluster: String
    let principal: String
    let clientID: String?

    init(
        sessionID: UInt64, gatewayID: String, gateway: String, virtualCluster: String, principal: String,
        clientID: String?
    ) {
        self.sessionID = sessionID
        self.gatewayID = gatewayID
        self.gateway = gateway
        self.virtualCluster = virtualCluster
        self.principal = principal
        self.clientID = clientID
    }
}
