import Hummingbird
internal import JSON
import Logging
import ManagementHTTP
import Resources
import Store

extension ManagementRoutes {
    func addServers(to routes: inout RouteTable) {
        let servers = self.routes(of: AuthServer.self)
        routes.add(servers.leavingOut(.create, .patch, .delete).table)
        routes.add(
            ChangeRoute(
                .post, AuthServer.kind.collectionPath, .create(.authServer), isCostly: true, prepare: self.createServer),
            to: self.committer)
        routes.add(
            ChangeRoute(
                .patch, Self.server, .change(.authServer, .patch), isCostly: true, current: servers.currentTag,
                prepare: self.patchServer),
            to: self.committer)
        routes.add(
            ChangeRoute(
                .delete, Self.server, Self.deleteServerOperation, current: servers.currentTag,
                prepare: self.deleteServer),
            to: self.committer)
    }

    private static var deleteServerOperation: APIOperation {
        var operation = APIOperation.delete(.authServer)
        operation.parameters.append(
            APIOperation.Parameter("force", .boolean, "Whether what lies below it goes, too."))
        return operation
    }

    /// A signing key of the algorithm that a body names, which is slow to make; nil for a trial.
    private func signingKey(
        for id: String, _ input: ChangeInput, isTrial: Bool
    ) async throws -> SigningKeyRecord? {
        guard !isTrial else { return nil }
        var algorithm = SigningAlgorithm.rs256
        if let name = input.text(ofBody: "signing_algorithm") {
            // What is no algorithm is refused when the body is read.
            guard let known = SigningAlgorithm(rawValue: name) else { return nil }
            algorithm = known
        }
        return try await self.identity.keys.makeRecord(serverID: id, algorithm: algorithm)
    }

    @Sendable private func createServer(_ input: ChangeInput, _ isTrial: Bool) async throws -> ChangeRoute.Perform {
        let (id, issuer, now) = (IdentityCore.newID(), self.identity.newIssuer(), self.identity.now)
        let key = try await self.signingKey(for: id, input, isTrial: isTrial)
        let (logger, servers) = (self.identity.logger, self.routes(of: AuthServer.self))
        let written = input.text(ofBody: "signing_algorithm")
        return { input, transaction in
            try input.checkIsWrittenOut("signing_algorithm", as: written)
            let place = try servers.place(input, id: id)
            var values = try AuthServer.kind.read(input.body, .create, in: servers.surroundings(transaction, place))
                .values
            values["issuer"] = values["issuer"] ?? .string(issuer)
            let server = try AuthServer(values, stamp: EntityStamp(id: id, createdAt: now, updatedAt: now))
            try transaction.checkIssuerIsFree(server.issuer)
            try transaction.insert(server)
            guard isTrial || key?.algorithm == server.signingAlgorithm else {
                throw Problem.badRequest(
                    InvalidParameter(
                        field: "signing_algorithm", rule: .invalid,
                        reason: "is \(server.signingAlgorithm.rawValue), which no key was made for"))
            }
            if let key { try transaction.save(key) }
            var answer = try servers.changeAnswer(server, place, .created, transaction)
            answer.afterwards = { logger.info("auth server created", metadata: ["authServer": "\(server.name)"]) }
            return answer
        }
    }

    /// Another signing algorithm means another key, since a key in the set names its algorithm.
    @Sendable private func patchServer(_ input: ChangeInput, _ isTrial: Bool) async throws -> ChangeRoute.Perform {
        let now = self.identity.now
        var key: SigningKeyRecord?
        let written = input.text(ofBody: "signing_algorithm")
        if let wanted = written {
            let id = try input.authServerID()
            let before = try await self.store.read { try $0.find(AuthServer.self, id: id)?.signingAlgorithm }
            if before?.rawValue != wanted { key = try await self.signingKey(for: id, input, isTrial: isTrial) }
        }
        let (keys, servers) = (self.identity.keys, self.routes(of: AuthServer.self))
        return { [key] input, transaction in
            try input.checkIsWrittenOut("signing_algorithm", as: written)
            let place = try servers.place(input)
            let id = place.id
            let stored = try transaction.get(AuthServer.self, id: id)
            let server = try servers.changed(stored, by: input.body, .patch, at: now, transaction, place).entity
            try transaction.replace(server)
            if server.signingAlgorithm != stored.signingAlgorithm, !isTrial {
                guard var key else {
                    throw Problem.conflict("The signing algorithm of [\(stored.name)] changed meanwhile; try again")
                }
                // A server that the same request makes had no id yet.
                key.serverID = id
                try transaction.publish(key, now: now)
            }
            var answer = try servers.changeAnswer(server, place, .ok, transaction)
            answer.afterwards = { await keys.forget(serverID: id) }
            return answer
        }
    }

    @Sendable private func deleteServer(_ input: ChangeInput, _ isTrial: Bool) async throws -> ChangeRoute.Perform {
        let isForced: Bool
        switch input.query["force"] {
        case nil, "false": isForced = false
        case "true": isForced = true
        default:
            throw Problem.badRequest(
                InvalidParameter(
                    field: "force", rule: .isBoolean, source: .query, reason: "must be true or false"))
        }
        let (keys, logger) = (self.identity.keys, self.identity.logger)
        return { input, transaction in
            let id = try input.authServerID()
            let server = try transaction.get(AuthServer.self, id: id)
            let inUse = [
                ("clients", try transaction.count(AuthClient.self, in: id)),
                ("scopes", try transaction.count(AuthScope.self, in: id)),
                ("claims", try transaction.count(AuthClaim.self, in: id)),
            ].filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
            guard isForced || inUse.isEmpty else {
                throw Problem.badRequest(
                    InvalidParameter(
                        field: "authServerId", rule: .invalid, source: .path, reason: "still has \(inUse)"),
                    detail: "The auth server [\(server.name)] still has \(inUse); force=true deletes them too")
            }
            try transaction.delete(AuthServer.self, id: id)
            return .noContent {
                await keys.forget(serverID: id)
                logger.info("auth server deleted", metadata: ["authServerID": "\(id)"])
            }
        }
    }
}

extension StoreSnapshot {
    /// Two issuers whose paths end alike could not be told apart by the routes below them.
    fileprivate func checkIssuerIsFree(_ issuer: String) throws {
        let path = "/" + issuer.split(separator: "/").suffix(2).joined(separator: "/")
        if try self.authServer(issuerPath: path) != nil {
            throw StoreError.taken(kind: "auth server", field: "issuer", value: issuer)
        }
    }
}
