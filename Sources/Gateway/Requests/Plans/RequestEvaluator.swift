import KafkaProtocol
import NIOCore

/// Makes the plan for a request: the session's one entry to the rules.
enum RequestEvaluator {
    /// Makes a request's plan, and records the decisions.
    ///
    /// - Parameters:
    ///   - body: The bytes behind the request header.
    ///   - answers: The backend's answers to the question of an earlier evaluation of this request.
    /// - Throws: When the body does not have the form of its version, for which a broker closes the connection.
    static func plan(
        api: APIKey, version: Int16, body: ByteBuffer, facts: SessionFacts, answers: TopicAnswers? = nil
    ) throws(KafkaDecodeError) -> RequestPlan {
        guard let row = APITable.row(api), let plan = row.plan else {
            return RequestPlan(.close("\(api) is not offered."))
        }
        guard row.versions.contains(version) else {
            return RequestPlan(.close("\(api) version \(version) is not offered; versions \(row.versions) are."))
        }
        if !row.looksAtRequests(enforcing: facts.authorizer.isEnforcing) { return .forward() }
        facts.authorizer.beginRequest(api: api)
        return try plan(RequestContext(version: version, body: body, facts: facts, answers: answers))
    }
}
