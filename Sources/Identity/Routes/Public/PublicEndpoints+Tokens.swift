import Foundation
import Hummingbird
import JSON
import ManagementHTTP
import NIOCore
import Resources
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
    @Sendable func token(_ request: Request, context: APIContext, server: AuthServer) async throws -> Response {
        let form = try await request.formParameters()
        guard let grantType = form["grant_type"] else {
            throw OAuthError.invalidRequest("grant_type is missing.")
        }
        let (client, secretID) = try await self.authenticated(request, context, form, server: server)
        guard grantType == "client_credentials" else {
            throw OAuthError(
                code: .unsupportedGrantType, description: "The only grant type offered is client_credentials.")
        }
        guard client.mayUseClientCredentials else {
            throw OAuthError(
                code: .unauthorizedClient, description: "The client may not use the client_credentials grant.")
        }
        try self.identity.rates.take(server: server.id, client: client.id)
        let token = try await self.identity.issueToken(
            server: server, client: client, secretID: secretID, requestedScope: form["scope"])
        return try OAuthResponse.json(
            AccessTokenAnswer(
                accessToken: token.text, expiresIn: client.accessTokenDuration, scope: token.claims.scope))
    }

    /// The answer about a token that is not active says nothing else (RFC 7662 §2.2).
    private struct Introspection: Encodable {
        var claims: AccessTokenClaims?

        func encode(to encoder: any Encoder) throws {
            try self.claims?.encode(to: encoder)
            var container = encoder.container(keyedBy: JSONKey.self)
            try container.encode(self.claims != nil, forKey: JSONKey("active"))
            if self.claims != nil { try container.encode("Bearer", forKey: JSONKey("token_type")) }
        }
    }

    /// `introspect`: whether a token of this server is active (RFC 7662).
    ///
    /// To a client that may not introspect, a token of another client is one that is not active (§2.2).
    @Sendable func introspect(_ request: Request, context: APIContext, server: AuthServer) async throws -> Response {
        let form = try await request.formParameters()
        let client = try await self.authenticated(request, context, form, server: server).client
        guard let token = form["token"] else { throw OAuthError.invalidRequest("token is missing.") }
        let claims = try await self.identity.activeClaims(of: token, server: server)
        let mayKnow = client.mayIntrospect || claims?.clientID == client.id
        return try OAuthResponse.json(Introspection(claims: mayKnow ? claims : nil))
    }

    /// The client that the request comes from, and which of its secrets it has shown.
    private func authenticated(
        _ request: Request, _ context: APIContext, _ form: FormParameters, server: AuthServer
    ) async throws -> (client: AuthClient, secretID: String) {
        let credentials = try ClientCredentials(authorization: request.headers[.authorization], form: form)
        return try await self.identity.authenticate(credentials, server: server, peer: context.peer)
    }

    /// `revoke`: takes back a token of the calling client (RFC 7009).
    ///
    /// A token that is not its own or not known is answered like one that was revoked (§2.2).
    @Sendable func revoke(_ request: Request, context: APIContext, server: AuthServer) async throws -> Response {
        let form = try await request.formParameters()
        let client = try await self.authenticated(request, context, form, server: server).client
        guard let token = form["token"] else { throw OAuthError.invalidRequest("token is missing.") }
        if let claims = try await self.identity.issuedClaims(of: token, server: server), claims.clientID == client.id {
            let (tokenID, serverID) = (claims.tokenID, server.id)
            do {
                try await self.identity.store.write {
                    try $0.revokeToken(id: tokenID, server: serverID, client: client.id)
                }
            } catch StoreError.notFound {
                // Another request revoked the token in between.
            }
        }
        return Response(status: .ok, headers: [.cacheControl: "no-store"])
    }

    /// `userinfo`: the claims of a bearer token, with those that are kept out of tokens (OpenID Connect Core §5.3).
    @Sendable func userInfo(_ request: Request, context: APIContext, server: AuthServer) async throws -> Response {
        guard let token = request.bearerToken else {
            throw OAuthError.invalidToken("A bearer access token is needed.")
        }
        guard let claims = try await self.identity.activeClaims(of: token, server: server) else {
            throw OAuthError.invalidToken("The access token is unknown, expired or revoked.")
        }
        return try OAuthResponse.json(try await self.identity.userInfo(claims, server: server))
    }
}

extension APIContext {
    /// The address that a request comes from, without its port; of an IPv6 address the network, since whoever has one
    /// address of it has them all. Empty when it is not known.
    fileprivate var peer: String {
        guard let host = self.remoteAddress.flatMap(HostPort.init(text:))?.host else { return "" }
        guard let parsed = try? SocketAddress(ipAddress: host, port: 0), case .v6(let six) = parsed else { return host }
        var bytes = six.address.sin6_addr
        return withUnsafeBytes(of: &bytes) { bytes in
            let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
            return isMapped ? "\(Array(bytes.suffix(4)))" : "\(Array(bytes.prefix(8)))"
        }
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
