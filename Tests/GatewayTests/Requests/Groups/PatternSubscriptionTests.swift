import EngineInterface
import KafkaProtocol
import NIOCore
import Patterns
import Resources
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
        TopicAnswers(TopicList(names: names.sortedByBytes()))
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

    @Test(arguments: [
        "(?:.?){900}X", String(repeating: "a", count: 201), "[" + String(repeating: "a", count: 5_000) + "]",
    ])
    func `a pattern that is too large is refused before anything is asked, and counted`(pattern: String) throws {
        let plan = try self.session.plan(self.heartbeat(pattern: pattern), 1)
        #expect(plan.limit == .patternCost)
        let answer = try self.session.answer(
            self.heartbeat(pattern: pattern), 1, as: ConsumerGroupHeartbeatResponse.self)
        #expect(answer?.errorCode == KafkaErrorCode.invalidRegularExpression.rawValue)
        #expect(answer?.errorMessage?.contains("200 instructions") == true)
        #expect(try self.session.plan(self.heartbeat(pattern: String(repeating: "a", count: 200)), 1).limit == nil)
    }

    @Test func `a pattern whose matching takes too long is refused, and the member keeps what it had`() throws {
        _ = try self.session.plan(self.heartbeat(pattern: "open-.*"), 1, answers: self.topics("open-a"))
        var answers = self.topics("open-a")
        answers.matches = .tooCostly
        let plan = try self.session.plan(self.heartbeat(1, pattern: "(a|b)*"), 1, answers: answers)
        #expect(plan.limit == .patternCost)
        guard case .answer(var body) = plan.verdict else {
            Issue.record("\(plan.verdict)")
            return
        }
        let answer = try ConsumerGroupHeartbeatResponse(from: &body, version: 1)
        #expect(answer.errorCode == KafkaErrorCode.invalidRegularExpression.rawValue)
        #expect(answer.errorMessage?.contains("takes too long") == true)
        #expect(try self.session.plan(self.heartbeat(1), 1) == .forward())
    }

    @Test func `one pattern is matched once with each list of topics`() async throws {
        let matcher = PatternMatcher()
        let directory = BackendDirectory()
        func ask(_ pattern: String, _ list: TopicList) async throws -> PatternMatches {
            await matcher.matches(PatternQuestion(pattern: try NamePattern(pattern), topics: list))
        }
        let first = directory.keep(TopicList(names: ["a", "b"]))
        for _ in 0..<3 { #expect(try await ask("a|c", first) == .names(["a"])) }
        #expect(try await ask("b", first) == .names(["b"]))
        #expect(await matcher.matchings == 2)
        #expect(directory.keep(TopicList(names: ["a", "b"])).version == first.version)
        let second = directory.keep(TopicList(names: ["a", "b", "c"]))
        #expect(second.version != first.version)
        #expect(try await ask("a|c", second) == .names(["a", "c"]))
        #expect(await matcher.matchings == 3)
        // A list that is not shared has no number to remember it by.
        #expect(try await ask("a|c", TopicList(names: ["c"])) == .names(["c"]))
        for number in 0...PatternMatcher.capacity { _ = try await ask("x\(number)", second) }
        #expect(try await ask("a|c", second) == .names(["a", "c"]))
    }

    @Test func `a costly pattern has one budget for all topics`() throws {
        let names = (0..<4_000).map { "topic-\($0)-" + String(repeating: "abcdefghij", count: 9) }
        let costly = PatternQuestion(
            pattern: try NamePattern("(?:.?){90}X"), topics: TopicList(names: names))
        #expect(costly.matches() == .tooCostly)
        let usual = PatternQuestion(pattern: try NamePattern("topic-1.*"), topics: TopicList(names: names))
        guard case .names(let matching) = usual.matches() else {
            Issue.record("too costly")
            return
        }
        #expect(matching == names.filter { $0.hasPrefix("topic-1") })
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
