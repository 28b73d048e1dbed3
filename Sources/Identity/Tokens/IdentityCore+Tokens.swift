import EngineInterface
import Foundation
import Resources
import Store

/// A token that was made and recorded.
struct SignedToken: Sendable {
    /// The compact JWT.
    var text: String
    var claims: AccessTokenClaims
}

extension IdentityCore {
    /// Tokens of one client that are good at once.
    static var maximumTokens: Int { 10_000 }

    /// Makes an access token and records it, so that it can be listed, introspected and revoked.
    ///
    /// - Parameters:
    ///   - secretID: The client secret that was shown; the token is good as long as that is.
    ///   - requestedScope: The `scope` parameter.
    /// - Throws: `invalid_scope`; `temporarily_unavailable` when the client has too many tokens that are not over.
    func issueToken(
        server: AuthServer, client: AuthClient, secretID: String, requestedScope: String?
    ) async throws -> SignedToken {
        let (serverID, now) = (server.id, self.now)
        let (scopes, configured, count) = try await self.store.read { snapshot in
            (
                try snapshot.list(AuthScope.self, in: serverID), try snapshot.list(AuthClaim.self, in: serverID),
                try snapshot.liveTokenCount(
                    server: serverID, client: client.id, now: now, upTo: Self.maximumTokens)
            )
        }
        guard count < Self.maximumTokens else {
            throw OAuthError.tooManyRequests(
                "The client has \(count) tokens: keep a token until shortly before it expires, or revoke those not needed."
            )
        }
        let grant = try ScopeGrant(requested: requestedScope, client: client, scopes: scopes)
        let keys = try await self.keys.keySet(serverID: server.id)

        let issuedAt = Int(self.now.timeIntervalSince1970)
        let claims = AccessTokenClaims(
            issuer: server.issuer, clientID: client.id, audience: [server.audience], issuedAt: issuedAt,
            expiresAt: issuedAt + client.accessTokenDuration, tokenID: Self.newID(),
            scope: grant.names.isEmpty ? nil : grant.names.joined(separator: " "),
            custom: configured.filter { $0.isIncluded(in: grant) }.values)
        let text = try await keys.sign(claims)

        let record = TokenRecord(
            id: claims.tokenID, serverID: server.id, clientID: client.id, secretID: secretID, scopes: grant.names,
            createdAt: Date(timeIntervalSince1970: Double(claims.issuedAt)),
            expiresAt: Date(timeIntervalSince1970: Double(claims.expiresAt)))
        try await self.recorder.record(record)
        return SignedToken(text: text, claims: claims)
    }

    /// The claims of a token that this server signed, that is not over and was not taken back; else `nil`.
    func activeClaims(of token: String, server: AuthServer) async throws -> AccessTokenClaims? {
        guard let claims = try await self.issuedClaims(of: token, server: server) else { return nil }
        let (token, now) = (IssuedToken(issuer: server.issuer, id: claims.tokenID, keyID: nil), self.now)
        let standing = try await self.store.read { snapshot in
            var judge = TokenJudge(snapshot, now: now)
            return try judge.standing(of: token)
        }
        return standing == .good ? claims : nil
    }

    /// The claims of a token that this server signed and that is not over, whether or not it was taken back; else `nil`.
    func issuedClaims(of token: String, server: AuthServer) async throws -> AccessTokenClaims? {
        let keys = try await self.keys.keySet(serverID: server.id)
        guard let claims = await keys.verify(token), claims.issuer == server.issuer,
            claims.expiresAt > Int(self.now.timeIntervalSince1970)
        else { return nil }
        return claims
    }

    /// The claims of a token with those that are configured to stay out of tokens.
    func userInfo(_ claims: AccessTokenClaims, server: AuthServer) async throws -> AccessTokenClaims {
        let serverID = server.id
        let (scopes, configured) = try await self.store.read { snapshot in
            (try snapshot.list(AuthScope.self, in: serverID), try snapshot.list(AuthClaim.self, in: serverID))
        }
        let granted = Set((claims.scope ?? "").split(separator: " ").map(String.init))
        let grantedIDs = Set(scopes.filter { granted.contains($0.name) }.map(\.id))
        var result = claims
        result.custom.merge(
            configured.filter { $0.isAddedToUserInfo(grantedScopeIDs: grantedIDs) }.values
        ) { inToken, _ in inToken }
        return result
    }
}
