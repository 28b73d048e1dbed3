import Foundation
import GatewayModel
import Hummingbird
import Store

extension ManagementRoutes {
    private static let clients = ManagementRoutes.server + "/clients"

    func addClients(to routes: inout RouteTable) {
        routes.get(Self.clients, self.listClients)
        routes.post(Self.clients, self.createClient)
        routes.get(Self.client, self.readClient)
        routes.put(Self.client, self.putClient)
        routes.patch(Self.client, self.patchClient)
        routes.delete(Self.client, self.deleteClient)
    }

    /// A client with its secret, which is shown this once.
    private struct ClientAnswer: Encodable {
        var client: AuthClient
        var secret: String

        func encode(to encoder: any Encoder) throws {
            try self.client.encode(to: encoder)
            var container = encoder.container(keyedBy: ClaimKey.self)
            try container.encode(self.secret, forKey: ClaimKey("client_secret"))
        }
    }

    @Sendable private func listClients(_ request: Request, _ context: APIContext) async throws -> Response {
        let query = try request.listQuery(AuthClient.listRules)
        let server = try context.authServerID()
        return try .page(try await self.store.read { try $0.listBelow(AuthClient.self, server: server) }, query: query)
    }

    @Sendable private func createClient(_ request: Request, _ context: APIContext) async throws -> Response {
        let server = try context.authServerID()
        let body = try await request.json()
        let now = self.identity.now
        let secret = RandomText.make(length: RandomText.secretLength)
        let hash = try SecretHash(of: secret, scheme: .forGeneratedSecrets).encoded
        let client = try await self.store.write { transaction in
            let client = try AuthClient.created(
                from: body, id: RandomText.make(length: RandomText.clientIDLength), takesSecret: false,
                scopeIDs: try transaction.scopeIDs(server: server), now: now
            ).client
            try transaction.insert(client, in: server)
            try transaction.setOnlySecret(hash: hash, server: server, client: client.id, now: now)
            return client
        }
        return try .json(ClientAnswer(client: client, secret: secret), status: .created)
    }

    @Sendable private func readClient(_ request: Request, _ context: APIContext) async throws -> Response {
        let (server, id) = (try context.authServerID(), try context.clientID())
        return try .json(try await self.store.read { try $0.getBelow(AuthClient.self, id: id, server: server) })
    }

    /// Creates the client of that id, or replaces all of it but its tokens. Its secrets give way to the one in the body.
    @Sendable private func putClient(_ request: Request, _ context: APIContext) async throws -> Response {
        let (server, id) = (try context.authServerID(), try context.clientID())
        guard AuthClient.isClientID(id) else {
            throw Problem.badRequest(
                InvalidParameter(
                    field: "clientId", rule: .matchesRegex, source: .path,
                    reason: "must be 1 to 36 letters, digits, hyphens and underscores, such as orders-app"))
        }
        let body = try await request.json()
        let now = self.identity.now
        // Checked before the secret is hashed, which is slow; and again in the transaction.
        let described = try AuthClient.created(
            from: body, id: id, takesSecret: true,
            scopeIDs: try await self.store.read { try $0.scopeIDs(server: server) }, now: now)
        guard let secret = described.secret else { throw Problem.internalError() }
        let hash = try await self.identity.secrets.hash(secret, scheme: .forChosenSecrets)

        let (client, isNew) = try await self.store.write { transaction in
            var client = try AuthClient.created(
                from: body, id: id, takesSecret: true, scopeIDs: try transaction.scopeIDs(server: server), now: now
            ).client
            let before = try transaction.find(AuthClient.self, id: id, in: server)
            if let before {
                client.createdAt = before.createdAt
                try transaction.replace(client, in: server)
            } else {
                try transaction.insert(client, in: server)
            }
            try transaction.setOnlySecret(hash: hash, server: server, client: id, now: now)
            return (client, before == nil)
        }
        return try .json(client, status: isNew ? .created : .ok)
    }

    @Sendable private func patchClient(_ request: Request, _ context: APIContext) async throws -> Response {
        let (server, id) = (try context.authServerID(), try context.clientID())
        let body = try await request.json()
        let now = self.identity.now
        let (before, scopeIDs) = try await self.store.read { snapshot in
            (try snapshot.getBelow(AuthClient.self, id: id, server: server), try snapshot.scopeIDs(server: server))
        }
        var hash: String?
        if let secret = try before.patched(from: body, scopeIDs: scopeIDs, now: now).secret {
            hash = try await self.identity.secrets.hash(secret, scheme: .forChosenSecrets)
        }
        let client = try await self.store.write { [hash] transaction in
            let client = try transaction.getBelow(AuthClient.self, id: id, server: server)
                .patched(from: body, scopeIDs: try transaction.scopeIDs(server: server), now: now).client
            try transaction.replace(client, in: server)
            if let hash { try transaction.setOnlySecret(hash: hash, server: server, client: id, now: now) }
            return client
        }
        return try .json(client)
    }

    @Sendable private func deleteClient(_ request: Request, _ context: APIContext) async throws -> Response {
        let (server, id) = (try context.authServerID(), try context.clientID())
        try await self.store.write { transaction in
            _ = try transaction.get(AuthServer.self, id: server)
            try transaction.delete(AuthClient.self, id: id, in: server)
        }
        return .noContent
    }
}

extension StoreTransaction {
    /// Replaces all secrets of a client by one.
    fileprivate func setOnlySecret(hash: String, server: String, client: String, now: Date) throws {
        try self.deleteClientSecrets(server: server, client: client)
        try self.save(
            ClientSecretRecord(
                id: IdentityCore.newID(), serverID: server, clientID: client, hash: hash, createdAt: now,
                updatedAt: now))
    }
}
