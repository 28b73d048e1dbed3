import KafkaProtocol
import NIOCore
import Resources
import Testing

@testable import Gateway

/// Conversations about fetch sessions (KIP-227), by name (version 12) and by id (version 13).
@Suite struct FetchSessionTests {
    static let ids: [String: KafkaUUID] = [
        "a": KafkaUUID(high: 1, low: 1), "b": KafkaUUID(high: 2, low: 2), "c": KafkaUUID(high: 3, low: 3),
    ]

    /// A client and the backend behind, which gives every session the id 77.
    struct Conversation {
        let facts: SessionFacts
        let version: Int16

        init(reads topics: [String], version: Int16) throws {
            self.facts = .test(rules: nil)
            self.version = version
            self.allow(topics)
            for (name, id) in FetchSessionTests.ids { self.facts.topicNames.learn(id, name) }
        }

        func allow(_ topics: [String]) {
            do {
                let rules = topics.map { OracleWorld.rule(.topic, .allow, .read, $0) }
                self.facts.authorizer.replaceRules(try OracleWorld.ruleSet(rules))
            } catch {
                Issue.record(error)
            }
        }

        struct Outcome: Equatable {
            /// What reached the backend; nil when nothing did.
            var asked: [String]?
            var forgotten: [String] = []
            /// Error codes by topic.
            var answer: [String: Int16] = [:]
            var errorCode: Int16 = 0
            var sessionID: Int32 = 0
        }

        func fetch(
            _ topics: [String], forget: [String] = [], session: Int32, epoch: Int32, backendError: Int16 = 0
        ) throws -> Outcome {
            var request = FetchRequest()
            request.sessionId = session
            request.sessionEpoch = epoch
            request.topics = topics.map { name in
                var topic = FetchRequest.FetchTopic()
                topic.topic = name
                topic.topicId = FetchSessionTests.ids[name] ?? .zero
                topic.partitions = [.init()]
                return topic
            }
            request.forgottenTopicsData = forget.map { name in
                var topic = FetchRequest.ForgottenTopic()
                topic.topic = name
                topic.topicId = FetchSessionTests.ids[name] ?? .zero
                topic.partitions = [0]
                return topic
            }
            var body = ByteBuffer()
            request.encode(into: &body, version: self.version)
            let plan = try RequestEvaluator.plan(api: .fetch, version: self.version, body: body, facts: self.facts)
            var outcome = Outcome()
            var answer: ByteBuffer
            switch plan.verdict {
            case .answer(let local):
                answer = local
            case .forward, .forwardRewritten:
                var forwarded = body
                if case .forwardRewritten(let rewritten) = plan.verdict { forwarded = rewritten }
                let sent = try FetchRequest(from: &forwarded, version: self.version)
                outcome.asked = sent.topics.map { self.name($0.topic, $0.topicId) }.sorted()
                outcome.forgotten = sent.forgottenTopicsData.map { self.name($0.topic, $0.topicId) }.sorted()
                var response = FetchResponse()
                response.errorCode = backendError
                response.sessionId = epoch < 0 || backendError != 0 ? 0 : 77
                response.responses = sent.topics.map { asked in
                    var topic = FetchResponse.FetchableTopicResponse()
                    topic.topic = asked.topic
                    topic.topicId = asked.topicId
                    topic.partitions = [.init()]
                    return topic
                }
                var bytes = ByteBuffer()
                response.encode(into: &bytes, version: self.version)
                answer = try plan.response.apply(to: bytes, version: self.version, facts: self.facts).body
            case .close, .ask, .match:
                Issue.record("\(plan.verdict)")
                return outcome
            }
            let message = try FetchResponse(from: &answer, version: self.version)
            for topic in message.responses {
                outcome.answer[self.name(topic.topic, topic.topicId)] = topic.partitions.first?.errorCode
            }
            outcome.errorCode = message.errorCode
            outcome.sessionID = message.sessionId
            return outcome
        }

        private func name(_ name: String, _ id: KafkaUUID) -> String {
            self.version < 13 ? name : FetchSessionTests.ids.first { $0.value == id }?.key ?? "?"
        }
    }

    @Test(arguments: [Int16(12), 13, 18])
    func `refused partitions are in every answer of the session and never at the backend`(version: Int16) throws {
        let client = try Conversation(reads: ["a"], version: version)
        #expect(
            try client.fetch(["a", "b"], session: 0, epoch: 0)
                == .init(asked: ["a"], answer: ["a": 0, "b": 29], sessionID: 77))
        #expect(
            try client.fetch([], session: 77, epoch: 1) == .init(asked: [], answer: ["b": 29], sessionID: 77))
        #expect(
            try client.fetch(["b"], session: 77, epoch: 2) == .init(asked: [], answer: ["b": 29], sessionID: 77))
        #expect(
            try client.fetch([], forget: ["b"], session: 77, epoch: 3) == .init(asked: [], sessionID: 77))
        #expect(try client.fetch([], session: 77, epoch: 4) == .init(asked: [], sessionID: 77))
    }

    @Test(arguments: [Int16(12), 13])
    func `what may no longer be read is forgotten at the backend`(version: Int16) throws {
        let client = try Conversation(reads: ["a", "b"], version: version)
        _ = try client.fetch(["a", "b"], session: 0, epoch: 0)
        client.allow(["a"])
        #expect(
            try client.fetch([], session: 77, epoch: 1)
                == .init(asked: [], forgotten: ["b"], answer: ["b": 29], sessionID: 77))
        #expect(
            try client.fetch([], session: 77, epoch: 2) == .init(asked: [], answer: ["b": 29], sessionID: 77))
    }

    @Test(arguments: [Int16(12), 13])
    func `what may be read again is read in a new session`(version: Int16) throws {
        let client = try Conversation(reads: ["a"], version: version)
        _ = try client.fetch(["a", "b"], session: 0, epoch: 0)
        client.allow(["a", "b"])
        #expect(
            try client.fetch([], session: 77, epoch: 1).errorCode == KafkaErrorCode.fetchSessionIdNotFound.rawValue)
        #expect(
            try client.fetch(["a", "b"], session: 0, epoch: 0)
                == .init(asked: ["a", "b"], answer: ["a": 0, "b": 0], sessionID: 77))
    }

    @Test func `a withheld topic that the client lists again is added once it may be read`() throws {
        let client = try Conversation(reads: ["a"], version: 12)
        _ = try client.fetch(["a", "b"], session: 0, epoch: 0)
        client.allow(["a", "b"])
        #expect(
            try client.fetch(["b"], session: 77, epoch: 1) == .init(asked: ["b"], answer: ["b": 0], sessionID: 77))
    }

    @Test(arguments: [Int16(12), 13])
    func `a session of which nothing may be read is the gateway's alone`(version: Int16) throws {
        let client = try Conversation(reads: [], version: version)
        let opened = try client.fetch(["a", "b"], session: 0, epoch: 0)
        #expect(opened.asked == nil)
        #expect(opened.answer == ["a": 29, "b": 29])
        #expect(opened.sessionID > 0)
        #expect(
            try client.fetch(["c"], forget: ["a"], session: opened.sessionID, epoch: 1)
                == .init(answer: ["b": 29, "c": 29], sessionID: opened.sessionID))
        #expect(
            try client.fetch([], session: opened.sessionID, epoch: 1).errorCode
                == KafkaErrorCode.invalidFetchSessionEpoch.rawValue)
        client.allow(["b"])
        #expect(
            try client.fetch([], session: opened.sessionID, epoch: 2).errorCode
                == KafkaErrorCode.fetchSessionIdNotFound.rawValue)
    }

    @Test func `when the last topic is refused the session goes on without the backend`() throws {
        let client = try Conversation(reads: ["a"], version: 12)
        _ = try client.fetch(["a"], session: 0, epoch: 0)
        client.allow([])
        #expect(try client.fetch([], session: 77, epoch: 1) == .init(answer: ["a": 29], sessionID: 77))
        #expect(try client.fetch([], session: 77, epoch: 2) == .init(answer: ["a": 29], sessionID: 77))
    }

    @Test func `a session that is not known here never reaches the backend`() throws {
        let client = try Conversation(reads: ["a"], version: 12)
        let outcome = try client.fetch([], session: 5, epoch: 1)
        #expect(outcome == .init(errorCode: KafkaErrorCode.fetchSessionIdNotFound.rawValue))
    }

    @Test func `a session keeps to names or to ids`() throws {
        let client = try Conversation(reads: ["a"], version: 12)
        _ = try client.fetch(["a", "b"], session: 0, epoch: 0)
        var request = FetchRequest()
        request.sessionId = 77
        request.sessionEpoch = 1
        var body = ByteBuffer()
        request.encode(into: &body, version: 13)
        let plan = try RequestEvaluator.plan(api: .fetch, version: 13, body: body, facts: client.facts)
        guard case .answer(var answer) = plan.verdict else {
            Issue.record("\(plan.verdict)")
            return
        }
        let message = try FetchResponse(from: &answer, version: 13)
        #expect(message.errorCode == KafkaErrorCode.fetchSessionTopicIdError.rawValue)
    }

    @Test func `an error of the whole session stays as the backend gave it`() throws {
        let client = try Conversation(reads: ["a"], version: 12)
        _ = try client.fetch(["a", "b"], session: 0, epoch: 0)
        let outcome = try client.fetch([], session: 77, epoch: 1, backendError: 71)
        #expect(outcome == .init(asked: [], errorCode: 71))
        #expect(
            try client.fetch([], session: 77, epoch: 2).errorCode == KafkaErrorCode.fetchSessionIdNotFound.rawValue)
    }

    @Test func `more sessions than a connection may have push the oldest out`() throws {
        let tracker = FetchSessionTracker()
        for id in 1...Int32(FetchSessionTracker.maximumSessions + 1) {
            tracker.store(FetchSession(usesIDs: false), id: id)
        }
        #expect(tracker.take(1) == nil)
        #expect(tracker.take(2) != nil)
    }

    @Test func `an unknown id is asked for before anything is decided`() throws {
        let client = try Conversation(reads: ["a"], version: 13)
        let stranger = KafkaUUID(high: 9, low: 9)
        var request = FetchRequest()
        request.sessionEpoch = -1
        request.topics = [.init(), .init()]
        request.topics[0].topicId = stranger
        request.topics[1].topicId = Self.ids["a"] ?? .zero
        var body = ByteBuffer()
        request.encode(into: &body, version: 13)
        let first = try RequestEvaluator.plan(api: .fetch, version: 13, body: body, facts: client.facts)
        #expect(first.verdict == .ask(.ids([stranger])))
        let second = try RequestEvaluator.plan(
            api: .fetch, version: 13, body: body, facts: client.facts, answers: TopicAnswers())
        guard case .forwardRewritten(var body) = second.verdict else {
            Issue.record("\(second.verdict)")
            return
        }
        #expect(try FetchRequest(from: &body, version: 13).topics.map(\.topicId) == [Self.ids["a"]])
    }
}
