import Hummingbird
import JSON
import ManagementHTTP
import Resources
import Store

extension ManagementRoutes {
    private static let secrets = ManagementRoutes.client + "/secrets"
    private static let secret = ManagementRoutes.client + "/secrets/:secretID"

    func addSecrets(to routes: inout RouteTable) {
        routes.get(
            Self.secrets,
            APIOperation(
                "listClientSecrets", "The secrets of a client, without their texts.", tag: "ClientSecret",
                parameters: APIOperation.parameters(ClientSecretAnswer.listRules),
                .ok(.numberedPage(.component("ClientSecret")))), self.listSecrets)
        routes.add(
            ChangeRoute(
                .post, Self.secrets,
                APIOperation(
                    "createClientSecret", "Makes a secret, or takes one. Its text is in the answer, this once.",
                    tag: "ClientSecret",
                    body: .json(
                        .object([:], optional: ["secret": .string([.clientSecret]), "enabled": .boolean])),
                    APIOperation.Answer.created(.component("ClientSecretCreated")).withTag, refusals: [403, 409]),
                isCostly: true, prepare: self.createSecret), to: self.committer)
        routes.get(
            Self.secret,
            APIOperation(
                "getClientSecret", "One secret of a client, without its text.", tag: "ClientSecret",
                APIOperation.Answer.ok(.component("ClientSecret")).withTag), self.readSecret)
        let current: @Sendable (ChangeInput, StoreSnapshot) throws -> EntityTag? = { input, snapshot in
            try snapshot.getSecret(input).tag
        }
        routes.add(
            ChangeRoute(
                .patch, Self.secret,
                APIOperation(
                    "updateClientSecret", "Enables or disables a secret.", tag: "ClientSecret",
                    body: .json(.object([:], optional: ["enabled": .boolean])),
                    APIOperation.Answer.ok(.component("ClientSecret")).withTag),
                current: current, prepare: self.patchSecret), to: self.committer)
        routes.add(
            ChangeRoute(
                .delete, Self.secret,
                APIOperation("deleteClientSecret", "Deletes a secret.", tag: "ClientSecret", .noContent),
                current: current
            ) { _, _ in
                { input, transaction in
                    let record = try transaction.getSecret(input)
                    try transaction.deleteClientSecret(
                        id: record.id, server: record.serverID, client: record.clientID)
                    return .noContent()
                }
            }, to: self.committer)
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

    @Sendable private func createSecret(_ input: ChangeInput, _ isTrial: Bool) async throws -> ChangeRoute.Perform {
        let now = self.identity.now
        let id = IdentityCore.newID()
        let chosen = input.text(ofBody: "secret")
        let secret = chosen ?? RandomText.make(length: RandomText.secretLength)
        var hash = ""
        if !isTrial {
            let (server, client) = (try input.authServerID(), try input.clientID())
            let siblings = try await self.store.read { try $0.clientSecrets(server: server, client: client) }
            hash = try await self.identity.secrets.hash(
                secret, scheme: chosen == nil ? .forGeneratedSecrets : .forChosenSecrets,
                siblings: siblings.map(\.hash))
        }
        return { [hash] input, transaction in
            let (server, client) = (try input.authServerID(), try input.clientID())
            try input.checkIsWrittenOut("secret", as: chosen)
            let enabled = try BodyReader.read(input.body) { reader in
                _ = reader["secret"].ifPresent?.string(.clientSecret)
                return reader["enabled"].ifPresent?.bool() ?? true
            }
            _ = try transaction.getBelow(AuthClient.self, id: client, server: server)
            try transaction.checkRoomForSecret(server: server, client: client, enabled: enabled)
            let record = ClientSecretRecord(
                id: id, serverID: server, clientID: client, hash: hash, enabled: enabled, createdAt: now, updatedAt: now
            )
            try transaction.save(record)
            return try ChangeAnswer(
                ClientSecretAnswer(record: record, secret: secret), status: .created, tag: record.tag)
        }
    }

    @Sendable private func readSecret(_ request: Request, _ context: APIContext) async throws -> Response {
        let (server, client) = (try context.authServerID(), try context.clientID())
        let id = try context.pathParameter("secretID")
        let record = try await self.store.read { try $0.getSecret(id, server: server, client: client) }
        return try .json(ClientSecretAnswer(record: record), tag: record.tag)
    }

    @Sendable private func patchSecret(_ input: ChangeInput, _ isTrial: Bool) async throws -> ChangeRoute.Perform {
        let now = self.identity.now
        return { input, transaction in
            var record = try transaction.getSecret(input)
            let wasEnabled = record.enabled
            let enabledCount = try transaction.enabledSecretCount(server: record.serverID, client: record.clientID)
            let othersEnabled = enabledCount - (wasEnabled ? 1 : 0)
            record.enabled = try BodyReader.read(input.body) { reader in
                let enabled = reader["enabled"].ifPresent?.bool() ?? wasEnabled
                if enabled, othersEnabled >= ClientSecretRecord.maximumEnabled {
                    reader["enabled"].report(.invalid, "the client has \(othersEnabled) enabled secrets already")
                }
                return enabled
            }
            record.updatedAt = now
            try transaction.save(record)
            return try ChangeAnswer(ClientSecretAnswer(record: record), tag: record.tag)
        }
    }
}

extension ClientSecretRecord {
    /// A client has two while it moves from the old secret to the new one.
    static let maximumEnabled = 2
    /// The secrets of the client, disabled ones included.
    fileprivate static let maximumCount = 10

    /// Of its state: a secret has no version.
    fileprivate var tag: EntityTag {
        EntityTag(digestOf: [self.id, self.hash, "\(self.enabled)", Timestamp.text(self.updatedAt)])
    }
}

extension StoreSnapshot {
    fileprivate func getSecret(_ input: ChangeInput) throws -> ClientSecretRecord {
        try self.getSecret(
            try input.parameter("secretID"), server: try input.authServerID(), client: try input.clientID())
    }

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
