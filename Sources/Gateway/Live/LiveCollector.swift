import Foundation
import GatewayModel
import KafkaProtocol
import NIOCore
import Policies

/// Gathers what the event loops know into one view. Asks each loop once; requests do not wait for it.
struct LiveCollector {
    let loops: [NIOLoopBound<LoopContext>]
    let epoch: Date

    func snapshot(gateway: String?, components: [ComponentStatus]) async throws -> LiveSnapshot {
        let now = Date()
        let limit = DecisionSequence.limit(at: now, epoch: self.epoch)
        var connections: [ConnectionView] = []
        var totals: [DecisionCounter.Key: UInt64] = [:]
        var decisions: [DecisionRecord] = []
        for context in self.loops {
            let part = try await context.eventLoop.submit {
                LoopView(context: context.value, gateway: gateway, after: 0, limit: limit)
            }.get()
            connections += part.connections
            for counter in part.counters { totals[counter.key, default: 0] += counter.count }
            decisions += part.decisions
        }
        return LiveSnapshot(
            time: now,
            connections: connections.sorted { $0.sessionID < $1.sessionID },
            counters: totals.map { DecisionCounter(key: $0.key, count: $0.value) }.sorted(by: Self.inOrder),
            decisions: decisions.sorted { $0.sequence < $1.sequence },
            components: components)
    }

    func decisions(after sequence: UInt64, gateway: String?) async throws -> [DecisionRecord] {
        let limit = DecisionSequence.limit(at: Date(), epoch: self.epoch)
        // A number from before a restart: everything is new.
        let after = sequence > limit ? 0 : sequence
        var decisions: [DecisionRecord] = []
        for context in self.loops {
            decisions += try await context.eventLoop.submit {
                LoopView.decisions(context.value, gateway: gateway, after: after, limit: limit)
            }.get()
        }
        return decisions.sorted { $0.sequence < $1.sequence }
    }

    private static func inOrder(_ left: DecisionCounter, _ right: DecisionCounter) -> Bool {
        func fields(_ key: DecisionCounter.Key) -> [String] {
            [
                key.gateway, key.virtualCluster, key.principal, key.resourceType.rawValue, key.operation.rawValue,
                key.verdict.rawValue, key.rule,
            ]
        }
        return fields(left.key).lexicographicallyPrecedes(fields(right.key))
    }
}

/// One loop's part, copied out while on that loop.
private struct LoopView: Sendable {
    var connections: [ConnectionView]
    var counters: [DecisionCounter]
    var decisions: [DecisionRecord]

    init(context: LoopContext, gateway: String?, after: UInt64, limit: UInt64) {
        self.connections = context.sessions.values
            .filter { gateway == nil || $0.gatewayID == gateway }
            .map(\.view)
        self.counters = context.ledger.totals(gateway: gateway)
        self.decisions = Self.decisions(context, gateway: gateway, after: after, limit: limit)
    }

    static func decisions(
        _ context: LoopContext, gateway: String?, after: UInt64, limit: UInt64
    ) -> [DecisionRecord] {
        context.ledger.entries(after: after, upTo: limit)
            .filter { gateway == nil || $0.session.gatewayID == gateway }
            .map(\.record)
    }
}

extension DecisionLedger.Entry {
    fileprivate var record: DecisionRecord {
        let rules = self.rules.ruleSet
        let decision = self.decision
        let verdict = ACLDecision(isAllowed: decision.verdict == .allowed, rule: decision.rule)
        return DecisionRecord(
            sequence: self.sequence, time: self.time, gateway: self.session.gateway,
            virtualCluster: self.session.virtualCluster, principal: self.session.principal,
            sessionID: self.session.sessionID, clientID: self.session.clientID, api: decision.api.name,
            resourceType: decision.type, resourceName: decision.name, operation: decision.operation,
            verdict: decision.verdict, rule: rules.ruleName(decision.rule),
            reason: rules.reason(
                for: verdict, operation: decision.operation, on: decision.type, named: decision.name))
    }
}
