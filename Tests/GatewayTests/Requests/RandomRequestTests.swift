import KafkaProtocol
import NIOCore
import Policies
import Resources
import TestSupport
import Testing

@testable import Gateway

/// Random valid requests and answers of every API and version, with tagged fields that nobody knows: always a plan, and
/// the plan does with the answer what the table says. Random bytes: a plan or an error.
@Suite struct RandomRequestTests {
    private static let rows = APITable.rows.filter { $0.plan != nil }

    private static func ruleSets() throws -> [ACLRuleSet?] {
        [
            nil, try OracleWorld.ruleSet([]), try OracleWorld.shared.rules(for: "admin", actsAsBroker: true),
            try OracleWorld.ruleSet([
                OracleWorld.rule(.group, .allow, .all, "*"), OracleWorld.rule(.topic, .allow, .all, "*a*"),
                OracleWorld.rule(.transactionalID, .allow, .write, "*"),
                OracleWorld.rule(.cluster, .allow, .describe, "*"),
            ]),
        ]
    }

    @Test(arguments: Self.rows.map(\.api.rawValue))
    func `a valid request has a plan, and the plan takes any valid answer`(key: Int16) throws {
        let row = try #require(APITable.row(APIKey(rawValue: key)))
        let requests = try #require(MessageSchema.requests[key])
        let responses = try #require(MessageSchema.responses[key])
        for rules in try Self.ruleSets() {
            // One session for all, so that what one request leaves behind is there for the next.
            let facts = SessionFacts.test(rules: rules)
            for version in row.versions {
                for seed in 0..<UInt64(6) {
                    var generator = ValueGenerator(seed: seed, hasUnknownTags: true)
                    let request = requests.encode(generator.message(requests, version: version), version: version)
                    let plan = try self.plan(row.api, version, request, facts)
                    if rules == nil, row.response != .always {
                        #expect(plan.response == .passThrough || row.request == .always, "\(row.api) v\(version)")
                    }
                    if row.response == .never { #expect(plan.response == .passThrough, "\(row.api) v\(version)") }
                    if row.looksAtEveryResponse(version: version), self.goesOn(plan), plan.expectsResponse {
                        #expect(plan.response != .passThrough, "\(row.api) v\(version)")
                    }
                    let response = responses.encode(generator.message(responses, version: version), version: version)
                    guard self.goesOn(plan) else { continue }
                    let result = try plan.response.apply(to: response, version: version, facts: facts).body
                    // What comes out is a message of the same version.
                    _ = try responses.decode(result, version: version)
                }
            }
        }
    }

    @Test(arguments: Self.rows.map(\.api.rawValue))
    func `what goes on and what is answered is a message of the request's version`(key: Int16) throws {
        let row = try #require(APITable.row(APIKey(rawValue: key)))
        let requests = try #require(MessageSchema.requests[key])
        let responses = try #require(MessageSchema.responses[key])
        for rules in try Self.ruleSets() {
            for version in row.versions {
                for seed in 100..<UInt64(104) {
                    let facts = SessionFacts.test(rules: rules)
                    var generator = ValueGenerator(seed: seed, hasUnknownTags: true)
                    let request = requests.encode(generator.message(requests, version: version), version: version)
                    let plan = try self.plan(row.api, version, request, facts)
                    switch plan.verdict {
                    case .forwardRewritten(let body): _ = try requests.decode(body, version: version)
                    case .answer(let body):
                        _ = try responses.decode(body, version: version)
                        #expect(plan.response == .passThrough && plan.expectsResponse)
                    case .forward, .close: break
                    case .ask, .match: Issue.record("\(row.api) v\(version) asks twice")
                    }
                }
            }
        }
    }

    @Test(arguments: Self.rows.map(\.api.rawValue))
    func `cut and random bytes are an error or have a plan`(key: Int16) throws {
        let row = try #require(APITable.row(APIKey(rawValue: key)))
        let requests = try #require(MessageSchema.requests[key])
        let responses = try #require(MessageSchema.responses[key])
        var random = SeededGenerator(seed: UInt64(key))
        for rules in try Self.ruleSets() {
            let facts = SessionFacts.test(rules: rules)
            for version in row.versions {
                var generator = ValueGenerator(seed: UInt64(version), hasUnknownTags: true)
                let request = requests.encode(generator.message(requests, version: version), version: version)
                let response = responses.encode(generator.message(responses, version: version), version: version)
                for _ in 0..<12 {
                    let cut = request.getSlice(at: 0, length: Int.random(in: 0...request.readableBytes, using: &random))
                    let short = response.getSlice(
                        at: 0, length: Int.random(in: 0...response.readableBytes, using: &random))
                    let noise = ByteBuffer(bytes: (0..<40).map { _ in UInt8.random(in: 0...255, using: &random) })
                    for body in [cut ?? ByteBuffer(), noise, request] {
                        guard let plan = try? self.plan(row.api, version, body, facts) else { continue }
                        for answer in [short ?? ByteBuffer(), noise] {
                            _ = try? plan.response.apply(to: answer, version: version, facts: facts)
                        }
                    }
                }
            }
        }
    }

    private func goesOn(_ plan: RequestPlan) -> Bool {
        switch plan.verdict {
        case .forward, .forwardRewritten: true
        case .answer, .close, .ask, .match: false
        }
    }

    private func plan(
        _ api: APIKey, _ version: Int16, _ body: ByteBuffer, _ facts: SessionFacts
    ) throws -> RequestPlan {
        let first = try RequestEvaluator.plan(api: api, version: version, body: body, facts: facts)
        guard case .ask = first.verdict else { return first }
        var answers = TopicAnswers()
        answers.list = TopicList(names: ["a", "b"])
        let second = try RequestEvaluator.plan(
            api: api, version: version, body: body, facts: facts, answers: answers)
        guard case .match(let question) = second.verdict else { return second }
        answers.matches = question.matches()
        return try RequestEvaluator.plan(api: api, version: version, body: body, facts: facts, answers: answers)
    }
}
