import Foundation
import GatewayModel
import HTTPTypes
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
            try transaction.setOnlySecret(.new(hash: hash), server: server, client: client.id, now: now)
            return client
        }
        return try .json(ClientAnswer(client: client, secret: secret), status: .created)
    }

    @Sendable private func readClient(_ request: Request, _ context: APIContext) async throws -> Response {
        let (server, id) = (try context.authServerID(), try context.clientID())
        return try .json(try await self.store.read { try $0.getBelow(AuthClient.self, id: id, server: server) })
    }

    /// Creates the client of that id, or replaces all of it but its tokens. Its secrets give way to the one in the body.
    /// Without one, a client that is there keeps its secrets, and a new one is given a generated secret, which is in the
    /// answer.
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
        let (scopeIDs, isThere) = try await self.store.read { snapshot in
            (try snapshot.scopeIDs(server: server), try snapshot.find(AuthClient.self, id: id, in: server) != nil)
        }
        let chosen = try AuthClient.created(from: body, id: id, takesSecret: true, scopeIDs: scopeIDs, now: now).secret
        var generated: String?
        var secret: OnlySecret?
        if let chosen {
            secret = try await self.onlySecret(chosen, server: server, client: id)
        } else if !isThere {
            let text = RandomText.make(length: RandomText.secretLength)
            generated = text
            secret = .new(hash: try SecretHash(of: text, scheme: .forGeneratedSecrets).encoded)
        }
        let (client, isNew) = try await self.store.write { [secret] transaction in
            var client = try AuthClient.created(
                from: body, id: id, takesSecret: true, scopeIDs: try transaction.scopeIDs(server: server), now: now
            ).client
            let before = try transaction.find(AuthClient.self, id: id, in: server)
            guard secret != nil || before != nil else {
                throw Problem.conflict("The client [\(id)] was deleted meanwhile; try again")
            }
            if let before {
                client.createdAt = before.createdAt
                try transaction.replace(client, in: server)
            } else {
                try transaction.insert(client, in: server)
            }
            // What was generated for a new client is none of a client that came in between.
            if let secret, before == nil || chosen != nil {
                try transaction.setOnlySecret(secret, server: server, client: id, now: now)
            }
            return (client, before == nil)
        }
        let status: HTTPResponse.Status = isNew ? .created : .ok
        guard isNew, let generated else { return try .json(client, status: status) }
        return try .json(ClientAnswer(client: client, secret: generated), status: status)
    }

    /// The one secret that a client is to have: one that it has already, so that its tokens stay good, or a new one.
    private func onlySecret(_ secret: String, server: String, client: String) async throws -> OnlySecret {
        let records = try await self.store.read { try $0.clientSecrets(server: server, client: client) }
        if let known = try await self.identity.secrets.find(secret, among: records.map(\.hash)) {
            return .known(id: records[known].id, hash: records[known].hash)
        }
        return .new(
            hash: try await self.identity.secrets.hash(
                secret, scheme: .forChosenSecrets, siblings: records.map(\.hash)))
    }

    @Sendable private func patchClient(_ request: Request, _ context: APIContext) async throws -> Response {
        let (server, id) = (try context.authServerID(), try context.clientID())
        let body = try await request.json()
        let now = self.identity.now
        let (before, scopeIDs) = try await self.store.read { snapshot in
            (try snapshot.getBelow(AuthClient.self, id: id, server: server), try snapshot.scopeIDs(server: server))
        }
        var secret: OnlySecret?
        if let chosen = try before.patched(from: body, scopeIDs: scopeIDs, now: now).secret {
            secret = try await self.onlySecret(chosen, server: server, client: id)
        }
        let client = try await self.store.write { [secret] transaction in
            let client = try transaction.getBelow(AuthClient.self, id: id, server: server)
                .patched(from: body, scopeIDs: try transaction.scopeIDs(server: server), now: now).client
            try transaction.replace(client, in: server)
            if let secret { try transaction.setOnlySecret(secret, server: server, client: id, now: now) }
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

/// The secret that takes the place of all others of a client.
private enum OnlySecret: Sendable {
    case known(id: String, hash: String)
    case new(hash: String)
}

extension StoreTransaction {
    /// Replaces all secrets of a client by one.
    fileprivate func setOnlySecret(_ secret: OnlySecret, server: String, client: String, now: Date) throws {
        let record: ClientSecretRecord
        switch secret {
        case .known(let id, let hash):
            let before = try self.clientSecret(id: id, server: server, client: client)
            record = ClientSecretRecord(
                id: id, serverID: server, clientID: client, hash: hash, createdAt: before?.createdAt ?? now,
                updatedAt: now)
        case .new(let hash):
            record = ClientSecretRecord(
                id: IdentityCore.newID(), serverID: server, clientID: client, hash: hash, createdAt: now,
                updatedAt: now)
        }
        try self.deleteClientSecrets(server: server, client: client, except: record.id)
        try self.save(record)
    }
}
