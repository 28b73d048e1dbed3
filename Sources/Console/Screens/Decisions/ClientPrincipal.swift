import EngineInterface
import Resources

/// A client as rules see it: the name of its principal, and its way to sign in.
///
/// An unauthenticated client is called `anonymous`, and a token may have the same name for its principal. Only the way
/// to sign in distinguishes the two, so every question and proposal for a principal is built here.
struct ClientPrincipal: Equatable, Sendable {
    /// `context.auth.type` and the name of unauthenticated clients.
    static let anonymous = "anonymous"

    var name: String
    /// `context.auth.type`; nil from an engine that does not report it.
    var authentication: String?

    init(_ name: String, authentication: String?) {
        self.name = name
        self.authentication = authentication
    }

    init(_ record: DecisionRecord) { self.init(record.principal, authentication: record.authentication) }

    /// Nil before the client has signed in.
    init?(_ connection: ConnectionView) {
        guard let name = connection.principal else { return nil }
        self.init(name, authentication: connection.authentication)
    }

    /// Whether it stands for every client without authentication. If the engine does not report the sign-in, it is
    /// judged by the name.
    var isUnauthenticated: Bool { (self.authentication ?? self.name) == Self.anonymous }

    /// Whether rules can see no difference between the two, claims aside.
    func isSame(as other: ClientPrincipal) -> Bool {
        self.isUnauthenticated == other.isUnauthenticated
            && (self.isUnauthenticated || self.name.hasSameBytes(as: other.name))
    }

    /// For questions to the engine. Its claims are not known here: rules that need one do not match.
    var subject: AccessSubject {
        self.isUnauthenticated ? .anonymous : .assumed(principal: self.name, claims: [:])
    }

    /// The condition of a policy that is for it alone.
    var condition: String { self.condition(quotedBy: "'") }

    func condition(quotedBy mark: Unicode.Scalar) -> String {
        let anonymous = ExpressionText.quoted(Self.anonymous, by: mark)
        if self.isUnauthenticated { return "context.auth.type == \(anonymous)" }
        let named = "context.auth.principal.name == " + ExpressionText.quoted(self.name, by: mark)
        return self.isCalledAnonymous ? named + " && context.auth.type != \(anonymous)" : named
    }

    /// The reason why no rule can be written for a name; nil when one can. The engine shortens long names, and a rule
    /// for the shortened name would match no principal.
    static func reasonAgainstRules(for name: String) -> String? {
        guard name.utf8.count > OutsideText.maximumNameBytes else { return nil }
        return "The name '\(name.prefix(24))...' is longer than the \(OutsideText.maximumNameBytes) bytes known of it "
            + "here: a rule for it has to be written in the Map (3)."
    }

    private var isCalledAnonymous: Bool { self.name == Self.anonymous }

    /// The client in a sentence: `svc-billing`, `every unauthenticated client`.
    var words: String {
        if self.isUnauthenticated { return "every unauthenticated client" }
        return self.isCalledAnonymous ? "the principal 'anonymous' of tokens" : self.name
    }

    /// Whom a policy with ``condition`` gives something, in a sentence.
    func reach(in cluster: String) -> String {
        if self.isUnauthenticated {
            return "Every unauthenticated client of \(cluster) gets it, from any address: the condition names how they "
                + "sign in, because they have no names of their own."
        }
        return self.isCalledAnonymous
            ? "Nobody else gets anything: the condition names the principal, and leaves out unauthenticated clients, which "
                + "are called 'anonymous' as well."
            : "Nobody else gets anything: the condition names the principal."
    }
}
