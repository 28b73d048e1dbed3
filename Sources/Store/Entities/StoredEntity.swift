package import Foundation
import JSON
package import Resources

/// An entity that has a table of its own.
package protocol StoredEntity: Codable, Sendable {
    static var table: EntityTable { get }

    var id: String { get }
    /// What must be unique below the parent; nil is never a clash.
    var uniqueName: String? { get }
    var createdAt: Date { get }
    var updatedAt: Date { get }
    /// Values of the table's extra columns.
    var indexColumns: [String: String] { get }

    /// Called in the transaction that changes the entity, to bring copies of its name up to date.
    func wasReplaced(in transaction: StoreTransaction) throws

    /// What the database deletes with the entity, children before what they lie in. The audit keeps each.
    ///
    /// - Parameter parent: what the entity lies under.
    func descendants(in transaction: StoreTransaction, parent: String?) throws -> [AuditChange]
}

extension StoredEntity {
    package var indexColumns: [String: String] { [:] }
    package func wasReplaced(in transaction: StoreTransaction) throws {}
    package func descendants(in transaction: StoreTransaction, parent: String?) throws -> [AuditChange] { [] }
}

extension StoreTransaction {
    /// The deletions of all entities of a kind below `parent`, with what lies below them.
    fileprivate func deletions<Entity: StoredEntity>(of type: Entity.Type, in parent: String) throws -> [AuditChange] {
        try self.list(type, in: parent).flatMap { entity in
            try entity.descendants(in: self, parent: parent) + [
                AuditChange(
                    .deleted, Entity.table.kind, id: entity.id, name: entity.uniqueName,
                    before: try Self.json(entity))
            ]
        }
    }
}

/// Where entities of one kind are kept.
package struct EntityTable: Sendable {
    package enum Owner: Sendable {
        /// A root: no parent.
        case none
        case gateway
        case listener
        case virtualCluster
        case authServer
    }

    package var name: String
    /// For sentences: `backend cluster`.
    package var kind: String
    package var owner: Owner
    /// The order is the operator's (policy chains), not that of creation.
    package var isChain: Bool
    /// True when a change is one of the engine's configuration.
    package var isEngineConfiguration: Bool
    /// True when tokens that were issued may be good no longer after a change.
    var carriesTokens: Bool

    init(
        _ name: String, kind: String, owner: Owner, isChain: Bool = false, isEngineConfiguration: Bool = true,
        carriesTokens: Bool = false
    ) {
        self.name = name
        self.kind = kind
        self.owner = owner
        self.isChain = isChain
        self.isEngineConfiguration = isEngineConfiguration
        self.carriesTokens = carriesTokens
    }

    /// What a change of an entity that carries tokens touches: an auth server has keys, what lies under it has none.
    var carried: IssuerChanges.Part { self.hasParent ? .tokens : .keySet }

    var hasParent: Bool {
        switch self.owner {
        case .none: false
        case .gateway, .listener, .virtualCluster, .authServer: true
        }
    }
}

extension Gateway: StoredEntity {
    package static let table = EntityTable("gateways", kind: "gateway", owner: .none)
    package var uniqueName: String? { self.name }

    package func descendants(in transaction: StoreTransaction, parent: String?) throws -> [AuditChange] {
        try transaction.deletions(of: Listener.self, in: self.id)
            + transaction.deletions(of: VirtualCluster.self, in: self.id)
            + transaction.deletions(of: BackendCluster.self, in: self.id)
    }
}

extension BackendCluster: StoredEntity {
    package static let table = EntityTable("backend_clusters", kind: "backend cluster", owner: .gateway)
    package var uniqueName: String? { self.name }

    package func wasReplaced(in transaction: StoreTransaction) throws {
        for var cluster in try transaction.referrers(VirtualCluster.self, destination: self.id)
        where cluster.entity.destination.name != self.name {
            cluster.entity.destination.name = self.name
            try transaction.update(cluster.entity, in: cluster.parent)
        }
    }
}

extension VirtualCluster: StoredEntity {
    package static let table = EntityTable("virtual_clusters", kind: "virtual cluster", owner: .gateway)
    package var uniqueName: String? { self.name }
    package var indexColumns: [String: String] {
        ["destination_id": self.destination.id, "dns_label": self.dnsLabel]
    }

    package func wasReplaced(in transaction: StoreTransaction) throws {
        for var policy in try transaction.referrers(ListenerPolicy.self, destination: self.id)
        where policy.entity.config.destination.name != self.name {
            policy.entity.config.destination.name = self.name
            try transaction.update(policy.entity, in: policy.parent)
        }
    }

    package func descendants(in transaction: StoreTransaction, parent: String?) throws -> [AuditChange] {
        try transaction.deletions(of: ClusterPolicy.self, in: self.id)
    }
}

extension Listener: StoredEntity {
    package static let table = EntityTable("listeners", kind: "listener", owner: .gateway)
    package var uniqueName: String? { self.name }

    package func descendants(in transaction: StoreTransaction, parent: String?) throws -> [AuditChange] {
        try transaction.deletions(of: ListenerPolicy.self, in: self.id)
    }
}

/// The configuration of a policy that can be stored.
package protocol StoredPolicyConfiguration: Codable, Equatable, Sendable {
    static var table: EntityTable { get }
    var indexColumns: [String: String] { get }
}

extension ForwardConfiguration: StoredPolicyConfiguration {
    package static let table = EntityTable(
        "listener_policies", kind: "listener policy", owner: .listener, isChain: true)
    package var indexColumns: [String: String] { ["destination_id": self.destination.id] }
}

extension ACLConfiguration: StoredPolicyConfiguration {
    package static let table = EntityTable(
        "cluster_policies", kind: "cluster policy", owner: .virtualCluster, isChain: true)
    package var indexColumns: [String: String] { [:] }
}

extension Policy: StoredEntity where Configuration: StoredPolicyConfiguration {
    package static var table: EntityTable { Configuration.table }
    package var uniqueName: String? { self.name }
    package var indexColumns: [String: String] { self.config.indexColumns }
}

extension AuthServer: StoredEntity {
    package static let table = EntityTable(
        "auth_servers", kind: "auth server", owner: .none, isEngineConfiguration: false, carriesTokens: true)
    package var uniqueName: String? { self.name }
    package var indexColumns: [String: String] { ["issuer": self.issuer] }

    package func descendants(in transaction: StoreTransaction, parent: String?) throws -> [AuditChange] {
        try transaction.deletions(of: AuthClient.self, in: self.id)
            + transaction.deletions(of: AuthClaim.self, in: self.id)
            + transaction.deletions(of: AuthScope.self, in: self.id)
            + transaction.signingKeys(server: self.id).map { key in
                AuditChange(.deleted, "signing key", id: key.kid, before: key.auditValue)
            }
    }
}

extension AuthScope: StoredEntity {
    package static let table = EntityTable(
        "auth_scopes", kind: "scope", owner: .authServer, isEngineConfiguration: false, carriesTokens: true)
    package var uniqueName: String? { self.name }
}

extension AuthClaim: StoredEntity {
    package static let table = EntityTable(
        "auth_claims", kind: "claim", owner: .authServer, isEngineConfiguration: false)
    package var uniqueName: String? { self.name }
}

extension AuthClient: StoredEntity {
    package static let table = EntityTable(
        "auth_clients", kind: "client", owner: .authServer, isEngineConfiguration: false, carriesTokens: true)
    package var uniqueName: String? { self.name }

    /// Of its tokens, which may be many, how many there are.
    package func descendants(in transaction: StoreTransaction, parent: String?) throws -> [AuditChange] {
        guard let server = parent else { return [] }
        let secrets = try transaction.clientSecrets(server: server, client: self.id).map { secret in
            AuditChange(.deleted, "client secret", id: secret.id, before: secret.auditValue)
        }
        let tokens = try transaction.liveTokenCount(server: server, client: self.id, now: Timestamp.now())
        return tokens == 0
            ? secrets : secrets + [.revokedTokens(server: server, client: self.id, count: tokens)]
    }
}
