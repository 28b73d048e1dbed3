import KafkaProtocol

/// What the gateway does with one API.
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
    /// What the gateway decodes and authorizes. A client is offered what of it the backend has too.
    let versions: ClosedRange<Int16>
    /// The last version that ApiVersions lists, when later ones are for brokers.
    var lastOffered: Int16?
    /// When a request of this API is decoded.
    var request: Attention = .whenEnforcing
    /// When an answer may be decoded: for some requests at least.
    var response: Attention = .never
    /// From this version on every response is looked at, for broker addresses. Others only when their plan says so.
    var rewritesFrom: Int16?
    /// From this version on the backend has to be able to tell the names of topic ids, or all names.
    var idsFrom: Int16?
    /// Whether it is called for every batch of records: worth counting cycles.
    var isHot = false
    /// Whether the gateway answers by itself where it enforces its own rules: it is offered there whatever the backend has.
    var isAnsweredHereWhenEnforcing = false
    /// Whether it goes on also when the backend does not list it.
    var isAnsweredUnlisted = false
    /// Permissions, in words.
    let authorizes: String
    /// What changes on the way, in words: broker addresses and what the backend cannot know.
    var rewrites = "none"
    /// nil: the session answers by itself.
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

    /// Whether the backend has no say in what a client is offered of it.
    func isAnsweredHere(enforcing: Bool) -> Bool {
        self.plan == nil || enforcing && self.isAnsweredHereWhenEnforcing
    }
}
