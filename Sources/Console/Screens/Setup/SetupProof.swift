import EngineInterface

/// What the walkthrough tries for real after Apply, one after another.
struct SetupProof: Equatable, Sendable {
    enum Part: CaseIterable, Equatable, Sendable {
        case topic, token, withToken, withoutToken
    }

    enum State: Equatable, Sendable {
        case open, running
        case passed(String)
        /// Seen, and not what the rules foretell; or not possible.
        case failed(String)
        case skipped(String)
    }

    var parts: [(part: Part, state: State)] = []
    var request: Int?
    /// Until the probe with it is over.
    var token: String?

    static func == (left: SetupProof, right: SetupProof) -> Bool {
        left.request == right.request && left.token == right.token
            && left.parts.elementsEqual(right.parts) { $0.part == $1.part && $0.state == $1.state }
    }

    var isOver: Bool {
        !self.parts.isEmpty && self.request == nil
    }

    /// Everything that was tried went as foretold.
    var isProven: Bool {
        self.isOver
            && self.parts.allSatisfy {
                if case .passed = $0.state { true } else { false }
            }
    }
}

extension SetupScreen {
    /// Why the proof cannot start; nil when it can.
    static func reasonAgainstProof(_ state: ConsoleState) -> String? {
        guard state.setup.isApplied else { return "The proof comes after Apply." }
        return state.setup.proof.request == nil ? nil : "The proof is running."
    }

    /// The secret to fetch a token with.
    private static func secret(_ state: ConsoleState) -> String? {
        if let secret = state.setup.plan?.clientSecret { return secret }
        return state.setup.typedSecret.isEmpty ? nil : state.setup.typedSecret
    }

    static func prove(_ state: inout ConsoleState) {
        guard self.reasonAgainstProof(state) == nil else { return }
        var proof = SetupProof()
        let parts = SetupProof.Part.allCases.filter { $0 != .topic || state.setup.answers.flag(.proofCreate) }
        proof.parts = parts.map { ($0, .open) }
        state.setup.proof = proof
        self.proveNext(&state)
    }

    /// Starts the next open part.
    private static func proveNext(_ state: inout ConsoleState) {
        defer { self.rebuild(&state) }
        guard let plan = state.setup.plan else { return }
        let outcome = plan.outcome
        while let index = state.setup.proof.parts.firstIndex(where: { $0.state == .open }) {
            let question: Question
            switch state.setup.proof.parts[index].part {
            case .topic:
                question = .createTopic(
                    state.setup.answers.text(.proofTopic), partitions: 1, virtualCluster: outcome.virtualCluster)
            case .token:
                if state.setup.answers.usesURL {
                    // With another issuer the token itself was pasted.
                    state.setup.proof.token = self.secret(state).map { $0.filter { !$0.isWhitespace } }
                    state.setup.proof.parts[index].state =
                        state.setup.proof.token == nil
                        ? .skipped("paste a token of your issuer above") : .passed("the one you pasted")
                    continue
                }
                guard let secret = self.secret(state), let issuer = outcome.issuer, let client = outcome.clientID else {
                    state.setup.proof.parts[index].state = .skipped("type the client's secret above")
                    continue
                }
                question = .fetchToken(
                    TokenRequest(issuer: issuer, clientID: client, clientSecret: secret, scope: outcome.scope))
            case .withToken:
                guard let token = state.setup.proof.token else {
                    state.setup.proof.parts[index].state = .skipped("there is no token")
                    continue
                }
                question = .probe(ProbeQuestion(virtualCluster: outcome.virtualCluster, token: token))
            case .withoutToken: question = .probe(ProbeQuestion(virtualCluster: outcome.virtualCluster))
            }
            state.setup.proof.parts[index].state = .running
            state.setup.proof.request = state.ask(question, for: .setup)
            return
        }
        state.setup.proof.request = nil
        state.setup.proof.token = nil
        if state.setup.proof.isProven {
            state.setup.done.insert(.proof)
            state.setup.form.focus("connect")
            state.say("It works: every probe saw what the rules foretell. Enter: connect a client.", .success)
        } else {
            state.say("Not proven. \(CellText.sanitised(self.firstFailure(state.setup)))", .warning)
        }
    }

    static func receiveProof(_ answer: Answer, _ state: inout ConsoleState) -> Bool {
        guard answer.id == state.setup.proof.request else { return false }
        state.setup.proof.request = nil
        guard let index = state.setup.proof.parts.firstIndex(where: { $0.state == .running }) else { return true }
        let part = state.setup.proof.parts[index].part
        state.setup.proof.parts[index].state = self.judge(part, answer.result, &state)
        self.proveNext(&state)
        return true
    }

    private static func judge(
        _ part: SetupProof.Part, _ result: Result<AnswerValue, EngineClientError>, _ state: inout ConsoleState
    ) -> SetupProof.State {
        switch (part, result) {
        case (.topic, .success): return .passed("created, 1 partition")
        case (.topic, .failure(let error)):
            return error.message.lowercased().contains("exist") ? .passed("it exists already") : .failed(error.message)
        case (.token, .success(.token(let token))):
            state.setup.proof.token = token
            let scope = state.setup.plan?.outcome.scope ?? ""
            return .passed("fetched" + (scope.isEmpty ? "" : ", scope \(scope)"))
        case (.withToken, .success(.probe(let report))): return self.judge(report, isAnonymous: false, state)
        case (.withoutToken, .success(.probe(let report))): return self.judge(report, isAnonymous: true, state)
        case (_, .failure(let error)): return .failed(error.message)
        case (_, .success): return .failed(EngineClientError.unexpected.message)
        }
    }

    /// What a probe saw, in words, against what the rules foretell.
    private static func judge(
        _ report: ProbeReport, isAnonymous: Bool, _ state: ConsoleState
    ) -> SetupProof.State {
        let time = "\(Int(max(0, min(report.milliseconds, 1e9)).rounded())) ms"
        guard report.succeeded else {
            // Without anonymous sign-in a refusal is what should happen.
            let isMeant =
                isAnonymous && state.setup.answers.makesVirtualCluster && !state.setup.answers.allowsAnonymous
            return isMeant ? .passed("DENY not let in, as meant, \(time)") : .failed(report.detail)
        }
        let names = report.topics.prefix(4).joined(separator: ", ") + (report.topics.count > 4 ? ", ..." : "")
        let seen = report.topics.isEmpty ? "DENY sees no topic" : "ALLOW sees \(names)"
        guard let foretold = report.predictedTopics else { return .passed("\(seen), \(time)") }
        guard foretold == report.topics else {
            let rules = foretold.isEmpty ? "nothing" : foretold.prefix(4).joined(separator: ", ")
            return .failed("\(seen); the rules foretell \(rules). That is a bug.")
        }
        return .passed("\(seen), as foretold, \(time)")
    }

    // MARK: The form of the proof

    static func proofItems(_ state: ConsoleState) -> [FormItem] {
        let setup = state.setup
        guard let plan = setup.plan else { return [] }
        let outcome = plan.outcome
        var items: [FormItem] = []
        if let id = outcome.clientID { items.append(FormItem.text("client", "Client id  \(id)").stopping()) }
        if let secret = outcome.clientSecret {
            if setup.isSecretShown {
                items.append(FormItem.text("client.secret", "Secret     \(secret)", .strong).stopping())
                items.append(
                    .text("client.note", "Shown once, on this page only: c copies it.", .stateWarn))
            } else {
                items.append(
                    .text("client.note", "Secret     hidden; c copies it, the next page uses it", .muted))
            }
        }
        if let bootstrap = self.configuration(state)?.bootstrap {
            items.append(.text("address", "Clients use \(CellText.sanitised(bootstrap))"))
        }
        if outcome.clientSecret == nil {
            let isURL = setup.answers.usesURL
            items.append(
                FormItem(
                    "secret", isURL ? "Token" : "Client secret",
                    .text(setup.typedSecret, placeholder: isURL ? "paste one" : "for the proof only", isSecret: true),
                    notes: [.init("kept in memory only")]))
        }
        items.append(.text("proof.gap", ""))
        items += self.proofLines(setup)
        items.append(.text("gap", ""))
        items.append(
            FormItem("prove", "", .button(title: setup.proof.parts.isEmpty ? "Prove it" : "Prove it again")))
        items.append(FormItem("connect", "", .button(title: "Connect a client")))
        if outcome.clientSecret != nil, setup.isSecretShown {
            items.append(FormItem("saved", "", .button(title: "Hide the secret")))
        }
        items.append(FormItem("undo", "", .button(title: "Undo all")))
        items.append(FormItem("restart", "", .button(title: "Another")))
        return items
    }

    private static func firstFailure(_ setup: SetupScreen) -> String {
        for (part, outcome) in setup.proof.parts {
            switch outcome {
            case .failed(let reason), .skipped(let reason): return "\(self.title(of: part, setup)): \(reason)"
            case .open, .running, .passed: continue
            }
        }
        return ""
    }

    private static func title(of part: SetupProof.Part, _ setup: SetupScreen) -> String {
        switch part {
        case .topic: "topic \(setup.answers.text(.proofTopic))"
        case .token: "token"
        case .withToken: "list topics with the token"
        case .withoutToken: "list topics without a token"
        }
    }

    private static func proofLines(_ setup: SetupScreen) -> [FormItem] {
        var parts = setup.proof.parts
        if parts.isEmpty {
            parts = SetupProof.Part.allCases.filter { $0 != .topic || setup.answers.flag(.proofCreate) }
                .map { ($0, .open) }
        }
        var items = parts.enumerated().map { index, entry -> FormItem in
            let title = self.title(of: entry.part, setup)
            let (mark, role, detail): (String, Role, String) =
                switch entry.state {
                case .open: ("[    ]", .muted, "")
                case .running: ("[ .. ]", .statePending, "")
                case .passed(let text): ("[ ok ]", .stateOK, text)
                case .failed(let text): ("[FAIL]", .stateDown, text)
                case .skipped(let text): ("[skip]", .stateWarn, text)
                }
            var notes = [FormItem.Note("\(mark) \(title)", role)]
            if !detail.isEmpty { notes.append(.init("   \(detail)", self.role(of: detail, otherwise: .base))) }
            return FormItem.text("part.\(index)", notes).stopping()
        }
        if setup.proof.isProven {
            items.append(.text("proven", "It works, with real connections.", .stateOK))
        }
        return items
    }

    private static func role(of detail: String, otherwise: Role) -> Role {
        detail.hasPrefix("ALLOW") ? .decisionAllow : detail.hasPrefix("DENY") ? .decisionDeny : otherwise
    }
}
