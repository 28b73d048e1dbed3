import KafkaProtocol
import NIOCore
import Resources
import Testing

@testable import Gateway

/// What a broker looks at before it asks whether the client may: such an answer is the same for everybody.
@Suite struct OrderOfChecksTests {
    private static let nobody: [ACLRule] = []

    private static func session(_ rules: [ACLRule]) throws -> Evaluating {
        Evaluating(facts: .test(rules: try OracleWorld.ruleSet(rules)))
    }

    // MARK: Groups

    @Test func `SyncGroup without protocol type or name is inconsistent before it is denied`() throws {
        for (type, name) in [(String?.none, String?.none), ("consumer", nil), (nil, "range")] {
            for rules in [Self.nobody, [OracleWorld.rule(.group, .allow, .read, "g")]] {
                var request = SyncGroupRequest()
                request.groupId = "g"
                request.protocolType = type
                request.protocolName = name
                #expect(try Self.session(rules).answer(request, 5, as: SyncGroupResponse.self)?.errorCode == 23)
            }
        }
        var request = SyncGroupRequest()
        request.groupId = "g"
        #expect(try Self.session(Self.nobody).answer(request, 4, as: SyncGroupResponse.self)?.errorCode == 30)
        request.protocolType = "consumer"
        request.protocolName = "range"
        #expect(try Self.session(Self.nobody).answer(request, 5, as: SyncGroupResponse.self)?.errorCode == 30)
    }

    @Test func `OffsetDelete asks the coordinator also when no topic may be read`() throws {
        var request = OffsetDeleteRequest()
        request.groupId = "g"
        request.topics = [.init()]
        request.topics[0].name = "secret"
        request.topics[0].partitions = [.init()]
        let session = try Self.session([OracleWorld.rule(.group, .allow, .delete, "g")])
        #expect(try session.forwarded(request, 0)?.topics == [])

        var missing = OffsetDeleteResponse()
        missing.errorCode = KafkaErrorCode.groupIdNotFound.rawValue
        #expect(try session.exchanged(request, missing, 0) == missing)
        let known = try session.exchanged(request, OffsetDeleteResponse(), 0)
        #expect(known.topics.map(\.name) == ["secret"])
        #expect(known.topics.first?.partitions.map(\.errorCode) == [29])
    }

    @Test func `a topology with a name that cannot be a topic's is invalid before a topic of it is denied`() throws {
        var request = StreamsGroupHeartbeatRequest()
        request.groupId = "st"
        request.topology = .init()
        request.topology?.subtopologies = [.init()]
        request.topology?.subtopologies[0].sourceTopics = ["secret", "not a name"]
        let session = try Self.session([OracleWorld.rule(.group, .allow, .read, "st")])
        #expect(
            try session.answer(request, 0, as: StreamsGroupHeartbeatResponse.self)?.errorCode
                == KafkaErrorCode.streamsInvalidTopology.rawValue)
        request.topology?.subtopologies[0].sourceTopics = ["secret"]
        request.topology?.subtopologies[0].sourceTopicRegex = ["a.*"]
        #expect(try session.answer(request, 0, as: StreamsGroupHeartbeatResponse.self)?.errorCode == 29)
    }

    // MARK: Topics

    private static func deletion(_ names: [String]) -> DeleteTopicsRequest {
        var request = DeleteTopicsRequest()
        request.topics = names.map { name in
            var topic = DeleteTopicsRequest.DeleteTopicState()
            topic.name = name
            return topic
        }
        return request
    }

    private static func row(_ name: String, _ code: KafkaErrorCode) -> MetadataResponse.MetadataResponseTopic {
        var row = MetadataResponse.MetadataResponseTopic()
        row.name = name
        row.errorCode = code.rawValue
        return row
    }

    @Test(arguments: [Int16(1), 6])
    func `who may see topics learns of missing ones before being told not to delete`(version: Int16) throws {
        let session = try Self.session([OracleWorld.rule(.topic, .allow, .describe, "seen-*")])
        let names = ["hidden", "seen-here", "seen-not"]
        var request = version >= 6 ? Self.deletion(names) : DeleteTopicsRequest()
        if version < 6 { request.topicNames = names }
        #expect(try session.plan(request, version).verdict == .ask(.names(["seen-here", "seen-not"])))

        var answers = TopicAnswers()
        answers.topics = [
            "seen-here": Self.row("seen-here", .none), "seen-not": Self.row("seen-not", .unknownTopicOrPartition),
        ]
        let answer = try session.answer(request, version, as: DeleteTopicsResponse.self, answers: answers)
        let codes = Dictionary(uniqueKeysWithValues: (answer?.responses ?? []).map { ($0.name ?? "", $0.errorCode) })
        #expect(codes == ["hidden": 29, "seen-here": 29, "seen-not": 3])

        // A backend that cannot be asked: nothing is told.
        let untold = try session.answer(request, version, as: DeleteTopicsResponse.self, answers: TopicAnswers())
        #expect(untold?.responses.map(\.errorCode) == [29, 29, 29])
    }

    @Test func `names and ids are asked about at once`() throws {
        let session = try Self.session([OracleWorld.rule(.topic, .allow, .describe, "seen-*")])
        var request = Self.deletion(["seen-not"])
        request.topics.append(.init())
        request.topics[1].name = nil
        request.topics[1].topicId = KafkaUUID(high: 7, low: 7)
        #expect(try session.plan(request, 6).verdict == .ask(.all))
        var answers = TopicAnswers()
        answers.list = TopicList(names: ["seen-here"])
        let answer = try session.answer(request, 6, as: DeleteTopicsResponse.self, answers: answers)
        #expect(Set(answer?.responses.map(\.errorCode) ?? []) == [3, 100])
    }

    @Test func `a name takes permission to see the topic besides that to delete it, an id and the cluster do not`()
        throws
    {
        let hides = OracleWorld.rule(.topic, .deny, .describe, "t")
        let session = try Self.session([hides, OracleWorld.rule(.topic, .allow, .delete, "t")])
        let byName = Self.deletion(["t"])
        #expect(
            try session.answer(byName, 6, as: DeleteTopicsResponse.self)?.responses.map(\.errorCode) == [29])
        let id = KafkaUUID(high: 1, low: 1)
        session.facts.topicNames.learn(id, "t")
        var byID = DeleteTopicsRequest()
        byID.topics = [.init()]
        byID.topics[0].name = nil
        byID.topics[0].topicId = id
        #expect(try session.forwarded(byID, 6) == byID)
        let ofCluster = try Self.session([hides, OracleWorld.rule(.cluster, .allow, .delete, "*")])
        #expect(try ofCluster.forwarded(byName, 6) == byName)
    }

    @Test func `what cannot be a topic's name is invalid before its producers are denied`() throws {
        let names = ["", ".", "..", "a b", "ä", String(repeating: "x", count: 250), "fine_1.x-Y"]
        var request = DescribeProducersRequest()
        request.topics = names.map { name in
            var topic = DescribeProducersRequest.TopicRequest()
            topic.name = name
            topic.partitionIndexes = [0]
            return topic
        }
        let answer = try Self.session(Self.nobody).answer(request, 0, as: DescribeProducersResponse.self)
        #expect(answer?.topics.flatMap(\.partitions).map(\.errorCode) == [17, 17, 17, 17, 17, 17, 29])
    }

    // MARK: Configurations

    @Test func `one unknown type of resource makes a DescribeConfigs wrong as a whole`() throws {
        var request = DescribeConfigsRequest()
        request.resources = [(Int8(2), "t"), (99, "x"), (4, "1")].map { type, name in
            var resource = DescribeConfigsRequest.DescribeConfigsResource()
            resource.resourceType = type
            resource.resourceName = name
            return resource
        }
        for rules in [Self.nobody, ResourceType.allCases.map { OracleWorld.rule($0, .allow, .all, "*") }] {
            let answer = try Self.session(rules).answer(request, 4, as: DescribeConfigsResponse.self)
            #expect(answer?.results.map(\.errorCode) == [42, 42, 42])
            #expect(answer?.results.map(\.resourceType) == [2, 99, 4])
        }
    }

    @Test func `settings given twice, and a broker whose id is no number, are wrong for anyone`() throws {
        var request = IncrementalAlterConfigsRequest()
        request.resources = [(Int8(2), "t", ["a", "a"]), (4, "one", ["b"]), (4, "1", ["b"]), (4, "", ["b"])].map {
            type, name, keys in
            var resource = IncrementalAlterConfigsRequest.AlterConfigsResource()
            resource.resourceType = type
            resource.resourceName = name
            resource.configs = keys.map { key in
                var change = IncrementalAlterConfigsRequest.AlterableConfig()
                change.name = key
                return change
            }
            return resource
        }
        let nobody = try Self.session(Self.nobody).answer(request, 1, as: IncrementalAlterConfigsResponse.self)
        #expect(nobody?.responses.map(\.errorCode) == [42, 42, 31, 31])
        let everybody = try Self.session(ResourceType.allCases.map { OracleWorld.rule($0, .allow, .all, "*") })
        #expect(try everybody.forwarded(request, 1)?.resources.map(\.resourceName) == ["1", ""])
    }

    // MARK: Pages

    private static func page(_ names: [String], at cursor: String, partition: Int32 = 0)
        -> DescribeTopicPartitionsRequest
    {
        var request = DescribeTopicPartitionsRequest()
        request.responsePartitionLimit = 10
        request.topics = names.map { name in
            var topic = DescribeTopicPartitionsRequest.TopicRequest()
            topic.name = name
            return topic
        }
        request.cursor = .init()
        request.cursor?.topicName = cursor
        request.cursor?.partitionIndex = partition
        return request
    }

    @Test func `a cursor at a topic that may not be seen is not told to the backend, which would refuse it`() throws {
        let session = try Self.session([OracleWorld.rule(.topic, .allow, .describe, "open-*")])
        var answers = TopicAnswers()
        answers.list = TopicList(names: ["closed", "open-a", "open-b"])
        let all = try session.forwarded(Self.page([], at: "closed", partition: 3), 0, answers: answers)
        #expect(all?.topics.map(\.name) == ["open-a", "open-b"])
        #expect(all?.cursor == nil)

        let named = Self.page(["open-b", "closed", "a", "open-a"], at: "closed", partition: 3)
        let rest = try session.forwarded(named, 0)
        #expect(rest?.topics.map(\.name) == ["open-b", "open-a"])
        #expect(rest?.cursor == nil)
        let answer = try session.exchanged(named, DescribeTopicPartitionsResponse(), 0)
        #expect(answer.topics.map(\.name) == ["closed"])
        #expect(answer.topics.map(\.errorCode) == [29])
    }

    @Test func `a cursor at no topic that was named, or before the first partition, is wrong for anyone`() throws {
        for rules in [Self.nobody, [OracleWorld.rule(.topic, .allow, .describe, "*")]] {
            let session = try Self.session(rules)
            for request in [Self.page(["a", "b"], at: "c"), Self.page(["a", "b"], at: "a", partition: -1)] {
                let answer = try session.answer(request, 0, as: DescribeTopicPartitionsResponse.self)
                #expect(answer?.topics.map(\.errorCode) == [42, 42])
                #expect(answer?.topics.map(\.topicAuthorizedOperations) == [.min, .min])
            }
            let all = try session.answer(
                Self.page([], at: "a", partition: -1), 0, as: DescribeTopicPartitionsResponse.self)
            #expect(all?.topics == [])
        }
    }
}
