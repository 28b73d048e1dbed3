/// The kinds of entities that a configuration is made of.
package enum EntityKind: String, CaseIterable, Hashable, Sendable {
    case authServer, scope, claim, client
    case gateway, backendCluster, virtualCluster, clusterPolicy, listener, listenerPolicy

    /// As people say it: `backend cluster`.
    package var title: String {
        switch self {
        case .gateway: "gateway"
        case .backendCluster: "backend cluster"
        case .virtualCluster: "virtual cluster"
        case .clusterPolicy: "cluster policy"
        case .listener: "listener"
        case .listenerPolicy: "listener policy"
        case .authServer: "auth server"
        case .scope: "scope"
        case .claim: "claim"
        case .client: "client"
        }
    }

    package var parent: EntityKind? {
        switch self {
        case .gateway, .authServer: nil
        case .backendCluster, .virtualCluster, .listener: .gateway
        case .clusterPolicy: .virtualCluster
        case .listenerPolicy: .listener
        case .scope, .claim, .client: .authServer
        }
    }

    /// What lies below, in the order in which it can be made.
    package var children: [EntityKind] {
        switch self {
        case .gateway: [.backendCluster, .virtualCluster, .listener]
        case .virtualCluster: [.clusterPolicy]
        case .listener: [.listenerPolicy]
        case .authServer: [.scope, .claim, .client]
        case .backendCluster, .clusterPolicy, .listenerPolicy, .scope, .claim, .client: []
        }
    }

    /// In paths of the management API, behind the parent's: `backend-clusters`.
    var collection: String {
        switch self {
        case .gateway: "/v1/event-gateways"
        case .backendCluster: "backend-clusters"
        case .virtualCluster: "virtual-clusters"
        case .clusterPolicy: "cluster-policies"
        case .listener: "listeners"
        case .listenerPolicy: "policies"
        case .authServer: "/v1/auth-servers"
        case .scope: "scopes"
        case .claim: "claims"
        case .client: "clients"
        }
    }

    /// The order of a chain of policies, beside the collection.
    var chain: String? {
        switch self {
        case .clusterPolicy: "cluster-policy-chain"
        case .listenerPolicy: "policy-chain"
        case .gateway, .backendCluster, .virtualCluster, .listener, .authServer, .scope, .claim, .client: nil
        }
    }

    /// In documents: `backend_clusters`.
    package var documentKey: String {
        switch self {
        case .gateway: "gateways"
        case .authServer: "auth_servers"
        case .backendCluster, .virtualCluster, .clusterPolicy, .listener, .listenerPolicy, .scope, .claim, .client:
            self.collection.replacing("-", with: "_")
        }
    }

    /// Whether a change sends all fields (PUT) or those that differ (PATCH).
    var isReplacedWhole: Bool {
        switch self {
        case .gateway, .backendCluster, .virtualCluster, .clusterPolicy, .listener, .listenerPolicy: true
        case .authServer, .scope, .claim, .client: false
        }
    }

    /// The fields that hold ids of scopes; documents name the scopes.
    package var scopeField: String? {
        switch self {
        case .claim: "include_in_scopes"
        case .client: "allow_scopes"
        case .gateway, .backendCluster, .virtualCluster, .clusterPolicy, .listener, .listenerPolicy, .authServer,
            .scope:
            nil
        }
    }

    /// What a destination names.
    package var destination: EntityKind? {
        switch self {
        case .virtualCluster: .backendCluster
        case .listenerPolicy: .virtualCluster
        case .gateway, .backendCluster, .clusterPolicy, .listener, .authServer, .scope, .claim, .client: nil
        }
    }
}

/// An entity by its names from the root, which stay the same when it is deleted and made again.
package struct EntityKey: Hashable, Sendable, CustomStringConvertible {
    package var kind: EntityKind
    /// Its own name last. A policy without a name is `#1`: the first such of its chain.
    package var path: [String]

    package init(_ kind: EntityKind, _ path: [String]) {
        self.kind = kind
        self.path = path
    }

    package var name: String { self.path.last ?? "" }

    package var parent: EntityKey? { self.kind.parent.map { EntityKey($0, Array(self.path.dropLast())) } }

    package func child(_ kind: EntityKind, _ name: String) -> EntityKey { EntityKey(kind, self.path + [name]) }

    /// `listener 'edge'`.
    package var title: String { "\(self.kind.title) '\(self.name)'" }

    package var description: String { "\(self.kind.title) \(self.path.joined(separator: "/"))" }
}
