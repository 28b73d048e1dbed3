import Foundation
import Resources

/// The walkthrough: eight steps from nothing to a proven gateway, a review before anything changes, and at the end the
/// configurations for clients.
///
/// What is asked lives in ``SetupAnswers``, what is made of it in ``SetupPlan``; here is where the user is in it.
struct SetupScreen: Screen {
    static let place = Place.setup
    /// A secret that nobody looked at for this long is forgotten, in seconds.
    static let secretLimit: TimeInterval = 600
    /// A secret on the screen that nobody looked at for this long is hidden, in seconds.
    static let secretViewLimit: TimeInterval = 60

    enum Phase: Equatable, Sendable {
        case drafting
        /// A call is under way.
        case applying(request: Int)
        case applied
        case undoing(request: Int)
    }

    struct Draft: Equatable, Sendable {
        var loadRequest: Int?
        var isLoaded = false
        var saveRequest: Int?
        var savedText: String?
        var savedAt: Date?
    }

    var answers = SetupAnswers()
    var step = SetupStep.signIn
    /// Whether keys go to the form.
    var isEditing = false
    var form = Form()
    /// The step that the form is of.
    var formStep: SetupStep?
    /// Steps gone through with Next.
    var done: Set<SetupStep> = []
    /// Fields that were typed in, and steps where Next was pressed: only there problems show.
    var touched: Set<String> = []
    var attempted: Set<SetupStep> = []

    var phase = Phase.drafting
    /// The plan under way, or the one that failed or was applied.
    var plan: SetupPlan?
    var failure: SetupPlan.Failure?

    var checks: [String: SetupCheck] = [:]
    /// Next was pressed here while checks run.
    var waiting: SetupStep?
    /// An answer was typed that can be checked: not before the typing has stopped.
    var checksDue: Date?
    /// Failed checks that the user goes on in spite of.
    var overridden: Set<String> = []

    var sandbox: [String]?
    var sandboxRequest: Int?
    var effect = SetupEffect()
    var proof = SetupProof()
    /// Typed for the proof with a client that existed before; never in the draft.
    var typedSecret = ""
    var isSecretShown = true
    var connecting = SetupConnecting()
    var draft = Draft()
    /// The moment of the last key, paste or click here.
    var usedAt = Date.distantPast
    var exportPath = "setup.yaml"
    /// The file that is being written.
    var writing: SetupFile?
    /// Where configurations for clients go, when it is not the usual name.
    var paths: [ClientConfiguration.Client: String] = [:]
    /// What this walkthrough wrote, by path: its own to replace, as long as nobody changed it.
    var written: [String: WrittenFile] = [:]
    /// The answers file that is being read.
    var reading: (request: Int, path: String)?
    var known = ConfigurationTree()
    /// A plan that the API is asked about before the user is.
    var judgement: (request: Int, plan: SetupPlan)?

    // MARK: Looking

    /// What is configured, without what the plan under way made: it is no obstacle to itself.
    static func surroundings(_ state: ConsoleState) -> ConfigurationTree {
        let own = Set(state.setup.plan?.created.map(\.id) ?? [])
        return own.isEmpty
            ? state.data.configuration : state.data.configuration.removing { own.contains($0.id ?? "") }
    }

    /// What keeps the answers from being applied.
    static func problems(_ state: ConsoleState) -> [SetupProblem] {
        state.setup.isApplied ? [] : state.setup.answers.problems(in: self.surroundings(state))
    }

    /// The same, and what the API refused last: shown at its field, and no obstacle to another try.
    static func shownProblems(_ state: ConsoleState) -> [SetupProblem] {
        let refusal = state.setup.failure.map { SetupProblem($0.field, $0.reason) }
        return self.problems(state) + (refusal.map { [$0] } ?? [])
    }

    static func preview(_ state: ConsoleState) -> SetupPlan {
        let plan = SetupPlan.preview(state.setup.answers, self.surroundings(state))
        if state.setup.isApplied, let applied = state.setup.plan { return applied }
        return state.setup.plan.flatMap { $0.continued(with: plan) } ?? plan
    }

    var isApplied: Bool { self.phase == .applied }

    var isBusy: Bool {
        switch self.phase {
        case .applying, .undoing: true
        case .drafting, .applied: false
        }
    }

    /// Objects of a plan that stopped half-way.
    var leftovers: Int { self.isApplied ? 0 : self.plan?.created.count ?? 0 }

    static func crumbs(_ state: ConsoleState) -> [String] { [state.setup.step.title] }

    static func statusLine(_ state: ConsoleState) -> String {
        let setup = state.setup
        switch setup.phase {
        case .applying:
            guard let plan = setup.plan else { return "" }
            return "Creating \(plan.steps.count - plan.position) objects at once..."
        case .undoing: return "Deleting what was created..."
        case .applied where setup.step == .connect:
            return self.configuration(state)?.holdsSecret == true ? "The secret is hidden here; c and w put it in." : ""
        case .applied: return "Applied: \(setup.plan?.created.count ?? 0) objects. :setup restart begins another."
        case .drafting: break
        }
        let here = self.shownProblems(state).filter { $0.step == setup.step || setup.step == .review }
        if let first = here.first {
            let label = self.label(of: first.field)
            return here.count == 1 ? "1 field needs you: \(label)" : "\(here.count) fields need you: \(label), ..."
        }
        if !setup.isEditing { return "Enter goes into the step. Nothing changes until Review and apply." }
        return setup.draft.savedAt.map { "Draft saved \(NumberText.clock($0))Z, without secrets." }
            ?? "Nothing changes until Review and apply."
    }

    /// As the form calls it: `Ports`, `Rule 2, claim`.
    static func label(of field: String) -> String {
        if let field = SetupField(rawValue: field) { return field.label }
        guard let (index, member) = SetupRule.part(field) else { return field }
        return "Rule \(index + 1), \(member.replacing("_", with: " "))"
    }

    static func capturesText(_ state: ConsoleState) -> Bool {
        guard state.setup.isEditing else { return false }
        guard state.setup.isApplied else { return true }
        if case .text? = state.setup.form.focusedItem?.control { return true }
        return false
    }

    static func copyText(_ state: ConsoleState) -> (text: String, what: String)? {
        if state.setup.isApplied, state.setup.step == .proof, let secret = state.setup.plan?.clientSecret {
            return (secret, "the client's secret")
        }
        if state.setup.step == .connect, let configuration = self.configuration(state) {
            let file = state.setup.path(of: configuration.client)
            return (configuration.text(showsSecret: true, file: file), file)
        }
        return (self.yaml(state), "the YAML of this step")
    }

    static func commandLine(_ state: ConsoleState) -> String? {
        "sluice setup " + ShellText.option("answers", state.setup.exportPath)
    }

    static func document(_ state: ConsoleState) -> (title: String, text: String)? {
        if state.setup.step == .connect, let configuration = self.configuration(state) {
            let file = state.setup.path(of: configuration.client)
            return (file, configuration.text(showsSecret: false, file: file))
        }
        return ("Setup: answers, and the calls they make", self.fullText(state))
    }

    // MARK: Moving

    static func arrived(_ state: inout ConsoleState) {
        state.setup.usedAt = state.now
        // Shown once, right after Apply: not to whoever comes by later.
        state.setup.isSecretShown = false
        if !state.setup.draft.isLoaded, state.setup.draft.loadRequest == nil {
            state.setup.draft.loadRequest = state.ask(.loadDraft, for: .setup)
        }
        self.suggestSandbox(&state)
        self.suggestFreeNames(&state)
        self.rebuild(&state)
        self.startChecks(&state)
        self.askEffect(&state)
    }

    /// The sandbox is the backend until something else is typed.
    static func suggestSandbox(_ state: inout ConsoleState) {
        guard state.setup.phase == .drafting,
            state.setup.answers[.backendServers] == SetupField.backendServers.defaultText
        else { return }
        state.setup.answers[.backendServers] = self.newAnswers(state)[.backendServers]
    }

    /// Names that a walkthrough before this one took are none to start with; what was typed stays.
    static func suggestFreeNames(_ state: inout ConsoleState) {
        guard state.setup.phase == .drafting, state.setup.leftovers == 0 else { return }
        for problem in self.problems(state) {
            guard let field = SetupField(rawValue: problem.field), problem.value == field.defaultText,
                !state.setup.touched.contains(problem.field), let suggestion = problem.suggestion
            else { continue }
            state.setup.answers[field] = suggestion
        }
    }

    /// What Enter alone answers.
    static func newAnswers(_ state: ConsoleState) -> SetupAnswers {
        SetupAnswers(sandbox: state.options.sandbox ?? state.setup.sandbox)
    }

    static func sandboxIsKnown(_ state: inout ConsoleState) {
        self.suggestSandbox(&state)
        if state.place == .setup { self.rebuild(&state) }
    }

    static func dataChanged(_ state: inout ConsoleState) {
        self.forgetSecretWhenIdle(&state)
        guard state.place == .setup else { return }
        if let due = state.setup.checksDue, due <= state.now { self.startChecks(&state) }
        self.refreshEffect(&state)
        guard state.setup.known != state.data.configuration else { return }
        state.setup.known = state.data.configuration
        self.rebuild(&state)
    }

    static func go(to step: SetupStep, _ state: inout ConsoleState) {
        guard step != .connect || state.setup.isApplied else {
            return state.say("The configurations for clients come after Apply.")
        }
        if step != .proof { state.setup.isSecretShown = false }
        state.messages.dismiss(before: state.turn)
        state.setup.step = step
        state.setup.waiting = nil
        self.rebuild(&state)
        self.saveDraft(&state)
        self.startChecks(&state)
        self.askEffect(&state)
    }

    static func move(_ motion: Motion, _ state: inout ConsoleState) {
        switch motion {
        case .up: self.go(to: state.setup.step.previous, &state)
        case .down: self.go(to: state.setup.step.next, &state)
        case .first: self.go(to: .signIn, &state)
        case .last: self.go(to: state.setup.isApplied ? .connect : .review, &state)
        case .pageUp: self.back(&state)
        case .pageDown: self.next(&state)
        case .right: self.enter(&state)
        case .left: break
        }
    }

    static func enter(_ state: inout ConsoleState) {
        state.setup.isEditing = true
        self.rebuild(&state)
    }

    static func leave(_ state: inout ConsoleState) -> Bool {
        guard state.setup.isEditing else { return false }
        state.setup.isEditing = false
        self.saveDraft(&state)
        return true
    }

    static func back(_ state: inout ConsoleState) {
        let isLast = state.setup.step == .connect
        self.go(to: isLast ? .proof : state.setup.step.previous, &state)
    }

    /// Next: to the first thing that is wrong here, or on.
    static func next(_ state: inout ConsoleState) {
        let step = state.setup.step
        if state.setup.isApplied {
            guard step != .connect else { return state.say("This is the last page; press 1 and watch.") }
            return self.go(to: step == .proof ? .connect : step.next, &state)
        }
        guard step != .review else { return self.reviewed(&state) }
        guard state.setup.phase == .drafting else { return self.go(to: step.next, &state) }
        let problems = self.problems(state).filter { $0.step == step }
        if let first = problems.first {
            state.setup.attempted.insert(step)
            state.setup.isEditing = true
            self.rebuild(&state)
            state.setup.form.focus(first.field)
            let label = self.label(of: first.field)
            return state.say(
                (problems.count == 1 ? "" : "\(problems.count) fields need you. ") + first.sentence(label), .warning)
        }
        self.startChecks(&state)
        switch self.checkState(of: step, state) {
        case .none, .passed: self.advance(&state)
        // Everything was just asked.
        case .notAsked, .pending:
            if state.setup.waiting == step { return self.advance(&state) }
            state.setup.waiting = step
            state.say("Still checking; Enter again goes on without waiting.")
        case .failed(let detail):
            let keys =
                step == .forward
                ? ["ports for brokers: \(detail)"] : self.targets(of: step, state.setup.answers).map(\.key)
            if keys.allSatisfy(state.setup.overridden.contains) { return self.advance(&state) }
            state.setup.overridden.formUnion(keys)
            let suggestion = step == .listener ? self.freePorts(state) : nil
            let wayOut =
                step == .forward
                ? "Step 5 adds some;" : suggestion.map { "Ctrl-F takes \($0), which are free;" } ?? "F6 checks again;"
            let field = self.checkedField(of: step)
            if let field {
                // In view on small screens too.
                state.setup.isEditing = true
                self.rebuild(&state)
                state.setup.form.focus(field.rawValue)
            }
            let label = field.map { "\($0.label): " } ?? ""
            state.say("\(label)\(detail) \(wayOut) Enter again goes on anyway.", .warning)
        }
    }

    static func advance(_ state: inout ConsoleState) {
        state.setup.done.insert(state.setup.step)
        self.go(to: state.setup.step.next, &state)
    }

    /// Leaves out what the step makes.
    static func skip(_ state: inout ConsoleState) {
        switch state.setup.step {
        case .forward: state.setup.answers[.forward] = "none"
        case .acl: state.setup.answers[.acl] = "none"
        case .client where !state.setup.answers.usesURL: state.setup.answers[.client] = "none"
        default: break
        }
        self.rebuild(&state)
        self.next(&state)
    }

    // MARK: Keys

    static func key(_ key: Key, _ state: inout ConsoleState) -> Bool {
        state.setup.usedAt = state.now
        guard state.setup.isEditing else { return false }
        if key == .escape { return self.leave(&state) }
        if state.setup.step == .connect { return self.pressInConnecting(key, &state) }
        // In a row of buttons after Apply the places' digits and `c` work again.
        let outcome = state.setup.form.press(key)
        return self.carryOut(outcome, &state)
    }

    static func paste(_ text: String, _ state: inout ConsoleState) -> Bool {
        state.setup.usedAt = state.now
        guard state.setup.isEditing else { return false }
        return self.carryOut(state.setup.form.paste(ConsoleState.oneLine(text)), &state)
    }

    private static func carryOut(_ outcome: Form.Outcome, _ state: inout ConsoleState) -> Bool {
        switch outcome {
        case .unhandled: return false
        case .handled: break
        case .left(let id):
            if state.setup.touched.contains(id) {
                self.saveDraft(&state)
                self.startChecks(&state)
            }
        case .changed(let id): self.changed(id, &state)
        case .submitted(let id):
            switch id {
            case "export": self.export("", &state)
            case "secret": state.run(CommandCall("setup prove"))
            default: self.next(&state)
            }
        case .pressed(let id): self.pressed(id, &state)
        }
        return true
    }

    static func mouse(_ action: MouseAction, area: Rect, _ state: inout ConsoleState) -> Bool {
        state.setup.usedAt = state.now
        let layout = SetupLayout(area, state)
        guard action.kind == .click || action.kind == .doubleClick else { return false }
        if let step = layout.step(column: action.column, row: action.row) {
            self.go(to: step, &state)
            return true
        }
        let inside = layout.form.inset()
        guard
            let id = state.setup.form.item(
                column: action.column, row: action.row, in: inside, isActive: state.setup.isEditing)
        else { return false }
        state.setup.isEditing = true
        state.setup.form.focus(id)
        if case .button? = state.setup.form[id]?.control { self.pressed(id, &state) }
        return true
    }
}
