import EngineInterface
import Foundation
import JSON
import Resources

extension SetupScreen {
    // MARK: Applying

    /// Next in the review: apply, or in a read-only session write the file.
    static func reviewed(_ state: inout ConsoleState) {
        if state.options.readOnlyReason != nil {
            self.export("", &state)
        } else {
            state.run(CommandCall("setup apply"))
        }
    }

    /// Has the API judge the plan, and then asks before anything changes; with wrong answers goes to the first.
    static func confirmApply(_ state: inout ConsoleState) {
        if let first = self.problems(state).first {
            state.setup.attempted.formUnion(SetupStep.allCases)
            state.setup.isEditing = true
            self.go(to: first.step, &state)
            state.setup.form.focus(first.field)
            return state.say("\(first.step.title): \(self.label(of: first.field)) \(first.message).", .warning)
        }
        let plan: SetupPlan
        do throws(SetupProblems) {
            plan = try SetupPlan(state.setup.answers, configuration: self.surroundings(state))
        } catch {
            return state.say(error.problems.first?.description ?? "The answers cannot be applied.", .error)
        }
        let rest = state.setup.plan.flatMap { $0.continued(with: plan) }
        if state.setup.leftovers > 0, rest == nil {
            return state.say(
                "An answer changed that \(state.setup.leftovers) objects were made from. Undo what was created first.",
                .warning)
        }
        let wanted = rest ?? plan
        guard wanted.steps.indices.contains(wanted.position) else { return self.ask(wanted, &state) }
        let request = state.ask(.manage([wanted.request(isRehearsal: true)]), for: .setup)
        state.setup.judgement = (request, wanted)
        self.rebuild(&state)
    }

    private static func ask(_ plan: SetupPlan, _ state: inout ConsoleState) {
        let made = plan.created.count
        state.confirm(
            Confirmation(
                title: "Apply?",
                lines: [
                    "\(plan.steps.count - made) objects are created, in the order of the review."
                        + (made == 0 ? "" : " \(made) are there already."),
                    "The API has looked at them: all of them are created, or none.",
                ], verb: "Apply", accept: CommandCall("setup apply confirmed")))
    }

    /// What the API says of a plan that nothing was done of yet.
    private static func judged(_ plan: SetupPlan, _ answer: Answer, _ state: inout ConsoleState) {
        let now = try? SetupPlan(state.setup.answers, configuration: self.surroundings(state))
        let isSame = now.map { (state.setup.plan?.continued(with: $0) ?? $0) == plan } ?? false
        guard state.setup.phase == .drafting, isSame else {
            return state.say("The answers changed meanwhile: apply again.", .warning)
        }
        switch answer.result {
        case .success(.managed(let answers)):
            guard let first = answers.first else { return state.say(EngineClientError.unexpected.message, .error) }
            if let failure = plan.judged(first) {
                self.carryOut(.failed(failure), &state)
            } else {
                self.ask(plan, &state)
            }
        case .success: state.say(EngineClientError.unexpected.message, .error)
        case .failure(let error): state.say("The plan cannot be judged: \(error.message) Nothing was created.", .error)
        }
    }

    static func apply(_ state: inout ConsoleState) {
        guard !state.setup.isBusy else { return }
        do throws(SetupProblems) {
            let plan = try SetupPlan(state.setup.answers, configuration: self.surroundings(state))
            var next = state.setup.plan.flatMap { $0.continued(with: plan) } ?? plan
            guard state.setup.leftovers == 0 || next.created.count == state.setup.leftovers else { return }
            let action = next.begin()
            state.setup.plan = next
            state.setup.failure = nil
            self.carryOut(action, &state)
        } catch {
            state.say(error.problems.first?.description ?? "The answers cannot be applied.", .error)
        }
    }

    private static func carryOut(_ action: SetupPlan.Action, _ state: inout ConsoleState) {
        switch action {
        case .call(let call): state.setup.phase = .applying(request: state.ask(.manage([call]), for: .setup))
        case .done(let outcome):
            state.setup.phase = .applied
            state.setup.done = Set(SetupStep.allCases).subtracting([.proof])
            state.setup.proof = SetupProof()
            state.setup.isSecretShown = true
            state.setup.isEditing = true
            state.setup.step = .proof
            state.setup.formStep = nil
            state.ask(.saveDraft(nil), for: .setup)
            state.ask(.refreshConfiguration, for: .setup)
            state.say("\(outcome.created.count) objects created. Now prove that it works.", .success)
        case .failed(let failure):
            state.setup.phase = .drafting
            state.setup.failure = failure
            state.setup.isEditing = true
            state.ask(.refreshConfiguration, for: .setup)
            state.setup.step = failure.object.step
            state.setup.formStep = nil
            self.rebuild(&state)
            state.setup.form.focus(failure.field)
            let sentence = failure.sentence + (failure.sentence.hasSuffix(".") ? "" : ".")
            let count = state.setup.leftovers
            let rest =
                failure.isLost
                ? "All of them were, or none: the Map shows which."
                : count == 0
                    ? "Nothing was created." : "\(count) objects exist: mend this and apply the rest, or undo."
            state.say("\(sentence) \(rest)", .error)
        }
        self.rebuild(&state)
    }

    // MARK: Undoing

    static func confirmUndo(_ state: inout ConsoleState) {
        guard let plan = state.setup.plan, !plan.created.isEmpty else {
            return state.say("The walkthrough has created nothing.")
        }
        state.confirm(
            Confirmation(
                title: "Undo what was created?",
                lines: plan.created.reversed().map { "delete \($0.object.rawValue) \($0.name)" }, verb: "Undo",
                accept: CommandCall("setup undo confirmed")))
    }

    static func undo(_ state: inout ConsoleState) {
        guard !state.setup.isBusy, let plan = state.setup.plan, !plan.undoCalls.isEmpty else { return }
        state.setup.phase = .undoing(request: state.ask(.manage([plan.undoRequest]), for: .setup))
        self.rebuild(&state)
    }

    private static func undone(
        _ result: Result<[ManagementAnswer], EngineClientError>, _ state: inout ConsoleState
    ) {
        let wanted = state.setup.plan?.created.count ?? 0
        let reason: String?
        switch result {
        case .success(let answers):
            if let answer = answers.first { reason = state.setup.plan?.undone(answer) } else { reason = "no answer" }
        case .failure(let error): reason = "it is not known whether all of it is gone. \(error.message)"
        }
        let left = state.setup.plan?.created.count ?? 0
        if reason == nil, left > 0 {
            // Somebody else deleted a part of it: the rest is asked for again.
            state.setup.phase = .drafting
            return self.undo(&state)
        }
        state.setup.phase = .drafting
        state.setup.failure = nil
        if left == 0 { state.setup.plan = nil }
        state.setup.proof = SetupProof()
        state.setup.formStep = nil
        state.ask(.refreshConfiguration, for: .setup)
        if let reason {
            state.say("Not undone: \(reason)\(reason.hasSuffix(".") ? "" : ".") Undo tries again.", .error)
        } else {
            state.say("Undone: \(wanted) objects deleted. The answers are still here.", .success)
        }
        self.rebuild(&state)
    }

    // MARK: Answers

    static func receive(_ answer: Answer, _ state: inout ConsoleState) {
        if let judgement = state.setup.judgement, judgement.request == answer.id {
            state.setup.judgement = nil
            return self.judged(judgement.plan, answer, &state)
        }
        switch state.setup.phase {
        case .applying(let request) where request == answer.id: return self.receiveCall(answer, &state)
        case .undoing(let request) where request == answer.id:
            return self.undone(
                answer.result.flatMap {
                    if case .managed(let answers) = $0 { .success(answers) } else { .failure(.unexpected) }
                }, &state)
        case .drafting, .applying, .applied, .undoing: break
        }
        if self.receiveCheck(answer, &state) || self.receiveEffect(answer, &state) || self.receiveProof(answer, &state)
        {
            return
        }
        switch answer.id {
        case state.setup.sandboxRequest:
            state.setup.sandboxRequest = nil
            switch answer.result {
            case .success(.sandbox(let addresses)): self.use(addresses, &state)
            case .success: state.say(EngineClientError.unexpected.message, .error)
            case .failure(let error): state.say(error.message, .error)
            }
        case state.setup.draft.loadRequest:
            state.setup.draft.loadRequest = nil
            state.setup.draft.isLoaded = true
            switch answer.result {
            case .success(.draft(let text)): if let text { self.takeDraft(text, &state) }
            case .success: break
            case .failure(let error): state.say("The draft cannot be read: \(error.message)", .warning)
            }
        case state.setup.draft.saveRequest:
            state.setup.draft.saveRequest = nil
            switch answer.result {
            case .success: state.setup.draft.savedAt = state.now
            case .failure(let error):
                state.setup.draft.savedText = nil
                state.say("The draft cannot be saved: \(error.message)", .warning)
            }
        case state.setup.reading?.request: self.received(file: answer.result, &state)
        case state.setup.writing?.request: self.received(written: answer.result, &state)
        default: break
        }
    }

    private static func receiveCall(_ answer: Answer, _ state: inout ConsoleState) {
        guard var plan = state.setup.plan else { return }
        // The secret may come with it: its time begins now, however long the question before stood open.
        state.setup.usedAt = state.now
        let action: SetupPlan.Action
        switch answer.result {
        case .success(.managed(let answers)):
            if let first = answers.first {
                action = plan.received(first)
            } else {
                action = plan.unanswered("there was no answer")
            }
        case .success: action = plan.unanswered("the answer was of another kind")
        case .failure(let error): action = plan.unanswered(error.message)
        }
        state.setup.plan = plan
        self.carryOut(action, &state)
    }

    // MARK: Draft and files

    /// The draft as text: where the user is, and the answers. No secret is in it.
    static func draftText(_ setup: SetupScreen) -> String {
        let document: JSONValue = .object([
            "step": .integer(Int64(setup.step.rawValue)),
            "done": .array(setup.done.map(\.rawValue).sorted().map { .integer(Int64($0)) }),
            "answers": setup.answers.document(everything: true),
        ])
        return SetupJSON.text(document)
    }

    static func saveDraft(_ state: inout ConsoleState) {
        guard state.setup.phase == .drafting, state.setup.draft.isLoaded || state.setup.answers != SetupAnswers() else {
            return
        }
        let text = self.draftText(state.setup)
        guard text != state.setup.draft.savedText else { return }
        state.setup.draft.savedText = text
        state.setup.draft.saveRequest = state.ask(.saveDraft(text), for: .setup)
    }

    /// Takes a draft up, as far as it makes sense; answers given since then win.
    static func takeDraft(_ text: String, _ state: inout ConsoleState) {
        guard state.setup.touched.isEmpty, state.setup.phase == .drafting else { return }
        guard text.utf8.count <= 262_144 else {
            return state.say("The draft is \(text.utf8.count) bytes and was left alone: that is no draft.", .warning)
        }
        let document: JSONValue
        do throws(JSONSyntaxError) { document = try JSONValue(parsing: text) } catch {
            return state.say("The draft is damaged at line \(error.line) and was left alone.", .warning)
        }
        guard case .object(let members) = document, let answers = members["answers"] else {
            return state.say("The draft holds no answers and was left alone.", .warning)
        }
        let (recovered, problems) = SetupAnswers.recovering(answers)
        state.setup.answers = recovered
        if let number = members["step"]?.integerValue, let step = SetupStep(rawValue: Int(clamping: number)),
            step != .connect
        {
            state.setup.step = step
        }
        if case .array(let numbers)? = members["done"] {
            state.setup.done = Set(
                numbers.prefix(20).compactMap { $0.integerValue.flatMap { SetupStep(rawValue: Int(clamping: $0)) } })
        }
        state.setup.draft.savedText = text
        state.setup.formStep = nil
        self.rebuild(&state)
        self.startChecks(&state)
        if let first = problems.first {
            state.say("The draft is taken up, except: \(first.description).", .warning)
        } else if recovered != SetupAnswers() || state.setup.step != .signIn {
            let name = CellText.sanitised(state.options.instance)
            let owner = name.isEmpty ? "" : " for \(name)"
            state.say("The draft of last time\(owner) is taken up. :setup restart begins anew.")
        }
    }

    static func restart(_ state: inout ConsoleState) {
        let (sandbox, path) = (state.setup.sandbox, state.setup.exportPath)
        state.setup = SetupScreen()
        state.setup.sandbox = sandbox
        state.setup.exportPath = path
        state.setup.draft.isLoaded = true
        state.ask(.saveDraft(nil), for: .setup)
        self.arrived(&state)
        state.say("A new walkthrough; the draft is thrown away.")
    }

    // MARK: Secrets

    /// Ten minutes without a key in Setup, whatever goes on in other places: what was secret is gone.
    static func forgetSecretWhenIdle(_ state: inout ConsoleState) {
        if state.setup.isSecretShown, state.setup.isApplied,
            state.now.timeIntervalSince(state.setup.usedAt) > self.secretViewLimit
        {
            state.setup.isSecretShown = false
            self.rebuild(&state)
        }
        guard state.setup.plan?.clientSecret != nil || !state.setup.typedSecret.isEmpty,
            state.now.timeIntervalSince(state.setup.usedAt) > self.secretLimit
        else { return }
        state.setup.plan?.forgetSecret()
        state.setup.typedSecret = ""
        state.setup.proof.token = nil
        self.rebuild(&state)
        if state.place == .setup { state.say("Ten idle minutes: the client's secret is forgotten.", .warning) }
    }
}

/// JSON on one line, for the draft.
enum SetupJSON {
    static func text(_ value: JSONValue) -> String {
        guard let data = try? EntityCoding.encode(value) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }
}
