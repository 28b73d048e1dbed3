import EngineInterface

extension DecisionsScreen {
    static let commands: [Command] = Self.ownCommands + Self.placeColumns.commands

    private static let ownCommands: [Command] = [
        Command(
            "decisions pause", "pause the list, or continue at its end", hint: "pause", keys: [.space],
            in: .place(.decisions)
        ) { state, _ in Self.togglePause(&state) },
        Command(
            "decision trace", "show every rule that was tried", hint: "trace", keys: [.enter], in: .place(.decisions)
        ) { state, _ in Self.enter(&state) },
        Command(
            "rule propose", "propose a rule that would allow this", hint: "rule for this", keys: [.character("r")],
            in: .place(.decisions), unavailable: { RuleProposalView.reasonAgainst($0) }
        ) { state, _ in RuleProposalView.propose(&state) },
        Command(
            "rule apply", "put the proposed rule in force after a question", keys: [.character("A")],
            in: .place(.decisions), writes: true,
            unavailable: { $0.decisions.proposal == nil ? "No rule is proposed. r on a denial proposes one." : nil }
        ) { state, _ in RuleProposalView.askToApply(&state) },
        Command(
            "rule other", "go to the next proposed rule, or to the pane beside the list", keys: [.tab],
            in: .place(.decisions)
        ) { state, _ in
            if state.decisions.proposal == nil { state.turnPane() } else { RuleProposalView.turn(1, &state) }
        },
        Command(
            "rule other back", "go to the proposed rule before, or to the pane beside the list", keys: [.backTab],
            in: .place(.decisions)
        ) { state, _ in
            if state.decisions.proposal == nil { state.turnPane() } else { RuleProposalView.turn(-1, &state) }
        },
        Command(
            "rule apply confirmed", "put the proposed rule in force", in: .place(.decisions), writes: true,
            isHidden: true
        ) { state, _ in RuleProposalView.apply(&state) },
        Command(
            "decisions follow", "follow the newest", hint: "follow", keys: [.character("f")], in: .place(.decisions)
        ) { state, _ in
            if state.decisions.tail.isFollowing {
                state.decisions.tail.stay(visibleRows: DecisionsLayout(state, area: state.bodyArea).visibleRows)
            } else {
                state.decisions.tail.follow()
            }
        },
        Command(
            "decisions denied", "show denials only, or all decisions", hint: "denied", keys: [.character("d")],
            in: .place(.decisions)
        ) { state, _ in
            let text = state.filters[.decisions]?.text ?? ""
            let isOnly = text == "deny" || text.hasSuffix(" & deny")
            let rest = text == "deny" ? "" : isOnly ? String(text.dropLast(" & deny".count)) : text
            let wanted = isOnly ? rest : text.isEmpty ? "deny" : (text.contains("|") ? "(\(text))" : text) + " & deny"
            state.setFilter(wanted, for: .decisions)
        },
        Command(
            "decision lab", "open this principal in the token lab", hint: "token lab", keys: [.character("t")],
            in: .place(.decisions),
            unavailable: { Self.entry(under: $0) == nil ? "No decision is under the cursor." : nil }
        ) { state, _ in
            guard let record = Self.entry(under: state)?.record else { return }
            let resource = AccessMatrixQuestion.Resource(type: record.resourceType, name: record.resourceName)
            TokensScreen.show(
                ClientPrincipal(record), cluster: record.virtualCluster, cell: (resource, record.operation), &state)
        },
        Command(
            "decision principal", "show only this principal", keys: [.character("p")], in: .place(.decisions),
            unavailable: { Self.entry(under: $0) == nil ? "No decision is under the cursor." : nil }
        ) { state, _ in
            guard let entry = Self.entry(under: state) else { return }
            state.setFilter(Filter.term("principal", entry.record.principal), for: .decisions)
        },
        Command("decision next", "go to the next denial", keys: [.character("n")], in: .place(.decisions)) { state, _ in
            Self.seek(forward: true, &state)
        },
        Command("decision previous", "go to the denial before", keys: [.character("N")], in: .place(.decisions)) {
            state, _ in
            Self.seek(forward: false, &state)
        },
    ]

    private static func seek(forward: Bool, _ state: inout ConsoleState) {
        let tail = state.decisions.tail
        guard let start = tail.selectedIndex else { return state.say("No decision is shown.") }
        var index = forward ? start + 1 : start - 1
        while index >= 0, index < tail.count {
            if let number = tail.matches[index], state.data.decisions.entry(number)?.record.verdict == .denied {
                let rows = DecisionsLayout(state, area: state.bodyArea).visibleRows
                return state.decisions.tail.select(number, visibleRows: rows)
            }
            index += forward ? 1 : -1
        }
        state.say(forward ? "There is no newer denial." : "There is no older denial.")
    }
}
