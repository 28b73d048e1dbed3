import EngineInterface
import Foundation
import JSON
import ResourceFixtures
import Resources
import Testing

@testable import Console

struct DecisionsScreenTests {
    static func answer(_ request: Request, _ value: AnswerValue) -> ConsoleEvent {
        .answer(Answer(id: request.id, owner: request.owner, result: .success(value)))
    }

    /// The questions among the effects.
    static func requests(_ effects: [Effect]) -> [Request] {
        effects.compactMap { if case .ask(let request) = $0 { request } else { nil } }
    }

    static let explanation = AccessExplanation(
        principal: "anonymous", allowed: false, rule: "__internal/default-deny",
        reason: "No rule allows write on topic \"orders.v1\".",
        steps: [
            .init(
                policy: "acl_policy", rule: 0, action: .allow, matched: false,
                details: [
                    "operation write: yes", "names \"products*\" != \"orders.v1\" (claim topic_prefix: absent)",
                ])
        ])

    static func matrix(_ allowed: Bool) -> AccessMatrix {
        AccessMatrix(
            principal: "anonymous",
            rows: [
                .init(
                    resource: .init(type: .topic, name: "orders.v1"), exists: true,
                    cells: [
                        .init(operation: .read, allowed: false, rule: "__internal/default-deny"),
                        .init(operation: .write, allowed: allowed, rule: "x"),
                        .init(operation: .describe, allowed: allowed, rule: "x"),
                    ])
            ], warnings: [])
    }

    /// A console with the rule for the newest denial on the screen.
    static func proposing(_ size: Size = Size(columns: 80, rows: 24), _ glyphs: Glyphs = .ascii) -> TestConsole {
        var console = TestEngine.console(size, glyphs)
        console.press("4", "N", "N")
        _ = console.takeEffects()
        console.press("r")
        for request in Self.requests(console.takeEffects()) {
            switch request.question {
            case .explain:
                var allowed = Self.explanation
                allowed.allowed = true
                allowed.rule = "allow-anonymous-write-orders-v1[0]"
                console.send(Self.answer(request, .explanation(allowed)))
            case .accessMatrix(let question):
                console.send(Self.answer(request, .accessMatrix(Self.matrix(question.rules != .inForce))))
            default: break
            }
        }
        return console
    }

    @Test func `the newest decision is under the cursor until the cursor moves`() {
        var console = TestEngine.console()
        console.press("4")
        let last = console.state.decisions.tail.selected
        #expect(last == console.state.data.decisions.newest?.number)
        console.press("Up")
        var engine = TestEngine()
        for _ in 0..<300 { _ = engine.decision(.allowed, "a", .read, .topic, "t") }
        let record = engine.decision(.denied, "late", .read, .topic, "t", after: 30)
        console.send(.feed(.decisions([record])))
        #expect(console.state.decisions.tail.selected == last.map { $0 - 1 })
        #expect(console.screen.contains("1 newer below"))
        console.press("f")
        #expect(console.screen.contains(">12:41:37.000 DENY   late"))
    }

    @Test func `a paused list shows nothing newer and counts it`() {
        var console = TestEngine.console()
        console.press("4", "Space")
        var engine = TestEngine()
        for _ in 0..<400 { _ = engine.decision(.allowed, "a", .read, .topic, "t") }
        let records = (0..<318).map { _ in engine.decision(.denied, "late", .read, .topic, "t", after: 30) }
        console.send(.feed(.decisions(Array(records[0..<100]) + Array(records[102...]))))
        #expect(console.lines[0].contains("|| PAUSED +316"))
        #expect(console.screen.contains("316 newer, 2"))
        #expect(!console.screen.contains("late"))
        console.press("Space")
        #expect(console.screen.contains("late"))
        #expect(console.lines[0].contains("* LIVE"))
    }

    @Test func `a filter narrows the list and a wrong one keeps it`() {
        var console = TestEngine.console()
        console.press("4", "/", "deny & principal:ci*", "Enter")
        #expect(console.screen.contains("3 of"))
        #expect(console.state.decisions.tail.count == 3)
        console.press("/", " & (", "Enter")
        #expect(console.state.decisions.tail.count == 3)
        console.press("/", "Ctrl-U", "Enter")
        #expect(console.state.decisions.tail.count == console.state.data.decisions.count)
    }

    @Test func `enter asks the engine why and shows every rule`() {
        var console = TestEngine.console()
        console.press("4", "N")
        _ = console.takeEffects()
        console.press("Enter")
        let requests = Self.requests(console.takeEffects())
        #expect(
            requests.map(\.question) == [
                .explain(
                    AccessQuestion(
                        virtualCluster: "vc-1", subject: .anonymous, resourceType: .topic,
                        resourceName: "orders.v1", operation: .write))
            ])
        console.send(Self.answer(requests[0], .explanation(Self.explanation)))
        #expect(console.screen.contains("acl_policy[0]  allow  does not match"))
        #expect(console.screen.contains("1 tried, 0 matched"))
        console.press("Esc", "Enter")
        #expect(Self.requests(console.takeEffects()).isEmpty, "the answer is remembered")
        #expect(console.screen.contains("1 tried, 0 matched"))
    }

    @Test func `another principal is asked about by name`() {
        var console = TestEngine.console()
        console.press("4", "/", "principal:ci-runner", "Enter")
        _ = console.takeEffects()
        console.press("Enter")
        guard case .explain(let question)? = Self.requests(console.takeEffects()).first?.question else {
            Issue.record("nothing was asked")
            return
        }
        #expect(question.subject == .assumed(principal: "ci-runner", claims: [:]))
    }

    @Test func `a denial proposes the least rule and applies nothing`() {
        var console = Self.proposing()
        #expect(console.screen.contains("What rule would allow this"))
        #expect(console.screen.contains("ALLOW  with this rule"))
        #expect(console.screen.contains("+ write, describe  topic:orders.v1"))
        #expect(!console.screen.contains("read topic"))
        console.press("G")
        #expect(console.screen.contains("condition: \"context.auth.type == 'anonymous'\""))
        #expect(console.screen.contains("match: \"orders.v1\""))
        #expect(Self.requests(console.takeEffects()).isEmpty)
        console.press("Esc")
        #expect(console.state.decisions.proposal == nil)
    }

    /// The calls that the console makes of the management API.
    private static func calls(_ console: inout TestConsole) -> (request: Request, calls: [ManagementCall])? {
        for request in Self.requests(console.takeEffects()) {
            if case .manage(let calls) = request.question { return (request, calls.flatMap(\.changes)) }
        }
        return nil
    }

    private static func accept(_ id: String, of request: Request, _ console: inout TestConsole) {
        console.send(
            Self.answer(
                request, .managed([.changes([ManagementAnswer(status: 201, body: .object(["id": .string(id)]))])])))
    }

    @Test func `a proposed rule is applied after a yes, taken back, and made again`() throws {
        var console = Self.proposing()
        _ = console.takeEffects()
        console.press("A")
        #expect(console.screen.contains("Apply allow-anonymous-write-orders-v1?"))
        console.press("Enter")
        #expect(Self.requests(console.takeEffects()).isEmpty, "no is the default")
        let path = "/v1/event-gateways/gw-1/virtual-clusters/vc-1/cluster-policies"
        console.press("A", "y")
        let made = try #require(Self.calls(&console))
        #expect(made.calls.map(\.path) == [path])
        #expect(made.calls.map(\.method) == [.post])
        Self.accept("pol-9", of: made.request, &console)
        #expect(console.screen.contains("Done: add policy 'allow-anonymous-write-orders-v1'. u undoes it."))
        #expect(console.state.decisions.proposal == nil)

        console.press("u")
        let undone = try #require(Self.calls(&console))
        #expect(undone.calls == [ManagementCall(.delete, "\(path)/pol-9")])
        console.send(Self.answer(undone.request, .managed([.changes([ManagementAnswer(status: 204)])])))
        console.press("Ctrl-R")
        let again = try #require(Self.calls(&console))
        #expect(again.calls == made.calls)
        // The policy that is made again has another id.
        Self.accept("pol-10", of: again.request, &console)
        console.press("u")
        #expect(try #require(Self.calls(&console)).calls == [ManagementCall(.delete, "\(path)/pol-10")])
    }

    @Test func `a refused rule says what was wrong with it`() throws {
        var console = Self.proposing()
        _ = console.takeEffects()
        console.press("A", "y")
        let request = try #require(Self.calls(&console)).request
        console.send(
            Self.answer(
                request,
                .managed([
                    .changes([ManagementAnswer(status: 409, body: .object(["detail": .string("the name is taken")]))])
                ])))
        #expect(console.screen.contains("the name is taken"))
        #expect(console.state.decisions.proposal?.isApplied == false)
        #expect(console.state.changes.done.isEmpty)
    }

    @Test func `what the rules allow by now needs no rule`() {
        var console = TestEngine.console()
        console.press("4", "N", "N")
        _ = console.takeEffects()
        console.press("r")
        for request in Self.requests(console.takeEffects()) {
            guard case .accessMatrix = request.question else { continue }
            console.send(Self.answer(request, .accessMatrix(Self.matrix(true))))
        }
        #expect(console.screen.contains("The rules in force allow this already"))
        console.press("A")
        #expect(console.state.overlays.isEmpty)
    }

    @Test func `t looks at the decision in the token lab`() throws {
        var console = TestEngine.console()
        console.press("4", "/", "principal:ci-runner & deny", "Enter")
        let record = try #require(DecisionsScreen.entry(under: console.state)).record
        _ = console.takeEffects()
        console.press("t")
        #expect(console.state.place == .tokens)
        #expect(console.state.tokens.subject == .principal("ci-runner"))
        let request = try #require(Self.requests(console.takeEffects()).first)
        guard case .accessMatrix(let question) = request.question else {
            Issue.record("\(request.question)")
            return
        }
        #expect(TokensScreen.cluster(console.state)?.name == record.virtualCluster)
        #expect(question.subject == .assumed(principal: "ci-runner", claims: [:]))
        let resource = AccessMatrixQuestion.Resource(type: record.resourceType, name: record.resourceName)
        let other = AccessMatrixQuestion.Resource(type: .cluster, name: "kafka-cluster")
        console.send(
            Self.answer(
                request,
                .accessMatrix(
                    AccessMatrix(
                        principal: "ci-runner",
                        rows: [other, resource].map {
                            .init(
                                resource: $0, exists: true,
                                cells: [.init(operation: record.operation, allowed: false, rule: "x")])
                        }, warnings: []))))
        let why = try #require(Self.requests(console.takeEffects()).first)
        guard case .explain(let asked) = why.question else {
            Issue.record("\(why.question)")
            return
        }
        #expect(asked.resourceName == record.resourceName && asked.operation == record.operation)
    }

    @Test func `tab goes into the reasons, motions scroll them, and escape comes back`() throws {
        var console = TestEngine.console()
        console.press("4", "g")
        let entry = DecisionsScreen.entry(under: console.state)?.number
        #expect(!console.screen.contains("sequence"))
        console.press("Tab")
        #expect(console.state.focusesSecondPane)
        console.press("G")
        #expect(console.screen.contains("Enter: every rule tried"))
        #expect(DecisionsScreen.entry(under: console.state)?.number == entry, "the list stays")
        console.press("z")
        #expect(!console.screen.contains("RESULT PRINCIPAL"), "the pane with the cursor is alone")
        #expect(console.screen.contains("sequence"))
        console.press("Tab")
        #expect(console.screen.contains("RESULT PRINCIPAL") && !console.state.focusesSecondPane)
        console.press("Tab", "Esc")
        #expect(!console.state.focusesSecondPane && !console.state.isZoomed)
        console.press("Down")
        #expect(DecisionsScreen.entry(under: console.state)?.number != entry)
    }

    @Test func `nothing is applied in a read-only session`() {
        var console = TestConsole(options: ConsoleOptions(readOnlyReason: "the gateway is labelled prod."))
        _ = TestEngine.busy(&console)
        console.press("4", "N", "r")
        _ = console.takeEffects()
        console.press("A")
        #expect(console.screen.contains("'rule apply' is off: the gateway is labelled prod."))
        #expect(console.state.overlays.isEmpty)
    }

    @Test func `what was allowed needs no rule`() {
        var console = TestEngine.console()
        console.press("4", "/", "allow", "Enter", "r")
        #expect(console.screen.contains("This was allowed, so it needs no rule."))
    }

    @Test(arguments: [
        ("a*b", "a\\*b"), ("plain.name-1", "plain.name-1"), ("[x]?\\", "\\[x\\]\\?\\\\"),
        ("*\u{301}", "\\*\u{301}"), ("a?\u{200D}", "a\\?\u{200D}"),
    ])
    func `a proposed rule matches its name and no other`(name: String, pattern: String) {
        #expect(ProposedPolicy.exact(name) == pattern)
    }

    @Test func `a principal's name cannot leave the quotes of the condition`() {
        #expect(ExpressionText.quoted("o'neil\\\n") == "'o\\'neil\\\\\\n'")
    }

    @Test func `escape leaves the pause, then the filter`() {
        var console = TestEngine.console()
        console.press("4", "/", "deny", "Enter", "Space", "Esc")
        #expect(!console.state.decisions.tail.isPaused)
        console.press("Esc")
        #expect(console.state.filter(of: .decisions) == nil)
    }

    @Test func `n goes to the next denial and N to the one before`() {
        var console = TestEngine.console()
        console.press("4", "g", "n")
        let first = DecisionsScreen.entry(under: console.state)?.record
        #expect(first?.principal == "ci-runner")
        console.press("n", "N")
        #expect(DecisionsScreen.entry(under: console.state)?.record == first)
        console.press("N")
        #expect(console.screen.contains("There is no older denial."))
    }

    @Test func `the list looks as kept while paused, proposing and tracing`() {
        expectGoldens("decisions/paused") { size, glyphs in
            var console = TestEngine.console(size, glyphs)
            console.press("4", "/", "deny & principal:anon*", "Enter", "Space", "Up", "Up")
            return console.state
        }
        expectGoldens("decisions/rule") { size, glyphs in Self.proposing(size, glyphs).state }
        expectGoldens("decisions/trace") { size, glyphs in
            var console = TestEngine.console(size, glyphs)
            console.press("4", "N")
            _ = console.takeEffects()
            console.press("Enter")
            for request in Self.requests(console.takeEffects()) {
                console.send(Self.answer(request, .explanation(Self.explanation)))
            }
            return console.state
        }
    }
}
