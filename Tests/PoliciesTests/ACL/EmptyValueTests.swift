import Policies
import PolicyExpressions
import Resources
import Testing

/// An empty value of an identity never widens a pattern: the rule fails instead, and a rule that fails is closed.
@Suite struct EmptyValueTests {
    private static let empty: ExpressionValue = ["p": "", "list": [], "some": ["", "a"], "text": "x"]

    @Test(arguments: [
        "[context.auth.token.claims.p + '*']", "['*' + context.auth.token.claims.p]",
        "['a' + context.auth.token.claims.p + '*']", "[context.auth.token.claims.p + '?*']",
        "[context.auth.token.claims.p + '[a-z]*']", "[glob(context.auth.token.claims.p) + '*']",
        "[context.auth.token.claims.list.join('-') + '*']",
        "context.auth.token.claims.some.map(value, value + '*')",
        "[context.auth.token.claims.text.substring(0, 0) + '*']",
        "[context.auth.token.claims.text.split('x')[0] + '*']",
        "[context.auth.token.claims.p.lowerAscii() + '*']",
    ])
    func `beside a wildcard it is a failure`(names: String) throws {
        let acl: CompiledACL
        do {
            acl = try CompiledACL(policies: [
                policy([
                    rule(.allow, [.read], names: names), rule(.deny, [.write], names: names), allow([.write], ["w"]),
                ])
            ])
        } catch {
            // The language has no such function: then nothing can be widened by it either.
            return
        }
        let rules = acl.ruleSet(for: oauth("a", claims: Self.empty))
        for name in ["secret", "a", "", "*", "zz"] { #expect(!rules.allows(.read, name), "\(names) allows \(name)") }
        #expect(!rules.allows(.write, "w"))
        #expect(rules.problems.count == 2)
    }

    @Test func `a name without wildcards may be empty, and a value that is there widens nothing`() throws {
        let acl = try CompiledACL(policies: [
            policy([rule(.allow, [.read], names: "[context.auth.token.claims.p, context.auth.token.claims.text + '*']")]
            )
        ])
        let rules = acl.ruleSet(for: oauth("a", claims: Self.empty))
        #expect(rules.problems.isEmpty)
        #expect(rules.allows(.read, "x1"))
        #expect(!rules.allows(.read, "y"))
    }

    @Test func `identities for which all expressions come to the same have one evaluation`() throws {
        let acl = try CompiledACL(policies: [
            policy(
                [rule(.allow, [.read], names: "[context.auth.token.claims.p + '-*']")],
                condition: "context.auth.principal.name != 'root'")
        ])
        let first = acl.evaluation(for: oauth("a", claims: ["p": "team", "exp": 1]))
        #expect(first == acl.evaluation(for: oauth("b", claims: ["p": "team", "exp": 2])))
        #expect(first != acl.evaluation(for: oauth("b", claims: ["p": "other"])))
        #expect(first != acl.evaluation(for: oauth("root", claims: ["p": "team"])))
        // Two spellings of a letter are two names.
        #expect(
            acl.evaluation(for: oauth("a", claims: ["p": "caf\u{e9}"]))
                != acl.evaluation(for: oauth("a", claims: ["p": "cafe\u{301}"])))
    }
}
