import KafkaProtocol
import NIOCore
import Resources
import Testing

@testable import Gateway

/// Share sessions (KIP-932): permission for all of the session, at every ShareFetch.
@Suite struct ShareSessionTests {
    private static let open = KafkaUUID(high: 1, low: 1)
    private static let hidden = KafkaUUID(high: 2, low: 2)
    private static let unknown = KafkaUUID(high: 3, low: 3)
    private static let everything = OracleWorld.rule(.topic, .allow, .read, "*")
    private static let group = OracleWorld.rule(.group, .allow, .read, "g")
    private static let topic = OracleWorld.rule(.topic, .allow, .read, "open")

    private let session: Evaluating

    init() throws {
        let facts = SessionFacts.test(rules: try OracleWorld.ruleSet([Self.group, Self.topic]))
        facts.topicNames.learn(Self.open, "open")
        facts.topicNames.learn(Self.hidden, "hidden")
        self.session = Evaluating(facts: facts)
    }

    private func fetch(
        _ epoch: Int32, _ topics: [(KafkaUUID, [Int32])] = [], forget: [(KafkaUUID, [Int32])] = [],
        acknowledging: Bool = false
    ) -> ShareFetchRequest {
        var request = ShareFetchRequest()
        request.groupId = "g"
        request.memberId = "m"
        request.shareSessionEpoch = epoch
        request.topics = topics.map { id, partitions in
            var topic = ShareFetchRequest.Topic()
            topic.topicId = id
            topic.partitions = partitions.map { index in
                var partition = ShareFetchRequest.Partition()
                partition.partitionIndex = index
                if acknowledging { partition.acknowledgementBatches = [.init()] }
                return partition
            }
            return topic
        }
        request.forgottenTopicsData = forget.map { id, partitions in
            var topic = ShareFetchRequest.ForgottenTopicsData()
            topic.topicId = id
            topic.partitions = partitions
            return topic
        }
        return request
    }

    private func rows(_ response: ShareFetchResponse) -> [KafkaUUID: [Int16]] {
        Dictionary(
            response.responses.map { ($0.topicId, $0.partitions.map(\.errorCode)) }, uniquingKeysWith: +)
    }

    @Test func `a refused topic has an error in every answer, and the backend never hears of it`() throws {
        let first = self.fetch(0, [(Self.open, [0]), (Self.hidden, [0, 1])])
        #expect(try self.session.forwarded(first, 2)?.topics.map(\.topicId) == [Self.open])
        let empty = self.fetch(1)
        #expect(try self.session.forwarded(empty, 2)?.topics == [])
        let answer = try self.session.exchanged(self.fetch(2), ShareFetchResponse(), 2)
        #expect(self.rows(answer) == [Self.hidden: [29, 29]])
        #expect(answer.responses.first?.partitions.first?.acknowledgeErrorCode == 0)
    }

    @Test func `acknowledgements for a refused topic are refused with it`() throws {
        _ = try self.session.plan(self.fetch(0, [(Self.hidden, [0])]), 2)
        let request = self.fetch(1, [(Self.hidden, [0])], acknowledging: true)
        #expect(try self.session.forwarded(request, 2)?.topics == [])
        let answer = try self.session.exchanged(request, ShareFetchResponse(), 2)
        #expect(answer.responses.first?.partitions.map(\.acknowledgeErrorCode) == [29])
    }

    @Test func `an unknown topic id is the error of its partitions alone`() throws {
        let request = self.fetch(0, [(Self.open, [0]), (Self.unknown, [4])])
        #expect(try self.session.plan(request, 1).verdict == .ask(.ids([Self.unknown])))
        let answers = TopicAnswers()
        #expect(try self.session.forwarded(request, 1, answers: answers)?.topics.map(\.topicId) == [Self.open])
        let answer = try self.session.exchanged(request, ShareFetchResponse(), 1, answers: answers)
        #expect(self.rows(answer) == [Self.unknown: [100]])
        // It is not asked about again for what the session has already.
        #expect(try self.session.forwarded(self.fetch(1), 1) != nil)
    }

    @Test func `a topic that may be read no longer is forgotten at the backend, and read again later`() throws {
        let facts = self.session.facts
        facts.authorizer.replaceRules(try OracleWorld.ruleSet([Self.group, Self.everything]))
        #expect(try self.session.forwarded(self.fetch(0, [(Self.hidden, [0, 1])]), 2)?.topics.count == 1)
        facts.authorizer.replaceRules(try OracleWorld.ruleSet([Self.group, Self.topic]))
        let lost = try #require(try self.session.forwarded(self.fetch(1), 2))
        #expect(lost.forgottenTopicsData.map(\.topicId) == [Self.hidden])
        #expect(lost.forgottenTopicsData.first?.partitions == [0, 1])
        #expect(try self.session.forwarded(self.fetch(2), 2)?.forgottenTopicsData == [])
        facts.authorizer.replaceRules(try OracleWorld.ruleSet([Self.group, Self.everything]))
        let found = try #require(try self.session.forwarded(self.fetch(3), 2))
        #expect(found.topics.first?.partitions.map(\.partitionIndex) == [0, 1])
        #expect(self.rows(try self.session.exchanged(self.fetch(4), ShareFetchResponse(), 2)) == [:])
    }

    @Test func `what the client forgets has no error any more`() throws {
        _ = try self.session.plan(self.fetch(0, [(Self.hidden, [0, 1])]), 2)
        let forgotten = self.fetch(1, forget: [(Self.hidden, [0])])
        #expect(try self.session.forwarded(forgotten, 2)?.forgottenTopicsData == [])
        let one = try self.session.exchanged(self.fetch(2), ShareFetchResponse(), 2)
        #expect(one.responses.first?.partitions.map(\.partitionIndex) == [1])
        _ = try self.session.plan(self.fetch(3, forget: [(Self.hidden, [1])]), 2)
        #expect(try self.session.exchanged(self.fetch(4), ShareFetchResponse(), 2).responses == [])
    }

    @Test func `a session that was not opened here is not found, nor one that has ended`() throws {
        let code = KafkaErrorCode.shareSessionNotFound.rawValue
        #expect(try self.session.answer(self.fetch(1), 2, as: ShareFetchResponse.self)?.errorCode == code)
        _ = try self.session.plan(self.fetch(0, [(Self.open, [0])]), 2)
        let last = self.fetch(-1, [(Self.hidden, [0])], acknowledging: true)
        let answer = try self.session.exchanged(last, ShareFetchResponse(), 2)
        #expect(answer.responses.first?.partitions.map(\.errorCode) == [0])
        #expect(answer.responses.first?.partitions.map(\.acknowledgeErrorCode) == [29])
        #expect(try self.session.answer(self.fetch(1), 2, as: ShareFetchResponse.self)?.errorCode == code)
    }

    @Test func `an error of the whole request is all there is to say`() throws {
        var refused = ShareFetchResponse()
        refused.errorCode = KafkaErrorCode.invalidShareSessionEpoch.rawValue
        let answer = try self.session.exchanged(self.fetch(0, [(Self.hidden, [0])]), refused, 2)
        #expect(answer.responses == [])
    }

    @Test func `acknowledgements go on without the refused, also when none is left`() throws {
        var request = ShareAcknowledgeRequest()
        request.groupId = "g"
        request.memberId = "m"
        request.topics = [Self.hidden].map { id in
            var topic = ShareAcknowledgeRequest.Topic()
            topic.topicId = id
            topic.partitions = [.init()]
            return topic
        }
        #expect(try self.session.forwarded(request, 2)?.topics == [])
        let answer = try self.session.exchanged(request, ShareAcknowledgeResponse(), 2)
        #expect(answer.responses.first?.partitions.map(\.errorCode) == [29])
        request.groupId = "other"
        #expect(try self.session.answer(request, 2, as: ShareAcknowledgeResponse.self)?.errorCode == 30)
        request.groupId = nil
        #expect(try self.session.answer(request, 2, as: ShareAcknowledgeResponse.self)?.errorCode == 42)
    }

    @Test(arguments: [Int16(1), 2])
    func `moved leaders have their address here, and none that cannot be reached`(version: Int16) throws {
        for facts in [self.session.facts, .test(rules: nil)] {
            let session = Evaluating(facts: facts)
            var response = ShareFetchResponse()
            response.nodeEndpoints = [2, 3].map { (id: Int32) in
                var node = ShareFetchResponse.NodeEndpoint()
                node.nodeId = id
                node.host = "backend"
                return node
            }
            var topic = ShareFetchResponse.Topic()
            topic.topicId = Self.open
            topic.partitions = [(Int16(6), Int32(2)), (6, 3), (0, 0)].map { code, leader in
                var partition = ShareFetchResponse.Partition()
                partition.errorCode = code
                partition.currentLeader.leaderId = leader
                return partition
            }
            response.responses = [topic]
            let answer = try session.exchanged(self.fetch(0, [(Self.open, [0])]), response, version)
            #expect(answer.nodeEndpoints.map(\.host) == ["127.0.0.1"])
            #expect(answer.nodeEndpoints.map(\.port) == [29_292])
            #expect(answer.responses.first?.partitions.map(\.currentLeader.leaderId) == [2, -1, 0])
        }
    }

    @Test func `a few members have sessions on one connection, and the oldest is forgotten`() throws {
        for number in 0...MemberMemory<ShareSession>.capacity {
            var request = self.fetch(0, [(Self.open, [0])])
            request.memberId = "m\(number)"
            #expect(try self.session.forwarded(request, 2) != nil)
        }
        var request = self.fetch(1)
        request.memberId = "m0"
        #expect(try self.session.answer(request, 2, as: ShareFetchResponse.self)?.errorCode == 122)
        request.memberId = "m1"
        #expect(try self.session.forwarded(request, 2) != nil)
    }
}
