import Foundation
import GatewayModel
import Hummingbird
import Logging
import Store

/// The signing keys of an auth server: rotated with notice, or withdrawn at once.
extension ManagementRoutes {
    private static let keys = ManagementRoutes.server + "/keys"
    private static let key = ManagementRoutes.server + "/keys/:keyID"

    /// Keys that an auth server has at once: retired ones stay for the longest token's life.
    private static let maximumKeys = 16
    /// How long a new key is published before it signs, unless the request says otherwise: longer than the key set may be
    /// kept by those that heed its `max-age`.
    private static let notice = 300
    private static let notices = 0...604_800

    func addKeys(to routes: inout RouteTable) {
        routes.get(Self.keys, self.listKeys)
        routes.post(Self.keys, self.createKey)
        routes.get(Self.key, self.readKey)
        routes.delete(Self.key, self.deleteKey)
    }

    @Sendable private func listKeys(_ request: Request, _ context: APIContext) async throws -> Response {
        let query = try request.listQuery(SigningKeyAnswer.listRules)
        let server = try context.authServerID()
        return try .page(try await self.publishedKeys(of: server), query: query)
    }

    @Sendable private func readKey(_ request: Request, _ context: APIContext) async throws -> Response {
        let id = try context.pathParameter("keyID")
        let keys = try await self.publishedKeys(of: try context.authServerID())
        guard let key = keys.first(where: { $0.record.kid == id }) else {
            throw StoreError.notFound(kind: "signing key", id: id)
        }
        return try .json(key)
    }

    /// Publishes a new key that signs after a while. Whoever checks tokens has fetched it by then.
    @Sendable private func createKey(_ request: Request, _ context: APIContext) async throws -> Response {
        let server = try context.authServerID()
        let seconds = try BodyReader.read(try await request.json()) { reader in
            reader["signs_in_seconds"].ifPresent?.integer(in: Self.notices) ?? Self.notice
        }
        let algorithm = try await self.store.read { try $0.get(AuthServer.self, id: server) }.signingAlgorithm
        let key = try await self.identity.keys.makeRecord(
            serverID: server, algorithm: algorithm, signingIn: TimeInterval(seconds))
        let now = self.identity.now
        let answer = try await self.store.write { transaction in
            guard try transaction.get(AuthServer.self, id: server).signingAlgorithm == algorithm else {
                throw Problem.conflict("The signing algorithm changed meanwhile; try again")
            }
            let before = try transaction.signingKeys(server: server)
            guard before.count(where: { $0.isPublished(at: now) && $0.signsFrom <= now }) < Self.maximumKeys else {
                throw Problem.conflict(
                    "The auth server has [\(Self.maximumKeys)] signing keys; delete a retired one first, which ends its "
                        + "tokens")
            }
            try transaction.publish(key, now: now)
            return SigningKeyAnswer(
                record: key, state: try transaction.signingKeys(server: server).state(of: key, at: now))
        }
        await self.identity.keys.forget(serverID: server)
        self.identity.logger.info("signing key made", metadata: ["authServerID": "\(server)", "kid": "\(key.kid)"])
        return try .json(answer, status: .created)
    }

    /// Withdraws a key: no token that it signed is good any more. If it was the one that signs, the next one does, or a new
    /// one.
    @Sendable private func deleteKey(_ request: Request, _ context: APIContext) async throws -> Response {
        let (server, id) = (try context.authServerID(), try context.pathParameter("keyID"))
        let now = self.identity.now
        let (algorithm, needsSuccessor) = try await self.store.read { snapshot in
            let algorithm = try snapshot.get(AuthServer.self, id: server).signingAlgorithm
            let keys = try snapshot.signingKeys(server: server)
            return (algorithm, keys.signing(at: now)?.kid == id && keys.next(at: now) == nil)
        }
        let successor =
            needsSuccessor ? try await self.identity.keys.makeRecord(serverID: server, algorithm: algorithm) : nil
        try await self.store.write { transaction in
            _ = try transaction.get(AuthServer.self, id: server)
            try transaction.withdraw(kid: id, server: server, successor: successor, now: now)
        }
        await self.identity.keys.forget(serverID: server)
        self.identity.logger.info("signing key withdrawn", metadata: ["authServerID": "\(server)", "kid": "\(id)"])
        return .noContent
    }

    private func publishedKeys(of server: String) async throws -> [SigningKeyAnswer] {
        let now = self.identity.now
        return try await self.store.read { snapshot in
            _ = try snapshot.get(AuthServer.self, id: server)
            let keys = try snapshot.signingKeys(server: server)
            return keys.filter { $0.isPublished(at: now) }
                .map { SigningKeyAnswer(record: $0, state: keys.state(of: $0, at: now)) }
        }
    }
}

/// A signing key as answers show it: never its private half.
struct SigningKeyAnswer: ListedEntity {
    var record: SigningKeyRecord
    var state: SigningKeyRecord.State

    enum CodingKeys: String, CodingKey {
        case id, algorithm, state
        case createdAt = "created_at"
        case signsFrom = "signs_from"
        case retiresAt = "retires_at"
        case leavesAt = "leaves_at"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(self.record.kid, forKey: .id)
        try container.encode(self.record.algorithm, forKey: .algorithm)
        try container.encode(self.state.rawValue, forKey: .state)
        try container.encode(self.record.createdAt, forKey: .createdAt)
        try container.encode(self.record.signsFrom, forKey: .signsFrom)
        try container.encodeIfPresent(self.record.retiredAt, forKey: .retiresAt)
        try container.encodeIfPresent(self.record.leavesAt, forKey: .leavesAt)
    }

    static let listRules = ListQueryRules(
        paging: .number, filters: ["id": [.equals]], sorts: ["created_at", "signs_from"])

    func listValue(of field: String) -> String? {
        switch field {
        case "id": self.record.kid
        case "created_at": Timestamp.text(self.record.createdAt)
        case "signs_from": Timestamp.text(self.record.signsFrom)
        default: nil
        }
    }
}
