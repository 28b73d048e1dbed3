import EngineInterface
import Foundation
import KafkaProtocol
import NIOCore
import Policies
import Resources

/// Collects the state of all event loops into one view.
///
/// A loop is asked for a bounded number of sessions or counters in one turn and serves its clients between the turns,
/// so that a view of ten thousand connections delays none of them. Sorting and wording happen outside the loops.
struct LiveCollector: Sendable {
    static let sessionsPerTurn = 256
    static let countersPerTurn = 512

    let loops: [NIOLoopBound<LoopContext>]
    let epoch: Date

    @concurrent
    func snapshot(gateway: String?, components: [ComponentStatus], decisions: Int) async throws -> LiveSnapshot {
        let now = Date()
        let limit = DecisionSequence.limit(at: now, epoch: self.epoch)
        var connections: [ConnectionView] = []
        var totals: [DecisionCounter.Key: UInt64] = [:]
        var entries: [DecisionLedger.Entry] = []
        var limits: [LimitKind: UInt64] = [:]
        for context in self.loops {
            let view: @Sendable (Session) -> ConnectionView? = { session in
                gateway == nil || session.gatewayID == gateway ? session.view : nil
            }
            // One turn is enough for a gateway with few clients.
            let (sessions, firstCounters, newest, reached) = try await context.eventLoop.submit {
                let ledger = context.value.ledger
                ledger.counters.foldThoseGone()
                return (
                    SessionsPart(of: context.value, view), CountersPart(of: ledger, gateway: gateway),
                    decisions > 0
                        ? ledger.entries(after: 0, upTo: limit, gateway: gateway, maximum: decisions) : [],
                    context.value.limitCounters.counts
                )
            }.get()
            connections += sessions.values
            connections += try await self.values(of: sessions.others, in: context, view)
            for counter in try await self.totals(after: firstCounters, in: context, gateway: gateway) {
                totals[counter.key, default: 0] += counter.count
            }
            limits.merge(reached, uniquingKeysWith: +)
            entries += newest
        }
        entries.sort { $0.sequence < $1.sequence }
        return LiveSnapshot(
            time: now,
            connections: connections.sorted { $0.sessionID < $1.sessionID },
            counters: totals.map { DecisionCounter(key: $0.key, count: $0.value) }
                .sorted(by: DecisionCounter.precedes),
            decisions: DecisionLimit.newest(decisions, of: entries, verdict: \.decision.verdict).map(\.record),
            components: components,
            limits: LimitCount.all(limits))
    }

    /// All counters of a loop, a part in each turn. If rows were removed meanwhile, the reading begins anew, because a
    /// row that moved would be missed or counted twice.
    private func totals(
        after first: CountersPart, in context: NIOLoopBound<LoopContext>, gateway: String?
    ) async throws -> [DecisionCounter] {
        var first = first
        while true {
            var totals = first.counters
            var isWhole = true
            for start in stride(from: Self.countersPerTurn, to: first.total, by: Self.countersPerTurn) {
                let part = try await context.eventLoop.submit {
                    CountersPart(of: context.value.ledger, from: start, gateway: gateway)
                }.get()
                guard part.generation == first.generation else {
                    isWhole = false
                    break
                }
                totals += part.counters
            }
            if isWhole { return totals }
            first = try await context.eventLoop.submit {
                CountersPart(of: context.value.ledger, gateway: gateway)
            }.get()
        }
    }

    @concurrent
    func decisions(
        after sequence: UInt64, gateway: String?, limit maximum: DecisionLimit
    ) async throws -> [DecisionRecord] {
        let limit = DecisionSequence.limit(at: Date(), epoch: self.epoch)
        // A number above the limit is from before a restart, so every entry is new.
        let after = sequence > limit ? 0 : sequence
        var entries: [DecisionLedger.Entry] = []
        var end = limit
        for context in self.loops {
            let part = try await context.eventLoop.submit {
                context.value.ledger.part(after: after, upTo: limit, gateway: gateway, maximum: maximum)
            }.get()
            entries += part.entries
            end = min(end, part.end)
        }
        // Entries of one loop beyond the end of another's part come with the next call.
        return entries.filter { $0.sequence <= end }.sorted { $0.sequence < $1.sequence }.map(\.record)
    }

    /// The principals that are connected to a virtual cluster now, each with each client id once, and the rules of one
    /// session.
    @concurrent
    func principals(ofVirtualCluster id: String) async throws -> [ConnectedPrincipal] {
        var found: [ConnectedPrincipal.Key: ConnectedPrincipal] = [:]
        for context in self.loops {
            let part = try await self.sessions(of: context) { session -> ConnectedPrincipal? in
                guard session.virtualCluster.virtualCluster.id == id, !session.isClosing,
                    let principal = session.principal
                else { return nil }
                return ConnectedPrincipal(
                    name: OutsideText.cut(principal.name), clientID: session.clientID, rules: session.recorder?.ruleSet)
            }
            for principal in part { found[principal.key] = principal }
        }
        return found.values.sorted {
            (WireName($0.name), WireName($0.clientID ?? "")) < (WireName($1.name), WireName($1.clientID ?? ""))
        }
    }

    /// The principals that were judged in a virtual cluster since the engine started, as far as they have counters of
    /// their own.
    @concurrent
    func seenPrincipals(ofVirtualCluster id: String) async throws -> [String] {
        var names: Set<WireName> = []
        for context in self.loops {
            names.formUnion(
                try await context.eventLoop.submit {
                    context.value.ledger.counters.principals(ofVirtualCluster: id)
                }.get())
        }
        return names.sorted().map(\.text)
    }

    /// Reads a value of each session, a part of them in each turn of the loop. Sessions that open meanwhile are left
    /// for the next call.
    private func sessions<Value: Sendable>(
        of context: NIOLoopBound<LoopContext>, _ read: @escaping @Sendable (Session) -> Value?
    ) async throws -> [Value] {
        let first = try await context.eventLoop.submit { SessionsPart(of: context.value, read) }.get()
        return try await first.values + self.values(of: first.others, in: context, read)
    }

    private func values<Value: Sendable>(
        of ids: [UInt64], in context: NIOLoopBound<LoopContext>, _ read: @escaping @Sendable (Session) -> Value?
    ) async throws -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(ids.count)
        for start in stride(from: 0, to: ids.count, by: Self.sessionsPerTurn) {
            let part = ids[start..<min(start + Self.sessionsPerTurn, ids.count)]
            values += try await context.eventLoop.submit {
                let sessions = context.value.sessions
                return part.compactMap { id in sessions[id].flatMap(read) }
            }.get()
        }
        return values
    }
}

/// The counters that are read in one turn of a loop.
private struct CountersPart: Sendable {
    var counters: [DecisionCounter]
    /// The number of counters of the loop.
    var total: Int
    var generation: UInt64

    init(of ledger: DecisionLedger, from start: Int = 0, gateway: String?) {
        self.counters = ledger.counters.totals(from: start, count: LiveCollector.countersPerTurn, gateway: gateway)
        self.total = ledger.counters.count
        self.generation = ledger.counters.generation
    }
}

/// The sessions that are read in the first turn of a loop.
private struct SessionsPart<Value: Sendable>: Sendable {
    var values: [Value]
    /// The sessions for the next turns.
    var others: [UInt64]

    init(of context: LoopContext, _ read: (Session) -> Value?) {
        self.values = context.sessions.values.prefix(LiveCollector.sessionsPerTurn).compactMap(read)
        self.others = Array(context.sessions.keys.dropFirst(LiveCollector.sessionsPerTurn))
    }
}

/// A principal that has a connection now.
struct ConnectedPrincipal: Sendable {
    struct Key: Hashable {
        var name: WireName
        var clientID: WireName?
    }

    var name: String
    var clientID: String?
    /// The rules; nil under `passthrough`.
    var rules: ACLRuleSet?

    var key: Key { Key(name: WireName(self.name), clientID: self.clientID.map(WireName.init(_:))) }

    func allows(_ operation: ACLOperation, topic: String) -> Bool {
        self.rules?.decide(operation, on: .topic, named: topic).isAllowed ?? true
    }
}

extension DecisionLedger.Entry {
    /// The decision in words.
    fileprivate var record: DecisionRecord {
        let rules = self.rules.ruleSet
        let decision = self.decision
        let verdict = ACLDecision(isAllowed: decision.verdict == .allowed, rule: decision.rule)
        return DecisionRecord(
            sequence: self.sequence, eventLoop: self.eventLoop, ordinal: self.ordinal, time: self.time,
            gateway: self.session.gateway, virtualCluster: self.session.virtualCluster,
            principal: self.session.principal, authentication: self.session.authentication.rawValue,
            sessionID: self.session.sessionID, remoteAddress: self.session.remoteAddress,
            clientID: self.session.clientID, api: decision.api.name,
            resourceType: decision.type, resourceName: decision.name, operation: decision.operation,
            verdict: decision.verdict, rule: rules.ruleName(decision.rule),
            reason: rules.reason(
                for: verdict, operation: decision.operation, on: decision.type, named: decision.name))
    }
}
