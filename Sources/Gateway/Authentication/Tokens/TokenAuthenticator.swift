package import EngineInterface
package import Foundation
package import Resources

/// Judges tokens by a virtual cluster's `oauth_bearer` rules, in list order: the first that accepts decides.
package struct TokenAuthenticator: Sendable {
    private let validators: [(rule: Int, validator: TokenValidator)]

    /// - Parameter rules: All rules of the virtual cluster; those of other types are skipped.
    package init(
        rules: [AuthenticationRule], keys: JWKSCache, wallClock: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.validators = rules.enumerated().compactMap { index, rule in
            switch rule {
            case .anonymous: nil
            case .oauthBearer(let rule): (index, TokenValidator(rule: rule, keys: keys, wallClock: wallClock))
            }
        }
    }

    /// Performs the state machine's `.validate`.
    /// - Parameter rules: Indexes in the list that the authenticator was made with.
    /// - Returns: The verdict, and the index of the rule that accepted.
    ///
    /// Rules that could only accept after their source is asked again come last, so that a sign-in by one rule neither
    /// waits for another rule's issuer nor asks it for anything.
    @concurrent
    package func validate(_ token: BearerToken, rules: [Int]) async -> (verdict: TokenVerdict, rule: Int?) {
        let token = ParsedToken(token)
        var reasons: [(rule: Int, reason: String)] = []
        var undecided = self.validators.filter { rules.contains($0.rule) }
        for effort in [TokenValidator.Effort.atHand, .full] {
            let judges = undecided
            undecided = []
            for (rule, validator) in judges {
                let examination = await validator.examine(token, thorough: false, effort: effort)
                if examination.isUndecided {
                    undecided.append((rule, validator))
                } else {
                    switch examination.verdict {
                    case .accepted(let accepted): return (.accepted(accepted), rule)
                    case .rejected(let reason): reasons.append((rule, reason))
                    }
                }
            }
        }
        reasons.sort { $0.rule < $1.rule }
        return (.rejected(reason: Self.sentence(of: reasons)), nil)
    }

    private static func sentence(of reasons: [(rule: Int, reason: String)]) -> String {
        guard let first = reasons.first else { return "No rule of this virtual cluster takes tokens." }
        // A malformed token is malformed for every rule.
        if reasons.allSatisfy({ $0.reason == first.reason }) { return first.reason }
        return reasons.map { "By authentication[\($0.rule)]: \($0.reason)" }.joined(separator: " ")
    }

    /// The report of the rule that accepts the token; if none does, of the rule by which the most checks passed.
    @concurrent
    package func report(_ token: BearerToken) async -> TokenCheckReport {
        await self.examine(token).report
    }

    /// Like ``report(_:)``, with the token if it is accepted.
    @concurrent
    func examine(_ token: BearerToken) async -> (report: TokenCheckReport, token: AcceptedToken?) {
        let token = ParsedToken(token)
        var best: (rule: Int, report: TokenCheckReport, passed: Int)?
        for (rule, validator) in self.validators {
            let examination = await validator.examine(token, thorough: true)
            let report = examination.report
            if let accepted = examination.accepted { return (report, accepted) }
            let passed = report.checks.count { $0.outcome == .passed }
            if passed > best?.passed ?? -1 { best = (rule, report, passed) }
        }
        guard let (rule, found, _) = best else {
            let check = TokenCheckReport.Check(
                name: "rule", outcome: .failed, detail: "No rule of this virtual cluster takes tokens.")
            return (TokenCheckReport(accepted: false, checks: [check]), nil)
        }
        var report = found
        if self.validators.count > 1 {
            for index in report.checks.indices {
                report.checks[index].detail = "By authentication[\(rule)]: \(report.checks[index].detail)"
            }
        }
        return (report, nil)
    }
}
