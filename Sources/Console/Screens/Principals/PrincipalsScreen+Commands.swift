import EngineInterface
import Resources

extension PrincipalsScreen {
    static let commands: [Command] = Self.ownCommands + Self.tableCommands

    private static let ownCommands: [Command] = [
        Command(
            "principal decisions", "show the decisions on this principal", hint: "decisions",
            keys: [.enter, .character("d")],
            in: .place(.principals)
        ) { state, _ in Self.enter(&state) },
        Command(
            "principal lab", "open this principal in the token lab", hint: "token lab", keys: [.character("t")],
            in: .place(.principals)
        ) { state, _ in
            guard let principal = Self.principal(under: state) else {
                return state.say("No principal is under the cursor.")
            }
            TokensScreen.show(
                ClientPrincipal(principal.name, authentication: nil),
                cluster: principal.presence.virtualClusters.min()?.text, &state)
        },
        Command(
            "principal topics", "show the topics as this principal sees them", keys: [.character("v")],
            in: .place(.principals)
        ) { state, _ in
            guard let principal = Self.principal(under: state) else {
                return state.say("No principal is under the cursor.")
            }
            state.run(CommandCall("topics view", principal.name))
        },
        Self.windowCommand, Self.pauseCommand,
        Command(
            "principal connections", "show the connections of this principal", hint: "connections",
            keys: [.character("i")],
            in: .place(.principals)
        ) { state, _ in
            guard let principal = Self.principal(under: state) else {
                return state.say("No principal is under the cursor.")
            }
            state.go(to: .live)
            state.setFilter(Filter.term("principal", principal.name), for: .live)
        },
        Command(
            "principal block connected", "block this principal; shows the rule first", keys: [.character("B")],
            in: .place(.principals), writes: true
        ) { state, _ in Self.block(&state) },
    ]

    /// A rule is for one virtual cluster, which a connection of the principal names.
    private static func block(_ state: inout ConsoleState) {
        guard let principal = Self.principal(under: state) else {
            return state.say("No principal is under the cursor.")
        }
        let connection = state.data.traffic.connections.first {
            $0.principal?.hasSameBytes(as: principal.name) == true && $0.virtualCluster != nil
        }
        guard let connection else {
            return state.say(
                "'\(principal.name)' has no connection, so the virtual cluster to block it on is not known. "
                    + "Write a rule in the Map (3).", .warning)
        }
        state.go(to: .live)
        state.live.block = nil
        state.setFilter(Filter.term("principal", principal.name), for: .live)
        let id = String(connection.sessionID)
        state.live.table.select(id)
        // A paused list may not have it yet, and another row would be another principal.
        guard state.live.table.selected?.hasSameBytes(as: id) == true else {
            return state.say(
                "That connection is not in the list. Press Space to continue the list, then B again.", .warning)
        }
        state.run(CommandCall("principal block"))
    }
}
