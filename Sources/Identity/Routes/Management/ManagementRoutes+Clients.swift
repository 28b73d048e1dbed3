import Foundation
import Hummingbird
import JSON
import ManagementHTTP
import Resources
import Store

extension ManagementRoutes {
    func addClients(to routes: inout RouteTable) {
        let clients = self.routes(of: AuthClient.self)
        routes.add(clients.leavingOut(.create, .replace, .patch).table)
        routes.add(
            ChangeRoute(.post, AuthClient.kind.collectionPath, .create(.client), prepare: self.createClient),
            to: self.committer)
        routes.add(
            ChangeRoute(
                .put, Self.client, .change(.client, .replace), isCostly: true,
                current: { input, snapshot in
                    // One that is not there yet is made.
                    let (server, id) = (try input.authServerID(), try input.clientID())
                    _ = try snapshot.get(AuthServer.self, id: server)
                    guard try snapshot.find(AuthClient.self, id: id, in: server) != nil else { return nil }
                    return try snapshot.tag(of: AuthClient.self, id: id, in: server)
                }, prepare: self.putClient), to: self.committer)
        routes.add(
            ChangeRoute(
                .patch, Self.client, .change(.client, .patch), isCostly: true, current: clients.currentTag,
                prepare: self.patchClient),
            to: self.committer)
    }

    /// A client with its secret, which is shown this once.
    private struct ClientAnswer: Encodable {
        var client: AuthClient
        var secret: String

        func encode(to encoder: any Encoder) throws {
            try self.client.encode(to: encoder)
            var container = encoder.container(keyedBy: JSONKey.self)
            try container.encode(self.secret, forKey: JSONKey("client_secret"))
        }
    }

    @Sendable private func createClient(_ input: ChangeInput, _ isTrial: Bool) async throws -> ChangeRoute.Perform {
        let (id, now) = (RandomText.make(length: RandomText.clientIDLength), self.identity.now)
        let secret = RandomText.make(length: RandomText.secretLength)
        let hash = try SecretHash(of: secret, scheme: .forGeneratedSecrets).encoded
        let clients = self.routes(of: AuthClient.self)
        return { input, transaction in
            let server = try input.authServerID()
            let place = try clients.place(input, id: id)
            try transaction.check(AuthClient.kind, place.parents)
            let body = try AuthClient.kind.read(input.body, .create, in: clients.surroundings(transaction, place))
            let client = try AuthClient(body.values, stamp: EntityStamp(id: id, createdAt: now, updatedAt: now))
            try transaction.insert(client, in: server)
            try transaction.setOnlySecret(.new(hash: hash), server: server, client: client.id, now: now)
            return try ChangeAnswer(
                ClientAnswer(client: client, secret: secret), status: .created,
                tag: try transaction.tag(of: AuthClient.self, id: id, in: server))
        }
    }

    /// The secret that a body chooses, as it will be stored, which is slow; nil when it chooses none. A trial has a
    /// stand-in.
    private func chosenSecret(_ input: ChangeInput, isTrial: Bool) async throws -> OnlySecret? {
        guard let secret = input.text(ofBody: "client_secret") else { return nil }
        guard !isTrial else { return .new(hash: "") }
        let (server, client) = (try input.authServerID(), try input.clientID())
        let records = try await self.store.read { try $0.clientSecrets(server: server, client: client) }
        // One that it has already stays, so that its tokens stay good.
        if let known = try await self.identity.secrets.find(secret, among: records.map(\.hash)) {
            return .known(id: records[known].id, hash: records[known].hash)
        }
        return .new(
            hash: try await self.identity.secrets.hash(
                secret, scheme: .forChosenSecrets, siblings: records.map(\.hash)))
    }

    /// Creates the client of that id, or replaces all of it but its tokens. Its secrets give way to the one in the body.
    /// Without one, a client that is there keeps its secrets, and a new one is given a generated secret, which is in the
    /// answer.
    @Sendable private func putClient(_ input: ChangeInput, _ isTrial: Bool) async throws -> ChangeRoute.Perform {
        let now = self.identity.now
        let chosen = try await self.chosenSecret(input, isTrial: isTrial)
        let generated = RandomText.make(length: RandomText.secretLength)
        let hash = try SecretHash(of: generated, scheme: .forGeneratedSecrets).encoded
        let written = input.text(ofBody: "client_secret")
        let clients = self.routes(of: AuthClient.self)
        return { input, transaction in
            try input.checkIsWrittenOut("client_secret", as: written)
            let (server, id) = (try input.authServerID(), try input.clientID())
            guard AuthClient.isClientID(id) else {
                throw Problem.badRequest(
                    InvalidParameter(
                        field: "clientId", rule: .matchesRegex, source: .path,
                        reason: "must be 1 to 36 letters, digits, hyphens and underscores, such as orders-app"))
            }
            let place = try clients.place(input)
            try transaction.check(AuthClient.kind, place.parents)
            let before = try transaction.find(AuthClient.self, id: id, in: server)
            let values = try AuthClient.kind.read(
                input.body, .replace, previous: try before?.object(), in: clients.surroundings(transaction, place)
            ).values
            let client = try AuthClient(
                values, stamp: EntityStamp(id: id, createdAt: before?.createdAt ?? now, updatedAt: now))
            if before != nil {
                try transaction.replace(client, in: server)
            } else {
                try transaction.insert(client, in: server)
            }
            if let secret = chosen ?? (before == nil ? .new(hash: hash) : nil) {
                try transaction.setOnlySecret(secret, server: server, client: id, now: now)
            }
            let tag = try transaction.tag(of: AuthClient.self, id: id, in: server)
            guard before == nil, chosen == nil else {
                return try ChangeAnswer(client, status: before == nil ? .created : .ok, tag: tag)
            }
            return try ChangeAnswer(ClientAnswer(client: client, secret: generated), status: .created, tag: tag)
        }
    }

    @Sendable private func patchClient(_ input: ChangeInput, _ isTrial: Bool) async throws -> ChangeRoute.Perform {
        let now = self.identity.now
        let chosen = try await self.chosenSecret(input, isTrial: isTrial)
        let written = input.text(ofBody: "client_secret")
        let clients = self.routes(of: AuthClient.self)
        return { input, transaction in
            try input.checkIsWrittenOut("client_secret", as: written)
            let (server, id) = (try input.authServerID(), try input.clientID())
            let stored = try transaction.getBelow(AuthClient.self, id: id, server: server)
            let place = try clients.place(input)
            let client = try clients.changed(stored, by: input.body, .patch, at: now, transaction, place).entity
            try transaction.replace(client, in: server)
            if let chosen { try transaction.setOnlySecret(chosen, server: server, client: id, now: now) }
            return try ChangeAnswer(client, tag: try transaction.tag(of: AuthClient.self, id: id, in: server))
        }
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

extension AuthClient {
    /// Whether text can be a client id: 1–36 of letters, digits, `-` and `_`.
    static func isClientID(_ text: String) -> Bool {
        (1...36).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default:
                    false
                }
            }
    }
}
