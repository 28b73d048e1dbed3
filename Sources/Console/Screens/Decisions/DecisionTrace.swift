import EngineInterface
import Foundation
import Resources

/// The reason for a decision, from one sentence to every rule that was tried.
enum DecisionTrace {
    /// The same question under the rules in force now; nil if the configuration no longer has the virtual cluster.
    static func question(_ record: DecisionRecord, _ state: ConsoleState) -> AccessQuestion? {
        let found = state.virtualCluster(named: record.virtualCluster, gateway: record.gateway)
        if found == nil, state.data.isConfigurationKnown { return nil }
        return Self.question(record, virtualCluster: found?.place.id ?? record.virtualCluster)
    }

    static func question(
        _ record: DecisionRecord, virtualCluster id: String, rules: AccessRules = .inForce
    ) -> AccessQuestion {
        AccessQuestion(
            virtualCluster: id, subject: ClientPrincipal(record).subject, rules: rules,
            resourceType: record.resourceType, resourceName: record.resourceName, operation: record.operation)
    }

    // MARK: A few lines

    static func summary(
        _ entry: DecisionEntry, explanation: AccessExplanation?, _ state: ConsoleState, columns: Int, isTall: Bool
    ) -> [TextOverlay.Line] {
        let record = entry.record
        var lines: [TextOverlay.Line] = []
        let resource = ResourceText.short(record.resourceType, record.resourceName)
        let place: [TextOverlay.Run] =
            isTall
            ? []
            : [
                .init("  \(record.virtualCluster) / ", .muted),
                .init(RuleName.shown(record.rule), VerdictText.role(record.verdict)),
            ]
        lines.append(
            .init(
                runs: [
                    .init(state.data.named(record.principal), .strong),
                    .init(" \(record.operation.rawValue.uppercased()) ", .base),
                    .init(resource, .strong),
                ] + place))
        lines += TextOverlay.Line.wrapped(record.reason, columns: columns).prefix(isTall ? 8 : 2)
        if !isTall {
            let client = [entry.client, record.clientID.map { "client id \($0)" }].compactMap { $0 }
            lines.append(
                .init(
                    "\(record.api) from "
                        + (client.isEmpty ? "session \(record.sessionID)" : client.joined(separator: ", ")), .muted))
            lines.append(.init(Self.next(record), .muted))
            return lines
        }
        lines.append(.init(""))
        lines.append(.field("time", NumberText.clockWithMilliseconds(record.time) + "Z"))
        lines.append(.field("rule", RuleName.shown(record.rule), role: VerdictText.role(record.verdict)))
        lines.append(.field("request", record.api))
        lines.append(.field("vcluster", record.virtualCluster))
        lines.append(.field("client", entry.client ?? "not reported by this engine"))
        lines.append(.field("client id", record.clientID ?? "not sent"))
        lines.append(.field("session", String(record.sessionID)))
        lines.append(.field("sequence", String(record.sequence)))
        lines.append(.init(""))
        if let explanation {
            lines.append(.init("Under the rules in force now:", .muted))
            lines += Self.steps(explanation, columns: columns)
        }
        lines.append(.init(""))
        lines += TextOverlay.Line.wrapped(Self.next(record), columns: columns, role: .muted)
        return lines
    }

    private static func next(_ record: DecisionRecord) -> String {
        record.verdict == .allowed
            ? "Enter: every rule tried   p: only this principal"
            : "Enter: every rule tried   r: propose a rule"
    }

    // MARK: All of it

    static func show(_ explanation: AccessExplanation, of entry: DecisionEntry, _ state: inout ConsoleState) {
        let record = entry.record
        let columns = max(20, state.bodyArea.columns - 4)
        let resource = ResourceText.short(record.resourceType, record.resourceName)
        var lines: [TextOverlay.Line] = [
            .init(runs: [
                .init("\(VerdictText.word(record.verdict))  ", VerdictText.role(record.verdict)),
                .init("\(record.principal) \(record.operation.rawValue.uppercased()) \(resource)", .strong),
            ]),
            .field("when", "\(NumberText.clockWithMilliseconds(record.time))Z, decision \(record.sequence)"),
            .field("where", "\(record.virtualCluster), gateway \(record.gateway)"),
            .field("who", [entry.client, record.clientID].compactMap { $0 }.joined(separator: ", ")),
            .field("request", record.api),
            .field("decided by", RuleName.shown(record.rule), role: VerdictText.role(record.verdict)),
        ]
        lines += TextOverlay.Line.wrapped(record.reason, columns: columns)
        lines.append(.init(""))
        lines.append(.init("Asked again, under the rules in force now:", .muted))
        lines.append(
            .init(runs: [
                .init(explanation.allowed ? "ALLOW  " : "DENY  ", explanation.allowed ? .decisionAllow : .decisionDeny),
                .init(RuleName.shown(explanation.rule), .base),
            ]))
        lines += TextOverlay.Line.wrapped(explanation.reason, columns: columns)
        if explanation.allowed != (record.verdict == .allowed) {
            lines += TextOverlay.Line.wrapped(
                Self.difference(record), columns: columns, role: .stateWarn)
        }
        lines.append(.init(""))
        lines += Self.steps(explanation, columns: columns)
        state.show(.text(TextOverlay(title: "Why: \(VerdictText.word(record.verdict))", lines: lines)))
    }

    private static func difference(_ record: DecisionRecord) -> String {
        ClientPrincipal(record).isUnauthenticated
            ? "The answer differs from that of then, because the rules have changed."
            : "The answer differs from that of then: the rules have changed, or a rule needs a claim of the token, "
                + "which is not known here. t checks with a token."
    }

    /// Rules in the order tried: which matched, and what was compared.
    static func steps(_ explanation: AccessExplanation, columns: Int) -> [TextOverlay.Line] {
        guard !explanation.steps.isEmpty else {
            return TextOverlay.Line.wrapped("There is no rule, and what no rule allows is denied.", columns: columns)
        }
        let matched = explanation.steps.count { $0.matched }
        var lines: [TextOverlay.Line] = [
            .init(
                "\(explanation.steps.count) tried, \(matched) matched"
                    + (matched == 0 ? ", and what no rule allows is denied" : ""), .muted)
        ]
        for step in explanation.steps {
            let name = RuleName.name(policy: step.policy, rule: step.rule)
            let action = step.action?.rawValue ?? "policy"
            let role: Role =
                !step.matched ? .muted : step.action == .deny ? .decisionDeny : .decisionAllow
            lines.append(
                .init(runs: [
                    .init(step.matched ? "* " : "  ", role), .init(name, .strong), .init("  \(action)  ", .base),
                    .init(step.matched ? "MATCHES" : "does not match", role),
                ]))
            for detail in step.details {
                lines += TextOverlay.Line.wrapped(detail, columns: columns, role: .muted, indent: 4)
            }
        }
        return lines
    }
}
