package import Foundation
import GatewayModel
package import Hummingbird
package import Logging
package import Store

/// The OAuth identity server: auth servers with their scopes, claims, clients and keys, and the tokens they issue.
///
/// It has no socket of its own. Its routes are mounted on the management API's router:
///
///     let identity = IdentityServer(store: store, secretBox: box, publicURL: { "http://localhost:9190" }, logger: logger)
///     identity.addPublicRoutes(to: router)                            // for anybody
///     identity.addManagementRoutes(to: router.group().add(middleware: BearerMiddleware(token: token)))
package struct IdentityServer: Sendable {
    private let core: IdentityCore

    /// - Parameters:
    ///   - secretBox: Seals signing keys at rest.
    ///   - publicURL: Base of the issuer of a new auth server, such as `http://localhost:9190`; asked each time, since
    ///     the port may be known only after binding.
    ///   - now: The wall clock.
    package init(
        store: ConfigurationStore, secretBox: SecretBox, publicURL: @escaping @Sendable () -> String,
        now: @escaping @Sendable () -> Date = { Date() }, logger: Logger
    ) {
        self.core = IdentityCore(
            store: store, keys: KeyRing(store: store, secretBox: secretBox, now: now), secrets: SecretVerifier(),
            publicURL: publicURL, now: now, logger: logger)
    }

    /// Adds metadata, key set, token, introspection, revocation and userinfo, below `/<issuer id>/auth`.
    package func addPublicRoutes(to router: some RouterMethods<APIContext>) {
        PublicEndpoints(identity: self.core).mount(on: router)
    }

    /// Adds `/v1/auth-servers` and what is below it. The caller checks the bearer token first, and has the problem
    /// middleware around both kinds of routes.
    ///
    /// - Parameter committer: commits all changes; without one the server does it alone.
    /// - Returns: the changes among the routes.
    @discardableResult
    package func addManagementRoutes(
        to router: some RouterMethods<APIContext>, committer: (any ChangeCommitter)? = nil
    ) -> [ChangeRoute] {
        let routes = ManagementRoutes(
            identity: self.core, committer: committer ?? StoreCommitter(store: self.core.store))
        routes.mount(on: router)
        return routes.entities.changes + routes.others.changes
    }

    /// Signs with a new key from now on. The old public key stays in the key set for the longest token lifetime.
    ///
    /// - Throws: ``StoreError/notFound(kind:id:)``.
    package func rotateSigningKey(authServerID id: String) async throws {
        let core = self.core
        let server = try await core.store.read { try $0.get(AuthServer.self, id: id) }
        let key = try await core.keys.makeRecord(serverID: id, algorithm: server.signingAlgorithm)
        let now = core.now
        try await core.store.write { transaction in
            _ = try transaction.get(AuthServer.self, id: id)
            try transaction.signFromNowOn(with: key, now: now)
        }
        await core.keys.forget(serverID: id)
    }
}
