import Resources
import Testing

@Suite struct RuleNameTests {
    @Test(arguments: [
        ("acl_policy[0]", "acl_policy[0]", "acl_policy"), ("a[b][12]", "a[b][12]", "a[b]"),
        ("__internal/default-deny", "default-deny", "default-deny"), ("odd[x]", "odd[x]", "odd[x]"), ("[]", "[]", "[]"),
        ("acl_policy", "acl_policy", "acl_policy"),
    ])
    func `a rule is shown by the name that the engine counts it under`(name: String, shown: String, policy: String) {
        #expect(RuleName.shown(name) == shown)
        #expect(RuleName.policy(name) == policy)
    }

    @Test func `a name is made of the policy and the rule's place from 0`() {
        #expect(RuleName.name(policy: "acl_policy", rule: 0) == "acl_policy[0]")
        #expect(RuleName.name(policy: "acl_policy", rule: nil) == "acl_policy")
        #expect(RuleName.policy(RuleName.name(policy: "p", rule: 7)) == "p")
    }
}
