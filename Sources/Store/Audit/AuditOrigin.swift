/// Who asked for a change, and how; kept with the change.
///
/// It is a task-local value: what a request sets holds for all that is done for it, across the turns that changes take.
package struct AuditOrigin: Equatable, Sendable {
    @TaskLocal package static var current: AuditOrigin?

    /// Stands for clients of the public routes, which have no name.
    package static let stranger = "-"
    /// The origin of changes that no request asked for.
    package static let system = AuditOrigin(who: "system")

    /// The name of the token that the request carried.
    package var who: String
    package var method: String?
    package var path: String?
    /// `127.0.0.1:50412`.
    package var remoteAddress: String?
    package var userAgent: String?

    package init(
        who: String, method: String? = nil, path: String? = nil, remoteAddress: String? = nil, userAgent: String? = nil
    ) {
        self.who = who
        self.method = method
        self.path = path
        self.remoteAddress = remoteAddress
        self.userAgent = userAgent
    }
}
