package import Store

/// Commits changes that no engine has to know of.
package struct StoreCommitter: ChangeCommitter {
    private let store: ConfigurationStore

    package init(store: ConfigurationStore) {
        self.store = store
    }

    package func commit(_ steps: [ChangeStep]) async throws -> [ChangeAnswer] {
        if steps.contains(where: \.route.isCostly) {
            let trial = try await ChangeSequence(steps, isTrial: true)
            _ = try await self.store.rehearse { try trial.run(in: $0) }
        }
        let sequence = try await ChangeSequence(steps, isTrial: false)
        let answers = try await self.store.write { try sequence.run(in: $0) }
        for answer in answers { await answer.afterwards?() }
        return answers
    }
}
