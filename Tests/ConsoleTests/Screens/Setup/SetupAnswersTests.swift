import Foundation
import JSON
import ResourceFixtures
import Resources
import Testing

@testable import Console

struct SetupAnswersTests {
    @Test func `answers written to a file read back as they were`() throws {
        var answers = SetupAnswers()
        answers[.listenerAddresses] = "0.0.0.0"
        answers[.claimName] = "topic_prefix"
        answers[.aclSubject] = "everyone"
        answers.rules = [
            SetupRule(names: .these, these: "orders.*, audit"), SetupRule(action: .deny, names: .claim, claim: "p"),
            .groups,
        ]
        let read = try SetupAnswers(reading: answers.document())
        #expect(read.document() == answers.document())
        #expect(read.rules.map(\.rule) == answers.rules.map(\.rule))
    }

    @Test func `an empty file answers everything by default`() throws {
        #expect(try SetupAnswers(reading: .object([:])) == SetupAnswers())
        for text in ["", "\n", "# nothing yet\n", "---\n", "{}"] {
            #expect(try SetupAnswers(reading: YAMLReader.value(of: text)) == SetupAnswers(), "\(text)")
        }
    }

    @Test func `what a file leaves out is answered as in a new form, which knows the sandbox`() throws {
        let form = SetupAnswers(sandbox: ["localhost:4001", "localhost:4002"])
        let silent = try SetupAnswers(reading: YAMLReader.value(of: "gateway: {name: edge}"), over: form)
        #expect(silent.list(.backendServers) == ["localhost:4001", "localhost:4002"])
        #expect(silent.text(.gatewayName) == "edge")
        let text = "backend: {bootstrap_servers: ['localhost:9094']}"
        let explicit = try SetupAnswers(reading: YAMLReader.value(of: text), over: form)
        #expect(explicit.list(.backendServers) == ["localhost:9094"])
    }

    @Test func `what is wrong in a file is told with name, value and way out`() {
        let document: JSONValue = .object([
            "sign_inn": .object([:]),
            "virtual_cluster": .object(["dns_label": .integer(1), "colour": .string("red"), "acl_mode": .string("off")]
            ),
            "client": .object(["access_token_seconds": .string("soon")]),
            "acl": .object([
                "rules": .array([.object(["operations": .array([.string("fly")]), "names": .integer(7)])])
            ]),
        ])
        do throws(SetupProblems) {
            _ = try SetupAnswers(reading: document)
            Issue.record("wrong answers were taken")
        } catch {
            let text = error.description
            #expect(text.contains("sign_inn is no section of an answers file; they are: sign_in, client, scope"))
            #expect(text.contains("virtual_cluster.colour is not known; virtual_cluster holds: use, existing, name"))
            #expect(text.contains("virtual_cluster.acl_mode 'off' must be one of: enforce_on_gateway, passthrough"))
            #expect(text.contains("client.access_token_seconds 'soon' must be a whole number from 60 to 2592000"))
            #expect(text.contains("acl.rules[0].operations must be a list of: all, alter"))
            #expect(error.problems.count == 5)
        }
    }

    @Test func `a plan refuses wrong answers, each by its name`() {
        var answers = SetupAnswers()
        answers[.virtualClusterLabel] = "vcluster 1"
        answers[.listenerPorts] = "19092-99999"
        answers[.backendServers] = "kafka"
        do throws(SetupProblems) {
            _ = try SetupPlan(answers, configuration: ConfigurationTree())
            Issue.record("wrong answers made a plan")
        } catch {
            #expect(
                error.problems.map(\.field) == [
                    "backend.bootstrap_servers", "virtual_cluster.dns_label", "listener.ports",
                ])
            #expect(error.problems.map(\.suggestion) == ["kafka:9092", "vcluster-1", nil])
            #expect(
                error.problems[1].description
                    == "virtual_cluster.dns_label 'vcluster 1' may hold a-z, 0-9 and \"-\" only, up to 63, with a letter or digit at both ends; vcluster-1 would do"
            )
        }
    }

    @Test func `a plan walks alone, as the command line runs it`() throws {
        var plan = try SetupPlan(SetupAnswers(), configuration: ConfigurationTree())
        #expect(plan.calls.count == 9)
        #expect(plan.calls[1].path == "/v1/auth-servers/AUTH/scopes")
        guard case .call(let request) = plan.begin() else {
            Issue.record("the plan makes a request")
            return
        }
        #expect(request.path == "/v1/changes")
        #expect(request.changes[1].path == "/v1/auth-servers/{new_AUTH}/scopes")
        let texts = request.changes.compactMap(\.body).map(SetupJSON.text).joined()
        #expect(texts.contains("{new_AUTH.issuer}/.well-known/jwks"))
        #expect(texts.contains("{new_CLIENT_ID}"), "\(texts)")
        let action = plan.received(
            .changes(
                (1...9).map { number in
                    var body: JSONObject = ["id": .string("id-\(number)")]
                    if number == 1 { _ = body.insert(.string("http://issuer"), forKey: "issuer") }
                    if number == 3 { _ = body.insert(.string("hidden"), forKey: "client_secret") }
                    return ManagementAnswer(status: 201, body: .object(body))
                }))
        guard case .done(let outcome) = action else {
            Issue.record("the plan did not end")
            return
        }
        #expect(outcome.clientID == "id-3")
        #expect(outcome.clientSecret == "hidden")
        #expect(outcome.issuer == "http://issuer")
        #expect(outcome.virtualCluster == "id-6")
        #expect(outcome.created.count == 9)
        #expect(plan.undoCalls.first?.path == "/v1/event-gateways/id-4/virtual-clusters/id-6/cluster-policies/id-9")
    }

    @Test func `undoing is one request, and asks again for what is left when somebody else deleted a part`() throws {
        var plan = try SetupPlan(SetupAnswers(), configuration: ConfigurationTree())
        _ = plan.begin()
        _ = plan.received(
            .changes((1...9).map { ManagementAnswer(status: 201, body: .object(["id": .string("id-\($0)")])) }))
        #expect(plan.undoRequest.changes == plan.undoCalls)
        func refused(_ status: Int) -> ManagementAnswer {
            .changes([
                ManagementAnswer(status: 204),
                ManagementAnswer(status: status, body: .object(["detail": .string("No listener policy")])),
            ])
        }
        var other = plan
        #expect(other.undone(refused(400)) == "No listener policy")
        #expect(other.created.count == 9)
        #expect(plan.undone(refused(404)) == nil)
        #expect(plan.created.count == 8)
        #expect(!plan.created.contains { $0.object == .forwardPolicy })
        #expect(plan.undone(.changes([ManagementAnswer(status: 204)])) == nil)
        #expect(plan.created.isEmpty)
    }

    @Test func `an id that could leave its path is refused`() throws {
        var plan = try SetupPlan(SetupAnswers(), configuration: ConfigurationTree())
        _ = plan.begin()
        let action = plan.received(
            .changes([ManagementAnswer(status: 201, body: .object(["id": .string("../../event-gateways/x")]))]))
        guard case .failed(let failure) = action else {
            Issue.record("the id was taken")
            return
        }
        #expect(failure.reason == "the answer 200 holds no id")
        #expect(plan.undoCalls == [])
    }

    @Test func `another issuer makes no auth server and names its principal`() throws {
        var answers = SetupAnswers()
        answers[.signIn] = "url"
        answers[.signInJWKS] = "https://auth.example/jwks"
        #expect(
            answers.problems(in: ConfigurationTree()).map(\.field) == ["client.principal"])
        answers[.clientPrincipal] = #"svc "a"\b"#
        let plan = try SetupPlan(answers, configuration: ConfigurationTree())
        #expect(
            plan.steps.map(\.object) == [
                .gateway, .backendCluster, .virtualCluster, .listener, .forwardPolicy, .aclPolicy,
            ])
        #expect(plan.condition == #"context.auth.principal.name == "svc \"a\"\\b""#)
        #expect(plan.keySet == "https://auth.example/jwks")
    }

    @Test func `what exists is used by its id and not made again`() throws {
        let now = Date(timeIntervalSince1970: 0)
        let backend = BackendCluster(
            id: "b-9", name: "real", bootstrapServers: ["k:9092"], insecureAllowAnonymousVirtualClusterAuth: true,
            createdAt: now, updatedAt: now)
        let server = AuthServer(
            id: "a-9", name: "Login", audience: "x", issuer: "http://login", createdAt: now, updatedAt: now)
        let tree = ConfigurationTree(
            gateways: [
                GatewayConfiguration(
                    gateway: Gateway(id: "g-9", name: "edge", createdAt: now, updatedAt: now),
                    backendClusters: [backend])
            ],
            identities: [
                .init(
                    server: server,
                    scopes: [AuthScope(id: "s-9", name: "kafka", createdAt: now, updatedAt: now)], claims: [],
                    clients: [])
            ])
        var answers = SetupAnswers()
        answers[.signIn] = "existing"
        answers[.signInExisting] = "Login"
        answers[.gateway] = "existing"
        answers[.gatewayExisting] = "edge"
        answers[.backend] = "existing"
        answers[.backendExisting] = "real"
        let plan = try SetupPlan(answers, configuration: tree)
        #expect(
            plan.calls.map(\.path) == [
                "/v1/auth-servers/a-9/clients",
                "/v1/event-gateways/g-9/virtual-clusters", "/v1/event-gateways/g-9/listeners",
                "/v1/event-gateways/g-9/listeners/LISTENER/policies",
                "/v1/event-gateways/g-9/virtual-clusters/VC/cluster-policies",
            ])
        #expect(plan.keySet == "http://login/.well-known/jwks")
        guard case .object(let body)? = plan.calls[1].body else {
            Issue.record("the virtual cluster has no body")
            return
        }
        #expect(body["destination"] == .object(["id": .string("b-9")]))
        guard case .array(let rules)? = body["authentication"], case .object(let bearer)? = rules.last else {
            Issue.record("the virtual cluster has no authentication")
            return
        }
        #expect(
            bearer["validate"]
                == .object([
                    "issuer": .string("http://login"), "audiences": .array([.object(["name": .string("x")])]),
                ]), "issuer and audience are those of the auth server that exists")
    }

    @Test(arguments: [String(repeating: "x", count: 256), "a\u{7}b", "a\nb"])
    func `a client name that the API refuses is told in its step`(name: String) {
        var answers = SetupAnswers(sandbox: nil)
        answers[.clientName] = name
        let problem = answers.problems(in: ConfigurationTree()).first { $0.field == SetupField.clientName.rawValue }
        #expect(problem?.message == "must have at most 255 characters, and no control characters")
        #expect((problem?.suggestion ?? "").count < 40)
    }

    @Test func `a name that is taken is told with a free one`() {
        let now = Date(timeIntervalSince1970: 0)
        let tree = ConfigurationTree(gateways: [
            GatewayConfiguration(
                gateway: Gateway(id: "g", name: "main", createdAt: now, updatedAt: now))
        ])
        let problems = SetupAnswers().problems(in: tree)
        #expect(problems.map(\.field) == ["gateway.name"])
        #expect(problems.first?.suggestion == "main-2")
    }

    @Test(arguments: SetupRule.Recipe.allCases)
    func `every recipe is a policy without holes`(_ recipe: SetupRule.Recipe) {
        var answers = SetupAnswers()
        answers.rules = recipe.rules
        #expect(answers.problems(in: ConfigurationTree()) == [])
        if recipe != .topics { #expect(!ACLConfiguration(rules: recipe.rules.map(\.rule)).readsTopicsWithoutGroups) }
    }

    @Test func `every question has a label, an explanation and a place in a step`() {
        for field in SetupField.allCases {
            #expect(!field.label.isEmpty)
            #expect(!field.explanation.isEmpty)
            #expect(!field.path.member.isEmpty)
            #expect(SetupStep.allCases.contains(field.step))
        }
    }

    // MARK: Drafts

    @Test func `a draft comes back as it was left, without a secret`() {
        var setup = SetupFixture()
        setup.press("Enter")
        setup.fill("Orders login")
        setup.press("Enter", "Enter")
        setup.enterToReview()
        setup.apply()
        let texts = setup.drafts.compactMap { $0 }
        #expect(!texts.isEmpty)
        #expect(texts.allSatisfy { !$0.contains(SetupFixture.secret) })
        #expect(setup.drafts.last == .some(nil), "an applied draft is thrown away")
        let again = SetupFixture(draft: texts.last)
        #expect(again.console.state.setup.answers.text(.signInName) == "Orders login")
        #expect(again.console.screen.contains("The draft of last time is taken up"))
    }

    @Test func `a typed secret is never in the draft`() {
        var setup = SetupScreen()
        setup.typedSecret = SetupFixture.secret
        #expect(!SetupScreen.draftText(setup).contains(SetupFixture.secret))
    }

    @Test(arguments: [
        "", "{", "null", "[]", "{\"answers\":7}", "{\"answers\":{\"sign_in\":[1]}}", "{\"step\":9223372036854775807}",
        "{\"step\":-4,\"done\":[99,\"x\",1e300],\"answers\":{\"acl\":{\"rules\":[null,{},{\"names\":{}}]}}}",
        "{\"answers\":{\"sign_in\":{\"name\":\"\\u001b[2J\\u202e\\nx\"},\"client\":{\"use\":\"existing\"}}}",
        "{\"answers\":{\"gateway\":{\"use\":\"existing\",\"existing\":\"nothing\"},\"listener\":{\"ports\":[0,-1,\"1-65535\"]}}}",
    ])
    func `a hostile draft is left alone or taken as far as it makes sense`(_ text: String) {
        for size in [(1, 1), (40, 10), (80, 24), (160, 48)] {
            var setup = SetupFixture(size.0, size.1, draft: text)
            for step in SetupStep.allCases {
                setup.console.state.setup.step = step
                SetupScreen.rebuild(&setup.console.state)
                setup.press("Enter", "Tab", "Esc")
                #expect(setup.console.lines.allSatisfy { CellText.width($0) == size.0 })
                #expect(!setup.console.screen.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
            }
        }
    }

    @Test func `a draft of unreasonable size is left alone`() {
        let setup = SetupFixture(
            draft: "{\"answers\":{\"sign_in\":{\"name\":\"\(String(repeating: "x", count: 300_000))\"}}}")
        #expect(setup.console.state.setup.answers == SetupAnswers())
        #expect(setup.console.screen.contains("was left alone"))
    }
}
