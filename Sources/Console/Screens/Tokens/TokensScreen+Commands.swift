import EngineInterface
import Resources

extension TokensScreen {
    static let commands: [Command] = [
        Command("token paste", "paste or type a token", hint: "paste", keys: [.character("p")], in: .place(.tokens)) {
            state, _ in
            state.tokens.entry = TextField()
            state.say("Paste the token now, or type it and press Enter. Esc cancels.")
        },
        Command(
            "token fetch", "fetch a token with client credentials", hint: "fetch", keys: [.character("f")],
            in: .place(.tokens)
        ) { state, _ in
            state.tokens.form = Self.newForm(state)
        },
        Command("token file", "read a token from a file", in: .place(.tokens), argument: "PATH") { state, path in
            guard !path.isEmpty else { return state.openCommandPrompt("token file ") }
            state.tokens.fileRequest = state.ask(.readFile(path), for: .tokens)
        },
        Command(
            "token cluster", "choose the virtual cluster that judges", hint: "cluster", keys: [.character("v")],
            in: .place(.tokens), argument: "[NAME]", completions: { Self.clusters($0).map(\.name) }
        ) { state, name in
            let clusters = Self.clusters(state)
            if name.isEmpty {
                return state.show(
                    .picker(
                        PickerOverlay(
                            title: "Virtual cluster",
                            items: clusters.map { .init(id: $0.name, title: $0.name, detail: $0.aclMode.rawValue) },
                            command: "token cluster", selected: Self.cluster(state)?.name)))
            }
            guard let cluster = clusters.first(where: { $0.name == name || $0.id == name }) else {
                return state.say("There is no virtual cluster '\(name)'.", .error)
            }
            state.tokens.chosenCluster = cluster.id
            Self.askAll(&state)
        },
        Command(
            "token anonymous", "show what a client without a token may do", hint: "anonymous", keys: [.character("a")],
            in: .place(.tokens)
        ) { state, _ in
            state.tokens.forget()
            state.tokens.subject = .anonymous
            Self.askAll(&state)
        },
        Command(
            "token principal", "show what a principal may do, by name, without claims", in: .place(.tokens),
            argument: "NAME"
        ) { state, name in
            guard !name.isEmpty else { return state.openCommandPrompt("token principal ") }
            state.tokens.forget()
            state.tokens.subject = .principal(name)
            Self.askAll(&state)
        },
        Command(
            "token compare", "compare with anonymous or a principal", hint: "compare", keys: [.character("=")],
            in: .place(.tokens), argument: "[NAME]", unavailable: Self.needsSubject
        ) { state, name in
            guard name.isEmpty else {
                return Self.compare(
                    name == "anonymous" ? .anonymous : .assumed(principal: name, claims: [:]), label: name, &state)
            }
            let principals = Set(state.data.snapshot?.connections.compactMap(\.principal) ?? []).subtracting([
                "anonymous"
            ])
            state.show(
                .picker(
                    PickerOverlay(
                        title: "Compare with",
                        items: [.init(id: "anonymous", title: "anonymous", detail: "no token")]
                            + principals.sorted().map {
                                .init(id: $0, title: $0, detail: "connected now; without claims")
                            },
                        command: "token compare")))
        },
        Command(
            "token compare token", "compare with another token, from a file", in: .place(.tokens), argument: "TOKEN",
            unavailable: Self.needsSubject
        ) { state, text in
            let token = text.filter { !$0.isWhitespace }
            guard !token.isEmpty else { return state.openCommandPrompt("token compare token ") }
            // It would stay in the history of commands otherwise.
            state.recentCommands.removeAll { $0.contains(token) }
            Self.compare(.token(token), label: "another token", &state)
        },
        Command(
            "token probe", "try the token through the real listener", hint: "try live", keys: [.character("L")],
            in: .place(.tokens), unavailable: Self.needsSubject
        ) { state, _ in
            state.confirm(
                Confirmation(
                    title: "Try it live?",
                    lines: [
                        "This opens real connections through a listener of '\(Self.cluster(state)?.name ?? "")', with the token and without it, and lists topics. Nothing is written. The decisions are counted like any client's."
                    ], verb: "Try", accept: CommandCall("token probe confirmed")))
        },
        Command("token probe confirmed", "try the token", in: .place(.tokens), isHidden: true) { state, _ in
            guard let cluster = Self.cluster(state) else { return }
            var probes: [Probe] = []
            if let held = state.tokens.held {
                let id = state.ask(.probe(ProbeQuestion(virtualCluster: cluster.id, token: held.text)), for: .tokens)
                probes.append(Probe(label: "list topics   with token", pending: id))
            }
            let id = state.ask(.probe(ProbeQuestion(virtualCluster: cluster.id)), for: .tokens)
            probes.append(Probe(label: "list topics   without token", pending: id))
            state.tokens.probes = probes
            state.tokens.pane = .probes
        },
        Command("token forget", "forget the token", hint: "forget", keys: [.character("x")], in: .place(.tokens)) {
            state, _ in
            state.tokens.forget()
            state.say("The token is forgotten.")
        },
        Command("token reveal", "show or hide the claims", hint: "reveal", keys: [.character("r")], in: .place(.tokens))
        { state, _ in
            state.tokens.areClaimsShown.toggle()
        },
        Command("token pane", "go to the next pane", keys: [.tab], in: .place(.tokens)) { state, _ in
            state.tokens.turn(1)
        },
        Command("token pane back", "go to the pane before", keys: [.backTab], in: .place(.tokens)) { state, _ in
            state.tokens.turn(-1)
        },
        Command("token copy raw", "copy the token itself", in: .place(.tokens), unavailable: Self.needsToken) {
            state, _ in
            state.confirm(
                Confirmation(
                    title: "Copy the token?",
                    lines: ["Anyone who reads the clipboard can act as this client until the token expires."],
                    verb: "Copy", accept: CommandCall("token copy raw confirmed")))
        },
        Command("token copy raw confirmed", "copy the token", in: .place(.tokens), isHidden: true) { state, _ in
            guard let held = state.tokens.held else { return }
            state.copy(held.text, what: "the token")
        },
        Command(
            "token export", "write the matrix to a file", keys: [.character("e")], in: .place(.tokens),
            argument: "PATH", unavailable: Self.needsSubject
        ) { state, path in
            guard !path.isEmpty else { return state.openCommandPrompt("token export ") }
            guard case .success(let matrix)? = state.tokens.matrix else {
                return state.say("There is no matrix yet.", .warning)
            }
            state.tokens.fileRequest = state.ask(
                .writeFile(path, text: Self.verdict(state) + "\n\n" + AccessMatrixView.text(matrix)), for: .tokens)
        },
    ]

    private static let needsSubject: @Sendable (ConsoleState) -> String? = {
        $0.tokens.accessSubject == nil
            ? "There is no token yet: p pastes one, f fetches one, a shows an anonymous client." : nil
    }

    private static let needsToken: @Sendable (ConsoleState) -> String? = {
        $0.tokens.held == nil ? "There is no token. p pastes one." : nil
    }

    /// A form filled from the configuration, with the shown client or the first one.
    private static func newForm(_ state: ConsoleState) -> TokenFetchForm {
        let identities = state.data.configuration.identities
        let name = Self.subjectName(state)
        for identity in identities {
            guard let client = identity.clients.first(where: { $0.id == name || $0.name == name }) else { continue }
            return TokenFetchForm(
                issuer: identity.server.issuer, clientID: client.id, scope: identity.scopes.first?.name ?? "")
        }
        return TokenFetchForm(
            issuer: identities.first?.server.issuer ?? "", clientID: identities.first?.clients.first?.id ?? "",
            scope: identities.first?.scopes.first?.name ?? "")
    }
}

extension TokensScreen {
    fileprivate mutating func turn(_ step: Int) {
        let panes = Pane.allCases
        self.pane = panes[(self.pane.rawValue + step + panes.count) % panes.count]
    }
}
