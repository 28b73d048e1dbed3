import EngineInterface
import ResourceFixtures
import Resources
import Testing

@testable import Console

/// What the ACL step tells of the effect on what is there: topics of the backend, clients that are connected.
struct SetupEffectTests {
    /// Adds one policy to a virtual cluster that clients use already.
    static let answers = """
        sign_in: {use: existing, existing: Appointments Dev}
        client: {use: existing, existing: Client}
        gateway: {use: existing, existing: event-gateway-quickstart}
        virtual_cluster: {use: existing, existing: example_virtual_cluster}
        listener: {use: existing, existing: example_listener}
        forward: {use: none}
        acl:
          name: more
          applies_to: everyone
          rules:
            - {resource_type: topic, action: allow, operations: [describe, read], names: [orders-*]}
            - {resource_type: topic, action: deny, operations: [read], names: [payroll]}
        """

    /// Allows and denies by patterns with a `*` at their end, of policies without condition or for client7.
    private static func judge(_ question: AccessMatrixQuestion) -> AccessMatrix {
        var (name, policies) = ("anonymous", [ClusterPolicy]())
        if case .assumed(let principal, _) = question.subject { name = principal }
        switch question.rules {
        case .inForce: policies = [TreeFixture.acl]
        case .inForceAnd(let added): policies = [TreeFixture.acl] + added
        case .only(let only): policies = only
        }
        let rules = policies.filter { $0.condition == nil || name == "client7" }.flatMap(\.rules)
        func matches(_ rule: ACLRule, _ resource: AccessMatrixQuestion.Resource, _ operation: ACLOperation) -> Bool {
            guard case .globs(let globs) = rule.resourceNames, rule.resourceType == resource.type else { return false }
            return rule.operations.contains { $0.name == operation }
                && globs.contains { $0.hasSuffix("*") ? resource.name.hasPrefix($0.dropLast()) : resource.name == $0 }
        }
        let rows = (question.resources ?? []).map { resource in
            AccessMatrix.Row(
                resource: resource, exists: true,
                cells: [ACLOperation.describe, .read, .write].map { operation in
                    let found = rules.filter { matches($0, resource, operation) }
                    return .init(
                        operation: operation,
                        allowed: found.contains { $0.action == .allow } && !found.contains { $0.action == .deny },
                        rule: "more[0]")
                })
        }
        return AccessMatrix(principal: name, rows: rows, warnings: [])
    }

    private static func setup(
        _ size: Size = Size(columns: 160, rows: 48), _ glyphs: Glyphs = .ascii,
        topics: [String]? = ["audit", "orders-a", "orders-b", "payroll"]
    ) -> SetupFixture {
        var setup = SetupFixture(size.columns, size.rows, glyphs: glyphs, tree: TreeFixture.scenario, topics: topics)
        setup.judge = Self.judge
        setup.console.send(.feed(.snapshot(TreeFixture.healthy)))
        setup.files["more.yaml"] = Self.answers
        setup.press(":setup read more.yaml", "Enter", "y")
        SetupScreen.go(to: .acl, &setup.console.state)
        setup.answerAll()
        setup.console.state.flash = nil
        return setup
    }

    @Test func `the rules and what they mean to topics and clients that are there`() {
        expectGoldens("setup/acl-live") { Self.setup($0, $1).console.state }
    }

    @Test func `a rule tells the topics that match now, also when it denies`() {
        var setup = Self.setup()
        #expect(setup.console.screen.contains("2 of 4 topics match now"))
        #expect(setup.console.screen.contains("orders-a, orders-b"))
        #expect(setup.console.screen.contains("1 of 4 topics matches now"))
        setup.console.state.setup.form.focus("acl.rules[0].these")
        setup.fill("ordres-*")
        #expect(setup.console.screen.contains("! none of 4 topics matches now"))
    }

    @Test func `connections are counted whose client may more or less`() {
        var setup = Self.setup()
        // client7 may all topics: it loses payroll. anonymous gains describe and read on the orders.
        #expect(setup.console.screen.contains("Connections that would change now: 3 of 3"))
        #expect(setup.console.screen.contains("client7  2 connections: loses 1"))
        #expect(setup.console.screen.contains("anonymous  1 connection: gains 4"))
        // Without the deny nothing is lost, and client7 may all topics already.
        setup.console.state.setup.form.focus("rule.remove")
        setup.press("Enter")
        #expect(setup.console.screen.contains("Connections that would change now: 1 of 3"))
        #expect(!setup.console.screen.contains("client7  2 connections"))
    }

    @Test func `a client that comes while the effect is looked at is counted`() {
        var setup = Self.setup()
        setup.console.send(
            .feed(
                .snapshot(
                    TreeFixture.snapshot(
                        connections: [TreeFixture.connection(9, from: "10.0.0.1:1", as: "svc-new")],
                        components: TreeFixture.components))))
        setup.answerAll()
        #expect(setup.console.screen.contains("Connections that would change now: 1 of 1"))
        #expect(setup.console.screen.contains("svc-new  1 connection: gains 4"))
    }

    @Test func `F6 looks at the topics again`() {
        var setup = Self.setup()
        setup.topics = ["orders-new"]
        setup.press("F6")
        #expect(setup.console.screen.contains("1 of 1 topic matches now"))
        #expect(setup.console.screen.contains("orders-new"))
    }

    @Test func `topics that cannot be asked for are told as such`() {
        let setup = Self.setup(topics: nil)
        #expect(setup.console.screen.contains("which topics match is not known: no broker"))
        #expect(setup.console.screen.contains("Connections that would change now:"))
    }

    @Test func `the same question is not asked twice, and an old answer is dropped`() {
        var setup = Self.setup()
        setup.console.state.setup.form.focus("acl.rules[0].these")
        func matrices(_ requests: [Request]) -> [Request] {
            requests.filter { if case .accessMatrix = $0.question { true } else { false } }
        }
        let all = setup.pressOnly("x")
        #expect(!all.contains { if case .topics = $0.question { true } else { false } })
        let first = matrices(all)
        // Of the rule that changed, and of those that all rules decide for.
        #expect(first.count == 5)
        let second = matrices(setup.pressOnly("Backspace"))
        for request in first { setup.answer(request, .failure(EngineClientError("too late"))) }
        #expect(!setup.console.screen.contains("too late"))
        for request in second { setup.answer(request) }
        #expect(setup.console.screen.contains("2 of 4 topics match now"))
    }

    @Test func `a new virtual cluster before brokers that are known shows their topics`() {
        var setup = SetupFixture(160, 48, tree: TreeFixture.scenario, topics: ["orders-a"])
        setup.judge = Self.judge
        setup.files["new.yaml"] = "acl: {name: other, rules: [{resource_type: topic, names: [orders-*]}]}"
        setup.press(":setup read new.yaml", "Enter", "Esc", ":setup go 7", "Enter")
        #expect(setup.console.screen.contains("1 of 1 topic matches now"))
        #expect(setup.console.screen.contains("none, the virtual cluster is new"))
    }
}
