import KafkaProtocol

/// The gateway's treatment of one API.
///
/// A new API is one row of ``APITable`` and one file with its rules. If its answers are changed, it is a case of
/// ``ResponsePlan`` too.
struct APIRow: Sendable {
    typealias Plan = @Sendable (RequestContext) throws(KafkaDecodeError) -> RequestPlan

    enum Attention: String, Codable, Sendable {
        case never
        case whenEnforcing = "when enforcing"
        case always
    }

    let api: APIKey
    /// The versions that the gateway decodes and authorizes. Clients are offered those of them that the backend has
    /// too.
    let versions: ClosedRange<Int16>
    /// The last version that ApiVersions lists, if later ones are for brokers.
    var lastOffered: Int16?
    /// When a request of this API is decoded.
    var request: Attention = .whenEnforcing
    /// When an answer may be decoded, for at least some requests.
    var response: Attention = .never
    /// The first version whose responses are all decoded, for broker addresses. Responses of other versions are decoded
    /// only when their plan says so.
    var rewritesFrom: Int16?
    /// The first version for which the backend must be able to name topic ids, or all topics.
    var idsFrom: Int16?
    /// Whether clients send the request for every batch of records, so that cycles count.
    var isHot = false
    /// Whether the gateway answers by itself where it enforces its own rules. The API is then offered whatever the
    /// backend has.
    var isAnsweredHereWhenEnforcing = false
    /// Whether a request is forwarded even if the backend does not list the API.
    var isAnsweredUnlisted = false
    /// The permissions, in words.
    let authorizes: String
    /// The rewritten parts, in words: broker addresses, and fields that the backend cannot know.
    var rewrites = "none"
    /// The plan for a request; nil when the session answers by itself.
    let plan: Plan?

    func looksAtRequests(enforcing: Bool) -> Bool {
        switch self.request {
        case .never: false
        case .whenEnforcing: enforcing
        case .always: true
        }
    }

    func looksAtEveryResponse(version: Int16) -> Bool {
        self.rewritesFrom.map { version >= $0 } ?? false
    }

    /// Whether clients are offered the API whatever the backend offers.
    func isAnsweredHere(enforcing: Bool) -> Bool {
        self.plan == nil || enforcing && self.isAnsweredHereWhenEnforcing
    }
}
