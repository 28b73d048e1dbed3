import Foundation
import KafkaProtocol
import NIOCore
import Policies
import Resources
import Testing

@testable import Gateway

/// The world of the recordings: `Fixtures/world.json`, its rules as a policy of the gateway.
struct OracleWorld: Decodable {
    struct Rule: Decodable {
        var principal: String
        var resource_type: String
        var name: String
        var pattern: String
        var operation: String
        var permission: String
        var host: String
    }

    var acls: [Rule]
    /// Ids as hex, by name.
    var topics: [String: String]

    static let shared: OracleWorld = {
        do {
            let url = try #require(Bundle.module.url(forResource: "Fixtures/world", withExtension: "json"))
            return try JSONDecoder().decode(OracleWorld.self, from: Data(contentsOf: url))
        } catch {
            Issue.record("the fixture cannot be read: \(error)")
            return OracleWorld(acls: [], topics: [:])
        }
    }()

    /// - Parameter actsAsBroker: the gateway's rules have no cluster action of its own; `all` on the cluster has it.
    func rules(for principal: String, actsAsBroker: Bool) throws -> ACLRuleSet {
        var rules: [ACLRule] = []
        if principal == "admin" {
            rules = ResourceType.allCases.map { Self.rule($0, .allow, .all, "*") }
        }
        if actsAsBroker { rules.append(Self.rule(.cluster, .allow, .all, "*")) }
        for acl in self.acls where acl.principal == "User:\(principal)" || acl.principal == "User:*" {
            guard acl.host == "*" || acl.host == "127.0.0.1", principal != "admin",
                let type = ResourceType(rawValue: acl.resource_type.lowercased()),
                let operation = ACLOperation(rawValue: acl.operation.lowercased())
            else { continue }
            rules.append(
                Self.rule(
                    type, acl.permission == "DENY" ? .deny : .allow, operation,
                    acl.pattern == "PREFIXED" ? acl.name + "*" : acl.name))
        }
        return try Self.ruleSet(rules)
    }

    static func rule(
        _ type: ResourceType, _ action: ACLRule.Action, _ operation: ACLOperation, _ glob: String
    ) -> ACLRule {
        ACLRule(resourceType: type, action: action, operations: [operation], resourceNames: .globs([glob]))
    }

    static func ruleSet(_ rules: [ACLRule]) throws -> ACLRuleSet {
        let policy = ClusterPolicy(
            id: "p", name: "acl_policy", config: .acls(ACLConfiguration(rules: rules)), createdAt: .distantPast,
            updatedAt: .distantPast)
        return try CompiledACL(policies: [policy]).ruleSet(for: .anonymous)
    }
}

/// A session of one principal, on a listener whose port 29291 is the recorded broker's.
struct OracleSession {
    let facts: SessionFacts
    private(set) var ids: [KafkaUUID: String] = [:]

    init(_ record: OracleRecord) throws {
        let actsAsBroker =
            record.principal == "erin"
            && (["follower", "batch-type-2", "broker-form"].contains(record.case)
                || record.key == .offsetForLeaderEpoch)
        let rules = try OracleWorld.shared.rules(for: record.principal, actsAsBroker: actsAsBroker)
        self.facts = .test(rules: rules)
        for (name, id) in OracleWorld.shared.topics { self.ids[KafkaUUID(hex: id)] = name }
        for (id, name) in record.ids ?? [:] { self.ids[KafkaUUID(hex: id)] = name }
    }

    /// What the backend says to a question of the gateway's own.
    func answers(to question: TopicQuestion) throws -> TopicAnswers {
        var message = MetadataResponse()
        let asked: [(KafkaUUID, String?)] =
            switch question {
            case .ids(let ids): ids.map { ($0, self.ids[$0]) }
            case .names(let names): names.map { (.zero, $0) }
            case .all: self.ids.map { ($0.key, $0.value) }
            }
        let existing = try OracleRecord.topicsOfBackend()
        message.topics = asked.map { id, name in
            var row = MetadataResponse.MetadataResponseTopic()
            row.name = name
            row.topicId = id
            if name == nil { row.errorCode = KafkaErrorCode.unknownTopicId.rawValue }
            guard id == .zero else { return row }
            row.errorCode = KafkaErrorCode.unknownTopicOrPartition.rawValue
            return existing.first { $0.name == name } ?? row
        }
        var body = ByteBuffer()
        message.encode(into: &body, version: 13)
        return try question.answers(body: body, version: 13, names: self.facts.topicNames)
    }

    func plan(_ api: APIKey, _ version: Int16, _ body: ByteBuffer) throws -> RequestPlan {
        let plan = try RequestEvaluator.plan(api: api, version: version, body: body, facts: self.facts)
        guard case .ask(let question) = plan.verdict else { return plan }
        var answers = try self.answers(to: question)
        let second = try RequestEvaluator.plan(
            api: api, version: version, body: body, facts: self.facts, answers: answers)
        guard case .match(let question) = second.verdict else { return second }
        answers.matches = question.matches()
        return try RequestEvaluator.plan(api: api, version: version, body: body, facts: self.facts, answers: answers)
    }
}

extension SessionFacts {
    static func test(rules: ACLRuleSet?, ports: [ClosedRange<Int>] = [29_290...29_292]) -> SessionFacts {
        guard let mapping = PortMapping(ports: ports, bootstrap: .atStart, minimumBrokerID: 1) else {
            preconditionFailure("A listener has ports.")
        }
        return SessionFacts(
            authorizer: SessionAuthorizer(rules: rules),
            endpoints: BrokerEndpoints(advertisedHost: "127.0.0.1", mapping: mapping), topicNames: TopicNames())
    }
}
