import Resources

extension SetupScreen {
    /// Makes the form of the step again, after anything that it shows has changed.
    static func rebuild(_ state: inout ConsoleState) {
        if state.setup.phase == .drafting { state.setup.answers.settle(in: self.surroundings(state)) }
        let items = self.items(state)
        if state.setup.formStep == state.setup.step {
            state.setup.form.replaceItems(items)
        } else {
            state.setup.formStep = state.setup.step
            state.setup.form = Form(items, focus: self.firstFocus(items, state))
        }
    }

    private static func firstFocus(_ items: [FormItem], _ state: ConsoleState) -> String? {
        if state.setup.step == .review { return state.options.readOnlyReason == nil ? "apply" : "write" }
        if state.setup.isApplied, state.setup.step == .proof {
            // A secret that is not known here is asked for first.
            return items.contains { $0.id == "secret" } ? "secret" : "prove"
        }
        if let wrong = items.first(where: { $0.problem != nil }) { return wrong.id }
        let text = items.first { item in
            if case .text = item.control { true } else { false }
        }
        return text?.id ?? "next"
    }

    static func items(_ state: ConsoleState) -> [FormItem] {
        if state.setup.step == .connect { return [] }
        if state.setup.isApplied {
            return state.setup.step == .proof ? self.proofItems(state) : self.appliedItems(state)
        }
        if state.setup.isBusy { return self.progressItems(state) }
        if state.setup.step == .review { return self.reviewItems(state) }
        let surroundings = SetupSurroundings(state.setup.answers, self.surroundings(state))
        let problems = self.shownProblems(state)
        var items: [FormItem] = []
        for field in state.setup.step.fields where state.setup.answers.isRelevant(field) {
            if field == .aclRules {
                items += self.ruleItems(state, problems)
            } else if let item = self.item(field, state, surroundings, problems) {
                items.append(item)
            }
        }
        items += self.stepNotes(state)
        if state.setup.step == .backend, state.setup.answers.makesBackend, self.canUseSandbox(state),
            !self.usesSandbox(state)
        {
            items.append(FormItem("sandbox", "", .button(title: "Use the sandbox (F5)")))
        }
        items.append(.text("gap", ""))
        if state.setup.leftovers > 0 {
            items.append(FormItem("undo", "", .button(title: "Undo what was created")))
        }
        if state.setup.step != .signIn { items.append(FormItem("back", "", .button(title: "Back"))) }
        if state.setup.step == .forward || state.setup.step == .acl {
            items.append(FormItem("skip", "", .button(title: "Skip")))
        }
        items.append(FormItem("next", "", .button(title: "Next")))
        return items
    }

    private static func item(
        _ field: SetupField, _ state: ConsoleState, _ around: SetupSurroundings, _ problems: [SetupProblem]
    ) -> FormItem? {
        let answers = state.setup.answers
        guard let control = self.control(field, answers, around) else { return nil }
        var item = FormItem(field.rawValue, field.label, control)
        let shows =
            state.setup.touched.contains(field.rawValue) || state.setup.attempted.contains(state.setup.step)
            || state.setup.failure?.field == field.rawValue
        if shows, let problem = problems.first(where: { $0.field == field.rawValue }) {
            item.problem = problem.message
            item.suggestion = problem.suggestion
        }
        item.notes = self.notes(field, state)
        if field == .listenerPorts, item.suggestion == nil, let free = self.freePorts(state) {
            item.suggestion = free
            item.offer = "\(free) are free (Ctrl-F takes them)"
        }
        return item
    }

    private static func control(
        _ field: SetupField, _ answers: SetupAnswers, _ around: SetupSurroundings
    ) -> FormControl? {
        let text = answers[field]
        if field.path.member == "existing" {
            let choices = around.choices(for: field)
            guard !choices.isEmpty else { return nil }
            return .choice(choices.map { FormControl.Option($0) }, selected: answers.text(field))
        }
        switch field.shape {
        case .text, .list, .integer: return .text(text, placeholder: field.placeholder)
        case .flag:
            return .checkbox(title: field.title(of: "true"), isOn: answers.flag(field))
        case .choice(let choices):
            // A question with one answer is none.
            let possible = around.possible(choices, of: field, chosen: text)
            guard possible.count > 1 else { return nil }
            return .radio(possible.map { .init($0, field.title(of: $0)) }, selected: answers.text(field))
        case .choices(let choices):
            return .checks(
                choices.map { .init($0, field.title(of: $0)) }, on: Set(answers.list(field)), cursor: 0)
        case .rules: return nil
        }
    }

    // MARK: Rules

    private static func ruleItems(_ state: ConsoleState, _ problems: [SetupProblem]) -> [FormItem] {
        let rules = state.setup.answers.rules
        var items: [FormItem] = []
        let recipes = SetupRule.Recipe.allCases.map { FormControl.Option($0.rawValue, $0.title) }
        let recipe = SetupRule.Recipe.allCases.first { $0.rules == rules }
        let options = recipe == nil ? recipes + [FormControl.Option("own", "your own")] : recipes
        items.append(FormItem("recipe", "Recipe", .choice(options, selected: recipe?.rawValue ?? "own")))
        for (index, rule) in rules.enumerated() {
            let path = "\(SetupField.aclRules.rawValue)[\(index)]"
            if rules.count > 1 { items.append(.text("\(path).title", "Rule \(index + 1)", .chromeTitle)) }
            items += self.ruleItems(rule, index, path, state, problems)
        }
        if rules.isEmpty { items.append(.text("rules.none", "No rule: nobody may do anything.", .stateWarn)) }
        if ACLConfiguration(rules: rules.map(\.rule)).readsTopicsWithoutGroups {
            items.append(
                .text(
                    "rules.groups",
                    "WARN  READ is allowed, but no rule allows groups: consumer groups will be refused.",
                    .stateWarn))
            items.append(FormItem("rule.group", "", .button(title: "Add the group rule")))
        }
        if rules.count < SetupAnswers.maximumRules {
            items.append(FormItem("rule.add", "", .button(title: "Add a rule")))
        }
        if rules.count > 1 { items.append(FormItem("rule.remove", "", .button(title: "Remove the last"))) }
        return items
    }

    private static func ruleItems(
        _ rule: SetupRule, _ index: Int, _ path: String, _ state: ConsoleState, _ problems: [SetupProblem]
    ) -> [FormItem] {
        let matches = self.matchNotes(rule: index, state)
        func item(_ member: String, _ label: String, _ control: FormControl, notes: [FormItem.Note] = []) -> FormItem {
            let id = "\(path).\(member)"
            let shows =
                state.setup.touched.contains(id) || state.setup.attempted.contains(.acl)
                || state.setup.failure?.field == id
            let problem = shows ? problems.first { $0.field == id } : nil
            return FormItem(id, label, control, problem: problem?.message, notes: notes)
        }
        let types = ResourceType.allCases.map { FormControl.Option($0.rawValue, $0.rawValue) }
        // What the answers hold is always there, also when Kafka has no use for it.
        let known = SetupRule.choices(for: rule.resourceType)
        let operations = known + rule.operations.filter { !known.contains($0) }
        var items = [
            item("resource_type", "Resource", .choice(types, selected: rule.resourceType.rawValue)),
            item("action", "Action", .radio([.init("allow"), .init("deny")], selected: rule.action.rawValue)),
            item(
                "operations", "Operations",
                .checks(
                    operations.map { .init($0.rawValue) }, on: Set(rule.operations.map(\.rawValue)), cursor: 0)),
            item(
                "names", "Names",
                .radio(
                    [.init("all"), .init("these"), .init("claim", "from a token claim")],
                    selected: rule.names.rawValue), notes: rule.names == .all ? matches : []),
        ]
        switch rule.names {
        case .all: break
        case .these:
            items.append(
                item("these", "  patterns", .text(rule.these, placeholder: "e.g. orders.*, audit"), notes: matches))
        case .claim:
            let created = state.setup.answers.text(.claimName)
            let example = "e.g. " + (created.isEmpty ? "topic_prefix" : created)
            items.append(item("claim", "  claim", .text(rule.claim, placeholder: example)))
            items.append(
                item(
                    "suffix", "  then", .text(rule.suffix, placeholder: "nothing"),
                    notes: self.claimNotes(rule, state) + matches)
            )
        }
        return items
    }

    private static func claimNotes(_ rule: SetupRule, _ state: ConsoleState) -> [FormItem.Note] {
        guard !rule.claim.isEmpty else { return [] }
        var notes = [FormItem.Note("= \(rule.expression)", .syntaxString)]
        let answers = state.setup.answers
        if answers.makesClient {
            if answers.text(.claimName) == rule.claim {
                notes.append(.init("the new client's tokens give  \(answers.text(.claimValue))\(rule.suffix)"))
            } else {
                notes.append(
                    .init(
                        "! the new client's tokens carry "
                            + (answers.text(.claimName).isEmpty ? "no claim" : "'\(answers.text(.claimName))'")
                            + ": this rule matches nothing for it", .stateWarn))
            }
        }
        notes.append(.init("note: * ? [ ] in the claim's value stand for themselves"))
        return notes
    }

    // MARK: Notes

    private static func notes(_ field: SetupField, _ state: ConsoleState) -> [FormItem.Note] {
        let answers = state.setup.answers
        switch field {
        // What Apply was refused for says the same.
        case .listenerPorts where state.setup.failure?.field == field.rawValue: return []
        case .signInJWKS, .listenerPorts: return self.checkNotes(state)
        case .backendServers:
            let sandbox: [FormItem.Note] = self.usesSandbox(state) ? [.init("the sandbox, in memory")] : []
            return self.checkNotes(state) + sandbox
        case .signInIssuer where answers.text(.signInIssuer).isEmpty:
            return [.init("! not checked: tokens may name any issuer", .stateWarn)]
        case .signInExpectedAudience where answers.text(.signInExpectedAudience).isEmpty:
            return [.init("! not checked: tokens made for other services are accepted", .stateWarn)]
        case .virtualClusterChecks:
            guard answers.flag(.virtualClusterChecks) else {
                return [.init("! tokens made for other services are accepted", .stateWarn)]
            }
            return self.preview(state).audience.map { [.init("audience \(CellText.sanitised($0))")] } ?? []
        case .signInName where answers.makesAuthServer:
            return [.init("its keys and tokens are made by Sluice")]
        case .clientName: return [.init("its secret is shown once, after Apply")]
        case .aclMode:
            if answers.allowsAnonymous, !answers.enforcesACLs {
                return [.init("! anonymous and \"off\" let everyone do everything", .stateWarn)]
            }
            if answers.enforcesACLs, !answers.makesACL {
                return [.init("! without a rule (step 7) nobody may do anything", .stateWarn)]
            }
            return []
        case .virtualClusterSignIn:
            return answers.allowsTokens
                ? [] : [.init("! tokens are not accepted: the new client is of no use", .stateWarn)]
        case .listenerAddresses:
            return Self.isLoopbackOnly(answers)
                ? [.init("reached from this machine only")]
                : [.init("! reached from other machines, without TLS", .stateWarn)]
        case .forwardHost:
            return answers.text(.forwardHost) == "localhost" && !Self.isLoopbackOnly(answers)
                ? [.init("! clients on other machines cannot reach \"localhost\"", .stateWarn)] : []
        case .forwardMinimum:
            guard let lowest = self.brokerIDs(state).min(), let number = answers.integer(.forwardMinimum),
                number != Int(lowest)
            else { return [] }
            return [
                .init(
                    "! the lowest of the brokers found is \(lowest)"
                        + (number > Int(lowest) ? ": it would have no port" : ""), .stateWarn)
            ]
        case .aclSubject:
            switch answers.text(.aclSubject) {
            case "everyone": return [.init("also to anonymous clients", .stateWarn)]
            case "client": return [.init(self.preview(state).condition ?? "", .syntaxString)]
            default: return []
            }
        default: return []
        }
    }

    static func isLoopbackOnly(_ answers: SetupAnswers) -> Bool {
        let addresses = answers.list(.listenerAddresses)
        return !addresses.isEmpty
            && addresses.allSatisfy { $0.hasPrefix("127.") || $0 == "::1" || $0.lowercased() == "localhost" }
    }

    /// What the step as a whole has to say.
    private static func stepNotes(_ state: ConsoleState) -> [FormItem] {
        let answers = state.setup.answers
        switch state.setup.step {
        case .signIn: return [.text("note", "F7 answers everything from a file instead.", .muted)]
        case .client where answers.usesURL || answers.text(.client) == "none":
            return [.text("note", "The client is made at its issuer; here only its principal is named.", .muted)]
        case .backend where !answers.makesVirtualCluster:
            return [.text("note", "The existing virtual cluster of step 4 has its backend.", .muted)]
        case .forward where answers.makesForward && answers.makesListener:
            return [.text("note", self.portsSentence(state), self.hasEnoughPorts(state) ? .muted : .stateWarn)]
        case .proof:
            return [
                .text("note", "After Apply, and only when you say so:", .muted),
                .text("note.1", "  1 the topic is created on the backend", .muted),
                .text("note.2", "  2 a token is fetched for the new client", .muted),
                .text("note.3", "  3 topics are listed with it: the allowed ones", .muted),
                .text("note.4", "  4 topics are listed without it: none", .muted),
                .text("note.5", "Both are compared with what the rules foretell.", .muted),
                .text("note.6", "Then the last page has configurations for clients.", .muted),
            ]
        default: return []
        }
    }

    private static func brokersNeeded(_ state: ConsoleState) -> (lowest: Int, highest: Int)? {
        let ids = self.brokerIDs(state)
        guard let highest = ids.max() else { return nil }
        let lowest = state.setup.answers.integer(.forwardMinimum) ?? 0
        return (lowest, Int(highest))
    }

    private static func portCount(_ state: ConsoleState) -> Int {
        state.setup.answers.ports?.reduce(0) { $0 + $1.range.count } ?? 0
    }

    private static func hasEnoughPorts(_ state: ConsoleState) -> Bool { self.portShortage(state) == nil }

    /// Says that brokers found behind the backend get no port; nil when all have one, or that is not known.
    static func portShortage(_ state: ConsoleState) -> String? {
        let answers = state.setup.answers
        guard answers.makesListener, answers.makesForward, let (lowest, highest) = self.brokersNeeded(state) else {
            return nil
        }
        let (count, needed) = (self.portCount(state), max(0, highest - lowest + 1))
        guard count < needed + 1 else { return nil }
        return
            "\(count == 1 ? "1 port is" : "\(count) ports are") too few: 1 for bootstrap and \(needed) for brokers \(lowest) "
            + "to \(highest)."
    }

    private static func portsSentence(_ state: ConsoleState) -> String {
        if let shortage = self.portShortage(state) { return "! \(shortage) Step 5 adds some." }
        let count = self.portCount(state)
        let ports = count == 1 ? "1 port" : "\(count) ports"
        guard let (lowest, _) = self.brokersNeeded(state), count > 1 else {
            return "\(ports): 1 for bootstrap, \(max(0, count - 1)) for brokers."
        }
        return "\(ports): 1 for bootstrap, \(count - 1) for brokers \(lowest) to \(lowest + count - 2)."
    }

    // MARK: Answers to the form

    /// The form holds a new value.
    static func changed(_ id: String, _ state: inout ConsoleState) {
        guard let value = state.setup.form[id]?.value else { return }
        state.setup.touched.insert(id)
        state.setup.waiting = nil
        if state.setup.failure?.field == id { state.setup.failure = nil }
        switch id {
        case "recipe":
            if let recipe = SetupRule.Recipe(rawValue: value) { state.setup.answers.rules = recipe.rules }
        case "export": state.setup.exportPath = value.trimmingSpaces
        case "secret": state.setup.typedSecret = value
        default:
            if let field = SetupField(rawValue: id) {
                self.take(value, field, &state)
            } else {
                self.takeRule(id, value, &state)
            }
        }
        self.checkSoon(&state)
        self.rebuild(&state)
        if state.setup.step == .acl { self.askEffect(&state) }
    }

    private static func take(_ value: String, _ field: SetupField, _ state: inout ConsoleState) {
        var value = value
        if case .choices = field.shape { value = value.replacing(",", with: ", ") }
        state.setup.answers.take(
            value, for: field,
            followsName: !state.setup.touched.contains(SetupField.virtualClusterLabel.rawValue))
    }

    private static func takeRule(_ id: String, _ value: String, _ state: inout ConsoleState) {
        guard let (index, member) = SetupRule.part(id), state.setup.answers.rules.indices.contains(index) else {
            return
        }
        var rule = state.setup.answers.rules[index]
        switch member {
        case "resource_type":
            guard let type = ResourceType(rawValue: value), type != rule.resourceType else { return }
            rule.resourceType = type
            // Operations that the other type does not know are no part of its rule.
            let known = SetupRule.choices(for: type)
            rule.operations = rule.operations.filter(known.contains)
        case "action": rule.action = ACLRule.Action(rawValue: value) ?? rule.action
        case "operations":
            rule.operations = value.split(separator: ",").compactMap { ACLOperation(rawValue: String($0)) }
        case "names":
            rule.names = SetupRule.Names(rawValue: value) ?? rule.names
            if rule.names == .claim, rule.claim.isEmpty { rule.claim = state.setup.answers.text(.claimName) }
        case "these": rule.these = value
        case "claim": rule.claim = value.trimmingSpaces
        case "suffix": rule.suffix = value
        default: return
        }
        state.setup.answers.rules[index] = rule
    }

    /// A button.
    static func pressed(_ id: String, _ state: inout ConsoleState) {
        switch id {
        case "next": self.next(&state)
        case "back": self.back(&state)
        case "skip": self.skip(&state)
        case "sandbox": state.run(CommandCall("setup sandbox"))
        case "rule.add": self.addRule(SetupRule(), &state)
        case "rule.group": self.addRule(.groups, &state)
        case "rule.remove":
            if state.setup.answers.rules.count > 1 { state.setup.answers.rules.removeLast() }
            self.rebuild(&state)
            self.askEffect(&state)
        case "apply": state.run(CommandCall("setup apply"))
        case "write": self.export("", &state)
        case "calls": state.run(CommandCall("setup calls"))
        case "undo": state.run(CommandCall("setup undo"))
        case "prove": state.run(CommandCall("setup prove"))
        case "connect": self.go(to: .connect, &state)
        case "saved":
            state.setup.isSecretShown = false
            self.rebuild(&state)
        case "restart": state.run(CommandCall("setup restart"))
        default: break
        }
    }

    private static func addRule(_ rule: SetupRule, _ state: inout ConsoleState) {
        guard state.setup.answers.rules.count < SetupAnswers.maximumRules else { return }
        state.setup.answers.rules.append(rule)
        self.rebuild(&state)
        let index = state.setup.answers.rules.count - 1
        state.setup.form.focus("\(SetupField.aclRules.rawValue)[\(index)].resource_type")
        self.askEffect(&state)
    }

    /// Ctrl-F: takes what is suggested for the field.
    static func acceptSuggestion(_ state: inout ConsoleState) {
        // What another field of the step is offered will do: the key says nothing else.
        let items = [state.setup.form.focusedItem].compactMap { $0 } + state.setup.form.items
        guard let item = items.first(where: { $0.suggestion != nil }), let suggestion = item.suggestion,
            let field = SetupField(rawValue: item.id)
        else { return state.say("Nothing is suggested in this step.") }
        self.take(suggestion, field, &state)
        state.setup.touched.insert(item.id)
        if state.setup.failure?.field == item.id { state.setup.failure = nil }
        self.startChecks(&state)
        state.say("\(field.label): \(CellText.sanitised(suggestion)).")
    }

    /// Ctrl-R: the field as a new form has it.
    static func restore(_ state: inout ConsoleState) {
        let id = state.setup.form.focus
        if let field = SetupField(rawValue: id) {
            state.setup.answers[field] = self.newAnswers(state)[field]
            state.setup.touched.remove(id)
            self.checkSoon(&state)
        } else if id.hasPrefix(SetupField.aclRules.rawValue) || id == "recipe" {
            state.setup.answers.rules = SetupRule.Recipe.standard.rules
        } else {
            return state.say("There is nothing to restore here.")
        }
        self.rebuild(&state)
        self.askEffect(&state)
        state.say("Restored: \(self.label(of: id)).")
    }
}
