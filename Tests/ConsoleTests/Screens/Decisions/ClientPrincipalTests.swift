import EngineInterface
import Resources
import Testing

@testable import Console

/// An unauthenticated client and a token's principal may both be called `anonymous`.
struct ClientPrincipalTests {
    private static let token = "sasl_oauth_bearer"

    @Test(arguments: [
        ("anonymous", "anonymous", "context.auth.type == 'anonymous'"),
        ("anonymous", nil, "context.auth.type == 'anonymous'"),
        (
            "anonymous", Self.token,
            "context.auth.principal.name == 'anonymous' && context.auth.type != 'anonymous'"
        ),
        ("svc", Self.token, "context.auth.principal.name == 'svc'"),
        ("svc", nil, "context.auth.principal.name == 'svc'"),
        ("o'brien", Self.token, "context.auth.principal.name == 'o\\'brien'"),
    ])
    func `a condition holds for the client alone`(name: String, authentication: String?, condition: String) {
        #expect(ClientPrincipal(name, authentication: authentication).condition == condition)
    }

    @Test func `the engine is asked about the client that was meant`() {
        #expect(ClientPrincipal("anonymous", authentication: "anonymous").subject == .anonymous)
        #expect(
            ClientPrincipal("anonymous", authentication: Self.token).subject
                == .assumed(principal: "anonymous", claims: [:]))
    }

    @Test func `who gets something by a rule is said truly`() {
        let anyone = ClientPrincipal("anonymous", authentication: "anonymous")
        let named = ClientPrincipal("anonymous", authentication: Self.token)
        #expect(anyone.reach(in: "orders").hasPrefix("Every unauthenticated client of orders gets it"))
        #expect(named.reach(in: "orders").contains("leaves out unauthenticated clients"))
        #expect(!anyone.isSame(as: named))
        #expect(named.isSame(as: named) && anyone.isSame(as: ClientPrincipal("anonymous", authentication: nil)))
    }

    /// A console in which a token's principal `anonymous` and an unauthenticated client are connected and were denied.
    private static func console() -> TestConsole {
        var console = TestConsole(120, 36)
        console.state.writableProduction = ["gw-1"]
        console.send(.configuration(TestEngine.configuration))
        var engine = TestEngine()
        engine.connect("10.0.0.1:1", principal: "anonymous")
        engine.connect("10.0.0.2:2", principal: "anonymous")
        engine.connections[1].authentication = Self.token
        console.send(.feed(.snapshot(engine.snapshot)))
        var record = engine.decision(.denied, "anonymous", .write, .topic, "orders", session: 2, api: "Produce")
        record.authentication = Self.token
        console.send(.feed(.decisions([record])))
        _ = console.takeEffects()
        return console
    }

    @Test func `a rule for a token's principal called anonymous opens nothing to unauthenticated clients`() {
        var console = Self.console()
        console.press("4", "r")
        let policy = console.state.decisions.proposal?.choice.policy.policy
        #expect(policy?.condition?.hasSuffix("&& context.auth.type != 'anonymous'") == true)
        for request in DecisionsScreenTests.requests(console.takeEffects()) {
            if case .explain(let question) = request.question {
                #expect(question.subject == .assumed(principal: "anonymous", claims: [:]))
            }
        }
        console.press("A")
        #expect(console.screen.contains("for the principal 'anonymous' of tokens"))
    }

    @Test func `blocking a token's principal called anonymous leaves unauthenticated clients`() {
        var console = Self.console()
        console.press("/", "10.0.0.2", "Enter", "B")
        let block = console.state.live.block
        #expect(block?.isAllAnonymous == false)
        #expect(block?.policy.policy.condition?.hasSuffix("&& context.auth.type != 'anonymous'") == true)
        #expect(console.screen.contains("1 open connection is denied everything"))
        #expect(console.screen.contains("A apply"), "the footer has the keys of the rule")
        #expect(!(console.lines.last ?? "").contains("detail"))
    }

    @Test func `the token lab shows the one that was meant`() {
        var console = Self.console()
        console.press("4", "t")
        #expect(console.state.tokens.subject == .principal("anonymous"))
        console.press("1", "/", "10.0.0.1", "Enter", "t")
        #expect(console.state.tokens.subject == .anonymous)
    }
}
