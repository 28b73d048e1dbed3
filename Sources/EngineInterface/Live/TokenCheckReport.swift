/// The checks a token went through, in order.
package struct TokenCheckReport: Codable, Equatable, Sendable {
    package struct Check: Codable, Equatable, Sendable {
        package enum Outcome: String, Codable, Sendable {
            case passed, failed, skipped
            /// Nothing is wrong, but something is unchecked or risky.
            case warning
        }

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
