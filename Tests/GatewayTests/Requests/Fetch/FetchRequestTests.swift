import KafkaProtocol
import NIOCore
import Policies
import Resources
import TestSupport
import Testing

@testable import Gateway

/// What of a Fetch reaches the backend, besides the topics that may be read.
@Suite struct FetchRequestTests {
    private func facts(_ rules: [ACLRule]?, brokers: [Int32] = []) throws -> SessionFacts {
        let backend = BackendDirectory()
        backend.learn(
            brokers: Dictionary(
                uniqueKeysWithValues: brokers.map { ($0, BrokerAddress(host: "b", port: 9092)) }))
        let plain = SessionFacts.test(rules: try rules.map { try OracleWorld.ruleSet($0) })
        let facts = SessionFacts(
            authorizer: plain.authorizer, endpoints: plain.endpoints, topicNames: plain.topicNames, backend: backend)
        facts.topicNames.learn(KafkaUUID(high: 1, low: 1), "a")
        return facts
    }

    private func request(_ partitions: Range<Int32> = 0..<1) -> FetchRequest {
        var request = FetchRequest()
        var topic = FetchRequest.FetchTopic()
        topic.topic = "a"
        topic.topicId = KafkaUUID(high: 1, low: 1)
        topic.partitions = partitions.map { index in
            var partition = FetchRequest.FetchPartition()
            partition.partition = index
            return partition
        }
        request.topics = [topic]
        return request
    }

    @Test(arguments: Int16(4)...18)
    func `nobody fetches as a follower, whatever the rules allow`(version: Int16) throws {
        let everything = ResourceType.allCases.map { OracleWorld.rule($0, .allow, .all, "*") }
        for replica: Int32 in [0, 1, .max] {
            var request = self.request()
            if version < 15 { request.replicaId = replica } else { request.replicaState.replicaId = replica }
            let answer = try Evaluating(facts: self.facts(everything))
                .answer(request, version, as: FetchResponse.self)
            #expect(answer?.responses.flatMap(\.partitions).map(\.errorCode) == [29])
        }
        for consumer: Int32 in [-1, -2] {
            var request = self.request()
            if version < 15 { request.replicaId = consumer } else { request.replicaState.replicaId = consumer }
            #expect(try Evaluating(facts: self.facts(everything)).plan(request, version).verdict == .forward)
        }
    }

    @Test(arguments: Int16(11)...18, [true, false])
    func `the leader hears of a client's rack only where each replica has a port here`(
        version: Int16, enforces: Bool
    ) throws {
        let rules = enforces ? [OracleWorld.rule(.topic, .allow, .read, "a")] : nil
        var request = self.request()
        request.rackId = "r"
        let known = Evaluating(facts: try self.facts(rules, brokers: [1, 2]))
        #expect(try known.plan(request, version).verdict == .forward)
        let hidden = Evaluating(facts: try self.facts(rules, brokers: [1, 2, 3]))
        let sent = try #require(try hidden.forwarded(request, version))
        #expect(sent.rackId.isEmpty)
        #expect(sent.topics.map(\.partitions.count) == [1])
        request.rackId = ""
        #expect(try hidden.plan(request, version).verdict == .forward)
    }

    @Test func `brokers that come and go change what the leader hears`() throws {
        let backend = BackendDirectory()
        let hidden = HiddenBrokers(endpoints: SessionFacts.test(rules: nil).endpoints, backend: backend)
        #expect(!hidden.areThere)
        backend.update { $0.brokers = [1: .init(host: "a", port: 1), 9: .init(host: "b", port: 1)] }
        #expect(hidden.areThere)
        let version = backend.brokersVersion
        backend.update { $0.failure = "none" }
        #expect(backend.brokersVersion == version)
        backend.update { $0.brokers[9] = nil }
        #expect(!hidden.areThere)
        backend.learn(brokers: [7: .init(host: "c", port: 1)])
        #expect(hidden.areThere)
    }

    @Test func `a replica without a port is not preferred in an answer that is decoded`() throws {
        let session = Evaluating(facts: try self.facts([OracleWorld.rule(.topic, .allow, .read, "a")]))
        var answer = FetchResponse()
        var topic = FetchResponse.FetchableTopicResponse()
        topic.topicId = KafkaUUID(high: 1, low: 1)
        topic.partitions = [Int32(2), 3, -1].map { replica in
            var partition = FetchResponse.PartitionData()
            partition.preferredReadReplica = replica
            return partition
        }
        answer.responses = [topic]
        let got = try session.exchanged(self.request(), answer, 13)
        #expect(got.responses.flatMap(\.partitions).map(\.preferredReadReplica) == [2, -1, -1])
    }

    @Test func `a session too large to be followed is not opened at the backend either`() throws {
        var facts = try self.facts([OracleWorld.rule(.topic, .allow, .read, "a")])
        facts.maximumRequestElements = .max
        let session = Evaluating(facts: facts)
        var request = self.request(0..<Int32(FetchSession.maximumPartitions + 1))
        request.sessionEpoch = 0
        #expect(try session.forwarded(request, 12)?.sessionEpoch == -1)
        request = self.request(0..<Int32(FetchSession.maximumPartitions))
        request.sessionEpoch = 0
        #expect(try session.plan(request, 12).verdict == .forward)
    }

    @Test func `a session counts its partitions and topics as they come and go`() {
        var random = SeededGenerator(seed: 3)
        var session = FetchSession(usesIDs: false)
        for _ in 0..<2_000 {
            let key = TopicKey.name(WireName("t\(Int.random(in: 0..<6, using: &random))"))
            let partitions = (0..<4).map { _ in Int32.random(in: 0..<8, using: &random) }
            switch Int.random(in: 0..<3, using: &random) {
            case 0: session.add(partitions, to: key)
            case 1: session.remove(partitions, from: key)
            default: session.setAtBackend(Bool.random(using: &random), key)
            }
            #expect(session.partitionCount == session.topics.values.reduce(0) { $0 + $1.partitions.count })
            #expect(session.topicsAtBackend == session.topics.values.filter(\.isAtBackend).count)
        }
    }
}
