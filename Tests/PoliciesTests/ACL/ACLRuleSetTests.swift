import Policies
import Resources
import Testing

@Suite struct ACLRuleSetTests {
    @Test func `without rules all is denied by default`() throws {
        let rules = try ruleSet([ClusterPolicy]())
        let decision = rules.decide(.read, on: .topic, named: "orders")
        #expect(decision == .defaultDeny)
        #expect(rules.ruleName(decision.rule) == "__internal/default-deny")
        #expect(
            rules.reason(for: decision, operation: .read, on: .topic, named: "orders")
                == "No rule allows read on topic 'orders'.")
    }

    @Test func `deny wins whatever the order`() throws {
        for rules in [
            [allow([.all], ["*"]), deny([.write], ["secret-*"])], [deny([.write], ["secret-*"]), allow([.all], ["*"])],
        ] {
            let rules = try ruleSet([policy(rules)])
            #expect(rules.allows(.write, "orders"))
            #expect(!rules.allows(.write, "secret-1"))
            #expect(rules.allows(.read, "secret-1"))
        }
        let apart = try ruleSet([
            policy([allow([.all], ["*"])], name: "broad"), policy([deny([.all], ["x"])], name: "narrow"),
        ])
        let decision = apart.decide(.describe, on: .topic, named: "x")
        #expect(!decision.isAllowed)
        #expect(apart.ruleName(decision.rule) == "narrow[0]")
        #expect(
            apart.reason(for: decision, operation: .describe, on: .topic, named: "x")
                == "narrow[0] denies every operation on topics matching 'x'.")
    }

    @Test(arguments: [
        (ACLOperation.read, [ACLOperation.read, .describe]), (.write, [.write, .describe]),
        (.delete, [.delete, .describe]), (.alter, [.alter, .describe]),
        (.alterConfigs, [.alterConfigs, .describeConfigs]), (.describe, [.describe]), (.create, [.create]),
        (.describeConfigs, [.describeConfigs]), (.idempotentWrite, [.idempotentWrite]), (.all, ACLOperation.allCases),
    ])
    func `an allow implies what it does in Kafka, a deny nothing`(
        operation: ACLOperation, implied: [ACLOperation]
    ) throws {
        let allowed = try ruleSet(allow([operation], ["*"]))
        let denied = try ruleSet(allow([.all], ["*"]), deny([operation], ["*"]))
        for other in ACLOperation.allCases {
            #expect(allowed.allows(other, "t") == implied.contains(other), "\(other)")
            #expect(denied.allows(other, "t") == (operation != .all && other != operation), "\(other)")
        }
    }

    @Test func `a rule holds for its resource type only`() throws {
        let rules = try ruleSet(allow([.all], ["*"], on: .group))
        #expect(rules.allows(.read, "g", on: .group))
        for type in [ResourceType.topic, .transactionalID, .cluster] {
            #expect(!rules.allows(.read, "g", on: type))
        }
    }

    @Test func `the earliest rule that matches is named`() throws {
        let rules = try ruleSet(
            allow([.read], ["a*c"]), allow([.read], ["abc"]), allow([.read], ["ab*"]), allow([.read], ["*"]),
            allow([.read], ["zz"]))
        #expect(rules.decide(.read, on: .topic, named: "abc").rule == 0)
        #expect(rules.decide(.read, on: .topic, named: "abd").rule == 2)
        #expect(rules.decide(.read, on: .topic, named: "zz").rule == 3)
        #expect(rules.ruleName(2) == "acl_policy[2]")
        #expect(
            rules.reason(for: ACLDecision(isAllowed: true, rule: 2), operation: .describe, on: .topic, named: "abd")
                == "acl_policy[2] allows read on topics matching 'ab*', and read implies describe.")
    }

    @Test func `many exact names are found`() throws {
        let rules = try ruleSet(allow([.read], (0..<5_000).map { "topic-\($0)" }), deny([.read], ["topic-77", "é"]))
        #expect(rules.allows(.read, "topic-4999"))
        #expect(!rules.allows(.read, "topic-5000"))
        #expect(!rules.allows(.read, "topic-77"))
        #expect(rules.decide(.read, on: .topic, named: "e\u{301}") == .defaultDeny)
    }

    @Test func `the cluster has one name`() throws {
        let rules = try ruleSet(allow([.create], ["kafka-cluster"], on: .cluster), allow([.alter], ["*"], on: .cluster))
        #expect(rules.allows(.create, ACLRuleSet.clusterName, on: .cluster))
        #expect(rules.allows(.alter, ACLRuleSet.clusterName, on: .cluster))
        #expect(
            rules.reason(
                for: rules.decide(.delete, on: .cluster, named: ACLRuleSet.clusterName), operation: .delete,
                on: .cluster, named: ACLRuleSet.clusterName) == "No rule allows delete on the cluster.")
    }

    @Test func `cluster action is all on the cluster and nothing less`() throws {
        #expect(try ruleSet(allow([.all], ["*"], on: .cluster)).allowsClusterAction())
        let each = ACLOperation.allCases.filter { $0 != .all }
        #expect(try !ruleSet(allow(each, ["*"], on: .cluster)).allowsClusterAction())
        #expect(
            try !ruleSet(allow([.all], ["*"], on: .cluster), deny([.all], ["kafka-*"], on: .cluster))
                .allowsClusterAction())
        #expect(try !ruleSet(allow([.all], ["*"])).allowsClusterAction())
    }

    /// Codes: Read 3, Write 4, Create 5, Delete 6, Alter 7, Describe 8, ClusterAction 9, DescribeConfigs 10,
    /// AlterConfigs 11, IdempotentWrite 12.
    @Test(
        arguments: [
            (.topic, .read, [3, 8]), (.topic, .create, [5]), (.topic, .idempotentWrite, []), (.group, .write, [8]),
            (.group, .delete, [6, 8]), (.topic, .all, [3, 4, 5, 6, 7, 8, 10, 11]), (.group, .all, [3, 6, 8, 10, 11]),
            (.cluster, .all, [5, 7, 8, 9, 10, 11, 12]), (.cluster, .alterConfigs, [10, 11]),
            (.transactionalID, .all, [4, 8]),
        ] as [(ResourceType, ACLOperation, [Int32])])
    func `authorized operations are Kafka's bits`(type: ResourceType, operation: ACLOperation, codes: [Int32]) throws {
        let rules = try ruleSet(allow([operation], ["*"], on: type))
        let bits = rules.authorizedOperations(on: type, named: ACLRuleSet.clusterName)
        #expect((0..<32).filter { bits & 1 << $0 != 0 } == codes)
    }

    @Test func `all matching rules explain a decision`() throws {
        let rules = try ruleSet(
            allow([.read], ["*"]), deny([.all], ["a*"]), allow([.write], ["zz"]), allow([.describe], ["ab", "a?"]))
        #expect(
            rules.explain(.describe, on: .topic, named: "ab") == [
                ACLMatch(rule: 1, ruleName: "acl_policy[1]", action: .deny, pattern: "a*", operation: .all),
                ACLMatch(rule: 0, ruleName: "acl_policy[0]", action: .allow, pattern: "*", operation: .read),
                ACLMatch(rule: 3, ruleName: "acl_policy[3]", action: .allow, pattern: "ab", operation: .describe),
            ])
        #expect(rules.explain(.describe, on: .group, named: "ab").isEmpty)
    }

    @Test func `a name in a sentence is one short line`() throws {
        let name = "a\n\u{1b}[31m" + String(repeating: "x", count: 500)
        let reason = try ruleSet(allow([.read], ["y"])).reason(
            for: .defaultDeny, operation: .read, on: .topic, named: name)
        #expect(reason.hasPrefix("No rule allows read on topic 'a\u{FFFD}\u{FFFD}[31mxxx"))
        #expect(reason.count < 150)
    }
}
