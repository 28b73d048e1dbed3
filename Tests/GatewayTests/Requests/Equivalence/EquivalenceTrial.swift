import KafkaProtocol
import NIOCore
import Policies
import Resources
import TestSupport
import Testing

@testable import Gateway
@testable import Sandbox

/// Two equal worlds: in one the broker enforces the rules itself, in the other the gateway does in front of it.
struct EquivalenceTrial {
    private let rules: BrokerRules
    private let direct: BrokerWorld
    private let behind: BrokerWorld
    private let facts: SessionFacts

    init(rules: BrokerRules) throws {
        self.rules = rules
        // Under these addresses the gateway shows its brokers.
        self.direct = try BrokerWorld(host: "gateway", firstPort: 29_291)
        self.direct.cluster.authorizer = rules.authorizer
        self.behind = try BrokerWorld(host: "backend", firstPort: 9)
        let mapping = try #require(PortMapping(ports: [29_290...29_292], bootstrap: .atStart, minimumBrokerID: 0))
        self.facts = SessionFacts(
            authorizer: SessionAuthorizer(rules: try OracleWorld.ruleSet(rules.asPolicy)),
            endpoints: BrokerEndpoints(advertisedHost: "gateway", mapping: mapping), topicNames: TopicNames())
    }

    func run(_ maker: RequestMaker, steps: Int64) throws {
        let (api, version) = (maker.api, maker.version)
        var maker = maker
        var sessions: (direct: Int64, behind: Int64) = (0, 0)
        if api == .shareAcknowledge { try self.openShareSession(maker, version) }
        for step in 0..<steps {
            maker.step = api == .shareAcknowledge ? step + 1 : step
            let request = maker.message()
            let theirs = try self.direct.ask(api, version, self.body(request, maker, sessionID: sessions.direct))
            let ours = try self.throughGateway(api, version, self.body(request, maker, sessionID: sessions.behind))
            let place: Comment = "\(api) v\(version) step \(step) \(request.fields) under \(self.rules)"
            switch (theirs, ours) {
            case (.none, .none), (.closed, .closed): break
            case (.body(let theirs), .body(let ours)):
                let schema = try #require(MessageSchema.responses[api.rawValue])
                let left = try schema.decode(ours, version: version)
                let right = try schema.decode(theirs, version: version)
                if api == .fetch, step > 0, self.startsAnew(left) { return }
                if api == .fetch { sessions = (Self.sessionID(right), Self.sessionID(left)) }
                let words = Self.words(for: api)
                let (gateway, broker) = (words.text(Self.grouped(left)), words.text(Self.grouped(right)))
                #expect(gateway == broker, place)
                if gateway != broker { return }
            default:
                Issue.record("gateway: \(ours), broker: \(theirs) — \(place)")
                return
            }
            let (broker, gateway) = (self.direct.state, self.behind.state)
            #expect(
                Set(gateway).symmetricDifference(broker).isEmpty,
                "behind the gateway: \(Set(gateway).subtracting(broker)), broker: \(Set(broker).subtracting(gateway)) — \(place)"
            )
            if gateway != broker { return }
        }
    }

    /// A member acknowledges in a session that it has opened by fetching.
    private func openShareSession(_ maker: RequestMaker, _ version: Int16) throws {
        var fetching = RequestMaker(
            api: .shareFetch, schema: try #require(MessageSchema.requests[APIKey.shareFetch.rawValue]),
            version: version, random: maker.random)
        fetching.step = 0
        let body = self.body(fetching.message(), fetching, sessionID: 0)
        _ = try self.direct.ask(.shareFetch, version, body)
        _ = try self.throughGateway(.shareFetch, version, body)
    }

    private func body(_ request: SchemaValue.Structure, _ maker: RequestMaker, sessionID: Int64) -> ByteBuffer {
        var request = request
        if maker.api == .fetch { request.fields["SessionId"] = .integer(sessionID) }
        return maker.schema.encode(request, version: maker.version)
    }

    /// A session all of which was refused is the gateway's own. When the client asks it for something that it may read, it
    /// is told to begin another, and does.
    private func startsAnew(_ answer: SchemaValue.Structure) -> Bool {
        answer.fields["ErrorCode"] == .integer(Int64(KafkaErrorCode.fetchSessionIdNotFound.rawValue))
            && RequestMaker.topics.contains { !self.rules.allows(.read, .topic, $0) }
    }

    private static func sessionID(_ answer: SchemaValue.Structure) -> Int64 {
        guard case .integer(let id)? = answer.fields["SessionId"] else { return 0 }
        return id
    }

    // MARK: The gateway

    private func throughGateway(_ api: APIKey, _ version: Int16, _ body: ByteBuffer) throws -> BrokerWorld.Answer {
        var plan = try RequestEvaluator.plan(api: api, version: version, body: body, facts: self.facts)
        if case .ask(let question) = plan.verdict {
            var asked = ByteBuffer()
            question.request.encode(into: &asked, version: 13)
            guard case .body(let told) = try self.behind.ask(.metadata, 13, asked) else { return .closed }
            var answers = try question.answers(body: told, version: 13, names: self.facts.topicNames)
            plan = try RequestEvaluator.plan(
                api: api, version: version, body: body, facts: self.facts, answers: answers)
            if case .match(let question) = plan.verdict {
                answers.matches = question.matches()
                plan = try RequestEvaluator.plan(
                    api: api, version: version, body: body, facts: self.facts, answers: answers)
            }
        }
        let forwarded: ByteBuffer
        switch plan.verdict {
        case .answer(let body): return .body(body)
        case .forward: forwarded = body
        case .forwardRewritten(let rewritten): forwarded = rewritten
        case .close(_, after: let last):
            if let last { _ = try self.behind.ask(api, version, last) }
            return .closed
        case .ask, .match: return .closed
        }
        let answer = try self.behind.ask(api, version, forwarded)
        guard case .body(let backend) = answer else { return answer }
        #expect(plan.expectsResponse)
        return .body(try plan.response.apply(to: backend, version: version, facts: self.facts).body)
    }

    // MARK: Comparing

    private static let known: [[UInt8]: String] = {
        var names = Dictionary(uniqueKeysWithValues: RequestMaker.topics.map { (RequestMaker.id($0), "id of \($0)") })
        names[[UInt8](repeating: 0, count: 16)] = "zero"
        return names
    }()

    /// Texts for people, times, and what a cluster draws.
    private static let volatile: Set<String> = [
        "ErrorMessage", "AcknowledgeErrorMessage", "ClusterId", "SessionId", "LastFetchTimestamp",
        "LastCaughtUpTimestamp", "TransactionStartTimeMs",
    ]

    /// Rows of one topic as one: a broker makes a new one whenever the topic changes from partition to partition.
    private static func grouped(_ answer: SchemaValue.Structure) -> SchemaValue {
        guard case .array(let rows)? = answer.fields["Responses"] else { return .structure(answer) }
        var partitions: [[SchemaValue]] = []
        var topics: [SchemaValue.Structure] = []
        for case .structure(var topic) in rows {
            guard case .array(let more)? = topic.fields.removeValue(forKey: "Partitions") else {
                return .structure(answer)
            }
            if let place = topics.firstIndex(of: topic) {
                partitions[place] += more
            } else {
                topics.append(topic)
                partitions.append(more)
            }
        }
        var answer = answer
        answer.fields["Responses"] = .array(
            zip(topics, partitions).map { topic, partitions in
                var topic = topic
                topic.fields["Partitions"] = .array(partitions)
                return .structure(topic)
            })
        return .structure(answer)
    }

    private static func words(for api: APIKey) -> CanonicalAnswer {
        CanonicalAnswer(
            isMasked: { path in path.split(separator: ".").last.map { Self.volatile.contains(String($0)) } ?? false },
            uuid: { Self.known[$0] ?? "a new id" },
            string: { $0.hasPrefix("probe-") ? "a new member" : $0 })
    }
}
