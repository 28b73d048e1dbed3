import EngineInterface
import KafkaProtocol
import NIOCore
import Policies
import Resources
import TestSupport
import Testing

@testable import Gateway

/// Requests as large as they may be: what is done for each element does not grow with their number.
@Suite struct ManyElementsTests {
    private static let count = GatewayLimits().requestElements

    private static let rules = [
        OracleWorld.rule(.topic, .allow, .all, "*a*"), OracleWorld.rule(.topic, .deny, .all, "*Z*"),
        OracleWorld.rule(.group, .allow, .all, "*"), OracleWorld.rule(.cluster, .allow, .describe, "*"),
        OracleWorld.rule(.transactionalID, .allow, .all, "*"),
    ]

    /// Arrays of the message's own have as many elements as they may have, all other ones few.
    private static func large(
        _ schema: MessageSchema, version: Int16, seed: UInt64
    ) -> SchemaValue.Structure {
        var generator = ValueGenerator(seed: seed, hasUnknownTags: false)
        var message = generator.message(schema, version: version)
        for field in schema.fields where field.isArray && field.versions.contains(version) {
            var elements: [SchemaValue] = []
            for _ in 0..<40 where elements.count < 50 {
                if case .array(let more)? = generator.message(schema, version: version).fields[field.name] {
                    elements += more
                }
            }
            guard !elements.isEmpty else { continue }
            message.fields[field.name] = .array((0..<Self.count).map { elements[$0 % elements.count] })
        }
        return message
    }

    @Test(arguments: APITable.rows.filter { $0.plan != nil }.map(\.api.rawValue))
    func `each decision is recorded once, however often a request names its thing`(key: Int16) throws {
        let row = try #require(APITable.row(APIKey(rawValue: key)))
        let requests = try #require(MessageSchema.requests[key])
        let version = row.versions.upperBound
        let body = requests.encode(Self.large(requests, version: version, seed: UInt64(key)), version: version)
        var facts = SessionFacts.test(rules: try OracleWorld.ruleSet(Self.rules))
        facts.maximumRequestElements = .max
        var decisions: Set<Permission> = []
        var recorded = 0
        facts.authorizer.record = {
            decisions.insert(Permission($0.operation, $0.type, $0.name))
            recorded += 1
        }
        var plan = try RequestEvaluator.plan(api: row.api, version: version, body: body, facts: facts)
        if case .ask = plan.verdict {
            let names = (0..<Self.count).map { "topic-a\($0)" }.sortedByBytes()
            var answers = TopicAnswers(TopicList(names: names))
            plan = try RequestEvaluator.plan(
                api: row.api, version: version, body: body, facts: facts, answers: answers)
            if case .match(let question) = plan.verdict {
                answers.matches = question.matches()
                plan = try RequestEvaluator.plan(
                    api: row.api, version: version, body: body, facts: facts, answers: answers)
            }
        }
        #expect(recorded <= 2 * decisions.count, "\(row.api)")
    }

    @Test func `rows of one group find what belongs to them, however many there are and in whatever order`() {
        var parts = GroupParts<Int>()
        let groups = ["g", "caf\u{e9}", "cafe\u{301}"]
        for number in 0..<(3 * 100_000) {
            parts.append(.init(denied: [number]), group: groups[number % 3])
        }
        // The groups in another order than asked, each group's rows in order.
        var found: [[Int]] = [[], [], []]
        for place in [2, 0, 1] {
            while let part = parts.next(group: groups[place]) { found[place] += part.denied }
        }
        for place in 0..<3 { #expect(found[place] == Array(stride(from: place, to: 300_000, by: 3))) }
        #expect(parts.next(group: "g") == nil)
        #expect(parts.next(group: "other") == nil)
    }

    @Test(arguments: [Int16(8), 9])
    func `offsets of groups that are answered in another order keep their own refusals`(version: Int16) throws {
        let session = Evaluating(
            facts: .test(
                rules: try OracleWorld.ruleSet([
                    OracleWorld.rule(.group, .allow, .describe, "*"),
                    OracleWorld.rule(.topic, .allow, .describe, "open*"),
                ])))
        var request = OffsetFetchRequest()
        request.groups = ["caf\u{e9}", "cafe\u{301}", "g"].enumerated().map { number, name in
            var group = OffsetFetchRequest.OffsetFetchRequestGroup()
            group.groupId = name
            group.topics = ["open", "hidden-\(number)"].map { name in
                var topic = OffsetFetchRequest.OffsetFetchRequestTopics()
                topic.name = name
                topic.partitionIndexes = [0]
                return topic
            }
            return group
        }
        var answer = OffsetFetchResponse()
        answer.groups = request.groups.reversed().map { asked in
            var group = OffsetFetchMerge.Group()
            group.groupId = asked.groupId
            return group
        }
        let got = try session.exchanged(request, answer, version)
        #expect(got.groups.map { $0.topics.map(\.name) } == [["hidden-2"], ["hidden-1"], ["hidden-0"]])
    }
}
