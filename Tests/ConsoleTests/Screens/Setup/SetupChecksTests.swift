import EngineInterface
import Foundation
import JSON
import ResourceFixtures
import Resources
import Testing

@testable import Console

/// Checks of answers against the world: when they are made, what they say, what they suggest.
struct SetupChecksTests {
    @Test func `one port is too few for the brokers, and stops once`() {
        var setup = SetupFixture(160, 48)
        setup.press("Enter")
        setup.enter(to: .listener)
        setup.answer(.listenerPorts, "19092")
        setup.enter(to: .forward)
        #expect(setup.console.screen.contains("1 port is too few"))
        setup.press("PgDn")
        #expect(setup.console.state.setup.step == .forward)
        #expect(setup.console.screen.contains("Enter again goes on anyway"))
        setup.press("PgDn")
        #expect(setup.console.state.setup.step == .acl)
        #expect(setup.console.screen.contains("[!] 6"))
        setup.enterToReview()
        #expect(setup.console.screen.contains("! step 6: 1 port is too few"))
    }

    /// In the listener's step, with these ports taken.
    private static func listener(
        _ size: Size = Size(columns: 80, rows: 24), taken: ClosedRange<Int>...
    ) -> SetupFixture {
        var setup = SetupFixture(size.columns, size.rows)
        setup.taken = taken
        setup.press("Enter", "Enter", "Enter", "Enter", "Enter")
        setup.console.state.setup.form.focus(SetupField.listenerPorts.rawValue)
        return setup
    }

    @Test func `ports in use are told once, with free ones that a key takes`() {
        var setup = Self.listener(taken: 19_093...19_192)
        #expect(setup.console.state.setup.step == .listener)
        let screen = setup.console.screen
        #expect(screen.contains("[FAIL] 127.0.0.1:19093: address already"))
        #expect(screen.contains("in use, and 2 more."))
        #expect(screen.contains("19292-19295 are free (Ctrl-F takes"))
        #expect(setup.console.lines.last?.contains("Ctrl-F take it") == true)
        setup.press("Ctrl-F")
        #expect(setup.console.state.setup.answers.text(.listenerPorts) == "19292-19295")
        #expect(setup.console.screen.contains("[ ok ] 4 ports are free"))
        #expect(!setup.console.screen.contains("Ctrl-F"))
        setup.press("Enter")
        #expect(setup.console.state.setup.step == .forward)
    }

    @Test func `Ctrl-F takes what is suggested for another field of the step too`() {
        var setup = Self.listener(taken: 19_092...19_092)
        setup.console.state.setup.form.focus(SetupField.listenerName.rawValue)
        setup.press("Ctrl-F")
        #expect(setup.console.state.setup.answers.text(.listenerPorts) == "19192-19195")
    }

    @Test func `what fails is under the cursor, with its field, value and way out`() {
        for size in [Size(columns: 40, rows: 10), Size(columns: 80, rows: 24)] {
            var setup = Self.listener(size, taken: 19_092...19_092)
            setup.console.state.setup.form.focus(SetupField.listenerName.rawValue)
            setup.press("Enter")
            #expect(setup.console.state.setup.form.focus == SetupField.listenerPorts.rawValue)
            #expect(setup.console.screen.contains("[FAIL]"))
            #expect(
                setup.console.state.flash?.text == "Ports: 127.0.0.1:19092: address already in use. Ctrl-F takes "
                    + "19192-19195, which are free; Enter again goes on anyway.")
        }
    }

    @Test func `a wrong answer is told with its field, its value and what would do`() {
        var setup = SetupFixture()
        setup.answer(.virtualClusterLabel, "vcluster 1")
        setup.press("PgDn")
        #expect(
            setup.console.state.flash?.text == "DNS label 'vcluster 1' may hold a-z, 0-9 and \"-\" only, up to 63, "
                + "with a letter or digit at both ends. Ctrl-F: vcluster-1")
        setup.answer(.signIn, "")
        setup.console.state.setup.form.focus(SetupField.signIn.rawValue)
        setup.press("Right", "PgDn")
        #expect(
            setup.console.state.flash?.text == "JWKS URL is empty: the URL where the issuer publishes its keys.")
        setup.answer(.signInJWKS, "auth.example/jwks")
        setup.press("PgDn")
        #expect(
            setup.console.state.flash?.text
                == "JWKS URL 'auth.example/jwks' must be an http or https URL. Ctrl-F: https://auth.example/jwks")
    }

    @Test func `the review tells which checks failed`() {
        var setup = Self.listener(taken: 19_092...19_092)
        setup.press("Enter", "Enter")
        setup.open(.review)
        #expect(setup.console.screen.contains("! step 5: 127.0.0.1:19092: address already in use."))
    }

    @Test func `a refusal for a port in use offers free ones`() {
        var setup = Self.listener(taken: 19_092...19_092)
        setup.refusals["/listeners"] = ManagementAnswer(
            status: 400,
            body: .object([
                "detail": .string("Invalid request"),
                "invalid_parameters": .array([
                    .object([
                        "field": .string("ports"),
                        "reason": .string("cannot bind 127.0.0.1:19092: address already in use"),
                    ])
                ]),
            ]))
        setup.open(.review)
        setup.apply()
        #expect(setup.console.state.setup.form.focus == SetupField.listenerPorts.rawValue)
        #expect(setup.console.screen.contains("19192-19195 are free"))
        #expect(!setup.console.screen.contains("[FAIL]"), "the same is not said twice")
    }

    @Test func `several ranges move together, and nothing is suggested beyond the last port`() {
        var setup = Self.listener(taken: 65_500...65_535)
        setup.fill("65500, 65510-65511")
        setup.console.advance(0.5)
        setup.answerAll()
        #expect(setup.console.screen.contains("[FAIL]"))
        #expect(!setup.console.screen.contains("are free"))
        setup.taken = [30_000...30_000]
        setup.fill("30000, 30010-30011")
        setup.console.advance(0.5)
        setup.answerAll()
        #expect(SetupScreen.freePorts(setup.console.state) == "30100, 30110-30111")
    }

    @Test func `an address that is not of this machine is no matter of ports`() {
        var setup = Self.listener()
        setup.refusedAddress = "10.9.9.9"
        setup.console.state.setup.form.focus(SetupField.listenerAddresses.rawValue)
        setup.fill("10.9.9.9")
        setup.press("Tab")
        #expect(setup.console.screen.contains("[FAIL] 10.9.9.9:19092: cannot assign"))
        let ports = setup.asked.filter { if case .check(.port(_, let port)) = $0 { port > 19_095 } else { false } }
        #expect(ports.isEmpty)
    }

    @Test func `a corrected field is checked when the typing stops, and says so until then`() {
        var setup = Self.listener(taken: 19_092...19_095)
        setup.fill("20000-20003")
        #expect(setup.console.screen.contains("[    ] not checked yet"))
        #expect(!setup.console.screen.contains("checking..."))
        let before = setup.asked.count
        setup.console.advance(0.25)
        setup.answerAll()
        #expect(setup.asked.count == before, "a key may follow")
        setup.console.advance(0.25)
        setup.answerAll()
        #expect(setup.console.screen.contains("[ ok ] 4 ports are free"))
    }

    @Test func `hosts are asked after a longer pause, or when the field is left`() {
        var setup = SetupFixture()
        setup.press("Enter", "Enter", "Enter")
        #expect(setup.console.state.setup.step == .backend)
        setup.console.state.setup.form.focus(SetupField.backendServers.rawValue)
        setup.fill("kafka.example:9092")
        let target = Question.check(.backend(bootstrapServers: ["kafka.example:9092"]))
        setup.console.advance(0.5)
        setup.answerAll()
        #expect(!setup.asked.contains(target))
        #expect(setup.console.screen.contains("not checked yet"))
        setup.press("Tab")
        #expect(setup.asked.contains(target))
    }

    @Test func `what was said about a check is gone once it is over`() {
        var setup = SetupFixture()
        setup.press("Enter", "Enter")
        let requests = setup.pressOnly("Enter", "Enter")
        #expect(setup.console.screen.contains("Still checking"))
        for request in requests { setup.answer(request) }
        setup.answerAll()
        #expect(setup.console.state.setup.step == .virtualCluster)
        #expect(!setup.console.screen.contains("Still checking"))
    }

    @Test func `F6 looks at ports again that were free`() {
        var setup = Self.listener(taken: 19_092...19_092)
        #expect(SetupScreen.freePorts(setup.console.state) == "19192-19195")
        setup.taken = [19_092...19_192]
        setup.press("F6")
        #expect(SetupScreen.freePorts(setup.console.state) == "19292-19295")
        setup.taken = []
        setup.press("F6")
        #expect(SetupScreen.freePorts(setup.console.state) == nil)
        #expect(setup.console.screen.contains("[ ok ]"))
    }

    // MARK: The sandbox

    @Test func `the sandbox is offered until it is the backend`() {
        var setup = SetupFixture(options: ConsoleOptions(canStartSandbox: true))
        setup.press("Enter", "Enter", "Enter")
        #expect(setup.console.screen.contains("Use the sandbox (F5)"))
        setup.press("F5")
        #expect(!setup.console.screen.contains("Use the sandbox"))
        #expect(setup.console.screen.contains("the sandbox, in memory"))
        setup.press("F5")
        #expect(setup.console.screen.contains("The sandbox is the backend already"))
        setup.console.state.setup.form.focus(SetupField.backendServers.rawValue)
        setup.fill("kafka:9092")
        #expect(setup.console.screen.contains("Use the sandbox (F5)"))
    }

    @Test func `a sandbox that cannot start says why, the reason first`() {
        var setup = SetupFixture(options: ConsoleOptions(canStartSandbox: true))
        setup.press("Enter", "Enter", "Enter")
        for request in setup.pressOnly("F5") where request.question == .startSandbox {
            setup.answer(request, .failure(EngineClientError("127.0.0.1:9094 is in use: stop what listens there.")))
        }
        #expect(setup.console.screen.contains(" 127.0.0.1:9094 is in use: stop what listens there."))
    }

    // MARK: What is done

    @Test func `step 8 is ticked when the proof was seen, not before`() {
        var setup = SetupFixture(120, 36)
        setup.press("Enter")
        setup.enterToReview()
        #expect(setup.console.screen.contains("[x] 7 ACL policy"))
        #expect(setup.console.screen.contains("[ ] 8 Prove it works"))
        setup.apply()
        #expect(!setup.console.screen.contains("[x] 8 Prove it works"))
        setup.press("Enter")
        #expect(setup.console.screen.contains("[x] 8 Prove it works"))
    }

    @Test func `another walk starts with names that are free`() {
        let now = TestConsole.start
        let tree = ConfigurationTree(
            gateways: [
                GatewayConfiguration(gateway: Gateway(id: "g", name: "main", createdAt: now, updatedAt: now))
            ],
            identities: [
                .init(
                    server: AuthServer(
                        id: "a", name: "kafka-sign-in", audience: "x", issuer: "http://i", createdAt: now,
                        updatedAt: now), scopes: [], claims: [], clients: [])
            ])
        var setup = SetupFixture(tree: tree)
        #expect(setup.console.state.setup.answers.text(.signInName) == "kafka-sign-in-2")
        #expect(setup.console.state.setup.answers.text(.gatewayName) == "main-2")
        #expect(setup.console.state.setup.answers.text(.backendName) == "kafka")
        setup.answer(.gatewayName, "main")
        setup.press("Esc", "1", "9")
        #expect(setup.console.state.setup.answers.text(.gatewayName) == "main", "what was typed stays, and is told")
        setup.press("Enter", "PgDn")
        #expect(setup.console.screen.contains("exists already"))
    }

    @Test func `Enter alone makes what is safe and works for a consumer`() throws {
        var setup = SetupFixture()
        setup.press("Enter")
        setup.enterToReview()
        setup.apply()
        func body(_ end: String) throws -> JSONObject {
            let call = try #require(setup.calls.last { $0.path.hasSuffix(end) })
            guard case .object(let body)? = call.body else { throw SetupProblem(end, "has no body") }
            return body
        }
        guard case .array(let rules)? = try body("/virtual-clusters")["authentication"],
            case .object(let bearer)? = rules.last
        else { return #expect(Bool(false), "the virtual cluster has no authentication") }
        #expect(
            bearer["validate"]
                == .object([
                    "issuer": .string(SetupFixture.issuer),
                    "audiences": .array([.object(["name": .string("kafka")])]),
                ]))
        #expect(try body("/auth-servers")["audience"] == .string("kafka"))
        #expect(!ACLConfiguration(rules: SetupAnswers().rules.map(\.rule)).readsTopicsWithoutGroups)
        #expect(try body("/listeners")["addresses"] == .array([.string("127.0.0.1")]))
        // No name is one of a tutorial.
        for call in setup.calls {
            let text = SetupJSON.text(call.body ?? .null).lowercased()
            for word in ["example", "test", "tutorial", "quickstart", "httpbin", "appointment", "my-"] {
                #expect(!text.contains(word), "\(text)")
            }
        }
    }

    @Test func `another issuer's tokens are checked as far as the answers say`() throws {
        var answers = SetupAnswers()
        answers[.signIn] = "url"
        answers[.signInJWKS] = "https://auth.example/jwks"
        answers[.clientPrincipal] = "svc"
        func validation(_ answers: SetupAnswers) throws -> JSONValue? {
            let plan = try SetupPlan(answers, configuration: ConfigurationTree())
            let call = plan.calls.first { $0.path.hasSuffix("/virtual-clusters") }
            guard case .object(let body)? = call?.body, case .array(let rules)? = body["authentication"],
                case .object(let bearer)? = rules.last
            else { return .null }
            return bearer["validate"]
        }
        #expect(try validation(answers) == nil)
        answers[.signInExpectedAudience] = "kafka"
        #expect(try validation(answers) == .object(["audiences": .array([.object(["name": .string("kafka")])])]))
        answers[.signInIssuer] = "https://auth.example"
        #expect(
            try validation(answers)
                == .object([
                    "issuer": .string("https://auth.example"),
                    "audiences": .array([.object(["name": .string("kafka")])]),
                ]))
    }
}
