import Resources

extension MapScreen {
    static let commands: [Command] = [
        Command(
            "map add", "add something here, in your editor", hint: "add", keys: [.character("a")], in: .place(.map),
            argument: "[KIND]", writes: true,
            completions: { state in Self.addable(state).map { $0.kind.title.replacing(" ", with: "-") } }
        ) { state, kind in
            Self.add(kind, &state)
        },
        Command(
            "map edit", "edit in $EDITOR, see the difference, apply", hint: "edit", keys: [.character("e")],
            in: .place(.map), writes: true, unavailable: Self.needsSelection
        ) { state, _ in
            Self.edit(state.map.selection?.node.key, &state)
        },
        Command(
            "map edit gateway", "edit the gateway itself: its name, labels and version", in: .place(.map),
            writes: true, unavailable: { $0.data.gateway == nil ? "there is no gateway yet" : nil }
        ) { state, _ in
            Self.edit(state.data.gateway.map { EntityKey(.gateway, [$0.name]) }, &state)
        },
        Command(
            "map yaml", "show as YAML", hint: "YAML", keys: [.character("y")], in: .place(.map),
            unavailable: Self.needsSelection
        ) { state, _ in
            guard let document = Self.document(state) else { return }
            state.show(.text(TextOverlay(title: document.title, text: document.text, isYAML: true)))
        },
        Command(
            "map delete", "delete; asks for its name", hint: "delete", keys: [.character("D")], in: .place(.map),
            writes: true, unavailable: Self.needsSelection
        ) { state, _ in
            Self.delete(&state)
        },
        Command(
            "map toggle", "turn a policy, scope or claim on or off", hint: "on/off", keys: [.space], in: .place(.map),
            writes: true, unavailable: Self.needsSelection
        ) { state, _ in
            Self.toggle(&state)
        },
        Command(
            "map details", "all that is known of it", keys: [.character("i")], in: .place(.map),
            unavailable: Self.needsSelection
        ) { state, _ in
            Self.showDetails(&state)
        },
        Command("map unfold", "open or close everything", keys: [.character("*")], in: .place(.map)) { state, _ in
            Self.unfold(&state)
        },
        Command(
            "map next problem", "to the next WARN or DOWN", keys: [.character("n")], in: .place(.map)
        ) { state, _ in
            Self.nextProblem(1, &state)
        },
        Command(
            "map previous problem", "to the WARN or DOWN before", keys: [.character("N")], in: .place(.map)
        ) { state, _ in
            Self.nextProblem(-1, &state)
        },
        Command("map retry", "open again what was refused", in: .place(.map), writes: true) { state, _ in
            Self.retry(&state)
        },
        Command("map apply", "apply what was asked about", in: .place(.map), writes: true, isHidden: true) {
            state, _ in
            Self.apply(&state)
        },
    ]

    private static let needsSelection: @Sendable (ConsoleState) -> String? = { state in
        state.map.selection == nil ? "nothing is selected" : nil
    }

    private static func unfold(_ state: inout ConsoleState) {
        var ids: Set<String> = []
        func collect(_ node: MapNode) {
            if !node.children.isEmpty { ids.insert(node.id) }
            for child in node.children { collect(child) }
        }
        for node in state.map.roots { collect(node) }
        let isAnyClosed = !state.map.closed.isDisjoint(with: ids)
        state.map.closed = isAnyClosed ? [] : ids
        state.map.relayOut(state)
    }

    private static func nextProblem(_ step: Int, _ state: inout ConsoleState) {
        let order = state.map.order
        let count = order.count
        let start = state.map.table.selectedIndex ?? 0
        for offset in 1...max(1, count) {
            let index = ((start + step * offset) % max(1, count) + count) % max(1, count)
            guard order.indices.contains(index), let row = state.map.rows[order[index]] else { continue }
            if row.node.state == .warn || row.node.state == .down {
                return state.map.table.select(order[index])
            }
        }
        state.say("Nothing shown here is WARN or DOWN.")
    }
}
