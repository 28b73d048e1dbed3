import GatewayModel
import Hummingbird
import Store

extension ManagementRoutes {
    private static let secrets = ManagementRoutes.client + "/secrets"
    private static let secret = ManagementRoutes.client + "/secrets/:secretID"

    func addSecrets(to routes: inout RouteTable) {
        routes.get(Self.secrets, self.listSecrets)
        routes.post(Self.secrets, self.createSecret)
        routes.get(Self.secret, self.readSecret)
        routes.patch(Self.secret, self.patchSecret)
        routes.delete(Self.secret, self.deleteSecret)
    }

    @Sendable private func listSecrets(_ request: Request, _ context: APIContext) async throws -> Response {
        let query = try request.listQuery(ClientSecretAnswer.listRules)
        let (server, client) = (try context.authServerID(), try context.clientID())
        let records = try await self.store.read { snapshot in
            _ = try snapshot.getBelow(AuthClient.self, id: client, server: server)
            return try snapshot.clientSecrets(server: server, client: client)
        }
        return try .page(records.map { ClientSecretAnswer(record: $0) }, query: query)
    }

    @Sendable private func createSecret(_ request: Request, _ context: APIContext) async throws -> Response {
        let (server, client) = (try context.authServerID(), try context.clientID())
        let (chosen, enabled) = try BodyReader.read(try await request.json()) { reader in
            (
                reader["secret"].ifPresent?.string(.clientSecret),
                reader["enabled"].ifPresent?.bool() ?? true
            )
        }
        let secret = chosen ?? RandomText.make(length: RandomText.secretLength)
        // What is refused anyway is refused before the slow hash.
        let siblings = try await self.store.read { snapshot in
            _ = try snapshot.getBelow(AuthClient.self, id: client, server: server)
            try snapshot.checkRoomForSecret(server: server, client: client, enabled: enabled)
            return try snapshot.clientSecrets(server: server, client: client).map(\.hash)
        }
        let hash = try await self.identity.secrets.hash(
            secret, scheme: chosen == nil ? .forGeneratedSecrets : .forChosenSecrets, siblings: siblings)
        let now = self.identity.now
        let record = ClientSecretRecord(
            id: IdentityCore.newID(), serverID: server, clientID: client, hash: hash, enabled: enabled, createdAt: now,
            updatedAt: now)
        try await self.store.write { transaction in
            _ = try transaction.getBelow(AuthClient.self, id: client, server: server)
            try transaction.checkRoomForSecret(server: server, client: client, enabled: enabled)
            try transaction.save(record)
        }
        return try .json(ClientSecretAnswer(record: record, secret: secret), status: .created)
    }

    @Sendable private func readSecret(_ request: Request, _ context: APIContext) async throws -> Response {
        let (server, client) = (try context.authServerID(), try context.clientID())
        let id = try context.pathParameter("secretID")
        let record = try await self.store.read { try $0.getSecret(id, server: server, client: client) }
        return try .json(ClientSecretAnswer(record: record))
    }

    @Sendable private func patchSecret(_ request: Request, _ context: APIContext) async throws -> Response {
        let (server, client) = (try context.authServerID(), try context.clientID())
        let id = try context.pathParameter("secretID")
        let body = try await request.json()
        let now = self.identity.now
        let record = try await self.store.write { transaction in
            var record = try transaction.getSecret(id, server: server, client: client)
            let wasEnabled = record.enabled
            let othersEnabled =
                try transaction.enabledSecretCount(server: server, client: client) - (wasEnabled ? 1 : 0)
            record.enabled = try BodyReader.read(body) { reader in
                let enabled = reader["enabled"].ifPresent?.bool() ?? wasEnabled
                if enabled, othersEnabled >= ClientSecretRecord.maximumEnabled {
                    reader["enabled"].report(.invalid, "the client has \(othersEnabled) enabled secrets already")
                }
                return enabled
            }
            record.updatedAt = now
            try transaction.save(record)
            return record
        }
        return try .json(ClientSecretAnswer(record: record))
    }

    @Sendable private func deleteSecret(_ request: Request, _ context: APIContext) async throws -> Response {
        let (server, client) = (try context.authServerID(), try context.clientID())
        let id = try context.pathParameter("secretID")
        try await self.store.write { transaction in
            _ = try transaction.getSecret(id, server: server, client: client)
            try transaction.deleteClientSecret(id: id, server: server, client: client)
        }
        return .noContent
    }
}

extension ClientSecretRecord {
    /// A client has two while it moves from the old secret to the new one.
    fileprivate static let maximumEnabled = 2
    /// Those that are disabled, too.
    fileprivate static let maximumCount = 10
}

extension StoreSnapshot {
    fileprivate func getSecret(_ id: String, server: String, client: String) throws -> ClientSecretRecord {
        _ = try self.getBelow(AuthClient.self, id: client, server: server)
        guard let record = try self.clientSecret(id: id, server: server, client: client) else {
            throw StoreError.notFound(kind: "client secret", id: id)
        }
        return record
    }

    fileprivate func enabledSecretCount(server: String, client: String) throws -> Int {
        try self.clientSecrets(server: server, client: client).count { $0.enabled }
    }

    /// - Throws: ``Problem`` 403 when a client has all the enabled secrets that it may have, 409 when it has all secrets.
    fileprivate func checkRoomForSecret(server: String, client: String, enabled: Bool) throws {
        let total = try self.clientSecrets(server: server, client: client).count
        guard total < ClientSecretRecord.maximumCount else {
            throw Problem.conflict("The client [\(client)] has [\(total)] secrets already; delete one first")
        }
        let count = try self.enabledSecretCount(server: server, client: client)
        guard !enabled || count < ClientSecretRecord.maximumEnabled else {
            throw Problem.forbidden(
                "The client [\(client)] has [\(count)] enabled secrets already; disable or delete one first")
        }
    }
}
