package import GatewayModel

/// Tries a plan on an empty configuration, change by change, and collects all that is refused: ask for the next call,
/// tell its answer, until there is none. What needs something refused is left out.
///
/// A pure value: someone else makes the calls.
package struct ConfigurationTrial: Sendable {
    private let changes: [PlannedChange]
    private var position = 0
    /// Of the change in hand.
    private var run: ConfigurationRun?
    private var ids: [EntityKey: String] = [:]
    private var refused: Set<EntityKey> = []
    /// In the order of the plan.
    package private(set) var problems: [DocumentError] = []

    package init(_ plan: ConfigurationPlan) {
        self.changes = plan.changes
    }

    /// The call to make now; asking twice gives the same. Nil: all was tried.
    package mutating func next() -> ManagementCall? {
        while true {
            switch self.run?.next() {
            case .call(let call, _)?: return call
            case .finished?:
                self.ids = self.run?.ids ?? self.ids
                self.run = nil
            case .failed(let failure)?:
                let key = self.changes[self.position - 1].key
                self.problems.append(DocumentError("cannot \(failure.title): \(failure.reason)", at: failure.place))
                self.refused.insert(key)
                self.run = nil
            case nil:
                guard self.changes.indices.contains(self.position) else { return nil }
                let change = self.changes[self.position]
                self.position += 1
                if self.needsRefused(change) {
                    self.refused.insert(change.key)
                    continue
                }
                self.run = ConfigurationRun(
                    [change], ids: self.ids, undoesOnFailure: false,
                    secrets: Array(
                        repeating: String(repeating: "s", count: 43),
                        count: ConfigurationRun.secretsNeeded([change])))
            }
        }
    }

    package mutating func received(_ answer: ManagementAnswer) { self.run?.received(answer) }

    /// No answer came.
    package mutating func lost(_ reason: String) { self.run?.lost(reason) }

    /// Whether it lies below something refused or holds its id.
    private func needsRefused(_ change: PlannedChange) -> Bool {
        if let parent = change.key.parent, self.refused.contains(parent) { return true }
        return change.calls.contains { call in
            call.idFields.values.contains { keys in keys.contains(where: self.refused.contains) }
        }
    }
}
