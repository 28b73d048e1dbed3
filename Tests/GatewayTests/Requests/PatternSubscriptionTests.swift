import GatewayModel
import KafkaProtocol
import NIOCore
import Testing

@testable import Gateway

/// Subscriptions by pattern (KIP-848): the gateway matches, and the backend hears names.
@Suite struct PatternSubscriptionTests {
    private let session: Evaluating

    init() throws {
        self.session = Evaluating(
            facts: .test(
                rules: try OracleWorld.ruleSet([
                    OracleWorld.rule(.group, .allow, .read, "g"), OracleWorld.rule(.topic, .allow, .read, "open-*"),
                ])))
    }

    private func heartbeat(_ epoch: Int32 = 0, names: [String]? = nil, pattern: String? = nil)
        -> ConsumerGroupHeartbeatRequest
    {
        var request = ConsumerGroupHeartbeatRequest()
        request.groupId = "g"
        request.memberId = "m"
        request.memberEpoch = epoch
        request.subscribedTopicNames = names
        request.subscribedTopicRegex = pattern
        return request
    }

    private func topics(_ names: String...) -> TopicAnswers {
        var answers = TopicAnswers()
        answers.names = names
        return answers
    }

    @Test func `a pattern becomes the names that match and may be described`() throws {
        let request = self.heartbeat(names: ["open-x"], pattern: "(open|hidden)-[a-c]+")
        #expect(try self.session.plan(request, 1).verdict == .ask(.all))
        let told = try self.session.forwarded(
            request, 1, answers: self.topics("open-a", "hidden-a", "open-abd", "prefix-open-a", "open-c"))
        #expect(told?.subscribedTopicNames == ["open-a", "open-c", "open-x"])
        #expect(told?.subscribedTopicRegex == nil)
    }

    @Test func `later heartbeats look for topics now and then, and tell only news`() throws {
        _ = try self.session.plan(self.heartbeat(pattern: "open-.*"), 1, answers: self.topics("open-a"))
        for _ in 1..<PatternSubscription.heartbeatsBetweenLooks {
            #expect(try self.session.plan(self.heartbeat(1), 1) == .forward())
        }
        #expect(try self.session.plan(self.heartbeat(1), 1).verdict == .ask(.all))
        #expect(try self.session.plan(self.heartbeat(1), 1, answers: self.topics("open-a")) == .forward())
        for _ in 1..<PatternSubscription.heartbeatsBetweenLooks { _ = try self.session.plan(self.heartbeat(1), 1) }
        let told = try self.session.forwarded(self.heartbeat(1), 1, answers: self.topics("open-a", "open-b"))
        #expect(told?.subscribedTopicNames == ["open-a", "open-b"])
    }

    @Test func `names beside the pattern may change, and the pattern may end`() throws {
        _ = try self.session.plan(self.heartbeat(pattern: "open-.*"), 1, answers: self.topics("open-a"))
        let changed = self.heartbeat(1, names: ["open-z"])
        #expect(try self.session.plan(changed, 1).verdict == .ask(.all))
        let both = try self.session.forwarded(changed, 1, answers: self.topics("open-a"))
        #expect(both?.subscribedTopicNames == ["open-a", "open-z"])
        let ended = try self.session.forwarded(self.heartbeat(1, pattern: ""), 1)
        #expect(ended?.subscribedTopicNames == ["open-z"])
        #expect(ended?.subscribedTopicRegex == nil)
        #expect(try self.session.plan(self.heartbeat(1, names: ["open-a"]), 1) == .forward())
    }

    @Test func `a member that leaves takes its pattern along`() throws {
        _ = try self.session.plan(self.heartbeat(pattern: "open-.*"), 1, answers: self.topics("open-a"))
        #expect(try self.session.plan(self.heartbeat(-1), 1) == .forward())
        #expect(try self.session.plan(self.heartbeat(1, names: ["open-b"]), 1) == .forward())
    }

    @Test(arguments: ["(", "a)(b", "[", "a{1000}{1000}", "(?=a)"])
    func `a pattern that is none is refused`(pattern: String) throws {
        let answer = try self.session.answer(
            self.heartbeat(pattern: pattern), 1, as: ConsumerGroupHeartbeatResponse.self, answers: self.topics("a"))
        #expect(answer?.errorCode == KafkaErrorCode.invalidRegularExpression.rawValue)
    }

    @Test func `without the group nothing is asked, and one hidden name refuses all`() throws {
        var request = self.heartbeat(pattern: ".*")
        request.groupId = "other"
        #expect(try self.session.answer(request, 1, as: ConsumerGroupHeartbeatResponse.self)?.errorCode == 30)
        let names = self.heartbeat(names: ["open-a", "hidden-a"])
        #expect(try self.session.answer(names, 0, as: ConsumerGroupHeartbeatResponse.self)?.errorCode == 29)
    }

    @Test func `a backend that judges its clients itself matches patterns itself`() throws {
        let session = Evaluating(facts: .test(rules: nil))
        #expect(try session.plan(self.heartbeat(pattern: "("), 1) == .forward())
    }
}
