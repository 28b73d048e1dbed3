import KafkaProtocol
import NIOCore

/// From a request to its plan: the one entry for the session.
enum RequestEvaluator {
    /// Decides what becomes of a request, and records the decisions taken.
    ///
    /// - Parameters:
    ///   - body: what follows the request header.
    ///   - answers: what the backend answered to the question of an earlier evaluation of this request.
    /// - Throws: when the body does not have the form of its version; a broker closes the connection then.
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
