import EngineInterface
import JSON
import Policies
import Resources
import Testing

@testable import Gateway

@Suite struct TokenRiskTests {
    private func check(
        _ names: String, claims: [String: String], type: ResourceType = .topic
    ) throws -> TokenCheckReport.Check {
        let policies = [EngineWorld.policy("p", EngineWorld.rule(type, .allow, .read, names: .expression(names)))]
        let context = SessionPrincipal(
            type: .saslOAuthBearer, name: "ali",
            claims: .object(JSONObject(uniqueMembers: claims.mapValues { .string($0) }))
        )
        .authenticationContext
        return TokenRisk.check(
            context, rules: try CompiledACL(policies: policies).ruleSet(for: context), policies: policies)
    }

    @Test func `a claim that becomes a pattern and has wildcards is a risk`() throws {
        let check = try self.check(
            "[glob(context.auth.token.claims.team)]", claims: ["team": "a*"])
        #expect(check.outcome == .warning)
        #expect(check.detail == "p[0] takes context.auth.token.claims.team as a pattern, and it has wildcards.")
    }

    @Test func `wildcards in a claim that stays literal are none`() throws {
        let check = try self.check(
            "[context.auth.token.claims.team + \"-*\"]", claims: ["team": "a*"])
        #expect(check.outcome == .passed)
        #expect(check.detail == "Wildcards in context.auth.token.claims.team are taken literally.")
    }

    @Test func `an empty claim beside a wildcard is told, and the rule fails closed`() throws {
        let check = try self.check(
            "[context.auth.token.claims.team + \"*\"]", claims: ["team": ""], type: .group)
        #expect(check.outcome == .warning)
        #expect(check.detail == "p[0] matches nothing because a value beside a wildcard is empty.")
    }

    @Test func `plain values pass, and passthrough has nothing to look at`() throws {
        let check = try self.check("[context.auth.token.claims.team]", claims: ["team": "a"])
        #expect(check.outcome == .passed)
        #expect(TokenRisk.check(.anonymous, rules: nil, policies: []).outcome == .skipped)
    }

    @Test func `the engine adds it as the tenth check`() async throws {
        try await EngineWorld.run(EngineWorld.configuration([])) { engine in
            let report = try await engine.checkToken("opaque", virtualCluster: "team")
            #expect(
                report.checks.map(\.name) == [
                    "shape", "algorithm", "key", "signature", "issuer", "audience", "time", "scope", "principal",
                    "glob risk",
                ])
            #expect(!report.accepted)
            #expect(report.checks.last?.outcome == .skipped)
        }
    }
}
