import EngineInterface
import Foundation
import JSON
import ResourceFixtures
import Resources
import Testing

@testable import Console

struct ClientNeedsTests {
    private static func denial(
        _ api: String, _ operation: ACLOperation, _ type: ResourceType, _ name: String, principal: String = "p",
        session: UInt64 = 1, address: String = "10.0.0.4:1", clientID: String? = "app", sequence: UInt64 = 1
    ) -> DecisionRecord {
        DecisionRecord(
            sequence: sequence, eventLoop: 0, ordinal: sequence,
            time: TestConsole.start.addingTimeInterval(Double(sequence)), gateway: "edge-1",
            virtualCluster: "vc-orders", principal: principal, sessionID: session, remoteAddress: address,
            clientID: clientID, api: api, resourceType: type, resourceName: name, operation: operation,
            verdict: .denied, rule: "__internal/default-deny", reason: "because")
    }

    static let place = ClusterPlace(
        TestEngine.configuration.gateways[0].virtualClusters[0].virtualCluster, in: TestEngine.gateway)

    private static func proposal(_ record: DecisionRecord, after others: [DecisionRecord] = []) -> RuleProposal {
        var log = DecisionLog()
        log.append(others)
        return RuleProposal(record, cluster: Self.place, log: log, taken: [], now: TestConsole.start)
    }

    private static func summaries(_ proposal: RuleProposal) -> [String: [String]] {
        Dictionary(proposal.choices.map { ($0.title, $0.policy.summary) }, uniquingKeysWith: { first, _ in first })
    }

    @Test func `a producer that is denied WRITE gets describe and write`() {
        let proposal = Self.proposal(Self.denial("Produce", .write, .topic, "orders"))
        #expect(
            Self.summaries(proposal) == [
                "least": ["allow write on topic orders"], "produce": ["allow describe, write on topic orders"],
            ])
    }

    @Test func `a client that only asked for metadata may be a producer or a consumer`() {
        let proposal = Self.proposal(Self.denial("Metadata", .describe, .topic, "orders"))
        #expect(proposal.choices.map(\.title) == ["least", "produce", "consume"])
        #expect(
            Self.summaries(proposal)["consume"] == [
                "allow describe, read on topic orders", "allow describe, read on group *",
            ])
        #expect(proposal.choices[2].unknown.count == 1)
        #expect(proposal.choices[1].unknown.isEmpty)
    }

    @Test func `what the client asked for before says what its metadata request was for`() {
        let proposal = Self.proposal(
            Self.denial("Metadata", .describe, .topic, "orders", sequence: 9),
            after: [
                Self.denial("FindCoordinator", .describe, .group, "billing", sequence: 1),
                Self.denial("JoinGroup", .read, .group, "billing", sequence: 2),
                Self.denial("Produce", .write, .topic, "other", principal: "somebody else", sequence: 3),
                Self.denial("Produce", .write, .topic, "third", session: 7, clientID: "another app", sequence: 4),
            ])
        #expect(proposal.choices.map(\.title) == ["least", "consume"])
        #expect(
            Self.summaries(proposal)["consume"] == [
                "allow describe, read on topic orders", "allow describe, read on group billing",
            ])
    }

    @Test func `a client that connects again is the same when its principal, id and host are`() {
        let proposal = Self.proposal(
            Self.denial("Produce", .write, .topic, "orders", session: 9, address: "10.0.0.4:9", sequence: 9),
            after: [Self.denial("Produce", .write, .topic, "audit", session: 8, address: "10.0.0.4:8", sequence: 1)])
        #expect(Self.summaries(proposal)["produce"] == ["allow describe, write on topic orders, audit"])
    }

    @Test func `a topic that a client reads is none that it writes to, and is administered by nobody`() {
        let proposal = Self.proposal(
            Self.denial("Produce", .write, .topic, "out", sequence: 9),
            after: [
                Self.denial("Fetch", .read, .topic, "in", sequence: 1),
                Self.denial("Metadata", .describe, .topic, "either", sequence: 2),
                Self.denial("DeleteTopics", .delete, .topic, "old", sequence: 3),
            ])
        #expect(
            Self.summaries(proposal) == [
                "least": ["allow write on topic out"], "produce": ["allow describe, write on topic out, either"],
            ])
        let administration = Self.proposal(
            Self.denial("DeleteTopics", .delete, .topic, "old", sequence: 9),
            after: [
                Self.denial("Produce", .write, .topic, "out", sequence: 1),
                Self.denial("Metadata", .describe, .topic, "either", sequence: 2),
            ])
        #expect(
            Self.summaries(administration)["administer"] == [
                "allow describe, describe_configs, create, delete, alter, alter_configs on topic old"
            ])
    }

    @Test(arguments: [
        "日本", "", "-", "--x--", String(repeating: "a-", count: 60), String(repeating: "a", count: 59) + "-b", "o'brien",
        "Orders.v1", "🦀",
    ])
    func `the policies are named as entities may be, whatever the principal and the topic are called`(name: String) {
        let proposal = Self.proposal(Self.denial("Produce", .write, .topic, name, principal: name))
        for choice in proposal.choices {
            #expect(StringRule.entityName.faults(choice.policy.name).isEmpty, "\(choice.policy.name)")
        }
        var engine = TestEngine()
        engine.connect("10.0.0.1:1", principal: name)
        let block = PrincipalBlock(
            engine.connections[0], principal: ClientPrincipal(name, authentication: "sasl_oauth_bearer"),
            cluster: Self.place, taken: [], now: TestConsole.start)
        #expect(StringRule.entityName.faults(block.policy.name).isEmpty, "\(block.policy.name)")
    }

    @Test func `denials that a rule would have prevented are counted anew once a second`() {
        func denials(_ count: UInt64, from first: UInt64) -> [DecisionRecord] {
            (first..<first + count).map { Self.denial("Produce", .write, .topic, "a*b", sequence: $0) }
        }
        var log = DecisionLog()
        log.append(denials(3, from: 1) + [Self.denial("Produce", .write, .topic, "axb", sequence: 4)])
        var proposal = RuleProposal(
            denials(1, from: 1)[0], cluster: Self.place, log: log, taken: [], now: TestConsole.start)
        proposal.countPrevented(in: log, now: TestConsole.start)
        #expect(proposal.preventedDenials == 3)
        log.append(denials(2, from: 5))
        proposal.countPrevented(in: log, now: TestConsole.start.addingTimeInterval(0.25))
        #expect(proposal.preventedDenials == 3)
        proposal.countPrevented(in: log, now: TestConsole.start.addingTimeInterval(1))
        #expect(proposal.preventedDenials == 5)
    }

    @Test func `an idempotent and a transactional producer get what goes with it`() {
        let idempotent = Self.proposal(
            Self.denial("InitProducerId", .idempotentWrite, .cluster, "kafka-cluster", sequence: 5),
            after: [Self.denial("Metadata", .describe, .topic, "orders", sequence: 1)])
        #expect(
            Self.summaries(idempotent)["produce"] == [
                "allow describe, write on topic orders", "allow idempotent_write on cluster",
            ])
        let transactional = Self.proposal(
            Self.denial("InitProducerId", .write, .transactionalID, "pay-1", sequence: 5),
            after: [
                Self.denial("Metadata", .describe, .topic, "orders", sequence: 1),
                Self.denial("AddOffsetsToTxn", .read, .group, "payments", sequence: 2),
            ])
        #expect(
            Self.summaries(transactional)["produce"] == [
                "allow describe, write on topic orders", "allow describe, write on transactional_id pay-1",
                "allow read, describe on group payments",
            ])
    }

    @Test func `an administrator gets the operations of the tools on what it asked about`() {
        let proposal = Self.proposal(Self.denial("CreateTopics", .create, .topic, "new[1]"))
        #expect(
            Self.summaries(proposal)["administer"] == [
                "allow describe, describe_configs, create, delete, alter, alter_configs on topic new\\[1\\]"
            ])
    }

    @Test func `the engine is asked about each name in the rules, also of what does not exist`() {
        let proposal = Self.proposal(Self.denial("Metadata", .describe, .topic, "new[1]"))
        #expect(
            proposal.resources == [
                .init(type: .topic, name: "new[1]"), .init(type: .group, name: "*"),
            ])
        for name in ["a", "a*b", "\\", "x[1]?", "*", "", "*\u{301}", "a\\\u{301}?\u{200D}"] {
            #expect(ProposedPolicy.name(exactly: ProposedPolicy.exact(name)) == name)
        }
    }

    @Test func `every job allows what was denied, and every policy names the principal alone`() {
        let cases: [(String, ACLOperation, ResourceType, String)] = [
            ("Produce", .write, .topic, "t"), ("Fetch", .read, .topic, "t"), ("JoinGroup", .read, .group, "g"),
            ("OffsetFetch", .describe, .group, "g"), ("Metadata", .describe, .topic, "t"),
            ("InitProducerId", .idempotentWrite, .cluster, "kafka-cluster"),
            ("InitProducerId", .write, .transactionalID, "x"), ("DeleteTopics", .delete, .topic, "t"),
            ("AlterConfigs", .alterConfigs, .topic, "t"), ("DescribeConfigs", .describeConfigs, .topic, "t"),
            ("DeleteGroups", .delete, .group, "g"),
        ]
        for (api, operation, type, name) in cases {
            let proposal = Self.proposal(Self.denial(api, operation, type, name, principal: "o'brien"))
            for choice in proposal.choices {
                let rules = choice.policy.policy.rules
                #expect(
                    rules.contains { rule in
                        rule.resourceType == type && rule.operations.contains { $0.name == operation }
                    }, "\(api) \(operation) \(choice.title)")
                #expect(choice.policy.policy.condition == "context.auth.principal.name == 'o\\'brien'")
                #expect(Set(proposal.choices.map(\.policy.name)).count == proposal.choices.count)
            }
        }
    }

    @Test func `Tab turns to the rule for the job, and A puts that one in force`() throws {
        var console = DecisionsScreenTests.proposing(Size(columns: 120, rows: 36))
        _ = console.takeEffects()
        #expect(console.screen.contains("rule for  [least]"))
        #expect(console.screen.contains("with least:"))
        #expect(console.screen.contains("with produce:"))
        console.press("Tab")
        #expect(console.screen.contains("[produce]"))
        #expect(console.screen.contains("name: allow-anonymous-to-produce"))
        console.press("A")
        #expect(console.screen.contains("+ allow describe, write on topic"))
        console.press("y")
        let calls = DecisionsScreenTests.requests(console.takeEffects()).compactMap { request in
            if case .manage(let calls) = request.question { calls } else { nil }
        }
        let body = try #require(calls.first?.flatMap(\.changes).first?.body)
        guard case .object(let object) = body else {
            Issue.record("\(body)")
            return
        }
        #expect(object["name"] == .string("allow-anonymous-to-produce"))
        console.press("Shift-Tab")
    }
}
