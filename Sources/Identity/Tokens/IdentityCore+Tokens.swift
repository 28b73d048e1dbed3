import Foundation
import GatewayModel
import Store

/// A token that was made and recorded.
struct IssuedToken: Sendable {
    /// The compact JWT.
    var text: String
    var claims: AccessTokenClaims
}

extension IdentityCore {
    /// Makes an access token and records it, so that it can be listed, introspected and revoked. Tokens that are over
    /// are forgotten on the way.
    ///
    /// - Parameter requestedScope: The `scope` parameter.
    /// - Throws: `invalid_scope`.
    func issueToken(server: AuthServer, client: AuthClient, requestedScope: String?) async throws -> IssuedToken {
        let serverID = server.id
        let (scopes, configured) = try await self.store.read { snapshot in
            (try snapshot.list(AuthScope.self, in: serverID), try snapshot.list(AuthClaim.self, in: serverID))
        }
        let grant = try ScopeGrant(requested: requestedScope, client: client, scopes: scopes)
        let keys = try await self.keys.keySet(serverID: server.id)

        let issuedAt = Int(self.now.timeIntervalSince1970)
        let claims = AccessTokenClaims(
            issuer: server.issuer, clientID: client.id, audience: [server.audience], issuedAt: issuedAt,
            expiresAt: issuedAt + client.accessTokenDuration, tokenID: Self.newID(),
            scope: grant.names.joined(separator: " "),
            custom: configured.filter { $0.isIncluded(in: grant) }.values)
        let text = try await keys.sign(claims)

        let record = TokenRecord(
            id: claims.tokenID, serverID: server.id, clientID: client.id, scopes: grant.names,
            createdAt: Date(timeIntervalSince1970: Double(claims.issuedAt)),
            expiresAt: Date(timeIntervalSince1970: Double(claims.expiresAt)))
        let now = self.now
        try await self.store.write { transaction in
            try transaction.deleteTokens(expiredBefore: now)
            try transaction.insert(record)
        }
        return IssuedToken(text: text, claims: claims)
    }

    /// The claims of a token that this server signed, that is not over and not revoked; else `nil`.
    func activeClaims(of token: String, server: AuthServer) async throws -> AccessTokenClaims? {
        let keys = try await self.keys.keySet(serverID: server.id)
        guard let claims = await keys.verify(token), claims.issuer == server.issuer,
            claims.expiresAt > Int(self.now.timeIntervalSince1970)
        else { return nil }
        let tokenID = claims.tokenID
        let serverID = server.id
        let record = try await self.store.read { try $0.token(id: tokenID, server: serverID) }
        guard let record, !record.revoked else { return nil }
        return claims
    }

    /// The claims of a token with those that are configured to stay out of tokens.
    func userInfo(_ claims: AccessTokenClaims, server: AuthServer) async throws -> AccessTokenClaims {
        let serverID = server.id
        let (scopes, configured) = try await self.store.read { snapshot in
            (try snapshot.list(AuthScope.self, in: serverID), try snapshot.list(AuthClaim.self, in: serverID))
        }
        let granted = Set(claims.scope.split(separator: " ").map(String.init))
        let grantedIDs = Set(scopes.filter { granted.contains($0.name) }.map(\.id))
        var result = claims
        result.custom.merge(
            configured.filter { $0.isAddedToUserInfo(grantedScopeIDs: grantedIDs) }.values
        ) { inToken, _ in inToken }
        return result
    }
}
