import Policies
import PolicyExpressions
import Resources
import Testing

@Suite struct CompiledACLTests {
    @Test func `a condition chooses the sessions`() throws {
        let acl = try CompiledACL(policies: [
            policy([allow([.read], ["*"])], condition: "context.auth.principal.name == \"4f1c\"")
        ])
        #expect(acl.ruleSet(for: oauth("4f1c")).allows(.read, "my-test-topic"))
        #expect(!acl.ruleSet(for: oauth("other")).allows(.read, "my-test-topic"))
        #expect(!acl.ruleSet(for: .anonymous).allows(.read, "my-test-topic"))
    }

    @Test(arguments: [nil, "", "  ", "true"])
    func `no condition means always`(condition: String?) throws {
        #expect(try ruleSet([policy([allow([.read], ["*"])], condition: condition)]).allows(.read, "t"))
    }

    @Test func `a disabled policy does not count and is not compiled`() throws {
        let rules = try ruleSet([policy([allow([.read], ["*"])], condition: "nonsense", enabled: false)])
        #expect(rules.decide(.read, on: .topic, named: "t") == .defaultDeny)
    }

    @Test func `an expression that does not compile is named with its place`() throws {
        let error = #expect(throws: ACLConfigurationError.self) {
            try CompiledACL(policies: [
                policy([allow([.read], ["*"]), rule(.allow, [.read], names: "[context.topic.name]")], name: nil)
            ])
        }
        #expect(error?.policy == "1f0c")
        #expect(error?.field == "config.rules[1].resource_names")
        #expect(error?.error.column == 2)
        #expect(
            error?.description.hasPrefix(
                "Policy '1f0c', config.rules[1].resource_names: Column 2: 'context.topic' is not available here;")
                == true)
        #expect(throws: ACLConfigurationError.self) { try CompiledACL(policies: [policy([], condition: "1")]) }
    }

    @Test func `names come from the identity and stay literal`() throws {
        let acl = try CompiledACL(policies: [
            policy([rule(.allow, [.write], names: "[context.auth.principal.name + '-*']")])
        ])
        let alice = acl.ruleSet(for: oauth("alice"))
        #expect(alice.allows(.write, "alice-1"))
        #expect(!alice.allows(.write, "bob-1"))
        let star = acl.ruleSet(for: oauth("ali*"))
        #expect(star.allows(.write, "ali*-1"))
        #expect(!star.allows(.write, "alice-1"))
        #expect(
            star.reason(
                for: star.decide(.write, on: .topic, named: "ali*-1"), operation: .write, on: .topic, named: "ali*-1")
                == "acl_policy[0] allows write on topics matching 'ali\\*-*'.")
    }

    @Test func `glob makes patterns of claims on purpose`() throws {
        let names =
            "context.auth.type == 'sasl_oauth_bearer' ? glob(context.auth.token.claims['topics']) : ['public-*']"
        let acl = try CompiledACL(policies: [policy([rule(.allow, [.read], names: names)])])
        let session = acl.ruleSet(for: oauth("a", claims: ["topics": ["team-*", "x"]]))
        #expect(session.allows(.read, "team-1"))
        #expect(!session.allows(.read, "public-1"))
        #expect(acl.ruleSet(for: .anonymous).allows(.read, "public-1"))
    }

    @Test func `failing names allow nothing and deny everything`() throws {
        let names = "[context.auth.token.claims.p + '*']"
        let acl = try CompiledACL(policies: [
            policy([rule(.allow, [.read], names: names), rule(.deny, [.write], names: names), allow([.write], ["w"])])
        ])
        let anonymous = acl.ruleSet(for: .anonymous)
        #expect(anonymous.decide(.read, on: .topic, named: "t") == .defaultDeny)
        #expect(anonymous.decide(.write, on: .topic, named: "w") == ACLDecision(isAllowed: false, rule: 1))
        #expect(!anonymous.decideOnAnyName(.write, on: .topic).isAllowed)
        #expect(
            anonymous.problems == [
                "acl_policy[0]: resource_names failed, so this allow rule matches nothing. Column 2: "
                    + "'context.auth.token.claims.p' is absent; test it first, for example with has(...).",
                "acl_policy[1]: resource_names failed, so this deny rule matches every name. Column 2: "
                    + "'context.auth.token.claims.p' is absent; test it first, for example with has(...).",
            ])
        let known = acl.ruleSet(for: oauth("a", claims: ["p": "t"]))
        #expect(known.problems.isEmpty)
        #expect(known.allows(.read, "t1"))
        #expect(known.allows(.write, "w"))
    }

    @Test func `a failing condition leaves deny rules only`() throws {
        let condition = "context.auth.token.claims.level > 3"
        let acl = try CompiledACL(policies: [
            policy([allow([.read], ["*"])], name: "allows", condition: condition),
            policy([allow([.write], ["*"]), deny([.read], ["d"])], name: "both", condition: condition),
            policy([allow([.read], ["*"])], name: "base"),
        ])
        let anonymous = acl.ruleSet(for: .anonymous)
        #expect(!anonymous.allows(.write, "t"))
        #expect(!anonymous.allows(.read, "d"))
        #expect(anonymous.ruleName(anonymous.decide(.read, on: .topic, named: "t").rule) == "base[0]")
        #expect(anonymous.problems.count == 2)
        #expect(anonymous.problems.last?.hasPrefix("both: the condition failed, so only its deny rules hold.") == true)
        #expect(anonymous.explain(.write, on: .topic, named: "t").isEmpty)
        let high = acl.ruleSet(for: oauth("a", claims: ["level": 4]))
        #expect(high.allows(.write, "t"))
        #expect(high.problems.isEmpty)
    }

    @Test func `names out of bounds are a failure`() throws {
        let acl = try CompiledACL(policies: [
            policy([rule(.allow, [.read], names: "glob(context.auth.token.claims.t)")])
        ])
        let many = ExpressionValue.array((0...50).map { .string("t\($0)") })
        #expect(
            acl.ruleSet(for: oauth("a", claims: ["t": many])).problems.first?
                .hasSuffix("resource_names of an acls rule must give at most 50 strings, not 51.") == true)
        let long = ExpressionValue.array([.string(String(repeating: "x", count: 5_000))])
        #expect(
            acl.ruleSet(for: oauth("a", claims: ["t": long])).problems.first?
                .hasSuffix("A name is longer than 4096 bytes.") == true)
        #expect(!acl.ruleSet(for: oauth("a", claims: ["t": many])).allows(.read, "t1"))
    }

    /// The rules of `alice` in the recordings of a real broker, and what it answered.
    @Test(arguments: [
        (ACLOperation.read, "allowed", true), (.write, "readonly", false), (.describe, "readonly", true),
        (.describe, "denied", false), (.read, "allowed-secret", true), (.write, "allowed-secret", false),
        (.describe, "allowed-secret", true), (.read, "describable", false), (.describe, "writeonly", true),
        (.describeConfigs, "alterable", true), (.describe, "alterable", true), (.describe, "configs-only", false),
        (.describeConfigs, "configs-only", true), (.delete, "deletable-1", true), (.describe, "deletable-2", true),
        (.read, "walled", false), (.describe, "walled", true), (.write, "walled", true), (.create, "made-x", true),
        (.describe, "made-x", false), (.create, "made-cfg-1", true), (.describeConfigs, "made-cfg-1", true),
    ])
    func `rules of a real broker give its answers`(operation: ACLOperation, topic: String, expected: Bool) throws {
        let rules = try ruleSet(
            allow([.read, .write, .describe, .describeConfigs], ["allowed"]), allow([.read], ["readonly"]),
            allow([.all], ["allowed-secret"]), deny([.write], ["allowed-secret*"]), allow([.describe], ["describable"]),
            allow([.write], ["writeonly"]), allow([.alter, .alterConfigs], ["alterable"]),
            allow([.describeConfigs], ["configs-only"]), allow([.delete], ["deletable-*"]), allow([.all], ["walled"]),
            deny([.read], ["walled"]), allow([.create], ["made-*"]), allow([.describeConfigs], ["made-cfg-*"]))
        #expect(rules.allows(operation, topic) == expected)
    }
}
