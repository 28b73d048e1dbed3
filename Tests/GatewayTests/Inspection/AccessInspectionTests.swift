import EngineInterface
import JSON
import KafkaProtocol
import Policies
import Resources
import Testing

@testable import Gateway

@Suite struct AccessInspectionTests {
    private static let team = EngineWorld.policy(
        "team_policy", condition: "context.auth.token.claims.team == \"a\"",
        EngineWorld.rule(
            .topic, .allow, .read, .describeConfigs,
            names: .expression("[context.auth.token.claims.team + \"-*\", \"shared\"]")),
        EngineWorld.rule(.topic, .deny, .all, names: .globs(["a-secret*"])))
    private static let everybody = EngineWorld.policy(
        "everybody", EngineWorld.rule(.topic, .allow, .describe, names: .globs(["public.?", "x[0-9]"])),
        EngineWorld.rule(.cluster, .allow, .describe, names: .globs(["*"])))
    private static let off = EngineWorld.policy(
        "off", enabled: false, EngineWorld.rule(.topic, .allow, .all, names: .globs(["*"])))
    private static let policies = [team, off, everybody]
    private static let ali = AccessSubject.assumed(principal: "ali", claims: ["team": "a"])

    private func explain(
        _ subject: AccessSubject, _ operation: ACLOperation, _ name: String, _ type: ResourceType = .topic,
        rules: AccessRules = .inForce
    ) -> AccessQuestion {
        AccessQuestion(
            virtualCluster: "team", subject: subject, rules: rules, resourceType: type, resourceName: name,
            operation: operation)
    }

    @Test func `a cell is what a request of that subject would be told, with the same rule`() async throws {
        let subjects: [AccessSubject] = [
            .anonymous, Self.ali, .assumed(principal: "eve", claims: ["team": "b"]),
            .assumed(principal: "nobody", claims: [:]),
        ]
        let names = ["a-1", "a-secret", "a-secret-2", "shared", "public.1", "public.12", "x5", "xx", "*", "b-1"]
        try await EngineWorld.run(EngineWorld.configuration(Self.policies)) { engine in
            let runtime = try engine.virtualCluster("team")
            for subject in subjects {
                let resources =
                    ResourceType.allCases.filter { $0 != .cluster }.flatMap { type in
                        names.map { AccessMatrixQuestion.Resource(type: type, name: $0) }
                    } + [.init(type: .cluster, name: "kafka-cluster")]
                let matrix = try await engine.accessMatrix(
                    AccessMatrixQuestion(virtualCluster: "v", subject: subject, resources: resources))
                // What a session has: rules of its own principal, behind the authorizer that requests ask.
                let principal: SessionPrincipal =
                    switch subject {
                    case .assumed(let name, let claims):
                        SessionPrincipal(
                            type: .saslOAuthBearer, name: name,
                            claims: .object(JSONObject(uniqueMembers: claims.mapValues { .string($0) })))
                    case .anonymous, .token: .anonymous
                    }
                let rules = try #require(runtime.acl).ruleSet(for: principal.authenticationContext)
                var recorded: [RecordedDecision] = []
                let authorizer = SessionAuthorizer(rules: rules) { recorded.append($0) }
                #expect(matrix.rows.map(\.resource) == resources)
                for row in matrix.rows {
                    #expect(Set(row.cells.map(\.operation)) == Set(row.resource.type.supportedOperations))
                    for cell in row.cells {
                        authorizer.beginRequest(api: .fetch)
                        let allowed = authorizer.allows(cell.operation, row.resource.type, row.resource.name)
                        #expect(cell.allowed == allowed, "\(subject) \(cell) \(row.resource)")
                        #expect(recorded.last.map { rules.ruleName($0.rule) } == cell.rule)
                        let explanation = try await engine.explain(
                            self.explain(subject, cell.operation, row.resource.name, row.resource.type))
                        #expect(explanation.allowed == cell.allowed && explanation.rule == cell.rule)
                        let matching = explanation.steps.filter(\.matched)
                        let wins: ACLRule.Action = matching.contains { $0.action == .deny } ? .deny : .allow
                        #expect((!matching.isEmpty && wins == .allow) == cell.allowed)
                    }
                }
            }
        }
    }

    @Test func `an explanation goes rule by rule, with the claims and globs compared`() async throws {
        try await EngineWorld.run(EngineWorld.configuration(Self.policies)) { engine in
            let explanation = try await engine.explain(self.explain(Self.ali, .describe, "b-1"))
            #expect(!explanation.allowed)
            #expect(explanation.principal == "ali")
            #expect(explanation.rule == "__internal/default-deny")
            #expect(explanation.reason == "No rule allows describe on topic 'b-1'.")
            let condition = [
                "condition context.auth.token.claims.team == \"a\" holds", "  context.auth.token.claims.team is \"a\"",
            ]
            #expect(
                explanation.steps == [
                    .init(
                        policy: "team_policy", rule: 0, action: .allow, matched: false,
                        details: condition + [
                            "resource_type topic", "operations read, describe_configs: read implies describe",
                            "resource_names [context.auth.token.claims.team + \"-*\", \"shared\"]",
                            "  context.auth.token.claims.team is \"a\"", "names \"a-*\" != \"b-1\"",
                            "names \"shared\" != \"b-1\"",
                        ]),
                    .init(
                        policy: "team_policy", rule: 1, action: .deny, matched: false,
                        details: condition + [
                            "resource_type topic", "operations all have describe", "names \"a-secret*\" != \"b-1\"",
                        ]),
                    .init(
                        policy: "off", rule: nil, action: nil, matched: false, details: ["the policy is disabled"]),
                    .init(
                        policy: "everybody", rule: 0, action: .allow, matched: false,
                        details: [
                            "resource_type topic", "operations describe", "names \"public.?\" != \"b-1\"",
                            "names \"x[0-9]\" != \"b-1\"",
                        ]),
                    .init(
                        policy: "everybody", rule: 1, action: .allow, matched: false,
                        details: ["resource_type cluster is not topic", "operations describe"]),
                ])
            let other = try await engine.explain(
                self.explain(.assumed(principal: "eve", claims: [:]), .read, "a-1"))
            #expect(
                other.steps.first
                    == .init(
                        policy: "team_policy", rule: nil, action: nil, matched: false,
                        details: [
                            "condition context.auth.token.claims.team == \"a\" does not hold",
                            "  context.auth.token.claims.team is absent",
                        ]))
        }
    }

    @Test func `proposed rules are tried on top of those in force, in place of one of them, or alone`() async throws {
        let denial = EngineWorld.policy("lock", EngineWorld.rule(.topic, .deny, .read, names: .globs(["a-1"])))
        let replacement = EngineWorld.policy(
            "team_policy", EngineWorld.rule(.topic, .allow, .write, names: .globs(["*"])))
        try await EngineWorld.run(EngineWorld.configuration(Self.policies)) { engine in
            func rule(_ rules: AccessRules, _ operation: ACLOperation) async throws -> String {
                try await engine.explain(self.explain(Self.ali, operation, "a-1", rules: rules)).rule
            }
            #expect(try await rule(.inForce, .read) == "team_policy[0]")
            #expect(try await rule(.inForceAnd([denial]), .read) == "lock[0]")
            #expect(try await rule(.inForceAnd([replacement]), .read) == "__internal/default-deny")
            #expect(try await rule(.inForceAnd([replacement]), .write) == "team_policy[0]")
            #expect(try await rule(.only([replacement]), .describe) == "team_policy[0]")
            // Nothing was changed by asking.
            #expect(try await rule(.inForce, .read) == "team_policy[0]")
            let alone = try await engine.explain(
                AccessQuestion(
                    virtualCluster: "", subject: .anonymous, rules: .only([replacement]), resourceType: .topic,
                    resourceName: "t", operation: .write))
            #expect(alone.allowed)
        }
    }

    @Test func `without named resources there are names that stand for new ones, and a word on the backend`()
        async throws
    {
        try await EngineWorld.run(EngineWorld.configuration(Self.policies)) { engine in
            let matrix = try await engine.accessMatrix(
                AccessMatrixQuestion(virtualCluster: "team", subject: Self.ali))
            #expect(
                matrix.rows.map { "\($0.resource.type.rawValue) \($0.resource.name) \($0.exists)" } == [
                    "topic a-* false", "topic a-secret* false", "topic * false", "group * false",
                    "cluster kafka-cluster true", "transactional_id * false",
                ])
            let first = try #require(matrix.rows.first)
            #expect(first.cells.filter(\.allowed).map(\.operation) == [.describe, .describeConfigs, .read])
            #expect(
                matrix.warnings == [
                    "Topics and groups that exist are not shown. Backend cluster 'back' does not answer: 127.0.0.1:1: "
                        + "the connection is refused, nothing listens there.",
                    "No listener forwards to virtual cluster 'team': clients cannot connect.",
                    "READ on topics without READ on any group: a consumer group cannot start. Add an allow rule for "
                        + "resource_type group.",
                ])
        }
    }

    @Test func `under passthrough everything is allowed and the risk is named`() async throws {
        try await EngineWorld.run(EngineWorld.configuration(Self.policies, mode: .passthrough)) { engine in
            let matrix = try await engine.accessMatrix(
                AccessMatrixQuestion(
                    virtualCluster: "team", subject: .anonymous, resources: [.init(type: .topic, name: "t")]))
            #expect(matrix.rows.flatMap(\.cells).allSatisfy { $0.allowed && $0.rule == "__internal/passthrough" })
            #expect(
                matrix.warnings.first?.hasPrefix("Anonymous clients are let in and acl_mode is passthrough") == true)
            let explanation = try await engine.explain(self.explain(.anonymous, .read, "t"))
            #expect(explanation.allowed && explanation.steps.isEmpty)
        }
    }

    @Test func `subjects that are not let in are warned about`() async throws {
        let tokensOnly = EngineWorld.configuration(Self.policies, authentication: [EngineWorld.token])
        try await EngineWorld.run(tokensOnly) { engine in
            let matrix = try await engine.accessMatrix(
                AccessMatrixQuestion(virtualCluster: "team", subject: .anonymous, resources: []))
            #expect(matrix.warnings.contains { $0.contains("has no anonymous authentication rule") })
        }
        let anonymousOnly = EngineWorld.configuration(Self.policies, authentication: [.anonymous])
        try await EngineWorld.run(anonymousOnly) { engine in
            let matrix = try await engine.accessMatrix(
                AccessMatrixQuestion(virtualCluster: "team", subject: Self.ali, resources: []))
            #expect(matrix.warnings.contains { $0.contains("takes no tokens") })
        }
    }

    @Test func `questions that cannot be answered are refused with a sentence`() async throws {
        try await EngineWorld.run(EngineWorld.configuration(Self.policies)) { engine in
            func refusal(_ question: AccessQuestion) async -> EngineClientError? {
                do {
                    _ = try await engine.explain(question)
                    return nil
                } catch { return error as? EngineClientError }
            }
            var unknown = self.explain(.anonymous, .read, "t")
            unknown.virtualCluster = "nope"
            #expect(
                await refusal(unknown)
                    == EngineClientError("There is no virtual cluster 'nope'.", kind: .notFound))
            #expect(
                await refusal(self.explain(.anonymous, .write, "g", .group))
                    == EngineClientError(
                        "Kafka has no operation write on resource type group, only describe, describe_configs, read, "
                            + "delete, alter_configs.", kind: .invalid))
            #expect(
                await refusal(self.explain(.token("a.b"), .read, "t"))
                    == EngineClientError(
                        "Virtual cluster 'team' refuses the token. The token has 2 parts, a signed JSON Web Token has 3.",
                        kind: .invalid))
            let broken = EngineWorld.policy(
                "broken", condition: "context.auth.", EngineWorld.rule(.topic, .allow, .read, names: .globs(["*"])))
            let error = await refusal(self.explain(.anonymous, .read, "t", rules: .only([broken])))
            #expect(error?.kind == .invalid)
            #expect(error?.message.hasPrefix("Policy 'broken', condition:") == true)
        }
    }
}
