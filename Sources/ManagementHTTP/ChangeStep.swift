/// One change of a request.
package struct ChangeStep: Sendable {
    package var route: ChangeRoute
    package var input: ChangeInput
    package var preconditions: Preconditions
    /// What later changes call it.
    package var name: String?

    package init(_ route: ChangeRoute, _ input: ChangeInput, _ preconditions: Preconditions, name: String? = nil) {
        self.route = route
        self.input = input
        self.preconditions = preconditions
        self.name = name
    }
}

/// The one place where changes are committed.
package protocol ChangeCommitter: Sendable {
    /// Makes all changes in one transaction, or none.
    ///
    /// - Throws: ``ChangesRefused``.
    func commit(_ steps: [ChangeStep]) async throws -> [ChangeAnswer]
}
