import GatewayModel

extension PrincipalsScreen {
    static let commands: [Command] = Self.ownCommands + Self.tableCommands

    private static let ownCommands: [Command] = [
        Command(
            "principal decisions", "the decisions on this principal", hint: "decisions",
            keys: [.enter, .character("d")],
            in: .place(.principals)
        ) { state, _ in Self.enter(&state) },
        Command(
            "principal lab", "this principal in the token lab", hint: "token lab", keys: [.character("t")],
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
            "principal topics", "the topics as this principal sees them", keys: [.character("v")],
            in: .place(.principals)
        ) { state, _ in
            guard let principal = Self.principal(under: state) else {
                return state.say("No principal is under the cursor.")
            }
            state.run(CommandCall("topics view", principal.name))
        },
        Self.windowCommand, Self.pauseCommand,
        Command(
            "principal connections", "the connections of this principal", hint: "connections", keys: [.character("i")],
            in: .place(.principals)
        ) { state, _ in
            guard let principal = Self.principal(under: state) else {
                return state.say("No principal is under the cursor.")
            }
            state.go(to: .live)
            state.setFilter(Filter.term("principal", principal.name), for: .live)
        },
    ]
}
