extension SetupScreen {
    static let commands: [Command] = [
        Command(
            "setup enter", "into the form; there, to the next step", hint: "go on", keys: [.enter], in: .place(.setup)
        ) { state, _ in
            Self.enter(&state)
        },
        Command("setup field", "into the form, and to the next field", hint: "field", keys: [.tab], in: .place(.setup))
        { state, _ in
            Self.enter(&state)
        },
        Command("setup next", "to the next step", hint: "step", keys: [.pageDown], in: .place(.setup)) { state, _ in
            Self.next(&state)
        },
        Command("setup back", "to the step before", hint: "back", keys: [.pageUp], in: .place(.setup)) { state, _ in
            Self.back(&state)
        },
        Command("setup leave", "out of the form; the draft is kept", hint: "leave", keys: [.escape], in: .place(.setup))
        {
            state, _ in
            state.goOut(quitting: false)
        },
        Command("setup explain", "explain the field", hint: "explain", keys: [.function(1)], in: .place(.setup)) {
            state, _ in
            Self.explain(&state)
        },
        Command("setup copy", "copy the YAML of this step", hint: "YAML", keys: [.function(4)], in: .place(.setup)) {
            state, _ in
            state.copy(Self.yaml(state), what: "the YAML of this step")
        },
        Command(
            "setup sandbox", "use a Kafka of three brokers in this process", keys: [.function(5)], in: .place(.setup),
            unavailable: { state in
                if state.setup.phase != .drafting { return "The walkthrough is applied." }
                if Self.usesSandbox(state) { return "The sandbox is the backend already." }
                return Self.canUseSandbox(state)
                    ? nil : "The engine runs elsewhere; start `sluice sandbox` and name its brokers here."
            }
        ) { state, _ in
            Self.useSandbox(&state)
        },
        Command("setup check", "check this step again", keys: [.function(6)], in: .place(.setup)) { state, _ in
            Self.checkAgain(&state)
        },
        Command("setup accept", "take what is suggested", keys: [.control("f")], in: .place(.setup)) { state, _ in
            Self.acceptSuggestion(&state)
        },
        Command("setup restore", "the field as it was at first", keys: [.control("r")], in: .place(.setup)) {
            state, _ in
            guard state.setup.phase == .drafting else { return state.say("It is applied already.") }
            Self.restore(&state)
        },
        Command(
            "setup go", "to a step", keys: [.control("g")], in: .place(.setup), argument: "[STEP]",
            completions: { _ in SetupStep.allCases.map { String($0.rawValue) } }
        ) { state, argument in
            guard argument.isEmpty else {
                guard let step = Int(argument).flatMap(SetupStep.init(rawValue:)) else {
                    return state.say(
                        "There is no step '\(argument)'; there are 1 to 8, 9 for the review, 10 for the clients.",
                        .error)
                }
                return Self.go(to: step, &state)
            }
            state.show(
                .picker(
                    PickerOverlay(
                        title: "Step",
                        items: SetupStep.allCases.map {
                            .init(id: String($0.rawValue), title: $0.title, detail: $0.subtitle)
                        }, command: "setup go", selected: String(state.setup.step.rawValue))))
        },
        Command(
            "setup client", "what a client needs, ready to copy", in: .place(.setup), argument: "CLIENT",
            unavailable: { $0.setup.isApplied ? nil : "The configurations for clients come after Apply." },
            completions: { _ in ClientConfiguration.Client.allCases.map(\.rawValue) }
        ) { state, name in
            guard let client = ClientConfiguration.Client(rawValue: name.lowercased()) else {
                let names = ClientConfiguration.Client.allCases.map(\.rawValue).joined(separator: ", ")
                return state.say("There is no client '\(name)' here; there is: \(names).", .error)
            }
            Self.choose(client, &state)
        },
        Command(
            "setup client write", "write the configuration of the client, with its secret", in: .place(.setup),
            argument: "[PATH]",
            unavailable: { $0.setup.isApplied ? nil : "The configurations for clients come after Apply." }
        ) { state, path in
            Self.writeClient(path, &state)
        },
        Command("setup replace confirmed", "replace the file", in: .place(.setup), isHidden: true) { state, _ in
            Self.replace(&state)
        },
        Command("setup calls", "every call with its body, and the answers", in: .place(.setup)) { state, _ in
            state.show(
                .text(TextOverlay(title: "Answers and calls", text: Self.fullText(state), isYAML: true)))
        },
        Command(
            "setup write", "write the answers file", in: .place(.setup), argument: "[PATH]"
        ) { state, path in
            Self.export(path, &state)
        },
        Command(
            "setup read", "take all answers from an answers file", keys: [.function(7)], in: .place(.setup),
            argument: "[PATH]",
            unavailable: { $0.setup.phase == .drafting ? nil : "It is applied, or being applied." }
        ) { state, path in
            Self.askToRead(path, &state)
        },
        Command("setup read confirmed", "take them", in: .place(.setup), isHidden: true) { state, path in
            Self.read(path, &state)
        },
        Command(
            "setup apply", "create everything", in: .place(.setup), writes: true,
            unavailable: { $0.setup.phase == .drafting ? nil : "It is applied, or being applied." }
        ) { state, _ in
            Self.confirmApply(&state)
        },
        Command("setup apply confirmed", "create everything", in: .place(.setup), writes: true, isHidden: true) {
            state, _ in
            guard state.setup.phase == .drafting else { return }
            Self.apply(&state)
        },
        Command(
            "setup undo", "delete what the walkthrough created", in: .place(.setup), writes: true,
            unavailable: { $0.setup.isBusy ? "Calls are under way." : nil }
        ) { state, _ in
            Self.confirmUndo(&state)
        },
        Command("setup undo confirmed", "delete it", in: .place(.setup), writes: true, isHidden: true) { state, _ in
            Self.undo(&state)
        },
        Command(
            "setup prove", "try it with real connections", in: .place(.setup), writes: true,
            unavailable: Self.reasonAgainstProof
        ) { state, _ in
            Self.prove(&state)
        },
        Command(
            "setup restart", "throw the draft away and begin anew", in: .place(.setup),
            unavailable: { $0.setup.isBusy ? "Calls are under way." : nil }
        ) { state, _ in
            state.confirm(
                Confirmation(
                    title: "Begin anew?",
                    lines: [
                        state.setup.isApplied
                            ? "What was created stays. Its client's secret is not shown again."
                            : "All answers are as at first"
                                + (state.setup.leftovers > 0
                                    ? "; \(state.setup.leftovers) objects of the last try stay." : ".")
                    ], verb: "Begin anew", accept: CommandCall("setup restart confirmed")))
        },
        Command("setup restart confirmed", "begin anew", in: .place(.setup), isHidden: true) { state, _ in
            guard !state.setup.isBusy else { return }
            Self.restart(&state)
        },
    ]

    private static func explain(_ state: inout ConsoleState) {
        let step = state.setup.step
        let id = state.setup.form.focus
        var lines: [TextOverlay.Line] = []
        func add(_ text: String, _ role: Role = .base) {
            lines += CellText.wrapped(text, columns: max(20, min(90, state.size.columns - 6))).map { .init($0, role) }
        }
        if let field = SetupField(rawValue: id), state.setup.isEditing {
            add(field.label, .chromeTitle)
            add(field.explanation)
            lines.append(.init(""))
            add("In an answers file: \(field.rawValue)", .muted)
            lines.append(.init(""))
        } else if id.hasPrefix(SetupField.aclRules.rawValue), state.setup.isEditing {
            add(Self.explanation(ofRule: id))
            lines.append(.init(""))
        }
        let isNumbered = step != .review && step != .connect
        add(isNumbered ? "Step \(step.rawValue): \(step.title)" : step.title, .chromeTitle)
        add(step.purpose)
        state.show(.text(TextOverlay(title: "What this is", lines: lines)))
    }

    private static func explanation(ofRule id: String) -> String {
        switch id.split(separator: ".").last {
        case "resource_type":
            "What the rule is about: topics, consumer groups, the cluster itself, or transactional ids."
        case "action": "Allow or deny. A deny that matches wins over every allow."
        case "operations":
            "What the client does, in Kafka's words. Reading needs describe and read, writing describe and write; clients that look at topic settings need describe_configs. Space switches the one under the cursor."
        case "names", "these":
            "Which names the rule is about: all, patterns with * and ?, or names made from a claim of the client's own token."
        case "claim", "suffix":
            "Names start with the value of this claim. A client whose token says topic_prefix = orders may then use orders-a, orders-b and so on. Patterns in the claim itself have no power."
        default: "A rule of the policy."
        }
    }
}
