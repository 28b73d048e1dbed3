import EngineInterface
import Foundation
import JSON
import ResourceFixtures
import Resources
import Testing

@testable import Console

/// The walkthrough by keys alone, from an empty state to applied objects.
struct SetupWalkthroughTests {
    /// Body by body as the scenario lists them.
    static let scenario: [(path: String, body: String)] = [
        (
            "/v1/auth-servers",
            #"{"name":"Appointments Dev","audience":"http://myhttpbin.dev","description":"Auth server for the Appointment dev environment"}"#
        ),
        (
            "/v1/auth-servers/a-1/scopes",
            #"{"name":"my-scope","description":"Scope to test","default":false,"include_in_metadata":false,"enabled":true}"#
        ),
        (
            "/v1/auth-servers/a-1/claims",
            #"{"name":"test-claim","value":"test","include_in_token":true,"include_in_all_scopes":false,"include_in_scopes":["s-1"],"enabled":true}"#
        ),
        (
            "/v1/auth-servers/a-1/clients",
            #"{"name":"Client","grant_types":["client_credentials"],"allow_all_scopes":false,"allow_scopes":["s-1"],"access_token_duration":3600,"id_token_duration":3600,"response_types":["id_token","token"]}"#
        ),
        ("/v1/event-gateways", #"{"name":"event-gateway-quickstart"}"#),
        (
            "/v1/event-gateways/g-1/backend-clusters",
            #"{"name":"default_backend_cluster","bootstrap_servers":["localhost:9094","localhost:9095","localhost:9096"],"insecure_allow_anonymous_virtual_cluster_auth":true,"authentication":{"type":"anonymous"},"tls":{"enabled":false}}"#
        ),
        (
            "/v1/event-gateways/g-1/virtual-clusters",
            #"{"name":"example_virtual_cluster","destination":{"id":"b-1"},"dns_label":"vcluster-1","acl_mode":"enforce_on_gateway","authentication":[{"type":"anonymous"},{"type":"oauth_bearer","mediation":"terminate","jwks":{"endpoint":"http://localhost:9191/auth/a-1/.well-known/jwks"}}]}"#
        ),
        (
            "/v1/event-gateways/g-1/listeners",
            #"{"name":"example_listener","addresses":["0.0.0.0"],"ports":["19092-19095"]}"#
        ),
        (
            "/v1/event-gateways/g-1/listeners/l-1/policies",
            #"{"type":"forward_to_virtual_cluster","name":"forward","config":{"type":"port_mapping","advertised_host":"localhost","destination":{"id":"v-1"}}}"#
        ),
        (
            "/v1/event-gateways/g-1/virtual-clusters/v-1/cluster-policies",
            #"{"type":"acls","name":"acl_policy","condition":"context.auth.principal.name == \"client7\"","config":{"rules":[{"resource_type":"topic","action":"allow","operations":[{"name":"describe"},{"name":"describe_configs"},{"name":"read"},{"name":"write"}],"resource_names":[{"match":"*"}]}]}}"#
        ),
    ]

    @Test func `keys alone lead from an empty state to the scenario's objects and their proof`() throws {
        var setup = SetupFixture()
        setup.answerAsTheTutorial()
        setup.open(.signIn)
        setup.enterToReview()
        setup.press("Enter")
        #expect(setup.calls == [], "nothing changes before yes")
        #expect(setup.console.screen.contains("10 objects are created"))
        setup.press("y")
        #expect(setup.calls.count == Self.scenario.count)
        for (call, expected) in zip(setup.calls, Self.scenario) {
            #expect(call.method == .post)
            #expect(call.path == expected.path)
            #expect(call.body == (try JSONValue(parsing: expected.body)), "\(expected.path)")
        }
        #expect(setup.console.state.setup.isApplied)
        #expect(setup.console.screen.contains(SetupFixture.secret))
        // The proof is one more Enter.
        setup.press("Enter")
        #expect(
            setup.asked.contains(.createTopic("my-test-topic", partitions: 1, virtualCluster: "v-1")))
        #expect(
            setup.asked.contains(
                .fetchToken(
                    TokenRequest(
                        issuer: SetupFixture.issuer, clientID: "client7", clientSecret: SetupFixture.secret,
                        scope: "my-scope"))))
        #expect(setup.asked.contains(.probe(ProbeQuestion(virtualCluster: "v-1", token: "header.payload.signature"))))
        #expect(setup.asked.contains(.probe(ProbeQuestion(virtualCluster: "v-1"))))
        let screen = setup.console.screen
        #expect(screen.contains("ALLOW sees hello, as foretold, 61 ms"))
        #expect(screen.contains("DENY sees no topic, as foretold, 22 ms"))
        #expect(setup.console.state.setup.proof.isProven)
        #expect(setup.console.state.setup.proof.token == nil)
    }

    @Test func `the secret is copied with c and forgotten after ten idle minutes`() {
        var setup = SetupFixture()
        setup.press("Enter")
        setup.enterToReview()
        setup.apply()
        setup.console.press("c")
        #expect(setup.console.takeEffects().contains(.copy(SetupFixture.secret)))
        setup.console.advance(601)
        #expect(setup.console.state.setup.plan?.clientSecret == nil)
        #expect(!setup.console.screen.contains(SetupFixture.secret))
    }

    @Test func `a question that stood open for long does not cost the secret`() {
        var setup = SetupFixture()
        setup.press("Enter")
        setup.enterToReview()
        setup.press("Enter")
        setup.console.advance(700)
        setup.press("y")
        setup.console.advance(1)
        #expect(setup.console.state.setup.isApplied)
        #expect(setup.console.state.setup.plan?.clientSecret == SetupFixture.secret)
    }

    @Test func `keys in other places do not keep the secret`() {
        var setup = SetupFixture()
        setup.press("Enter")
        setup.enterToReview()
        setup.apply()
        setup.press("Esc", "1")
        for _ in 0..<11 {
            setup.console.advance(60)
            setup.console.press("Down")
        }
        #expect(setup.console.state.setup.plan?.clientSecret == nil)
    }

    @Test func `a refusal stops at the field concerned, and nothing was created`() throws {
        var setup = SetupFixture()
        setup.refusals["/listeners"] = ManagementAnswer(
            status: 400,
            body: try JSONValue(
                parsing:
                    #"{"status":400,"title":"Bad Request","detail":"Invalid request","invalid_parameters":[{"field":"ports","rule":"invalid","reason":"[19092-19095] on [127.0.0.1] belongs to the listener [other] already"}]}"#
            ))
        setup.press("Enter")
        setup.enterToReview()
        setup.apply()
        #expect(setup.calls.isEmpty, "it is judged before")
        #expect(setup.console.state.setup.step == .listener)
        #expect(setup.console.state.setup.form.focus == "listener.ports")
        #expect(setup.console.screen.contains("! ports [19092-19095] on [127.0.0.1]"))
        #expect(setup.console.state.setup.leftovers == 0)
    }

    @Test func `after a refusal everything is applied, with the answer that was mended`() throws {
        var setup = SetupFixture()
        setup.refusals["/listeners"] = ManagementAnswer(
            status: 409,
            body: .object(["detail": .string("A listener with the name [apps] exists already")]))
        setup.press("Enter")
        setup.enterToReview()
        setup.apply()
        #expect(setup.console.state.setup.form.focus == "listener.name")
        setup.refusals = [:]
        setup.fill("second_listener")
        setup.enterToReview()
        setup.apply()
        #expect(setup.console.state.setup.isApplied)
        #expect(setup.calls.count == 9)
        #expect(setup.calls.last?.path == "/v1/event-gateways/g-1/virtual-clusters/v-1/cluster-policies")
        #expect(setup.console.state.setup.plan?.created.count == 9)
        // What was created can be undone, newest first.
        setup.console.state.run(CommandCall("setup undo"))
        setup.press("y")
        #expect(setup.calls.suffix(9).allSatisfy { $0.method == .delete })
        #expect(setup.calls.last?.path == "/v1/auth-servers/a-1")
        #expect(setup.console.state.setup.leftovers == 0)
    }

    @Test func `what is refused although it was judged well leaves nothing behind`() {
        var setup = SetupFixture()
        setup.press("Enter")
        setup.enterToReview()
        setup.press("Enter")
        #expect(!setup.console.state.overlays.isEmpty, "it was judged, and asks")
        setup.refusals["/listeners"] = ManagementAnswer(
            status: 409,
            body: .object(["detail": .string("A listener with the name [example_listener] exists already")]))
        setup.press("y")
        #expect(setup.console.state.setup.form.focus == "listener.name")
        #expect(setup.console.state.flash?.text.hasSuffix("Nothing was created.") == true)
        #expect(setup.console.state.setup.leftovers == 0)
    }

    @Test func `a lost answer does not say that nothing was created`() {
        var setup = SetupFixture()
        setup.press("Enter")
        setup.enterToReview()
        setup.press("Enter")
        let call = setup.pressOnly("y").first { if case .manage = $0.question { true } else { false } }
        guard let call else { return #expect(call != nil) }
        setup.answer(call, .failure(EngineClientError("the connection was reset")))
        #expect(setup.console.state.flash?.text.contains("All of them were, or none") == true)
        #expect(setup.console.state.setup.phase == .drafting)
    }

    @Test func `no answer from the API stops the walkthrough with its reason`() {
        var setup = SetupFixture()
        setup.press("Enter")
        setup.enterToReview()
        let requests = setup.pressOnly("Enter", "y")
        let call = requests.first { if case .manage = $0.question { true } else { false } }
        guard let call else { return #expect(call != nil) }
        setup.answer(call, .failure(EngineClientError("connection refused")))
        #expect(setup.console.screen.contains("connection refused"))
        #expect(setup.console.state.setup.phase == .drafting)
        #expect(setup.console.state.setup.leftovers == 0)
    }

    @Test func `one key starts the sandbox and makes it the backend`() {
        var setup = SetupFixture(options: ConsoleOptions(canStartSandbox: true))
        setup.press("Enter", "Enter", "Enter", "F5")
        #expect(setup.console.state.setup.step == .backend)
        #expect(setup.console.state.setup.answers.list(.backendServers).first == "localhost:29092")
        #expect(setup.asked.contains(.startSandbox))
        #expect(
            setup.asked.contains(
                .check(.backend(bootstrapServers: ["localhost:29092", "localhost:29093", "localhost:29094"]))))
        #expect(setup.console.screen.contains("[ ok ] 3 brokers in 41 ms"))
    }

    @Test func `a sandbox that runs is the backend, also when it is known only later`() {
        var setup = SetupFixture()
        setup.console.send(.sandbox(["localhost:4001", "localhost:4002"]))
        #expect(setup.console.state.setup.answers.list(.backendServers) == ["localhost:4001", "localhost:4002"])
        setup.press("Enter", "Enter", "Enter")
        #expect(setup.console.state.setup.step == .backend)
        #expect(setup.console.screen.contains("localhost:4001"))

        var typed = SetupFixture()
        typed.console.state.setup.answers[.backendServers] = "kafka.example:9092"
        typed.console.send(.sandbox(["localhost:4001"]))
        #expect(typed.console.state.setup.answers.list(.backendServers) == ["kafka.example:9092"])
    }

    @Test func `a failed check is told, and a second Enter goes on anyway`() {
        var setup = SetupFixture()
        setup.press("Enter", "Enter")
        for request in setup.pressOnly("Enter") {
            guard case .check = request.question else {
                setup.answer(request)
                continue
            }
            setup.answer(
                request,
                .success(
                    .reachability(
                        ReachabilityReport(reachable: false, detail: "connection refused", milliseconds: 1))))
        }
        #expect(setup.console.screen.contains("[FAIL] connection refused"))
        setup.press("Enter")
        #expect(setup.console.state.setup.step == .backend)
        #expect(setup.console.screen.contains("Enter again goes on anyway"))
        setup.press("Enter")
        #expect(setup.console.state.setup.step == .virtualCluster)
    }

    @Test func `a message on a check is gone when the walkthrough goes on`() {
        var setup = SetupFixture()
        setup.press("Enter", "Enter")
        let requests = setup.pressOnly("Enter", "Enter")
        #expect(setup.console.screen.contains("Still checking"))
        for request in requests { setup.answer(request) }
        #expect(setup.console.state.setup.step == .virtualCluster)
        #expect(!setup.console.screen.contains("Still checking"))
    }

    @Test func `a port that is taken is named once`() {
        var setup = SetupFixture(120, 36)
        setup.enter(to: .listener)
        for request in setup.pressOnly("F6") {
            guard case .check(.port(let address, let port)) = request.question else {
                setup.answer(request)
                continue
            }
            setup.answer(
                request,
                .success(
                    .reachability(
                        ReachabilityReport(
                            reachable: false, detail: "\(address):\(port): address already in use", milliseconds: 1))))
        }
        setup.press("PgDn")
        let message = setup.console.state.flash?.text ?? ""
        #expect(message.contains("127.0.0.1:19092: address already in use"), "\(message)")
        #expect(message.components(separatedBy: "127.0.0.1:").count == 2, "\(message)")
    }

    @Test func `a sandbox that does not start says so once`() {
        var setup = SetupFixture(options: ConsoleOptions(canStartSandbox: true))
        setup.enter(to: .backend)
        let reason = "Sandbox broker 0 cannot bind 127.0.0.1:9094: address already in use. Stop what listens there."
        for request in setup.pressOnly("F5") where request.question == .startSandbox {
            setup.answer(request, .failure(EngineClientError(reason)))
        }
        #expect(setup.console.state.flash?.text == reason)
        #expect(
            setup.console.screen.split { $0.isWhitespace || $0 == "|" }.joined(separator: " ").contains("Stop what"))
    }

    @Test func `Enter while a check runs goes on as soon as it is good`() {
        var setup = SetupFixture()
        setup.press("Enter", "Enter")
        let requests = setup.pressOnly("Enter", "Enter")
        #expect(setup.console.state.setup.step == .backend)
        for request in requests { setup.answer(request) }
        #expect(setup.console.state.setup.step == .virtualCluster)
    }

    @Test func `brokers that start at another id move the first port`() {
        var setup = SetupFixture()
        setup.press("Enter", "Enter")
        for request in setup.pressOnly("Enter") {
            guard case .check = request.question else { continue }
            setup.answer(
                request,
                .success(
                    .reachability(
                        ReachabilityReport(reachable: true, detail: "1 broker", milliseconds: 2, nodeIDs: [111]))))
        }
        #expect(setup.console.state.setup.answers.text(.forwardMinimum) == "111")
        let plan = SetupScreen.preview(setup.console.state)
        guard case .object(let body)? = plan.calls[7].body, case .object(let config)? = body["config"] else {
            return #expect(Bool(false), "the forward policy has a body")
        }
        #expect(config["min_broker_id"] == .integer(111))
    }

    @Test func `a wrong label is refused in words and Ctrl-F takes the suggestion`() {
        var setup = SetupFixture()
        setup.press("Enter", "Enter", "Enter", "Enter")
        #expect(setup.console.state.setup.step == .virtualCluster)
        setup.press("Tab")
        setup.fill("vcluster 1")
        #expect(setup.console.screen.contains("may hold a-z, 0-9 and \"-\" only"))
        setup.press("Enter")
        #expect(setup.console.state.setup.step == .virtualCluster)
        setup.press("Ctrl-F")
        #expect(setup.console.state.setup.answers.text(.virtualClusterLabel) == "vcluster-1")
        setup.press("Enter")
        #expect(setup.console.state.setup.step == .listener)
    }

    @Test func `a read-only session ends in a file`() throws {
        var setup = SetupFixture(options: ConsoleOptions(readOnlyReason: "the gateway is labelled prod."))
        setup.press("Enter")
        setup.enterToReview()
        setup.press("Enter")
        #expect(setup.calls == [])
        let text = try #require(setup.files["setup.yaml"])
        #expect(text.contains("name: main"))
        #expect(text.contains("use: new"))
        setup.press("Esc", ":setup apply", "Enter")
        #expect(setup.console.screen.contains("'setup apply' is off"))
    }

    @Test func `the group rule is one key away`() {
        var setup = SetupFixture()
        setup.press("Enter")
        setup.enter(to: .acl)
        #expect(setup.console.state.draw().lines.joined().contains("ALLOW"))
        setup.console.state.setup.form.focus("rule.remove")
        setup.press("Enter")
        #expect(ACLConfiguration(rules: setup.console.state.setup.answers.rules.map(\.rule)).readsTopicsWithoutGroups)
        setup.console.state.setup.form.focus("rule.group")
        setup.press("Enter")
        #expect(setup.console.state.setup.answers.rules == [SetupRule(), .groups])
        #expect(!ACLConfiguration(rules: setup.console.state.setup.answers.rules.map(\.rule)).readsTopicsWithoutGroups)
    }

    @Test func `a rule can take its names from a claim`() {
        var setup = SetupFixture()
        setup.answer(.claimName, "test-claim")
        setup.open(.acl)
        setup.console.state.setup.form.focus("acl.rules[0].names")
        setup.press("Right", "Right")
        let rule = setup.console.state.setup.answers.rules[0]
        #expect(rule.names == .claim)
        #expect(rule.expression == "[context.auth.token.claims[\"test-claim\"] + \"*\"]")
        #expect(
            SetupRule(names: .claim, claim: "topic_prefix").expression
                == "[context.auth.token.claims.topic_prefix + \"*\"]")
    }

    @Test func `escape leaves the form, keeps the draft and never quits`() {
        var setup = SetupFixture()
        setup.press("Enter")
        setup.fill("My server")
        setup.press("Esc")
        #expect(setup.console.state.setup.isEditing == false)
        #expect((setup.drafts.last ?? nil)?.contains("My server") == true)
        setup.press("1")
        #expect(setup.console.state.place == .live)
    }

    @Test func `letters and digits are text inside a form`() {
        var setup = SetupFixture()
        setup.press("Enter")
        setup.fill("q1")
        #expect(setup.console.state.setup.answers.text(.signInName) == "q1")
        #expect(setup.console.state.place == .setup)
        setup.console.paste("\nq\n:quit\n")
        #expect(setup.console.state.setup.answers.text(.signInName) == "q1q:quit")
    }

    @Test func `F1 explains, F4 copies, Ctrl-R restores`() {
        var setup = SetupFixture()
        setup.press("Enter", "F1")
        #expect(setup.console.screen.contains("In an answers file: sign_in.name"))
        setup.press("Esc")
        setup.fill("x")
        setup.press("Ctrl-R")
        #expect(setup.console.state.setup.answers.text(.signInName) == "kafka-sign-in")
        setup.console.press("F4")
        let copied = setup.console.takeEffects().contains { effect in
            if case .copy(let text) = effect { text.contains("auth_server:\n  name: kafka-sign-in") } else { false }
        }
        #expect(copied)
    }
}
