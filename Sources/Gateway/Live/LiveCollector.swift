import Foundation
import GatewayModel
import KafkaProtocol
import NIOCore
import Policies

/// Gathers what the event loops know into one view.
///
/// A loop is asked for a bounded number of sessions or counters in one turn and serves its clients between the turns, so
/// that a look at ten thousand connections delays none of them. Sorting, and the words of decisions, are made elsewhere.
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
        for context in self.loops {
            connections += try await self.sessions(of: context) { session in
                gateway == nil || session.gatewayID == gateway ? session.view : nil
            }
            for counter in try await self.counters(of: context, gateway: gateway) {
                totals[counter.key, default: 0] += counter.count
            }
            guard decisions > 0 else { continue }
            entries += try await context.eventLoop.submit {
                context.value.ledger.entries(after: 0, upTo: limit, gateway: gateway, maximum: decisions)
            }.get()
        }
        entries.sort { $0.sequence < $1.sequence }
        return LiveSnapshot(
            time: now,
            connections: connections.sorted { $0.sessionID < $1.sessionID },
            counters: totals.map { DecisionCounter(key: $0.key, count: $0.value) }
                .sorted(by: DecisionCounter.precedes),
            decisions: entries.suffix(decisions).map(\.record),
            components: components)
    }

    @concurrent
    func decisions(
        after sequence: UInt64, gateway: String?, limit maximum: DecisionLimit
    ) async throws -> [DecisionRecord] {
        let limit = DecisionSequence.limit(at: Date(), epoch: self.epoch)
        // A number from before a restart: everything is new.
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
        // What a loop has behind the end of another's part comes with the next look.
        return entries.filter { $0.sequence <= end }.sorted { $0.sequence < $1.sequence }.map(\.record)
    }

    /// Who is connected to a virtual cluster now, each principal and client id once, with the rules of one session.
    @concurrent
    func principals(ofVirtualCluster id: String) async throws -> [ConnectedPrincipal] {
        var found: [ConnectedPrincipal.Key: ConnectedPrincipal] = [:]
        for context in self.loops {
            let part = try await self.sessions(of: context) { session -> ConnectedPrincipal? in
                guard session.virtualCluster.virtualCluster.id == id, !session.isClosing,
                    let principal = session.principal
                else { return nil }
                return ConnectedPrincipal(
                    name: principal.name, clientID: session.clientID, rules: session.recorder?.ruleSet)
            }
            for principal in part { found[principal.key] = principal }
        }
        return found.values.sorted { ($0.name, $0.clientID ?? "") < ($1.name, $1.clientID ?? "") }
    }

    /// Reads something of each session, a part in each turn of the loop. Sessions that open meanwhile wait for the next look.
    private func sessions<Value: Sendable>(
        of context: NIOLoopBound<LoopContext>, _ read: @escaping @Sendable (Session) -> Value?
    ) async throws -> [Value] {
        let ids = try await context.eventLoop.submit { Array(context.value.sessions.keys) }.get()
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

    private func counters(of context: NIOLoopBound<LoopContext>, gateway: String?) async throws -> [DecisionCounter] {
        var counters: [DecisionCounter] = []
        var start = 0
        while true {
            let from = start
            let part = try await context.eventLoop.submit {
                context.value.ledger.totals(from: from, count: Self.countersPerTurn, gateway: gateway)
            }.get()
            guard let part else { return counters }
            counters += part
            start += Self.countersPerTurn
        }
    }
}

/// A principal that has a connection now.
struct ConnectedPrincipal: Sendable {
    struct Key: Hashable {
        var name: String
        var clientID: String?
    }

    var name: String
    var clientID: String?
    /// Nil under `passthrough`.
    var rules: ACLRuleSet?

    var key: Key { Key(name: self.name, clientID: self.clientID) }

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
            principal: self.session.principal,
            sessionID: self.session.sessionID, clientID: self.session.clientID, api: decision.api.name,
            resourceType: decision.type, resourceName: decision.name, operation: decision.operation,
            verdict: decision.verdict, rule: rules.ruleName(decision.rule),
            reason: rules.reason(
                for: verdict, operation: decision.operation, on: decision.type, named: decision.name))
    }
}
