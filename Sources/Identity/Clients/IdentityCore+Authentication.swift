import GatewayModel
import Store

extension IdentityCore {
    /// Finds the client that these credentials belong to.
    ///
    /// - Throws: `invalid_client`, in the same words whether the client is unknown, its secret wrong or disabled;
    ///   ``SecretVerifier/Overloaded``.
    func authenticate(_ credentials: ClientCredentials, server: AuthServer) async throws -> AuthClient {
        let clientID = credentials.clientID
        let serverID = server.id
        let found = try await self.store.read { snapshot in
            (
                client: try snapshot.find(AuthClient.self, id: clientID, in: serverID),
                secrets: try snapshot.clientSecrets(server: serverID, client: clientID)
            )
        }
        if let client = found.client {
            for secret in found.secrets where secret.enabled {
                if try await self.secrets.verify(credentials.secret, against: secret.hash) { return client }
            }
        }
        throw OAuthError.invalidClient(
            "Client authentication failed: the client is unknown, or its secret is wrong or disabled.")
    }
}
