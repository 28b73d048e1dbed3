import Foundation
import GatewayModel
import Hummingbird
import Store

extension ManagementRoutes {
    private static let clients = ManagementRoutes.server + "/clients"

    func addClients(to routes: inout RouteTable) {
        routes.get(Self.clients, self.listClients)
        routes.add(ChangeRoute(.post, Self.clients, prepare: self.createClient), to: self.committer)
        routes.get(Self.client, self.readClient)
        let current: @Sendable (ChangeInput, StoreSnapshot) throws -> EntityTag? = { input, snapshot in
            try snapshot.tagBelow(AuthClient.self, id: try input.clientID(), server: try input.authServerID())
        }
        routes.add(
            ChangeRoute(
                .put, Self.client, isCostly: true,
                current: { input, snapshot in
                    // One that is not there yet is made.
                    let (server, id) = (try input.authServerID(), try input.clientID())
                    _ = try snapshot.get(AuthServer.self, id: server)
                    guard try snapshot.find(AuthClient.self, id: id, in: server) != nil else { return nil }
                    return try snapshot.tag(of: AuthClient.self, id: id, in: server)
                }, prepare: self.putClient), to: self.committer)
        routes.add(
            ChangeRoute(.patch, Self.client, isCostly: true, current: current, prepare: self.patchClient),
            to: self.committer)
        routes.add(
            ChangeRoute(.delete, Self.client, takesBody: false, current: current) { _, _ in
                { input, transaction in
                    let (server, id) = (try input.authServerID(), try input.clientID())
                    _ = try transaction.get(AuthServer.self, id: server)
                    try transaction.delete(AuthClient.self, id: id, in: server)
                    return .noContent()
                }
            }, to: self.committer)
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

    @Sendable private func createClient(_ input: ChangeInput, _ isTrial: Bool) async throws -> ChangeRoute.Perform {
        let (id, now) = (RandomText.make(length: RandomText.clientIDLength), self.identity.now)
        let secret = RandomText.make(length: RandomText.secretLength)
        let hash = try SecretHash(of: secret, scheme: .forGeneratedSecrets).encoded
        return { input, transaction in
            let server = try input.authServerID()
            let client = try AuthClient.created(
                from: input.body, id: id, takesSecret: false, scopeIDs: try transaction.scopeIDs(server: server),
                now: now
            ).client
            try transaction.insert(client, in: server)
            try transaction.setOnlySecret(hash: hash, server: server, client: client.id, now: now)
            return try ChangeAnswer(
                ClientAnswer(client: client, secret: secret), status: .created,
                tag: try transaction.tag(of: AuthClient.self, id: id, in: server))
        }
    }

    @Sendable private func readClient(_ request: Request, _ context: APIContext) async throws -> Response {
        let (server, id) = (try context.authServerID(), try context.clientID())
        let (client, tag) = try await self.store.read {
            (
                try $0.getBelow(AuthClient.self, id: id, server: server),
                try $0.tagBelow(AuthClient.self, id: id, server: server)
            )
        }
        return try .json(client, tag: tag)
    }

    /// The hash of the secret that a body chooses, which is slow; nil when it chooses none. A trial has a stand-in.
    private func chosenHash(_ body: JSONValue, isTrial: Bool) async throws -> String? {
        guard case .object(let object) = body, case .string(let secret)? = object["client_secret"] else { return nil }
        return try await isTrial ? "" : self.identity.secrets.hash(secret, scheme: .forChosenSecrets)
    }

    /// Creates the client of that id, or replaces all of it but its tokens. Its secrets give way to the one in the body.
    @Sendable private func putClient(_ input: ChangeInput, _ isTrial: Bool) async throws -> ChangeRoute.Perform {
        let now = self.identity.now
        let hash = try await self.chosenHash(input.body, isTrial: isTrial)
        return { input, transaction in
            let (server, id) = (try input.authServerID(), try input.clientID())
            guard AuthClient.isClientID(id) else {
                throw Problem.badRequest(
                    InvalidParameter(
                        field: "clientId", rule: .matchesRegex, source: .path, reason: #"must match ^[-_\w]{1,36}$"#))
            }
            var client = try AuthClient.created(
                from: input.body, id: id, takesSecret: true, scopeIDs: try transaction.scopeIDs(server: server),
                now: now
            ).client
            let before = try transaction.find(AuthClient.self, id: id, in: server)
            if let before {
                client.createdAt = before.createdAt
                try transaction.replace(client, in: server)
            } else {
                try transaction.insert(client, in: server)
            }
            // The body has one: without it is refused.
            if let hash { try transaction.setOnlySecret(hash: hash, server: server, client: id, now: now) }
            return try ChangeAnswer(
                client, status: before == nil ? .created : .ok,
                tag: try transaction.tag(of: AuthClient.self, id: id, in: server))
        }
    }

    @Sendable private func patchClient(_ input: ChangeInput, _ isTrial: Bool) async throws -> ChangeRoute.Perform {
        let now = self.identity.now
        let hash = try await self.chosenHash(input.body, isTrial: isTrial)
        return { input, transaction in
            let (server, id) = (try input.authServerID(), try input.clientID())
            let client = try transaction.getBelow(AuthClient.self, id: id, server: server)
                .patched(from: input.body, scopeIDs: try transaction.scopeIDs(server: server), now: now).client
            try transaction.replace(client, in: server)
            if let hash { try transaction.setOnlySecret(hash: hash, server: server, client: id, now: now) }
            return try ChangeAnswer(client, tag: try transaction.tag(of: AuthClient.self, id: id, in: server))
        }
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
