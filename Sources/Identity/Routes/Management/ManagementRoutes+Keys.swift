import Foundation
import Hummingbird
import JSON
import Logging
import ManagementHTTP
import Resources
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
        routes.get(
            Self.keys,
            APIOperation(
                "listSigningKeys", "The keys that an auth server publishes.", tag: "SigningKey",
                parameters: APIOperation.parameters(SigningKeyAnswer.listRules),
                .ok(.numberedPage(.component("SigningKey")))), self.listKeys)
        routes.add(
            ChangeRoute(
                .post, Self.keys,
                APIOperation(
                    "createSigningKey", "Publishes a new key, which signs after a while.", tag: "SigningKey",
                    body: .json(.object([:], optional: ["signs_in_seconds": .integer(Self.notices)])),
                    APIOperation.Answer.created(.component("SigningKey")).withTag, refusals: [409]),
                isCostly: true, prepare: self.createKey), to: self.committer)
        routes.get(
            Self.key,
            APIOperation(
                "getSigningKey", "One key, without its private half.", tag: "SigningKey",
                APIOperation.Answer.ok(.component("SigningKey")).withTag), self.readKey)
        routes.add(
            ChangeRoute(
                .delete, Self.key,
                APIOperation(
                    "deleteSigningKey", "Withdraws a key: no token that it signed is good any more.", tag: "SigningKey",
                    .noContent, refusals: [409]),
                isCostly: true,
                current: { input, snapshot in
                    let (server, id) = (try input.authServerID(), try input.parameter("keyID"))
                    return try snapshot.publishedKey(id, of: server, at: self.identity.now).tag
                }, prepare: self.deleteKey), to: self.committer)
    }

    @Sendable private func listKeys(_ request: Request, _ context: APIContext) async throws -> Response {
        let query = try request.listQuery(SigningKeyAnswer.listRules)
        let server = try context.authServerID()
        return try .page(try await self.publishedKeys(of: server), query: query)
    }

    @Sendable private func readKey(_ request: Request, _ context: APIContext) async throws -> Response {
        let id = try context.pathParameter("keyID")
        let (server, now) = (try context.authServerID(), self.identity.now)
        let key = try await self.store.read { try $0.publishedKey(id, of: server, at: now) }
        return try .json(key, tag: key.tag)
    }

    /// A key that is slow to make; in a trial one without halves, which is stored nowhere.
    private func newKey(
        of server: String, _ algorithm: SigningAlgorithm, signingIn seconds: Int = 0, isTrial: Bool
    ) async throws -> SigningKeyRecord {
        guard isTrial else {
            return try await self.identity.keys.makeRecord(
                serverID: server, algorithm: algorithm, signingIn: TimeInterval(seconds))
        }
        let now = self.identity.now
        return SigningKeyRecord(
            kid: IdentityCore.newID(), serverID: server, algorithm: algorithm, sealedPrivateKey: Data(),
            publicJWK: "{}", createdAt: now, signsFrom: now.addingTimeInterval(TimeInterval(seconds)))
    }

    /// The algorithm of an auth server; that of new ones when the same request makes the server.
    private func algorithm(of server: String) async throws -> SigningAlgorithm {
        try await self.store.read { try $0.find(AuthServer.self, id: server)?.signingAlgorithm } ?? .rs256
    }

    private static func seconds(_ input: ChangeInput) throws -> Int {
        try BodyReader.read(input.body) { reader in
            reader["signs_in_seconds"].ifPresent?.integer(in: Self.notices) ?? Self.notice
        }
    }

    /// Publishes a new key that signs after a delay, by which verifiers of tokens have fetched it.
    @Sendable private func createKey(_ input: ChangeInput, _ isTrial: Bool) async throws -> ChangeRoute.Perform {
        let (server, seconds) = (try input.authServerID(), try Self.seconds(input))
        let key = try await self.newKey(
            of: server, try await self.algorithm(of: server), signingIn: seconds, isTrial: isTrial)
        let (now, keys, logger) = (self.identity.now, self.identity.keys, self.identity.logger)
        return { input, transaction in
            let server = try input.authServerID()
            let algorithm = try transaction.get(AuthServer.self, id: server).signingAlgorithm
            guard algorithm == key.algorithm else {
                throw Problem.conflict(
                    "The signing algorithm is [\(algorithm.rawValue)] now, and the key was made for "
                        + "[\(key.algorithm.rawValue)]; ask for the key again, in a request of its own")
            }
            let before = try transaction.signingKeys(server: server)
            guard before.count(where: { $0.isPublished(at: now) && $0.signsFrom <= now }) < Self.maximumKeys else {
                throw Problem.conflict(
                    "The auth server has [\(Self.maximumKeys)] signing keys; delete a retired one first, which ends its "
                        + "tokens")
            }
            var key = key
            // A server that the same request makes had no id yet.
            key.serverID = server
            try transaction.publish(key, now: now)
            let answer = SigningKeyAnswer(
                record: key, state: try transaction.signingKeys(server: server).state(of: key, at: now))
            return try ChangeAnswer(answer, status: .created, tag: answer.tag) { [kid = key.kid] in
                await keys.forget(serverID: server)
                logger.info("signing key made", metadata: ["authServerID": "\(server)", "kid": "\(kid)"])
            }
        }
    }

    /// Withdraws a key: no token that it signed is good any more. If it was the one that signs, the next one does, or a new
    /// one.
    @Sendable private func deleteKey(_ input: ChangeInput, _ isTrial: Bool) async throws -> ChangeRoute.Perform {
        let (server, id, now) = (try input.authServerID(), try input.parameter("keyID"), self.identity.now)
        let needsSuccessor = try await self.store.read { snapshot in
            let keys = try snapshot.signingKeys(server: server)
            return keys.signing(at: now)?.kid == id && keys.next(at: now) == nil
        }
        let successor =
            needsSuccessor
            ? try await self.newKey(of: server, try await self.algorithm(of: server), isTrial: isTrial) : nil
        let (keys, logger) = (self.identity.keys, self.identity.logger)
        return { input, transaction in
            let (server, id) = (try input.authServerID(), try input.parameter("keyID"))
            let algorithm = try transaction.get(AuthServer.self, id: server).signingAlgorithm
            guard successor.map({ $0.algorithm == algorithm }) ?? true else {
                throw Problem.conflict("The signing algorithm is [\(algorithm.rawValue)] now; ask again")
            }
            try transaction.withdraw(kid: id, server: server, successor: successor, now: now)
            return .noContent {
                await keys.forget(serverID: server)
                logger.info("signing key withdrawn", metadata: ["authServerID": "\(server)", "kid": "\(id)"])
            }
        }
    }

    private func publishedKeys(of server: String) async throws -> [SigningKeyAnswer] {
        let now = self.identity.now
        return try await self.store.read { try $0.publishedKeys(of: server, at: now) }
    }
}

extension StoreSnapshot {
    fileprivate func publishedKeys(of server: String, at now: Date) throws -> [SigningKeyAnswer] {
        _ = try self.get(AuthServer.self, id: server)
        let keys = try self.signingKeys(server: server)
        return keys.filter { $0.isPublished(at: now) }
            .map { SigningKeyAnswer(record: $0, state: keys.state(of: $0, at: now)) }
    }

    /// - Throws: ``StoreError/notFound(kind:id:)``.
    fileprivate func publishedKey(_ id: String, of server: String, at now: Date) throws -> SigningKeyAnswer {
        guard let key = try self.publishedKeys(of: server, at: now).first(where: { $0.record.kid == id }) else {
            throw StoreError.notFound(kind: "signing key", id: id)
        }
        return key
    }
}

/// A signing key as answers show it: never its private half.
struct SigningKeyAnswer: ListedEntity {
    var record: SigningKeyRecord
    var state: SigningKeyRecord.State

    /// Of its times, which are all that changes of a key: it has no version.
    var tag: EntityTag {
        EntityTag(digestOf: [
            self.record.kid, Timestamp.text(self.record.signsFrom), self.record.retiredAt.map(Timestamp.text) ?? "",
        ])
    }

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
