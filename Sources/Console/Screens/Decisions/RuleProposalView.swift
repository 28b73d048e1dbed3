import Foundation
import GatewayModel

/// "What rule would allow this?": the proposal on the screen, its effect, and the way to put it in force.
enum RuleProposalView {
    static func reasonAgainst(_ state: ConsoleState) -> String? {
        guard let entry = DecisionsScreen.entry(under: state) else { return "No decision is under the cursor." }
        return entry.record.verdict == .allowed ? "This was allowed: it needs no rule." : nil
    }

    private static func virtualCluster(
        _ name: String, _ state: ConsoleState
    ) -> (gateway: Gateway, cluster: VirtualClusterConfiguration)? {
        for gateway in state.data.configuration.gateways {
            if let cluster = gateway.virtualClusters.first(where: {
                $0.virtualCluster.name == name || $0.virtualCluster.id == name
            }) {
                return (gateway.gateway, cluster)
            }
        }
        return nil
    }

    static func propose(_ state: inout ConsoleState) {
        guard let entry = DecisionsScreen.entry(under: state) else { return }
        let record = entry.record
        let found = Self.virtualCluster(record.virtualCluster, state)
        let taken = Set(found?.cluster.clusterPolicies.compactMap(\.name) ?? [])
        var proposal = RuleProposal(record, taken: taken, now: state.now)
        state.decisions.tail.stay(visibleRows: DecisionsLayout(state, area: state.bodyArea).visibleRows)
        let subject = DecisionTrace.subject(record.principal)
        let added = AccessRules.inForceAnd([proposal.policy])
        func matrix(_ rules: AccessRules) -> Question {
            .accessMatrix(
                AccessMatrixQuestion(virtualCluster: record.virtualCluster, subject: subject, rules: rules))
        }
        proposal.asked.explanation = state.ask(
            .explain(DecisionTrace.question(record, rules: added)), for: .decisions)
        proposal.asked.before = state.ask(matrix(.inForce), for: .decisions)
        proposal.asked.after = state.ask(matrix(added), for: .decisions)
        state.decisions.proposal = proposal
    }

    static func move(_ motion: Motion, _ state: inout ConsoleState) {
        guard var proposal = state.decisions.proposal else { return }
        let rows = max(1, state.bodyArea.rows - 2)
        let last = max(0, Self.lines(proposal, state, columns: state.bodyArea.columns - 4).count - rows)
        let step =
            switch motion {
            case .up: -1
            case .down: 1
            case .pageUp: -rows
            case .pageDown: rows
            case .first: -last
            case .last: last
            case .left, .right: 0
            }
        proposal.top = min(max(0, proposal.top + step), last)
        state.decisions.proposal = proposal
    }

    // MARK: Answers

    static func receive(_ answer: Answer, _ state: inout ConsoleState) {
        guard var proposal = state.decisions.proposal else { return }
        let asked = proposal.asked
        guard [asked.explanation, asked.before, asked.after].contains(answer.id) else { return }
        switch answer.result {
        case .success(.explanation(let explanation)): proposal.explanation = .success(explanation)
        case .success(.accessMatrix(let matrix)):
            if answer.id == asked.before { proposal.before = matrix } else { proposal.after = matrix }
        case .success: return
        case .failure(let error): proposal.problem = error.message
        }
        state.decisions.proposal = proposal
    }

    // MARK: Putting it in force

    static func askToApply(_ state: inout ConsoleState) {
        guard let proposal = state.decisions.proposal else { return }
        guard Self.virtualCluster(proposal.record.virtualCluster, state) != nil else {
            return state.say(
                "The virtual cluster '\(proposal.record.virtualCluster)' is not in the configuration any more.", .error)
        }
        var lines = [
            "Adds one policy to \(proposal.record.virtualCluster). It holds for the next request; no connection is cut.",
            "",
        ]
        lines += proposal.yaml.split(separator: "\n").dropFirst(2).map { "+ " + $0.dropFirst(2) }
        lines.append("")
        lines.append("u takes it back.")
        state.confirm(
            Confirmation(
                title: "Apply \(proposal.policyName)?", lines: lines, verb: "Apply",
                accept: CommandCall("rule apply confirmed")))
    }

    static func apply(_ state: inout ConsoleState) {
        guard var proposal = state.decisions.proposal,
            let found = Self.virtualCluster(proposal.record.virtualCluster, state)
        else { return state.say("There is no rule to apply.", .warning) }
        let cluster = EntityKey(.gateway, [found.gateway.name])
            .child(.virtualCluster, found.cluster.virtualCluster.name)
        let policy = cluster.child(.clusterPolicy, proposal.policyName)
        let change = PlannedChange(
            .create, policy, title: "add policy '\(proposal.policyName)'",
            calls: [
                PlannedCall(
                    .post, .collection(.clusterPolicy, of: cluster), body: proposal.body, creates: policy)
            ], undo: [PlannedCall(.delete, .entity(policy))])
        guard state.perform(change) else { return }
        proposal.isApplied = true
        state.decisions.proposal = proposal
    }

    /// What `apply` began came to its end. A rule that was refused stays on the screen.
    static func applied(_ isInForce: Bool, _ state: inout ConsoleState) {
        guard state.decisions.proposal?.isApplied == true else { return }
        if isInForce {
            state.decisions.proposal = nil
        } else {
            state.decisions.proposal?.isApplied = false
        }
    }

    // MARK: Drawing

    static func draw(_ proposal: RuleProposal, _ state: ConsoleState, into grid: inout Grid, area: Rect) {
        let inner = grid.panel(
            area, title: "What rule would allow this", trailing: "A apply  c copy YAML  Esc back", isFocused: true,
            glyphs: state.glyphs)
        if inner.columns >= 110 {
            let (left, right) = inner.splitLeft(inner.columns / 2)
            grid.lines(Self.ruleLines(proposal, columns: left.columns - 2), in: left, from: proposal.top)
            grid.lines(Self.effectLines(proposal, state, columns: right.columns - 2), in: right)
        } else {
            grid.lines(Self.lines(proposal, state, columns: inner.columns - 2), in: inner, from: proposal.top)
        }
    }

    static func lines(_ proposal: RuleProposal, _ state: ConsoleState, columns: Int) -> [TextOverlay.Line] {
        Self.ruleLines(proposal, columns: columns) + [.init("")] + Self.effectLines(proposal, state, columns: columns)
    }

    private static func ruleLines(_ proposal: RuleProposal, columns: Int) -> [TextOverlay.Line] {
        let record = proposal.record
        let resource = ResourceText.short(record.resourceType, record.resourceName)
        var lines: [TextOverlay.Line] = [
            .init(runs: [
                .init("DENY  ", .decisionDeny), .init("\(record.principal) ", .strong),
                .init("\(record.operation.rawValue.uppercased()) "), .init(resource, .strong),
            ])
        ]
        lines += TextOverlay.Line.wrapped(
            "The least that would allow it: this operation, this name, this principal.", columns: columns, role: .muted)
        lines.append(.init(""))
        lines += proposal.yaml.split(separator: "\n", omittingEmptySubsequences: false).map {
            YAMLHighlight.line(String($0))
        }
        return lines
    }

    private static func effectLines(
        _ proposal: RuleProposal, _ state: ConsoleState, columns: Int
    ) -> [TextOverlay.Line] {
        var lines: [TextOverlay.Line] = [.init("Effect, by the engine's own rules", .chromeTitle)]
        switch proposal.explanation {
        case nil: lines.append(.init(proposal.problem == nil ? "asking..." : "", .muted))
        case .success(let explanation):
            lines.append(
                .init(runs: [
                    .init(
                        explanation.allowed ? "ALLOW  " : "still DENY  ",
                        explanation.allowed ? .decisionAllow : .decisionDeny),
                    .init(explanation.allowed ? "with this rule" : RuleText.short(explanation.rule), .base),
                ]))
            if !explanation.allowed {
                lines += TextOverlay.Line.wrapped(explanation.reason, columns: columns)
                lines += TextOverlay.Line.wrapped(
                    "A rule that denies wins over every rule that allows: that one has to go.", columns: columns,
                    role: .stateWarn)
            }
        case .failure(let error): lines += TextOverlay.Line.wrapped(error.message, columns: columns, role: .inputError)
        }
        if let problem = proposal.problem {
            lines += TextOverlay.Line.wrapped(problem, columns: columns, role: .inputError)
        }
        if let effects = proposal.effects {
            lines.append(.init(""))
            lines.append(.init("What \(proposal.record.principal) may do more:", .muted))
            if effects.isEmpty { lines.append(.init("nothing that exists now", .muted)) }
            for effect in effects.prefix(30) {
                let sign = effect.becomesAllowed ? "+ " : "- "
                lines.append(
                    .init(
                        sign + effect.operation.rawValue + " "
                            + ResourceText.short(effect.resource.type, effect.resource.name),
                        effect.becomesAllowed ? .diffAdd : .diffDel))
            }
            if effects.count > 30 { lines.append(.init("and \(effects.count - 30) more", .muted)) }
            lines += TextOverlay.Line.wrapped(
                "Nobody else gets anything: the condition names the principal.", columns: columns, role: .muted)
            for warning in (proposal.after?.warnings ?? []).prefix(3) {
                lines += TextOverlay.Line.wrapped(warning, columns: columns, role: .stateWarn)
            }
        }
        let hits = Self.sameDenials(proposal, state)
        if hits > 1 {
            lines.append(.init(""))
            lines += TextOverlay.Line.wrapped(
                "\(NumberText.grouped(UInt64(hits))) of the denials kept here would have been allowed.",
                columns: columns)
        }
        lines.append(.init(""))
        lines.append(
            state.options.readOnlyReason.map { .init("A is off: \($0)", .inputDisabled) }
                ?? .init("Nothing is changed until you press A and say yes.", .muted))
        return lines
    }

    /// How many of the kept denials the rule would have prevented.
    private static func sameDenials(_ proposal: RuleProposal, _ state: ConsoleState) -> Int {
        let wanted = proposal.record
        var count = 0
        state.data.decisions.forEachDenialBackwards { entry in
            let record = entry.record
            if record.principal.hasSameBytes(as: wanted.principal), record.operation == wanted.operation,
                record.resourceType == wanted.resourceType,
                record.resourceName.hasSameBytes(as: wanted.resourceName),
                record.virtualCluster.hasSameBytes(as: wanted.virtualCluster)
            {
                count += 1
            }
            return true
        }
        return count
    }
}
