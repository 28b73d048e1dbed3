import EngineInterface
import Foundation
import Policies
import Resources

/// The decisions made on one event loop: totals, and the newest ones in bounded rings.
///
/// Confined to its loop, so counting costs no lock and no contention; the live views collect from all loops.
/// Each verdict has a ring of its own: neither a busy client that is allowed everything nor listings that leave out
/// thousands of names push a denial out. Counters are in ``DecisionCounters``.
final class DecisionLedger {
    /// One decision in its cheapest form; views put it into words.
    struct Entry: Sendable {
        var sequence: UInt64
        var eventLoop: Int
        /// Counts the loop's decisions from 1.
        var ordinal: UInt64
        var time: Date
        var session: SessionIdentity
        var rules: RuleSetInForce
        /// Its name is cut to ``OutsideText/maximumNameBytes``.
        var decision: RecordedDecision
    }

    /// The rules that a session was judged by, shared by the decisions made with them.
    final class RuleSetInForce: Sendable {
        let ruleSet: ACLRuleSet

        init(_ ruleSet: ACLRuleSet) {
            self.ruleSet = ruleSet
        }
    }

    var counters: DecisionCounters
    private var denials: Ring
    private var filtered: Ring
    private var allowances: Ring
    private var sequences: DecisionSequence
    private let loopIndex: Int
    private var count: UInt64 = 0

    /// - Parameters:
    ///   - loopIndex: This loop's number, below ``DecisionSequence/maximumLoops``.
    ///   - capacity: The entries in each of the three rings.
    ///   - counters: Empty counters.
    init(loopIndex: Int, epoch: Date, capacity: Int = 2048, counters: DecisionCounters = DecisionCounters()) {
        self.counters = counters
        self.denials = Ring(capacity: capacity)
        self.filtered = Ring(capacity: capacity)
        self.allowances = Ring(capacity: capacity)
        self.loopIndex = loopIndex
        self.sequences = DecisionSequence(loopIndex: loopIndex, epoch: epoch)
    }

    func append(_ decision: RecordedDecision, session: SessionIdentity, rules: RuleSetInForce) {
        let time = Date()
        self.count += 1
        var entry = Entry(
            sequence: self.sequences.next(at: time), eventLoop: self.loopIndex, ordinal: self.count, time: time,
            session: session, rules: rules, decision: decision)
        if decision.name.utf8.count > OutsideText.maximumNameBytes {
            entry.decision.name = OutsideText.cut(decision.name)
        }
        switch decision.verdict {
        case .allowed: self.allowances.append(entry)
        case .denied: self.denials.append(entry)
        case .filtered: self.filtered.append(entry)
        }
    }

    /// Entries above `sequence` and not above `limit`, in no order. The cost is that of the entries given.
    ///
    /// - Parameter maximum: The most entries of each verdict; the newest are returned.
    func entries(after sequence: UInt64, upTo limit: UInt64, gateway: String?, maximum: Int = .max) -> [Entry] {
        self.denials.newest(after: sequence, upTo: limit, gateway: gateway, maximum: maximum)
            + self.filtered.newest(after: sequence, upTo: limit, gateway: gateway, maximum: maximum)
            + self.allowances.newest(after: sequence, upTo: limit, gateway: gateway, maximum: maximum)
    }

    /// The next part of a tail that continues from `sequence`.
    ///
    /// - Returns: Entries above `sequence`, in no order: the oldest denials, then the newest of the others not above
    ///   `end`. Up to `end` the tail has all entries that it will get from this loop.
    func part(
        after sequence: UInt64, upTo limit: UInt64, gateway: String?, maximum: DecisionLimit
    ) -> (entries: [Entry], end: UInt64) {
        var denials = self.denials.newest(after: sequence, upTo: limit, gateway: gateway, maximum: .max)
        var end = limit
        if denials.count > maximum.denials {
            denials = Array(denials.suffix(maximum.denials))
            end = denials.first?.sequence ?? sequence
        }
        return (
            denials
                + self.filtered.newest(after: sequence, upTo: end, gateway: gateway, maximum: maximum.filtered)
                + self.allowances.newest(after: sequence, upTo: end, gateway: gateway, maximum: maximum.allowances),
            end
        )
    }

    /// A fixed number of slots; a new entry replaces the oldest.
    private struct Ring {
        private let capacity: Int
        private var entries: [Entry] = []
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

        /// Newest first. Sequences rise within a ring, so the walk back ends at the first that is too old.
        func newest(after sequence: UInt64, upTo limit: UInt64, gateway: String?, maximum: Int) -> [Entry] {
            var found: [Entry] = []
            let count = self.entries.count
            for offset in 1...max(1, count) where count > 0 {
                let entry = self.entries[(self.next - offset + count) % count]
                guard entry.sequence > sequence, found.count < maximum else { break }
                if entry.sequence <= limit, gateway == nil || entry.session.gatewayID == gateway { found.append(entry) }
            }
            return found
        }
    }
}

/// Numbers that rise with time and differ between loops, although the loops share no state.
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

    /// No loop has assigned a number above this one before `time`, except where it counts faster than the clock.
    static func limit(at time: Date, epoch: Date) -> UInt64 {
        self.base(at: time, epoch: epoch) + UInt64(Self.maximumLoops - 1)
    }

    private static func base(at time: Date, epoch: Date) -> UInt64 {
        UInt64(max(0, time.timeIntervalSince(epoch) * 1_000_000)) * UInt64(Self.maximumLoops)
    }
}

/// The identity of a session in the views: set when it is authenticated, shared by its decisions.
final class SessionIdentity: Sendable {
    let sessionID: UInt64
    let gatewayID: String
    let gateway: String
    let virtualClusterID: String
    let virtualCluster: String
    /// The principal, cut to ``OutsideText/maximumNameBytes`` like the client id, because tokens and clients choose
    /// their lengths.
    let principal: String
    let authentication: SessionPrincipal.AuthenticationType
    /// The address, in the text that the session has as well.
    let remoteAddress: String
    let clientID: String?

    init(
        sessionID: UInt64, gatewayID: String, gateway: String, virtualClusterID: String, virtualCluster: String,
        principal: String, authentication: SessionPrincipal.AuthenticationType, remoteAddress: String, clientID: String?
    ) {
        self.sessionID = sessionID
        self.gatewayID = gatewayID
        self.gateway = gateway
        self.virtualClusterID = virtualClusterID
        self.virtualCluster = virtualCluster
        self.principal = OutsideText.cut(principal)
        self.authentication = authentication
        self.remoteAddress = remoteAddress
        self.clientID = clientID.map { OutsideText.cut($0) }
    }

    func with(clientID: String) -> SessionIdentity {
        SessionIdentity(
            sessionID: self.sessionID, gatewayID: self.gatewayID, gateway: self.gateway,
            virtualClusterID: self.virtualClusterID, virtualCluster: self.virtualCluster, principal: self.principal,
            authentication: self.authentication, remoteAddress: self.remoteAddress, clientID: clientID)
    }

    var place: DecisionCounters.Place {
        .init(gatewayID: self.gatewayID, virtualClusterID: self.virtualClusterID)
    }
}
