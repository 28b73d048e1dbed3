import EngineInterface
import Foundation
import Resources

/// "What rule would allow this?": the proposals on the screen, their effects, and the way to put one in force.
enum RuleProposalView {
    static func reasonAgainst(_ state: ConsoleState) -> String? {
        guard let entry = DecisionsScreen.entry(under: state) else { return "No decision is under the cursor." }
        if entry.record.verdict == .allowed { return "This was allowed, so it needs no rule." }
        return ClientPrincipal.reasonAgainstRules(for: entry.record.principal)
            ?? ClientPrincipal.reasonAgainstRules(for: entry.record.resourceName)
    }

    static func propose(_ state: inout ConsoleState) {
        guard let entry = DecisionsScreen.entry(under: state) else { return }
        let record = entry.record
        guard let found = state.virtualCluster(named: record.virtualCluster, gateway: record.gateway) else {
            return state.say(ClusterPlace.missing(record.virtualCluster, gateway: record.gateway), .error)
        }
        var proposal = RuleProposal(
            record, cluster: found.place, log: state.data.decisions,
            taken: Set(found.cluster.clusterPolicies.compactMap(\.name)), now: state.now)
        proposal.countPrevented(in: state.data.decisions, now: state.now)
        state.decisions.tail.stay(visibleRows: DecisionsLayout(state, area: state.bodyArea).visibleRows)
        let subject = proposal.principal.subject
        let resources = proposal.resources
        func matrix(_ rules: AccessRules) -> Question {
            .accessMatrix(
                AccessMatrixQuestion(
                    virtualCluster: found.place.id, subject: subject, rules: rules, resources: resources))
        }
        proposal.beforeRequest = state.ask(matrix(.inForce), for: .decisions)
        proposal.changeEach { choice in
            let added = AccessRules.inForceAnd([choice.policy.policy])
            choice.explanationRequest = state.ask(
                .explain(DecisionTrace.question(record, virtualCluster: found.place.id, rules: added)), for: .decisions)
            choice.afterRequest = state.ask(matrix(added), for: .decisions)
        }
        state.decisions.proposal = proposal
    }

    static func move(_ motion: Motion, _ state: inout ConsoleState) {
        guard var proposal = state.decisions.proposal else { return }
        let rows = max(1, state.bodyArea.rows - 2)
        let last = max(0, Self.lines(proposal, state, columns: state.bodyArea.columns - 4).count - rows)
        switch motion {
        case .left: proposal.turn(-1)
        case .right: proposal.turn(1)
        case .up, .down, .pageUp, .pageDown, .first, .last:
            proposal.top = motion.scrolled(from: proposal.top, page: rows, last: last)
        }
        state.decisions.proposal = proposal
    }

    static func turn(_ step: Int, _ state: inout ConsoleState) { state.decisions.proposal?.turn(step) }

    // MARK: Answers

    static func receive(_ answer: Answer, _ state: inout ConsoleState) {
        guard var proposal = state.decisions.proposal else { return }
        switch answer.result {
        case .success(.explanation(let explanation)):
            proposal.change(where: { $0.explanationRequest == answer.id }) { $0.explanation = explanation }
        case .success(.accessMatrix(let matrix)):
            if answer.id == proposal.beforeRequest {
                proposal.before = matrix
            } else {
                proposal.change(where: { $0.afterRequest == answer.id }) { $0.after = matrix }
            }
        case .success: return
        case .failure(let error):
            guard
                answer.id == proposal.beforeRequest
                    || proposal.choices.contains(where: {
                        [$0.explanationRequest, $0.afterRequest].contains(answer.id)
                    })
            else { return }
            proposal.problem = error.message
        }
        state.decisions.proposal = proposal
    }

    // MARK: Putting it in force

    static func askToApply(_ state: inout ConsoleState) {
        guard let proposal = state.decisions.proposal else { return }
        let policy = proposal.choice.policy
        if proposal.isAllowedNow == true { return state.say(Self.allowedNow, .warning) }
        guard state.virtualCluster(at: policy.cluster) != nil else {
            return state.say(policy.cluster.missing, .error)
        }
        // The text is short for small screens, because the YAML is on the screen already.
        let lines =
            [
                "Adds one policy to \(policy.cluster.words(state)), for \(proposal.principal.words). It holds for the "
                    + "next request; no connection is cut.", "",
            ] + policy.summary.map { "+ " + $0 } + ["", "u undoes it."]
        state.confirm(
            Confirmation(
                title: "Apply \(policy.name)?", lines: lines, verb: "Apply",
                accept: CommandCall("rule apply confirmed")))
    }

    private static let allowedNow = "The rules in force allow this already, so no rule is needed."

    static func apply(_ state: inout ConsoleState) {
        guard state.decisions.proposal != nil else { return state.say("There is no rule to apply.", .warning) }
        state.apply(\.decisions.proposal)
    }

    // MARK: Drawing

    static func draw(_ proposal: RuleProposal, _ state: ConsoleState, into grid: inout Grid, area: Rect) {
        let inner = grid.panel(
            area, title: "What rule would allow this",
            trailing: (proposal.choices.count > 1 ? "Tab other rule  " : "") + "A apply  c copy YAML  Esc back",
            isFocused: true, glyphs: state.glyphs)
        if inner.columns >= 110 {
            let (left, right) = inner.splitLeft(inner.columns / 2)
            grid.lines(
                Self.headLines(proposal, columns: left.columns - 2) + [.init("")]
                    + proposal.choice.policy.yamlLines(columns: left.columns - 2),
                in: left,
                from: proposal.top)
            grid.lines(Self.effectLines(proposal, state, columns: right.columns - 2), in: right)
        } else {
            grid.lines(Self.lines(proposal, state, columns: inner.columns - 2), in: inner, from: proposal.top)
        }
    }

    static func lines(_ proposal: RuleProposal, _ state: ConsoleState, columns: Int) -> [TextOverlay.Line] {
        // On small screens the effect comes before the YAML.
        Self.headLines(proposal, columns: columns) + [.init("")]
            + Self.effectLines(proposal, state, columns: columns) + [.init("")]
            + proposal.choice.policy.yamlLines(columns: columns)
    }

    private static func headLines(_ proposal: RuleProposal, columns: Int) -> [TextOverlay.Line] {
        let record = proposal.record
        let resource = ResourceText.short(record.resourceType, record.resourceName)
        var lines: [TextOverlay.Line] = [
            .init(runs: [
                .init("DENY  ", .decisionDeny), .init("\(record.principal) ", .strong),
                .init("\(record.operation.rawValue.uppercased()) "), .init(resource, .strong),
            ])
        ]
        if proposal.choices.count > 1 {
            let runs = proposal.choices.enumerated().map { index, choice -> TextOverlay.Run in
                index == proposal.selected
                    ? .init("[\(choice.title)] ", .chromePlaceActive) : .init(" \(choice.title)  ", .chromePlace)
            }
            lines.append(.init(runs: [.init("rule for  ", .muted)] + runs + [.init("  Tab", .chromeKey)]))
        }
        lines += TextOverlay.Line.wrapped(proposal.choice.sentence, columns: columns, role: .muted)
        for sentence in proposal.choice.unknown {
            lines += TextOverlay.Line.wrapped(sentence, columns: columns, role: .stateWarn)
        }
        return lines
    }

    private static func effectLines(
        _ proposal: RuleProposal, _ state: ConsoleState, columns: Int
    ) -> [TextOverlay.Line] {
        var lines: [TextOverlay.Line] = [.init("Effect, by the engine's own rules", .chromeTitle)]
        if let explanation = proposal.choice.explanation {
            lines.append(
                .init(runs: [
                    .init(
                        explanation.allowed ? "ALLOW  " : "still DENY  ",
                        explanation.allowed ? .decisionAllow : .decisionDeny),
                    .init(explanation.allowed ? "with this rule" : RuleName.shown(explanation.rule), .base),
                ]))
            if !explanation.allowed {
                lines += TextOverlay.Line.wrapped(explanation.reason, columns: columns)
                lines += TextOverlay.Line.wrapped(
                    "A rule that denies wins over every rule that allows, so that rule has to be removed.",
                    columns: columns,
                    role: .stateWarn)
            }
        } else if proposal.problem == nil {
            lines.append(.init("asking...", .muted))
        }
        if let problem = proposal.problem {
            lines += TextOverlay.Line.wrapped(problem, columns: columns, role: .inputError)
        }
        if proposal.isAllowedNow == true {
            lines += TextOverlay.Line.wrapped(Self.allowedNow, columns: columns, role: .stateWarn)
        }
        lines.append(.init(""))
        lines.append(.init("What \(proposal.principal.words) could do in addition", .muted))
        // Each of the rules, so that they can be compared.
        for (index, choice) in proposal.choices.enumerated() {
            guard let effects = proposal.effects(of: choice) else { continue }
            lines.append(
                .init("with \(choice.title):", index == proposal.selected ? .strong : .muted))
            if effects.isEmpty {
                lines.append(.init("  nothing", .muted))
            }
            lines += AccessChanges.lines(effects, columns: columns, limit: index == proposal.selected ? 20 : 6)
        }
        lines += TextOverlay.Line.wrapped(
            proposal.principal.reach(in: proposal.cluster.name), columns: columns,
            role: proposal.principal.isUnauthenticated ? .stateWarn : .muted)
        for warning in (proposal.choice.after?.warnings ?? []).prefix(3) {
            lines += TextOverlay.Line.wrapped(warning, columns: columns, role: .stateWarn)
        }
        let hits = proposal.preventedDenials
        if hits > 1 {
            lines.append(.init(""))
            lines += TextOverlay.Line.wrapped(
                "\(NumberText.grouped(UInt64(hits))) of the denials kept here would have been allowed.",
                columns: columns)
        }
        lines.append(.init(""))
        lines.append(
            state.options.readOnlyReason.map { .init("A is off: \($0)", .inputDisabled) }
                ?? .init("Nothing changes until you press A and confirm.", .muted))
        return lines
    }
}
