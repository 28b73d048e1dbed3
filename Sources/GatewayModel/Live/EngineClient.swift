/// What a console or command asks of an engine. One implementation lives in the process, one speaks HTTP.
package protocol EngineClient: Sendable {
    /// The engine now.
    /// - Parameter gateway: a gateway's id, or nil for all.
    func liveSnapshot(gateway: String?) async throws -> LiveSnapshot

    /// Decisions with a sequence above `sequence`, oldest first, as far as the bounded ring still holds them.
    func decisions(after sequence: UInt64, gateway: String?) async throws -> [DecisionRecord]

    /// Judges a token as the virtual cluster's listener would, check by check.
    func checkToken(_ token: String, virtualCluster: String) async throws -> TokenCheckReport
}

/// The checks a token went through, in order.
package struct TokenCheckReport: Codable, Equatable, Sendable {
    package struct Check: Codable, Equatable, Sendable {
        package enum Outcome: String, Codable, Sendable { case passed, failed, skipped }

        /// `signature`, `expiry`, `issuer`, ...
        package var name: String
        package var outcome: Outcome
        /// A sentence with the values compared; never the token or a secret.
        package var detail: String

        package init(name: String, outcome: Outcome, detail: String) {
            self.name = name
            self.outcome = outcome
            self.detail = detail
        }
    }

    package var accepted: Bool
    package var principal: String?
    package var checks: [Check]

    package init(accepted: Bool, principal: String? = nil, checks: [Check]) {
        self.accepted = accepted
        self.principal = principal
        self.checks = checks
    }
}
