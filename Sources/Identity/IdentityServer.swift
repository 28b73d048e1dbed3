package import Foundation
package import Hummingbird
package import Logging
package import ManagementHTTP
package import Resources
package import Store

/// The OAuth identity server: auth servers with their scopes, claims, clients and keys, and the tokens they issue.
///
/// It has no socket of its own. Its routes are mounted on the management API's router:
///
///     let identity = IdentityServer(store: store, secretBox: box, publicURL: { "http://localhost:9190" }, logger: logger)
///     identity.addPublicRoutes(to: router)                            // for anybody
///     identity.addManagementRoutes(to: router.group().add(middleware: BearerMiddleware(token: token)))
package struct IdentityServer: Sendable {
    let core: IdentityCore

    /// - Parameters:
    ///   - secretBox: Seals signing keys at rest.
    ///   - publicURL: Base of the issuer of a new auth server, such as `http://localhost:9190`; asked each time, since
    ///     the port may be known only after binding.
    ///   - ownAddresses: where this instance is reached, asked each time too.
    ///   - now: The wall clock.
    package init(
        store: ConfigurationStore, secretBox: SecretBox, publicURL: @escaping @Sendable () -> String,
        ownAddresses: @escaping @Sendable () -> Set<URLAuthority> = { [] },
        now: @escaping @Sendable () -> Date = { Date() }, logger: Logger
    ) {
        self.core = IdentityCore(
            store: store, keys: KeyRing(store: store, secretBox: secretBox, now: now),
            secrets: SecretVerifier(now: now), rates: TokenRates(now: now), publicURL: publicURL,
            ownAddresses: ownAddresses, now: now, logger: logger)
    }

    /// Adds metadata, key set, token, introspection, revocation and userinfo, below `/<issuer id>/auth`.
    package func addPublicRoutes(to router: some RouterMethods<APIContext>) {
        self.publicRoutes.mount(on: router)
    }

    /// Metadata, key set, token, introspection, revocation and userinfo, below `/<issuer id>/auth`.
    package var publicRoutes: RouteTable { PublicEndpoints(identity: self.core).table }

    /// The schemas that the operations of its routes name.
    package static var schemas: [(name: String, schema: Schema)] { APIOperation.identitySchemas }

    /// Adds `/v1/auth-servers` and what is below it. The caller checks the bearer token first, and has the problem
    /// middleware around both kinds of routes.
    ///
    /// - Parameter committer: commits all changes; without one the server does it alone.
    /// - Returns: the routes.
    @discardableResult
    package func addManagementRoutes(
        to router: some RouterMethods<APIContext>, committer: (any ChangeCommitter)? = nil
    ) -> RouteTable {
        let routes = ManagementRoutes(
            identity: self.core, committer: committer ?? StoreCommitter(store: self.core.store))
        routes.mount(on: router)
        return routes.all
    }
}
