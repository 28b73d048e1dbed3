import EngineInterface
import Foundation
import JSON
import Resources
import Testing

@Suite struct AccessCodingTests {
    private func decoded<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try EntityCoding.decode(type, from: Data(text.utf8))
    }

    private func text(_ value: some Encodable) throws -> String {
        String(decoding: try EntityCoding.encode(value), as: UTF8.self)
    }

    @Test func `a question is written as the API documents it, and its rules may be left out`() throws {
        let text = """
            {"operation":"read","resource_name":"orders","resource_type":"topic",\
            "subject":{"claims":{"team":"a"},"principal":"ali","type":"assumed"},"virtual_cluster":"vc"}
            """
        let question = AccessQuestion(
            virtualCluster: "vc", subject: .assumed(principal: "ali", claims: ["team": "a"]), resourceType: .topic,
            resourceName: "orders", operation: .read)
        #expect(try self.decoded(AccessQuestion.self, text) == question)
        #expect(
            try self.text(question)
                == text.replacing(#""subject""#, with: #""rules":{"type":"in_force"},"subject""#))
    }

    @Test func `every subject and target survives being written`() throws {
        for subject: AccessSubject in [.anonymous, .token("a.b.c"), .assumed(principal: "ali", claims: [:])] {
            #expect(try self.decoded(AccessSubject.self, try self.text(subject)) == subject)
        }
        for target: ReachabilityTarget in [
            .backend(bootstrapServers: ["a:1"]), .jwks(url: "http://x"), .port(address: "::1", port: 9),
        ] {
            #expect(try self.decoded(ReachabilityTarget.self, try self.text(target)) == target)
        }
    }

    @Test func `a proposed policy needs nothing but its rules`() throws {
        let rules = try self.decoded(
            AccessRules.self,
            """
            {"type":"in_force_and","policies":[{"config":{"rules":[{"resource_type":"group","action":"deny",\
            "operations":[{"name":"all"}],"resource_names":[{"match":"*"}]}]}}]}
            """)
        guard case .inForceAnd(let policies) = rules, let policy = policies.first else {
            Issue.record("\(rules)")
            return
        }
        #expect(policy.type == "acls")
        #expect(policy.enabled)
        #expect(policy.rules.map(\.action) == [.deny])
        #expect(try self.decoded(AccessRules.self, try self.text(AccessRules.only(policies))) == .only(policies))
    }

    @Test func `a token does not show in descriptions`() {
        let subject = AccessSubject.token("eyJ.secret")
        #expect(!"\(subject)".contains("secret"))
        #expect(!String(reflecting: subject).contains("secret"))
    }
}
