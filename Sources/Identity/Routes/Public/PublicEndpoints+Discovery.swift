import Hummingbird
import ManagementHTTP
import Resources
import Store

extension PublicEndpoints {
    /// `.well-known/openid-configuration` and `.well-known/oauth-authorization-server` (RFC 8414).
    @Sendable func metadata(_ request: Request, context: APIContext, server: AuthServer) async throws -> Response {
        let serverID = server.id
        let scopes = try await self.identity.store.read { try $0.list(AuthScope.self, in: serverID) }
        return try OAuthResponse.json(ServerMetadata(server: server, scopes: scopes), cached: true)
    }

    /// `.well-known/jwks` (RFC 7517).
    @Sendable func keySet(_ request: Request, context: APIContext, server: AuthServer) async throws -> Response {
        let keys = try await self.identity.keys.keySet(serverID: server.id)
        return OAuthResponse.json(bytes: keys.document, cached: true)
    }
}
