import Foundation
import KafkaProtocol
import NIOCore
import Resources
import Testing

@testable import Gateway

@Suite struct AdministrationTests {
    private static func session(_ rules: [ACLRule]?) throws -> Evaluating {
        Evaluating(facts: .test(rules: try rules.map { try OracleWorld.ruleSet($0) }))
    }

    // MARK: Configurations

    @Test func `a broker's addresses are not among its settings, whoever asks`() throws {
        var request = DescribeConfigsRequest()
        request.resources = [4, 2].map { (type: Int8) in
            var resource = DescribeConfigsRequest.DescribeConfigsResource()
            resource.resourceType = type
            resource.resourceName = "1"
            return resource
        }
        let names = ["advertised.listeners", "listener.name.in.listeners", "log.dirs", "controller.quorum.voters"]
        var response = DescribeConfigsResponse()
        response.results = [4, 2].map { (type: Int8) in
            var result = DescribeConfigsResponse.Row()
            result.resourceType = type
            result.configs = names.map { name in
                var setting = DescribeConfigsResponse.DescribeConfigsResourceResult()
                setting.name = name
                setting.value = "backend:9092"
                setting.synonyms = [.init()]
                setting.synonyms[0].name = name
                setting.synonyms[0].value = "backend:9092"
                return setting
            }
            return result
        }
        for rules in [
            nil, [OracleWorld.rule(.cluster, .allow, .all, "*"), OracleWorld.rule(.topic, .allow, .all, "*")],
        ] {
            for version in Int16(1)...4 {
                let answer = try Self.session(rules).exchanged(request, response, version)
                let broker = try #require(answer.results.first { $0.resourceType == 4 })
                #expect(broker.configs.map(\.value) == [nil, nil, "backend:9092", nil])
                #expect(broker.configs.map(\.isSensitive) == [true, true, false, true])
                #expect(broker.configs.map { $0.synonyms.map(\.value) } == [[nil], [nil], ["backend:9092"], [nil]])
                let topic = try #require(answer.results.first { $0.resourceType == 2 })
                #expect(topic.configs.allSatisfy { $0.value == "backend:9092" })
            }
        }
        request.resources.removeFirst()
        #expect(try Self.session(nil).plan(request, 4) == .forward())
    }

    @Test func `changes that are wrong for anyone come before permissions`() throws {
        var request = IncrementalAlterConfigsRequest()
        request.resources = [(Int8(2), "twice"), (2, "twice"), (2, "nothing"), (99, "x"), (2, "t")].map { type, name in
            var resource = IncrementalAlterConfigsRequest.AlterConfigsResource()
            resource.resourceType = type
            resource.resourceName = name
            var change = IncrementalAlterConfigsRequest.AlterableConfig()
            if name == "nothing" { change.value = nil }
            resource.configs = [change]
            return resource
        }
        let answer = try #require(
            try Self.session([]).answer(request, 1, as: IncrementalAlterConfigsResponse.self))
        #expect(answer.responses.map(\.resourceName) == ["twice", "twice", "nothing", "x", "t"])
        #expect(answer.responses.map(\.errorCode) == [42, 42, 42, 42, 29])

        var legacy = AlterConfigsRequest()
        legacy.resources = [8, 4].map { (type: Int8) in
            var resource = AlterConfigsRequest.AlterConfigsResource()
            resource.resourceType = type
            return resource
        }
        let codes = try Self.session([]).answer(legacy, 2, as: AlterConfigsResponse.self)?.responses.map(\.errorCode)
        #expect(codes == [42, 31])
    }

    // MARK: Topics

    @Test func `pages of all topics are pages of those that are visible`() throws {
        let session = try Self.session([OracleWorld.rule(.topic, .allow, .describe, "open-*")])
        var request = DescribeTopicPartitionsRequest()
        request.responsePartitionLimit = 1
        #expect(try session.plan(request, 0).verdict == .ask(.all))
        var answers = TopicAnswers()
        answers.list = TopicList(names: ["hidden-a", "open-a", "open-b", "open-c"])
        #expect(
            try session.forwarded(request, 0, answers: answers)?.topics.map(\.name) == ["open-a", "open-b", "open-c"])
        request.cursor = .init()
        request.cursor?.topicName = "open-b"
        let page = try session.forwarded(request, 0, answers: answers)
        #expect(page?.topics.map(\.name) == ["open-b", "open-c"])
        #expect(page?.cursor?.topicName == "open-b")
        request.cursor?.topicName = "z"
        #expect(
            try session.answer(request, 0, as: DescribeTopicPartitionsResponse.self, answers: answers)?.topics == [])
    }

    @Test func `partitions led by a broker without a port here have no leader`() throws {
        var request = DescribeTopicPartitionsRequest()
        request.topics = [.init()]
        request.topics[0].name = "t"
        var response = DescribeTopicPartitionsResponse()
        response.topics = [.init()]
        response.topics[0].name = "t"
        response.topics[0].topicId = KafkaUUID(high: 4, low: 4)
        response.topics[0].partitions = [1, 3, -1].map { (leader: Int32) in
            var partition = DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponsePartition()
            partition.leaderId = leader
            return partition
        }
        for rules in [nil, [OracleWorld.rule(.topic, .allow, .describe, "t")]] {
            let session = try Self.session(rules)
            let answer = try session.exchanged(request, response, 0)
            #expect(answer.topics.first?.partitions.map(\.leaderId) == [1, -1, -1])
            #expect(answer.topics.first?.partitions.map(\.errorCode) == [0, 5, 0])
            #expect(session.facts.topicNames.name(of: KafkaUUID(high: 4, low: 4)) == "t")
        }
    }

    // MARK: The quorum

    @Test func `controllers' listeners are told as brokers of this listener, or not at all`() throws {
        var response = DescribeQuorumResponse()
        response.nodes = [2, 900].map { (id: Int32) in
            var node = DescribeQuorumResponse.Node()
            node.nodeId = id
            node.listeners = [.init()]
            node.listeners[0].name = "CONTROLLER"
            node.listeners[0].host = "backend"
            node.listeners[0].port = 9_093
            return node
        }
        for rules in [nil, [OracleWorld.rule(.cluster, .allow, .describe, "*")]] {
            let answer = try Self.session(rules).exchanged(DescribeQuorumRequest(), response, 2)
            #expect(answer.nodes.map(\.nodeId) == [2, 900])
            #expect(answer.nodes.map { $0.listeners.map(\.port) } == [[29_292], []])
            #expect(answer.nodes.first?.listeners.map(\.host) == ["127.0.0.1"])
        }
        #expect(try Self.session(nil).plan(DescribeQuorumRequest(), 1) == .forward())
    }

    @Test func `controllers are not added through a gateway`() throws {
        for (rules, code) in [(nil, Int16(35)), ([OracleWorld.rule(.cluster, .allow, .alter, "*")], 35), ([], 31)] {
            let answer = try Self.session(rules).answer(AddRaftVoterRequest(), 1, as: AddRaftVoterResponse.self)
            #expect(answer?.errorCode == code)
        }
    }

    // MARK: Transactions

    @Test func `a denied partition keeps the others from the transaction, unknown ones are told apart`() throws {
        let session = try Self.session([
            OracleWorld.rule(.transactionalID, .allow, .write, "t"), OracleWorld.rule(.topic, .allow, .write, "open-*"),
        ])
        var request = AddPartitionsToTxnRequest()
        request.v3AndBelowTransactionalId = "t"
        request.v3AndBelowTopics = [("open-a", [Int32(0), 9]), ("hidden", [0]), ("open-none", [0])].map {
            var topic = AddPartitionsToTxnRequest.AddPartitionsToTxnTopic()
            topic.name = $0
            topic.partitions = $1
            return topic
        }
        #expect(try session.plan(request, 3).verdict == .ask(.names(["open-a", "open-none"])))
        var answers = TopicAnswers()
        answers.topics["open-a"] = .init()
        answers.topics["open-a"]?.partitions = [.init()]
        let answer = try session.answer(request, 3, as: AddPartitionsToTxnResponse.self, answers: answers)
        #expect(
            answer?.resultsByTopicV3AndBelow.map { $0.resultsByPartition.map(\.partitionErrorCode) }
                == [[55, 3], [29], [3]])
    }

    @Test func `two-phase commit takes every operation on the transactional id`() throws {
        var request = InitProducerIdRequest()
        request.transactionalId = "t"
        let writer = try Self.session([OracleWorld.rule(.transactionalID, .allow, .write, "t")])
        #expect(try writer.plan(request, 6) == .forward())
        request.enable2Pc = true
        #expect(try writer.answer(request, 6, as: InitProducerIdResponse.self)?.errorCode == 53)
        let owner = try Self.session([OracleWorld.rule(.transactionalID, .allow, .all, "t")])
        #expect(try owner.plan(request, 6) == .forward())
    }

    // MARK: Credentials

    @Test func `a refusal to describe credentials is an answer, also when all were asked for`() throws {
        var request = DescribeUserScramCredentialsRequest()
        request.users = nil
        let answer = try Self.session([]).answer(request, 0, as: DescribeUserScramCredentialsResponse.self)
        #expect(answer?.errorCode == 31)
        #expect(answer?.results == [])
    }
}

@Suite struct APICatalogueTests {
    @Test func `the catalogue has every key once, in order, and says what is offered`() throws {
        let entries = APICatalogue.entries
        #expect(entries.map(\.key) == Set(entries.map(\.key)).sorted())
        #expect(entries.count == 89)
        let byName = Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0) })
        let produce = try #require(byName["Produce"])
        #expect(
            produce
                == APICatalogue.Entry(
                    key: 0, name: "Produce", versions: "3-13", offered: true, request: "always", response: "always",
                    authorizes: "WRITE topic; transactional batches: WRITE transactional id",
                    rewrites: "node endpoints v10+"))
        #expect(byName["AddPartitionsToTxn"]?.versions == "0-3")
        #expect(byName["OffsetDelete"]?.versions == "0")
        #expect(byName["DescribeAcls"]?.offered == true)
        #expect(byName["Vote"]?.offered == false)
        #expect(byName["Heartbeat"]?.request == "when enforcing")
        #expect(byName["Heartbeat"]?.response == "never")
        let text = String(decoding: try JSONEncoder().encode(produce), as: UTF8.self)
        for field in ["key", "name", "versions", "offered", "request", "response", "authorizes", "rewrites"] {
            #expect(text.contains("\"\(field)\""))
        }
    }
}
