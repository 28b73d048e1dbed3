import EngineInterface

/// The checks on one token as they are made: the result of each, and the first that failed.
struct TokenExamination {
    /// In the order of a report. ``TokenRisk`` adds the last.
    enum CheckName: String, CaseIterable {
        case shape, algorithm, key, signature, issuer, audience, time, scope, principal
        /// A check on tokens whose issuer is in this process and can be asked.
        case revocation
    }

    /// Whether all checks are made even after one has failed, for a report.
    let isThorough: Bool
    private var checks: [CheckName: TokenCheckReport.Check] = [:]
    private var rejection: TokenRejection?
    private var acceptable: AcceptedToken?

    init(thorough: Bool) {
        self.isThorough = thorough
    }

    /// Whether the token's key was not looked for with full effort, so that the token is neither accepted nor refused.
    private(set) var isUndecided = false

    var goesOn: Bool { self.isThorough || self.rejection == nil && !self.isUndecided }

    /// Makes a check, which gives its result and a sentence, or throws why the token fails it.
    /// - Returns: The result; nil when the check failed or is not made because an earlier one did.
    @discardableResult
    mutating func check<Value>(
        _ name: CheckName, _ body: () throws(TokenRejection) -> (Value, String)
    ) -> Value? {
        guard self.goesOn else { return nil }
        do throws(TokenRejection) {
            let (value, detail) = try body()
            self.record(name, .passed, detail)
            return value
        } catch {
            self.record(name, .failed, "\(error)")
            self.rejection = self.rejection ?? error
            return nil
        }
    }

    /// Passes a check with a remark about something that is not checked.
    mutating func warn(_ name: CheckName, _ detail: String) {
        self.record(name, .warning, detail)
    }

    mutating func skip(_ name: CheckName, _ detail: String) {
        self.record(name, .skipped, detail)
    }

    mutating func leaveUndecided() {
        self.isUndecided = true
    }

    /// Keeps the accepted token, in case no check fails.
    mutating func accept(_ token: AcceptedToken) {
        self.acceptable = token
    }

    /// Keeps the identity by which the token's issuer, in this process, knows it.
    mutating func wasIssued(as token: IssuedToken) {
        self.acceptable?.issued = token
    }

    private mutating func record(_ name: CheckName, _ outcome: TokenCheckReport.Check.Outcome, _ detail: String) {
        self.checks[name] = TokenCheckReport.Check(name: name.rawValue, outcome: outcome, detail: detail)
    }

    var verdict: TokenVerdict {
        if let rejection = self.rejection { return .rejected(reason: "\(rejection)") }
        guard let token = self.acceptable else { preconditionFailure("A token without rejection was not accepted.") }
        return .accepted(token)
    }

    /// The token, if all checks were made and none failed.
    var accepted: AcceptedToken? { self.rejection == nil ? self.acceptable : nil }

    var report: TokenCheckReport {
        let token = self.accepted
        return TokenCheckReport(
            accepted: token != nil, principal: token?.principalName,
            checks: CheckName.allCases.filter { $0 != .revocation || self.checks[$0] != nil }.map { name in
                self.checks[name]
                    ?? TokenCheckReport.Check(
                        name: name.rawValue, outcome: .skipped, detail: "Not made, because an earlier check failed.")
            })
    }
}
