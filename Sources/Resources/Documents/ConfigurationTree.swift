/// The configuration as the management API shows it.
package struct ConfigurationTree: Equatable, Sendable {
    package struct Identity: Equatable, Sendable {
        package var server: AuthServer
        package var scopes: [AuthScope]
        package var claims: [AuthClaim]
        package var clients: [AuthClient]

        package init(server: AuthServer, scopes: [AuthScope], claims: [AuthClaim], clients: [AuthClient]) {
            self.server = server
            self.scopes = scopes
            self.claims = claims
            self.clients = clients
        }
    }

    package var gateways: [GatewayConfiguration]
    package var identities: [Identity]
    /// The version of each entity and chain, by its path in the management API, as `If-Match` takes it.
    package var tags: [String: String]

    package init(
        gateways: [GatewayConfiguration] = [], identities: [Identity] = [], tags: [String: String] = [:]
    ) {
        self.gateways = gateways
        self.identities = identities
        self.tags = tags
    }
}
