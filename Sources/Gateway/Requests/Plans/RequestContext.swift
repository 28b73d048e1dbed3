import KafkaProtocol
import NIOCore

/// One request on its way to a plan.
struct RequestContext {
    let version: Int16
    /// The body, after the header.
    let body: ByteBuffer
    let facts: SessionFacts
    /// What the backend said to the question that an earlier evaluation asked; nil in a first evaluation.
    let answers: TopicAnswers?

    var authorizer: SessionAuthorizer { self.facts.authorizer }

    /// The question to ask before a decision when some of the ids are unknown and nothing has been asked yet.
    func question(about ids: some Sequence<KafkaUUID>) -> TopicQuestion? {
        self.answers == nil ? self.facts.question(about: ids) : nil
    }
}

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
