/// Whether a plan is run at once, after a question, or not at all.
package enum PlanConsent: Equatable, Sendable {
    case given
    case needsQuestion
    case refused(reason: String)

    /// - Parameters:
    ///   - prunes: Whether the plan may delete entities that the files do not hold. It then never runs without consent.
    ///   - isTold: Whether the user consented on the command line.
    ///   - canAsk: Whether there is a person at a terminal, and the output is for people.
    package init(prunes: Bool, isTold: Bool, canAsk: Bool) {
        if isTold {
            self = .given
        } else if canAsk {
            self = .needsQuestion
        } else if prunes {
            self = .refused(
                reason:
                    "Nothing was changed: pruning deletes, and there is no terminal to ask on (or --json was given). "
                    + "Check the plan with --dry-run, then add --yes.")
        } else {
            self = .given
        }
    }
}
