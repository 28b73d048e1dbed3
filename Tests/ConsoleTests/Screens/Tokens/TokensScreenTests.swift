import EngineInterface
import Foundation
import ResourceFixtures
import Resources
import Testing

@testable import Console

struct TokensScreenTests {
    private static func base64url(_ text: String) -> String {
        Data(text.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
            "=", with: "")
    }

    /// Unsigned for real, which is enough to be shown.
    static let token =
        base64url(#"{"alg":"RS256","kid":"k-2026-11","typ":"at+jwt"}"#) + "."
        + base64url(
            #"{"iss":"https://auth.example/dev","sub":"client-7","scope":"my-scope","topic_prefix":"products","iat":1795524051,"exp":1795527651}"#
        ) + "." + base64url(String(repeating: "s", count: 256))

    static let cluster = VirtualCluster(
        id: "vc-1", name: "vc-orders", destination: Reference(id: "bc-1", name: "backend"),
        authentication: [.anonymous],
        aclMode: .enforceOnGateway, dnsLabel: "vc-orders", createdAt: .distantPast, updatedAt: .distantPast)

    static let tree = ConfigurationTree(gateways: [
        GatewayConfiguration(
            gateway: Gateway(id: "gw-1", name: "edge-1", createdAt: .distantPast, updatedAt: .distantPast),
            virtualClusters: [VirtualClusterConfiguration(virtualCluster: cluster)])
    ])

    @Test func `a claim that a policy reads says which`() {
        var tree = Self.tree
        func policy(_ name: String, _ expression: String) -> ClusterPolicy {
            ClusterPolicy(
                id: name, name: name,
                config: .acls(
                    ACLConfiguration(rules: [
                        ACLRule(
                            resourceType: .topic, action: .allow, operations: [.read],
                            resourceNames: .expression(expression))
                    ])), createdAt: .distantPast, updatedAt: .distantPast)
        }
        tree.typed.gateways[0].virtualClusters[0].clusterPolicies = [
            policy("by-prefix", "[context.auth.token.claims.topic_prefix + '*']"),
            policy("by-scopes", "[context.auth.token.claims.scopes]"),
        ]
        var console = Self.console(Size(columns: 160, rows: 48))
        console.send(.configuration(tree))
        console.paste(Self.token)
        let line = console.lines.first { $0.contains("topic_prefix") }
        #expect(line?.contains("< used by by-prefix") == true)
        #expect(!console.screen.contains("by-scopes"), "scope is not scopes")
    }

    static func matrix(allowing allowed: Set<ACLOperation>, principal: String = "client-7") -> AccessMatrix {
        func row(_ type: ResourceType, _ name: String, exists: Bool, operations: [ACLOperation]) -> AccessMatrix.Row {
            AccessMatrix.Row(
                resource: .init(type: type, name: name), exists: exists,
                cells: operations.map {
                    let isAllowed = type == .topic && name.hasPrefix("products") && allowed.contains($0)
                    return .init(
                        operation: $0, allowed: isAllowed, rule: isAllowed ? "acl_policy[0]" : "__internal/default-deny"
                    )
                })
        }
        let topic: [ACLOperation] = [
            .describe, .describeConfigs, .read, .write, .create, .delete, .alter, .alterConfigs,
        ]
        return AccessMatrix(
            principal: principal,
            rows: [
                row(.topic, "products-audit", exists: true, operations: topic),
                row(.topic, "products-topic", exists: true, operations: topic),
                row(.topic, "orders.v1", exists: true, operations: topic),
                row(.topic, "any other", exists: false, operations: topic),
                row(.group, "*", exists: false, operations: [.describe, .read, .delete]),
                row(
                    .cluster, "kafka-cluster", exists: true, operations: [.create, .describe, .alter, .idempotentWrite]),
            ], warnings: ["READ is allowed on topics, but on no group: consumer groups will be refused."])
    }

    static let report = TokenCheckReport(
        accepted: true, principal: "client-7",
        checks: [
            .init(name: "shape", outcome: .passed, detail: "Three base64url parts, JSON."),
            .init(name: "algorithm", outcome: .passed, detail: "RS256 is allowed."),
            .init(name: "signature", outcome: .passed, detail: "Verified with key k-2026-11."),
            .init(name: "audience", outcome: .warning, detail: "The virtual cluster checks no audience."),
            .init(name: "time", outcome: .passed, detail: "Expires in 59 min."),
        ])

    static func console(_ size: Size = Size(columns: 80, rows: 24), glyphs: Glyphs = .ascii) -> TestConsole {
        var console = TestConsole(size.columns, size.rows, glyphs: glyphs)
        console.send(.configuration(Self.tree))
        console.press("5")
        _ = console.takeEffects()
        return console
    }

    /// Answers what was asked for, in the way of a small engine.
    static func answer(
        _ console: inout TestConsole,
        allowing allowed: Set<ACLOperation> = [.describe, .describeConfigs, .read, .write]
    ) {
        while true {
            let requests = console.takeEffects().compactMap { effect -> Request? in
                if case .ask(let request) = effect { request } else { nil }
            }
            if requests.isEmpty { return }
            for request in requests {
                let value: AnswerValue
                switch request.question {
                case .checkToken: value = .tokenReport(Self.report)
                case .accessMatrix(let question):
                    value = .accessMatrix(
                        question.subject == .anonymous
                            ? Self.matrix(allowing: [], principal: "anonymous") : Self.matrix(allowing: allowed))
                case .explain(let question):
                    let isAllowed = question.resourceName.hasPrefix("products") && allowed.contains(question.operation)
                    value = .explanation(
                        AccessExplanation(
                            principal: "client-7", allowed: isAllowed,
                            rule: isAllowed ? "acl_policy[0]" : "__internal/default-deny",
                            reason: isAllowed
                                ? "acl_policy[0] allows \(question.operation.rawValue) on topics matching 'products*'."
                                : "No rule allows \(question.operation.rawValue) on topic '\(question.resourceName)'.",
                            steps: [
                                .init(
                                    policy: "acl_policy", rule: 0, action: .allow, matched: isAllowed,
                                    details: [#"names "products*", from claim topic_prefix"#])
                            ]))
                case .probe(let question):
                    value = .probe(
                        ProbeReport(
                            address: "localhost:19092", succeeded: true,
                            topics: question.token == nil ? [] : ["products-audit", "products-topic"],
                            predictedTopics: question.token == nil ? [] : ["products-audit", "products-topic"],
                            detail: "", milliseconds: 22))
                default: value = .done
                }
                console.send(.answer(Answer(id: request.id, owner: request.owner, result: .success(value))))
            }
        }
    }

    @Test func `a pasted token with line breaks is one paste and runs no command`() {
        var console = Self.console()
        var broken = ""
        for (index, character) in Self.token.enumerated() {
            broken.append(character)
            if index % 64 == 63 { broken += "\r\n" }
        }
        console.paste(broken + "\nq\n")
        #expect(console.state.tokens.held?.text == Self.token + "q")
        console.paste("Bearer " + broken)
        #expect(console.state.tokens.held?.text == Self.token)
        #expect(console.state.place == .tokens)
        #expect(console.state.overlays.isEmpty)
    }

    @Test func `checks, rights and the reason of a cell come from the engine`() {
        var console = Self.console(Size(columns: 120, rows: 36))
        console.paste(Self.token)
        Self.answer(&console)
        #expect(console.screen.contains("ACCEPTED as client-7 on vc-orders"))
        #expect(console.screen.contains("topic products-audit"))
        console.press("Down", "Down")
        Self.answer(&console)
        #expect(console.screen.contains("DENY by default-deny: No rule allows describe on topic 'orders.v1'."))
        console.press("Enter")
        #expect(console.screen.contains("acl_policy[0]  allow"))
    }

    @Test func `the whole token is on no screen and in no copy`() {
        var console = Self.console(Size(columns: 200, rows: 60))
        console.paste(Self.token)
        Self.answer(&console)
        let payload = Self.token.split(separator: ".")[1]
        #expect(!console.screen.contains(payload.prefix(40)))
        console.press("c")
        let copied = console.takeEffects().compactMap { if case .copy(let text) = $0 { text } else { nil } }
        #expect(copied.count == 1)
        #expect(copied.allSatisfy { !$0.contains(payload) && $0.contains("ACCEPTED") })
    }

    @Test func `a token is forgotten on x and after ten minutes without a key`() {
        var console = Self.console()
        console.paste(Self.token)
        console.press("x")
        #expect(console.state.tokens.subject == .none)
        console.paste(Self.token)
        console.press("1")
        console.advance(599)
        #expect(console.state.tokens.held != nil)
        console.advance(2)
        #expect(console.state.tokens.held == nil)
        #expect(!"\(console.state)".contains(Self.token))
    }

    @Test func `a comparison shows what only one of both may do`() {
        var console = Self.console(Size(columns: 160, rows: 48))
        console.paste(Self.token)
        Self.answer(&console)
        console.press("=", "Enter")
        Self.answer(&console)
        #expect(console.screen.contains("compared with anonymous: 8 rights differ"))
        #expect(console.screen.contains("+ topic products-topic: DESCRIBE DESC_CONF READ WRITE"))
        console.press("Esc")
        #expect(console.state.tokens.comparison == nil)
    }

    @Test func `probes ask first and are compared with the prediction`() {
        var console = Self.console(Size(columns: 160, rows: 48))
        console.paste(Self.token)
        Self.answer(&console)
        console.press("L", "Enter")
        #expect(console.takeEffects() == [])
        console.press("L", "y")
        Self.answer(&console)
        #expect(console.screen.contains("prediction and engine agree on 2 of 2 probes"))
    }

    @Test func `fetching names what is missing and hides the secret`() {
        var console = Self.console()
        console.press("f", "http://localhost:9190/auth", "Enter", "client-7", "Enter", "s3cr3t-value", "Enter")
        let asked = console.takeEffects().compactMap {
            if case .ask(let request) = $0 { request.question } else { nil }
        }
        #expect(
            asked == [
                .fetchToken(
                    TokenRequest(
                        issuer: "http://localhost:9190/auth", clientID: "client-7", clientSecret: "s3cr3t-value",
                        scope: ""))
            ])
        #expect(!console.screen.contains("s3cr3t"))
        console.press("Esc", "f", "Tab", "Tab", "Tab", "Enter")
        #expect(console.screen.contains("it starts with"))
    }

    @Test(arguments: [
        "", "a.b", "a.b.c", "....", "\u{0}\u{1}", "e30.e30.!!", "e30.e30.", String(repeating: "x", count: 70_000),
    ])
    func `what is no token is refused with a sentence`(text: String) {
        var console = Self.console()
        console.paste(text)
        #expect(console.state.flash != nil || text == "e30.e30.")
        #expect(console.lines.count == 24)
    }

    @Test func `screens of a token`() {
        expectGoldens("tokens/empty") { size, glyphs in Self.console(size, glyphs: glyphs).state }
        expectGoldens("tokens/accepted") { size, glyphs in
            var console = Self.console(size, glyphs: glyphs)
            console.paste(Self.token)
            Self.answer(&console)
            console.press("Down", "Right", "Right")
            Self.answer(&console)
            return console.state
        }
        expectGoldens("tokens/fetch") { size, glyphs in
            var console = Self.console(size, glyphs: glyphs)
            console.press("f")
            return console.state
        }
    }
}
