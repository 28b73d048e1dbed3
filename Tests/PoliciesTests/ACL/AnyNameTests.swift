import Policies
import Resources
import Testing

/// "Write on any one topic": Kafka's rule for idempotent producers.
@Suite struct AnyNameTests {
    @Test(
        arguments: [
            // An allow that stands alone, of every shape.
            ([allow([.write], ["x-write"])], true), ([allow([.write], ["x-*"])], true), ([allow([.all], ["*"])], true),
            ([allow([.write], ["x?"])], true),
            // Nothing, or another operation, or another type.
            ([], false), ([allow([.read], ["*"])], false), ([allow([.write], ["*"], on: .group)], false),
            // The oracle's erin: Write on x-write, all of x- denied.
            ([allow([.read], ["*"]), allow([.write], ["x-write"]), deny([.write], ["x-*"])], false),
            // Covered by the same name, a wider prefix, everything, `all`.
            ([allow([.write], ["x-write"]), deny([.write], ["x-write"])], false),
            ([allow([.write], ["x-y-*"]), deny([.write], ["x-*"])], false),
            ([allow([.write], ["*"]), deny([.write], ["*"])], false),
            ([allow([.write], ["a", "b*"]), deny([.all], ["*"])], false),
            // Not covered: narrower, or another operation.
            ([allow([.write], ["x-*"]), deny([.write], ["x-write"])], true),
            ([allow([.write], ["*"]), deny([.write], ["x-*"])], true),
            ([allow([.write], ["x-*"]), deny([.write], ["x-y-*"])], true),
            ([allow([.write], ["x-write"]), deny([.read], ["*"])], true),
            // One of two is left.
            ([allow([.write], ["x-write", "y"]), deny([.write], ["x-*"])], true),
            // General patterns.
            ([allow([.write], ["x-?-y"]), deny([.write], ["x-*"])], false),
            ([allow([.write], ["x-*-y"]), deny([.write], ["*-y"])], false),
            ([allow([.write], ["x-*-y"]), deny([.write], ["*-z"])], true),
        ] as [([ACLRule], Bool)])
    func `an allow that no deny covers`(rules: [ACLRule], expected: Bool) throws {
        #expect(try ruleSet([policy(rules)]).decideOnAnyName(.write, on: .topic).isAllowed == expected)
    }

    @Test func `a deny of another policy covers too, and is named`() throws {
        let rules = try ruleSet([
            policy([allow([.write], ["x-write"])], name: "a"), policy([deny([.write], ["x-*"])], name: "b"),
        ])
        let decision = rules.decideOnAnyName(.write, on: .topic)
        #expect(decision == ACLDecision(isAllowed: false, rule: 1))
        #expect(
            rules.reasonOnAnyName(for: decision, operation: .write, on: .topic)
                == "Each rule that allows write on a topic is covered by a deny rule: b[0] denies write on some topics."
        )
        #expect(
            try ruleSet([ClusterPolicy]()).reasonOnAnyName(for: .defaultDeny, operation: .write, on: .topic)
                == "No rule allows write on any topic.")
    }
}
