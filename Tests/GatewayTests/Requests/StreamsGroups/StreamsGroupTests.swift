import KafkaProtocol
import NIOCore
import Resources
import Testing

@testable import Gateway

/// Streams groups (KIP-1071): no internal topic is made for a client that may not make it.
@Suite struct StreamsGroupTests {
    private static let rules: [ACLRule] = [
        OracleWorld.rule(.group, .allow, .read, "g"), OracleWorld.rule(.topic, .allow, .read, "*"),
    ]

    private let session: Evaluating

    init() throws {
        self.session = Evaluating(facts: .test(rules: try OracleWorld.ruleSet(Self.rules)))
    }

    private func join(_ change: (inout StreamsGroupHeartbeatRequest.Subtopology) -> Void = { _ in })
        -> StreamsGroupHeartbeatRequest
    {
        var part = StreamsGroupHeartbeatRequest.Subtopology()
        part.sourceTopics = ["source"]
        part.stateChangelogTopics = ["log-a", "log-b"].map { name in
            var topic = StreamsGroupHeartbeatRequest.TopicInfo()
            topic.name = name
            return topic
        }
        change(&part)
        var request = self.heartbeat(0)
        request.topology = .init()
        request.topology?.subtopologies = [part]
        return request
    }

    private func heartbeat(_ epoch: Int32) -> StreamsGroupHeartbeatRequest {
        var request = StreamsGroupHeartbeatRequest()
        request.groupId = "g"
        request.memberId = "m"
        request.memberEpoch = epoch
        return request
    }

    /// What the backend says about these topics; all others are unknown to it.
    private func existing(_ names: String...) -> TopicAnswers {
        var answers = TopicAnswers()
        for name in names { answers.topics[WireName(name)] = .init() }
        return answers
    }

    @Test func `a member whose internal topics are missing waits, and the backend does not know it`() throws {
        let request = self.join()
        #expect(try self.session.plan(request, 0).verdict == .ask(.names(["log-a", "log-b"])))
        let answer = try #require(
            try self.session.answer(
                request, 0, as: StreamsGroupHeartbeatResponse.self, answers: self.existing("log-a")))
        #expect(answer.errorCode == 0)
        #expect(answer.memberEpoch == 1)
        #expect(answer.status?.map(\.statusCode) == [5, 3])
        #expect(
            answer.status?.last?.statusDetail
                == "Internal topics are missing: log-b; Unauthorized to CREATE on topics log-b.")

        #expect(try self.session.plan(self.heartbeat(1), 0).verdict == .ask(.names(["log-a", "log-b"])))
        let later = try self.session.answer(
            self.heartbeat(1), 0, as: StreamsGroupHeartbeatResponse.self, answers: self.existing("log-a"))
        #expect(later?.status?.map(\.statusCode) == [3])
        #expect(later?.memberEpoch == 1)

        let found = try self.session.answer(
            self.heartbeat(1), 0, as: StreamsGroupHeartbeatResponse.self, answers: self.existing("log-a", "log-b"))
        #expect(found?.errorCode == KafkaErrorCode.unknownMemberId.rawValue)
        #expect(try self.session.plan(request, 0, answers: self.existing("log-a", "log-b")) == .forward())
        #expect(try self.session.plan(self.heartbeat(1), 0) == .forward())
    }

    @Test func `a waiting member leaves without the backend`() throws {
        _ = try self.session.plan(self.join(), 0, answers: self.existing())
        let answer = try self.session.answer(self.heartbeat(-1), 0, as: StreamsGroupHeartbeatResponse.self)
        #expect(answer?.memberEpoch == -1)
        #expect(answer?.status == [])
        #expect(try self.session.plan(self.heartbeat(1), 0) == .forward())
    }

    @Test func `who may make topics is not kept waiting`() throws {
        for more in [
            OracleWorld.rule(.cluster, .allow, .create, "*"), OracleWorld.rule(.topic, .allow, .create, "log-*"),
        ] {
            let session = Evaluating(facts: .test(rules: try OracleWorld.ruleSet(Self.rules + [more])))
            #expect(try session.plan(self.join(), 0) == .forward())
        }
    }

    @Test func `internal topics of brokers and patterns have no place in a topology`() throws {
        for request in [
            self.join { $0.sourceTopics.append("__consumer_offsets") }, self.join { $0.sourceTopicRegex = [".*"] },
        ] {
            let answer = try self.session.answer(
                request, 0, as: StreamsGroupHeartbeatResponse.self, answers: self.existing())
            #expect(answer?.errorCode == KafkaErrorCode.streamsInvalidTopology.rawValue)
        }
    }
}
