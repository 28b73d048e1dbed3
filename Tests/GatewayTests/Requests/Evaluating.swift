import KafkaProtocol
import NIOCore
import Testing

@testable import Gateway

/// Requests and answers as values, for tests of one API.
struct Evaluating {
    let facts: SessionFacts

    func plan(_ request: some KafkaMessage, _ version: Int16, answers: TopicAnswers? = nil) throws -> RequestPlan {
        let api = type(of: request).apiKey
        let body = Self.bytes(request, version)
        let plan = try RequestEvaluator.plan(
            api: api, version: version, body: body, facts: self.facts, answers: answers)
        guard case .match(let question) = plan.verdict else { return plan }
        var matched = answers ?? TopicAnswers()
        matched.matches = question.matches()
        return try RequestEvaluator.plan(api: api, version: version, body: body, facts: self.facts, answers: matched)
    }

    /// The gateway's own answer; nil when the request goes on.
    func answer<Response: KafkaMessage>(
        _ request: some KafkaMessage, _ version: Int16, as _: Response.Type, answers: TopicAnswers? = nil
    ) throws -> Response? {
        guard case .answer(var body) = try self.plan(request, version, answers: answers).verdict else { return nil }
        return try Response(from: &body, version: version)
    }

    /// What the backend gets; nil when nothing goes on.
    func forwarded<Request: KafkaMessage>(
        _ request: Request, _ version: Int16, answers: TopicAnswers? = nil
    ) throws -> Request? {
        switch try self.plan(request, version, answers: answers).verdict {
        case .forward: return request
        case .forwardRewritten(var body): return try Request(from: &body, version: version)
        case .answer, .close, .ask, .match: return nil
        }
    }

    /// What the client gets when the backend answers so.
    func exchanged<Response: KafkaMessage>(
        _ request: some KafkaMessage, _ response: Response, _ version: Int16, answers: TopicAnswers? = nil
    ) throws -> Response {
        let plan = try self.plan(request, version, answers: answers)
        var body = try plan.response.apply(to: Self.bytes(response, version), version: version, facts: self.facts).body
        return try Response(from: &body, version: version)
    }

    static func bytes(_ message: some KafkaMessage, _ version: Int16) -> ByteBuffer {
        var bytes = ByteBuffer()
        message.encode(into: &bytes, version: version)
        return bytes
    }
}
