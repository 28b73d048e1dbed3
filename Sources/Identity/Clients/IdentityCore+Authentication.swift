import Resources
import Store

extension IdentityCore {
    /// Finds the client that these credentials belong to, and which of its secrets they show.
    ///
    /// - Parameter peer: the address that they come from.
    /// - Throws: `invalid_client`, in the same words and after the same time whether the client is unknown, its secret wrong
    ///   or disabled; ``SecretVerifier/Overloaded``.
    func authenticate(
        _ credentials: ClientCredentials, server: AuthServer, peer: String
    ) async throws -> (client: AuthClient, secretID: String) {
        let clientID = credentials.clientID
        let serverID = server.id
        let found = try await self.store.read { snapshot in
            (
                client: try snapshot.find(AuthClient.self, id: clientID, in: serverID),
                secrets: try snapshot.clientSecrets(server: serverID, client: clientID).filter(\.enabled)
            )
        }
        let match = try await self.secrets.verify(
            credentials.secrets, against: found.secrets.map(\.hash),
            by: SecretVerifier.Caller(server: serverID, clientID: clientID, peer: peer))
        guard let client = found.client, let match else {
            throw OAuthError.invalidClient(
                "Client authentication failed: the client is unknown, or its secret is wrong or disabled.")
        }
        return (client, found.secrets[match].id)
    }
}
