import KafkaProtocol
import NIOCore
import Resources
import Testing

@testable import Gateway

/// A Metadata request may create topics on the way: never one that the client may not create.
@Suite struct TopicCreationTests {
    private func facts(describes: [String], creates: [String]) throws -> SessionFacts {
        let rules =
            describes.map { OracleWorld.rule(.topic, .allow, .describe, $0) }
            + creates.map { OracleWorld.rule(.topic, .allow, .create, $0) }
        return .test(rules: try OracleWorld.ruleSet(rules))
    }

    private func plan(
        _ names: [String], _ version: Int16, _ facts: SessionFacts, _ answers: TopicAnswers? = nil
    ) throws -> RequestPlan {
        var request = MetadataRequest()
        request.topics = names.map { name in
            var topic = MetadataRequest.MetadataRequestTopic()
            topic.name = name
            return topic
        }
        var body = ByteBuffer()
        request.encode(into: &body, version: version)
        return try RequestEvaluator.plan(api: .metadata, version: version, body: body, facts: facts, answers: answers)
    }

    private func row(_ name: String, _ code: KafkaErrorCode) -> MetadataResponse.MetadataResponseTopic {
        var row = MetadataResponse.MetadataResponseTopic()
        row.name = name
        row.errorCode = code.rawValue
        return row
    }

    private func codes(
        _ plan: RequestPlan, _ rows: [MetadataResponse.MetadataResponseTopic], _ version: Int16, _ facts: SessionFacts
    ) throws -> [String: Int16] {
        var response = MetadataResponse()
        response.topics = rows
        var body = ByteBuffer()
        response.encode(into: &body, version: version)
        var answer = try plan.response.apply(to: body, version: version, facts: facts).body
        let message = try MetadataResponse(from: &answer, version: version)
        return Dictionary(uniqueKeysWithValues: message.topics.map { ($0.name ?? "", $0.errorCode) })
    }

    @Test(arguments: [Int16(4), 9, 12, 13])
    func `when none may be created the backend is told not to`(version: Int16) throws {
        let facts = try self.facts(describes: ["old", "new"], creates: [])
        let plan = try self.plan(["old", "new"], version, facts)
        guard case .forwardRewritten(var body) = plan.verdict else {
            Issue.record("\(plan.verdict)")
            return
        }
        #expect(try !MetadataRequest(from: &body, version: version).allowAutoTopicCreation)
        let rows = [self.row("old", .none), self.row("new", .unknownTopicOrPartition)]
        #expect(try self.codes(plan, rows, version, facts) == ["old": 0, "new": 29])
    }

    @Test(arguments: 0...13)
    func `what may not be created is asked for apart from what may`(number: Int) throws {
        let version = Int16(number)
        let facts = try self.facts(describes: ["old", "new", "mine"], creates: ["mine"])
        let first = try self.plan(["old", "new", "mine", "hidden"], version, facts)
        #expect(first.verdict == .ask(.names(["new", "old"])))
        var answers = TopicAnswers()
        answers.topics["old"] = self.row("old", .none)
        answers.topics["new"] = self.row("new", .unknownTopicOrPartition)
        let second = try self.plan(["old", "new", "mine", "hidden"], version, facts, answers)
        guard case .forwardRewritten(var body) = second.verdict else {
            Issue.record("\(second.verdict)")
            return
        }
        #expect(try MetadataRequest(from: &body, version: version).topics?.map(\.name) == ["mine"])
        #expect(
            try self.codes(second, [self.row("mine", .unknownTopicOrPartition)], version, facts)
                == ["old": 0, "new": 29, "mine": 3, "hidden": 29])
    }

    @Test(arguments: [Int16(4), 12])
    func `a name that no topic can have is denied like any other that may not be created`(version: Int16) throws {
        let facts = try self.facts(describes: ["a b", "mine"], creates: ["mine"])
        let alone = try self.plan(["a b"], version, facts)
        #expect(try self.codes(alone, [self.row("a b", .invalidTopicException)], version, facts) == ["a b": 29])
        var answers = TopicAnswers()
        answers.topics["a b"] = self.row("a b", .invalidTopicException)
        let beside = try self.plan(["a b", "mine"], version, facts, answers)
        #expect(try self.codes(beside, [self.row("mine", .none)], version, facts) == ["a b": 29, "mine": 0])
    }

    @Test func `in version 0 an empty rest asks for everything, and nothing of it shows`() throws {
        let facts = try self.facts(describes: [], creates: [])
        let plan = try self.plan(["hidden"], 0, facts)
        #expect(try self.codes(plan, [self.row("secret", .none)], 0, facts) == ["hidden": 29])
    }

    @Test func `a question creates nothing and its answer teaches the ids`() throws {
        let names = TopicNames()
        #expect(!TopicQuestion.names(["a"]).request.allowAutoTopicCreation)
        #expect(TopicQuestion.all.request.topics == nil)
        var known = self.row("a", .none)
        known.topicId = KafkaUUID(high: 1, low: 2)
        var response = MetadataResponse()
        response.topics = [known]
        var body = ByteBuffer()
        response.encode(into: &body, version: 12)
        let answers = try TopicQuestion.ids([known.topicId]).answers(body: body, version: 12, names: names)
        #expect(answers.topics.isEmpty)
        #expect(names.name(of: known.topicId) == "a")
    }

    @Test func `a topic that was made anew is known by its new id alone`() {
        let names = TopicNames()
        let (old, new) = (KafkaUUID(high: 1, low: 1), KafkaUUID(high: 2, low: 2))
        names.learn(old, "t")
        names.learn(new, "t")
        #expect(names.name(of: old) == nil)
        #expect(names.name(of: new) == "t")
        names.learn(.zero, "none")
        #expect(names.name(of: .zero) == nil)
    }

    @Test func `what a session forgets it finds among what others know`() {
        final class Shared { var names: [KafkaUUID: String] = [:] }
        let shared = Shared()
        let names = TopicNames(shared: { shared.names[$0] }, share: { shared.names[$0] = $1 })
        for number in 1...UInt64(TopicNames.capacity + 50) {
            names.learn(KafkaUUID(high: number, low: 0), "t\(number)")
        }
        #expect(names.name(of: KafkaUUID(high: 3, low: 0)) == "t3")
    }
}
