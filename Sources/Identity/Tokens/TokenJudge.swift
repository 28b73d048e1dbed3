import EngineInterface
import Foundation
import Resources
import Store

/// Judges tokens that auth servers of this store have issued. Introspection and the gateway ask the same.
struct TokenJudge {
    private let snapshot: StoreSnapshot
    private let now: Date
    private var servers: [String: Server?] = [:]

    private struct Server {
        var id: String
        var keyIDs: Set<String>
        /// Enabled scopes: name to id.
        var scopes: [String: String]
        var clients: [String: AuthClient?] = [:]
    }

    init(_ snapshot: StoreSnapshot, now: Date) {
        self.snapshot = snapshot
        self.now = now
    }

    /// A token is good as long as everything that it rests on is there: its auth server, the key, the client with its
    /// grant, the secret, the scopes, and its own record.
    mutating func standing(of token: IssuedToken) throws -> TokenStanding {
        guard var server = try self.server(issuer: token.issuer) else { return .foreign }
        if let keyID = token.keyID, !server.keyIDs.contains(keyID) { return .withdrawn(.keyWithdrawn) }
        guard let id = token.id, let record = try self.snapshot.token(id: id, server: server.id), !record.revoked
        else { return .withdrawn(.revoked) }
        let client: AuthClient?
        if let known = server.clients[record.clientID] {
            client = known
        } else {
            client = try self.snapshot.find(AuthClient.self, id: record.clientID, in: server.id)
            server.clients[record.clientID] = .some(client)
            self.servers[token.issuer] = server
        }
        guard let client else { return .withdrawn(.revoked) }
        guard client.mayUseClientCredentials else { return .withdrawn(.grantWithdrawn) }
        if let secretID = record.secretID {
            let secret = try self.snapshot.clientSecret(id: secretID, server: server.id, client: client.id)
            guard secret?.enabled == true else { return .withdrawn(.secretWithdrawn) }
        }
        for name in record.scopes {
            guard let scopeID = server.scopes[name], client.allowAllScopes || client.allowScopes.contains(scopeID)
            else {
                return .withdrawn(.scopeWithdrawn(name))
            }
        }
        return .good
    }

    private mutating func server(issuer: String) throws -> Server? {
        if let known = self.servers[issuer] { return known }
        let found = try self.snapshot.authServer(issuer: issuer).map { server in
            let scopes = try self.snapshot.list(AuthScope.self, in: server.id).filter(\.enabled)
            let now = self.now
            return Server(
                id: server.id,
                keyIDs: Set(
                    try self.snapshot.signingKeys(server: server.id).filter { $0.isPublished(at: now) }.map(\.kid)),
                scopes: Dictionary(scopes.map { ($0.name, $0.id) }) { first, _ in first })
        }
        self.servers[issuer] = .some(found)
        return found
    }
}

extension AuthClient {
    var mayUseClientCredentials: Bool {
        self.grantTypes.contains("client_credentials") && self.tokenEndpointAuthMethod != "none"
    }
}
