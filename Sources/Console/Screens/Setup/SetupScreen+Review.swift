import JSON
import Resources

extension SetupScreen {
    /// The review: what is created, in order, and the ways on.
    static func reviewItems(_ state: ConsoleState) -> [FormItem] {
        let plan = self.preview(state)
        let problems = self.problems(state)
        var items: [FormItem] = []
        if let first = problems.first {
            items.append(
                .text(
                    "problem",
                    "! step \(first.step.rawValue), \(self.label(of: first.field)): \(first.message)"
                        + (problems.count > 1 ? "  (and \(problems.count - 1) more)" : ""), .inputError
                ).stopping())
        }
        for step in SetupStep.allCases {
            guard case .failed(let detail) = self.checkState(of: step, state) else { continue }
            items.append(.text("check.\(step.rawValue)", "! step \(step.rawValue): \(detail)", .stateWarn).stopping())
        }
        if state.setup.leftovers > 0 {
            items.append(
                .text(
                    "leftovers", "\(state.setup.leftovers) objects exist already; Apply creates the rest.", .stateWarn))
        }
        items.append(.text("title", "\(plan.steps.count) objects, in this order:", .chromeTitle))
        items += self.orderItems(plan, isUnderWay: false, withCalls: state.size.columns >= 120 && state.size.rows >= 40)
        items.append(.text("undo.title", "Undo deletes them in reverse order.", .muted))
        items.append(.text("gap.1", ""))
        items.append(
            FormItem(
                "export", "Answers file", .text(state.setup.exportPath, placeholder: "setup.yaml"),
                notes: [.init("for sluice setup --answers FILE")]))
        if let reason = state.options.readOnlyReason {
            items.append(.text("readonly", "Read-only: \(reason) The file can be applied elsewhere.", .stateWarn))
        }
        items.append(.text("gap.2", ""))
        items.append(FormItem("back", "", .button(title: "Back")))
        if state.setup.leftovers > 0 { items.append(FormItem("undo", "", .button(title: "Undo what was created"))) }
        items.append(FormItem("calls", "", .button(title: "Show every call")))
        items.append(FormItem("write", "", .button(title: "Write the file")))
        if state.options.readOnlyReason == nil { items.append(FormItem("apply", "", .button(title: "Apply"))) }
        return items
    }

    private static func orderItems(_ plan: SetupPlan, isUnderWay: Bool, withCalls: Bool) -> [FormItem] {
        let calls = plan.calls
        return plan.steps.enumerated().map { index, step in
            let isMade = index < plan.created.count
            let mark =
                isMade
                ? "[ ok ]" : isUnderWay && index == plan.position ? "[ .. ]" : "\(index < 9 ? " " : "")\(index + 1)"
            let text = "\(mark) \(step.object.rawValue) \(step.name)"
            let path = "   POST \(calls[index].path)"
            return FormItem.text(
                "order.\(index)", [.init(text, isMade ? .stateOK : .base)] + (withCalls ? [.init(path, .muted)] : [])
            ).stopping()
        }
    }

    /// While calls are under way.
    static func progressItems(_ state: ConsoleState) -> [FormItem] {
        guard let plan = state.setup.plan else { return [] }
        if case .undoing = state.setup.phase {
            return [.text("undoing", "Deleting what was created, newest first...", .statePending)]
                + plan.created.reversed().enumerated().map {
                    .text("undo.\($0.offset)", "DELETE \($0.element.path)", .muted)
                }
        }
        return self.orderItems(plan, isUnderWay: true, withCalls: false)
    }

    /// A step after Apply: what was made in it.
    static func appliedItems(_ state: ConsoleState) -> [FormItem] {
        let step = state.setup.step
        let made = state.setup.plan?.created.filter { step == .review || $0.object.step == step } ?? []
        var items = made.enumerated().map { index, created in
            FormItem.text(
                "made.\(index)",
                [
                    .init("[ ok ] \(created.object.rawValue) \(created.name)", .stateOK),
                    .init("       id \(created.id)"),
                ]
            ).stopping()
        }
        if items.isEmpty { items = [.text("made.none", "Nothing was created in this step.", .muted)] }
        let title = step == .review ? "Connect a client" : "Next"
        return items + [.text("gap", ""), FormItem("next", "", .button(title: title))]
    }

    // MARK: Text

    /// The bodies of this step as YAML; in the review all answers.
    static func yaml(_ state: ConsoleState) -> String {
        let plan = self.preview(state)
        if state.setup.step == .review { return YAMLWriter.text(state.setup.answers.document(), listsInline: true) }
        let objects = plan.steps.filter { $0.object.step == state.setup.step }
        if !objects.isEmpty {
            var document = JSONObject()
            for step in objects {
                _ = document.insert(
                    .object(plan.body(of: step.object)),
                    forKey: step.object.rawValue.replacing(" ", with: "_").lowercased())
            }
            return YAMLWriter.text(.object(document), listsInline: true)
        }
        // Nothing is made here: the answers themselves.
        guard case .object(let all) = state.setup.answers.document() else { return "" }
        var document = JSONObject()
        for section in state.setup.step.sections {
            if let value = all[section] { _ = document.insert(value, forKey: section) }
        }
        return YAMLWriter.text(.object(document), listsInline: true)
    }

    /// The answers, every call with its body, and how to take it back.
    static func fullText(_ state: ConsoleState) -> String {
        let plan = self.preview(state)
        var text = "# answers: sluice setup --answers \(state.setup.exportPath)\n"
        text += YAMLWriter.text(state.setup.answers.document(), listsInline: true)
        text += "\n# \(plan.steps.count) calls of the management API at \(state.options.managementURL), in order;\n"
        text += "# AUTH, ISSUER, SCOPE, CLIENT_ID, GW, BC, VC, LISTENER stand for what earlier answers hold\n"
        for call in plan.calls {
            text += "\n# \(call.method.rawValue) \(call.path)\n"
            if let body = call.body { text += YAMLWriter.text(body, listsInline: true) }
        }
        text += "\n# undo: delete in this order\n"
        for step in plan.steps.reversed() { text += "# DELETE \(step.object.rawValue) \(step.name)\n" }
        return text
    }
}

extension SetupStep {
    /// The sections of an answers file that the step asks for.
    var sections: [String] {
        self.fields.reduce(into: []) { if !$0.contains($1.path.section) { $0.append($1.path.section) } }
    }
}
