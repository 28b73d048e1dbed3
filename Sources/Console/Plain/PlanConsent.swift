/// Whether a plan is carried out at once, after a question, or not at all.
package enum PlanConsent: Equatable, Sendable {
    case given
    case needsQuestion
    case refused(reason: String)

    /// - Parameters:
    ///   - prunes: the plan was made to delete what files do not hold. It is then never carried out unasked.
    ///   - isTold: the user said so on the command line.
    ///   - canAsk: there is a person at a terminal, and the output is for people.
    package init(prunes: Bool, isTold: Bool, canAsk: Bool) {
        if isTold {
            self = .given
        } else if canAsk {
            self = .needsQuestion
        } else if prunes {
            self = .refused(
                reason:
                    "Nothing was changed: pruning deletes, and there is no terminal to ask at (or --json was given). "
                    + "Look at the plan with --dry-run, then say --yes.")
        } else {
            self = .given
        }
    }
}
