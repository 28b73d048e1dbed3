import EngineInterface
import Resources

/// Reads the whole configuration through the management API, as one consistent state.
struct ConfigurationLoader: Sendable {
    private static let path = "/v1/configuration"

    let management: any ManagementClient

    func load() async throws -> ConfigurationTree {
        try self.tree(try await self.management.call(ManagementCall(.get, Self.path)))
    }

    /// The whole configuration, unless it is still the one of that tag.
    ///
    /// - Returns: nil when nothing was changed. The tag is that of before the load: what is changed during it is found
    ///   the next time.
    func load(unlessAt known: String?) async throws -> (tree: ConfigurationTree, tag: String?)? {
        let answer = try await self.management.call(ManagementCall(.get, Self.path, knownTag: known))
        if answer.status == 304 { return nil }
        return (try self.tree(answer), answer.tag)
    }

    private func tree(_ answer: ManagementAnswer) throws -> ConfigurationTree {
        guard answer.isSuccess else {
            throw EngineClientError("GET \(Self.path): \(ProblemText(answer).reason)")
        }
        return try ConfigurationTree(reading: answer.body)
    }
}
