import EngineInterface

extension LiveScreen {
    static let commands: [Command] = Self.ownCommands + Self.tableCommands

    private static let ownCommands: [Command] = [
        Command(
            "connection detail", "show the connection under the cursor in full", hint: "detail", keys: [.enter],
            in: .place(.live)
        ) { state, _ in Self.enter(&state) },
        Self.pauseCommand, Self.windowCommand,
        Command(
            "connection decisions", "show the decisions on this connection", hint: "decisions", keys: [.character("d")],
            in: .place(.live), unavailable: Self.withoutClient
        ) { state, _ in
            guard let connection = Self.lastKnown(under: state) else { return }
            DecisionsScreen.show(Filter.term("client", connection.remoteAddress), &state)
        },
        Command(
            "connection principal", "show this client among the principals", keys: [.character("p")], in: .place(.live),
            unavailable: Self.withoutClient
        ) { state, _ in
            guard let principal = Self.lastKnown(under: state)?.principal else {
                return state.say("This client has not signed in yet.")
            }
            PrincipalsScreen.show(principal, &state)
        },
        Command(
            "connection lab", "open this client's principal in the token lab", keys: [.character("t")],
            in: .place(.live),
            unavailable: Self.withoutClient
        ) { state, _ in
            guard let connection = Self.lastKnown(under: state), let principal = ClientPrincipal(connection) else {
                return state.say("This client has not signed in yet.")
            }
            TokensScreen.show(principal, cluster: connection.virtualCluster, &state)
        },
        Command(
            "connection close", "close the connection under the cursor", hint: "close", keys: [.character("D")],
            in: .place(.live),
            writes: true, unavailable: Self.withoutConnection
        ) { state, _ in Self.askToClose(&state) },
        Command(
            "connection close confirmed", "close this connection", in: .place(.live), writes: true, isHidden: true
        ) { state, session in
            guard let id = UInt64(session) else { return }
            let client = state.data.traffic.connection(id)?.remoteAddress ?? "session \(id)"
            state.live.closing[state.ask(.closeConnection(sessionID: id), for: .live)] = client
        },
        Command(
            "principal block", "block this client's principal; shows the rule first", hint: "block",
            keys: [.character("B")], in: .place(.live), writes: true, unavailable: { PrincipalBlock.reasonAgainst($0) }
        ) { state, _ in PrincipalBlock.propose(&state) },
        Command(
            "principal block apply", "put the shown rule in force; asks for the name",
            keys: [.character("A")], in: .place(.live), writes: true, unavailable: Self.withoutBlock
        ) { state, _ in PrincipalBlock.askToApply(&state) },
        Command(
            "principal block confirmed", "put the rule in force", in: .place(.live), writes: true, isHidden: true
        ) { state, _ in PrincipalBlock.apply(&state) },
    ]

    /// The check for commands that also work on a client that has disconnected.
    private static let withoutClient: @Sendable (ConsoleState) -> String? = { state in
        Self.lastKnown(under: state) == nil ? "No connection is under the cursor." : nil
    }

    private static let withoutConnection: @Sendable (ConsoleState) -> String? = { state in
        guard Self.connection(under: state) == nil else { return nil }
        return Self.lastKnown(under: state) == nil
            ? "No connection is under the cursor." : "This connection is closed already."
    }

    private static let withoutBlock: @Sendable (ConsoleState) -> String? = { state in
        state.live.block == nil ? "No rule is shown. B shows the rule that would block this principal." : nil
    }

    private static func askToClose(_ state: inout ConsoleState) {
        guard let connection = Self.connection(under: state) else { return }
        let principal = connection.principal ?? "a client that has not signed in"
        state.confirm(
            Confirmation(
                title: "Close 1 live connection?",
                lines: [
                    "\(principal) on \(connection.virtualCluster ?? connection.listener), from "
                        + "\(connection.remoteAddress). Requests under way are lost.",
                    "The client will likely connect again at once, because only a rule keeps it out.",
                ],
                verb: "Close",
                accept: CommandCall("connection close confirmed", String(connection.sessionID))))
    }
}
