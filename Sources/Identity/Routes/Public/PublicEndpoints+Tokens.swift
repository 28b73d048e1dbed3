import Foundation
import GatewayModel
import Hummingbird
import Store

extension PublicEndpoints {
    private struct AccessTokenAnswer: Encodable {
        var accessToken: String
        var tokenType = "Bearer"
        /// Seconds.
        var expiresIn: Int
        /// Left out when no scope was granted.
        var scope: String?

        enum CodingKeys: String, CodingKey {
            case accessToken = "access_token"
            case tokenType = "token_type"
            case expiresIn = "expires_in"
            case scope
        }
    }

    /// `oauth/token`: the client credentials grant (RFC 6749 §4.4).
    @Sendable func token(_ request: Request, server: AuthServer) async throws -> Response {
        let form = try await request.formParameters()
        guard let grantType = form["grant_type"] else {
            throw OAuthError.invalidRequest("grant_type is missing.")
        }
        let credentials = try ClientCredentials(authorization: request.headers[.authorization], form: form)
        let client = try await self.identity.authenticate(credentials, server: server)
        guard grantType == "client_credentials" else {
            throw OAuthError(
                code: .unsupportedGrantType, description: "The only grant type offered is client_credentials.")
        }
        guard client.grantTypes.contains("client_credentials"), client.tokenEndpointAuthMethod != "none" else {
            throw OAuthError(
                code: .unauthorizedClient, description: "The client may not use the client_credentials grant.")
        }
        let token = try await self.identity.issueToken(
            server: server, client: client, requestedScope: form["scope"])
        return try OAuthResponse.json(
            AccessTokenAnswer(
                accessToken: token.text, expiresIn: client.accessTokenDuration,
                scope: token.claims.scope.isEmpty ? nil : token.claims.scope))
    }

    /// The answer about a token that is not active says nothing else (RFC 7662 §2.2).
    private struct Introspection: Encodable {
        var claims: AccessTokenClaims?

        func encode(to encoder: any Encoder) throws {
            try self.claims?.encode(to: encoder)
            var container = encoder.container(keyedBy: ClaimKey.self)
            try container.encode(self.claims != nil, forKey: ClaimKey("active"))
            if self.claims != nil { try container.encode("Bearer", forKey: ClaimKey("token_type")) }
        }
    }

    /// `introspect`: whether a token of this server is active, for any of its clients (RFC 7662).
    @Sendable func introspect(_ request: Request, server: AuthServer) async throws -> Response {
        let form = try await request.formParameters()
        let credentials = try ClientCredentials(authorization: request.headers[.authorization], form: form)
        _ = try await self.identity.authenticate(credentials, server: server)
        guard let token = form["token"] else { throw OAuthError.invalidRequest("token is missing.") }
        return try OAuthResponse.json(
            Introspection(claims: try await self.identity.activeClaims(of: token, server: server)))
    }

    /// `revoke`: takes back a token of the calling client (RFC 7009).
    ///
    /// A token that is not its own or not known is answered like one that was revoked (§2.2).
    @Sendable func revoke(_ request: Request, server: AuthServer) async throws -> Response {
        let form = try await request.formParameters()
        let credentials = try ClientCredentials(authorization: request.headers[.authorization], form: form)
        let client = try await self.identity.authenticate(credentials, server: server)
        guard let token = form["token"] else { throw OAuthError.invalidRequest("token is missing.") }
        if let claims = try await self.identity.activeClaims(of: token, server: server), claims.clientID == client.id {
            let (tokenID, serverID) = (claims.tokenID, server.id)
            do {
                try await self.identity.store.write {
                    try $0.revokeToken(id: tokenID, server: serverID, client: client.id)
                }
            } catch StoreError.notFound {
                // Someone else revoked it in between.
            }
        }
        return Response(status: .ok, headers: [.cacheControl: "no-store"])
    }

    /// `userinfo`: the claims of a bearer token, with those that are kept out of tokens (OpenID Connect Core §5.3).
    @Sendable func userInfo(_ request: Request, server: AuthServer) async throws -> Response {
        guard let token = request.bearerToken else {
            throw OAuthError.invalidToken("A bearer access token is needed.")
        }
        guard let claims = try await self.identity.activeClaims(of: token, server: server) else {
            throw OAuthError.invalidToken("The access token is unknown, expired or revoked.")
        }
        return try OAuthResponse.json(try await self.identity.userInfo(claims, server: server))
    }
}

extension Request {
    fileprivate var bearerToken: String? {
        guard let parts = self.headers[.authorization]?.split(separator: " ", maxSplits: 1), parts.count == 2,
            parts[0].lowercased() == "bearer"
        else { return nil }
        return String(parts[1].trimmingPrefix { $0 == " " })
    }
}
