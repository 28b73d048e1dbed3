import JSON
import Resources

/// The state of an entity in a word.
enum MapState: String, Sendable {
    case ok, warn = "WARN", down = "DOWN", off
    /// The engine has not loaded it yet.
    case new

    var role: Role {
        switch self {
        case .ok: .stateOK
        case .warn: .stateWarn
        case .down: .stateDown
        case .off: .stateOff
        case .new: .stateDraft
        }
    }
}

/// A row of the tree.
struct MapNode: Equatable, Sendable {
    /// The path from the root: a listener that leads to two virtual clusters is shown twice.
    var id: String
    var key: EntityKey
    var entityID: String
    /// `backend`, `vc`.
    var label: String
    /// The most important fields: addresses, sign-in, rules.
    var summary: String
    var connections: Int?
    var state: MapState
    var advice: [MapAdvice]
    var children: [MapNode] = []

    var name: String { self.key.name }
}

extension MapNode: FilterSubject {
    func filterValues(_ field: String) -> [String]? {
        switch field {
        case "name": [self.name]
        case "kind": [self.key.kind.title, self.label]
        case "id": [self.entityID]
        case "state": [self.state.rawValue]
        case "vc": self.key.kind == .virtualCluster ? [self.name] : []
        case "listener": self.key.kind == .listener ? [self.name] : []
        default: nil
        }
    }

    var filterText: String { "\(self.label) \(self.name) \(self.summary) \(self.state.rawValue)" }
}

/// Makes the tree: what is in the configuration and what the engine says of it.
struct MapTree {
    var advisor: MapAdvisor
    var configuration: ConfigurationTree

    /// Kinds that have a place of their own. Entities of other kinds are shown below what they lie in.
    private static let placed: Set<EntityKind> = [
        .gateway, .backendCluster, .virtualCluster, .clusterPolicy, .listener, .listenerPolicy, .authServer, .scope,
        .claim,
        .client,
    ]

    private var gateway: GatewayConfiguration { self.advisor.gateway }
    private var root: EntityKey { EntityKey(.gateway, [self.gateway.gateway.name]) }

    func nodes() -> [MapNode] {
        let backends = self.gateway.backendClusters.map(self.node)
        let homeless = self.gateway.listeners.filter { $0.policies.allSatisfy { $0.portMapping == nil } }
            .map { self.node($0, below: "", policy: nil) }
        return backends + homeless + Self.others(in: self.root, below: "", self.configuration)
    }

    /// What lies in an entity and is of a kind without a place of its own.
    static func others(in key: EntityKey, below id: String, _ configuration: ConfigurationTree) -> [MapNode] {
        configuration.node(key).map { Self.others(in: $0, key, below: id) } ?? []
    }

    private static func others(in node: EntityNode, _ key: EntityKey, below id: String) -> [MapNode] {
        node.kind.children.filter { !Self.placed.contains($0) }.flatMap { kind in
            (node.children[kind] ?? []).map { child in
                let entityID = child.id ?? ""
                let own = (id.isEmpty ? "" : id + "/") + "\(kind.documentKey):\(entityID)"
                let childKey = key.child(kind, child.name)
                return MapNode(
                    id: own, key: childKey, entityID: entityID, label: kind.title, summary: MapFieldText.summary(child),
                    connections: nil, state: child.fields["enabled"] == .bool(false) ? .off : .ok, advice: [],
                    children: Self.others(in: child, childKey, below: own))
            }
        }
    }

    private func state(_ advice: [MapAdvice], isKnown: Bool) -> MapState {
        switch advice.map(\.level).max() {
        case .failure: .down
        case .warning: .warn
        case .note, nil: isKnown ? .ok : .new
        }
    }

    private func node(_ cluster: BackendCluster) -> MapNode {
        let id = "backend:\(cluster.id)"
        let advice = self.advisor.advice(cluster)
        let users = self.gateway.virtualClusters.filter { $0.virtualCluster.destination.id == cluster.id }
        let component = self.advisor.facts.component(.backendCluster, cluster.name)
        return MapNode(
            id: id, key: self.root.child(.backendCluster, cluster.name), entityID: cluster.id, label: "backend",
            summary: cluster.bootstrapServers.joined(separator: " "), connections: nil,
            state: users.isEmpty ? .off : self.state(advice, isKnown: component != nil), advice: advice,
            children: users.map { self.node($0, below: id) }
                + Self.others(in: self.root.child(.backendCluster, cluster.name), below: id, self.configuration))
    }

    private func node(_ entry: VirtualClusterConfiguration, below parent: String) -> MapNode {
        let cluster = entry.virtualCluster
        let id = "\(parent)/vc:\(cluster.id)"
        let key = self.root.child(.virtualCluster, cluster.name)
        let advice = self.advisor.advice(entry)
        let names = PolicyNames.names(entry.clusterPolicies.map(\.name))
        let policies = zip(entry.clusterPolicies, names).map { policy, name in
            let advice = self.advisor.advice(policy, of: cluster)
            return MapNode(
                id: "\(id)/policy:\(policy.id)", key: key.child(.clusterPolicy, name), entityID: policy.id,
                label: "policy", summary: self.summary(policy, key.child(.clusterPolicy, name)), connections: nil,
                state: policy.enabled ? self.state(advice, isKnown: true) : .off, advice: advice)
        }
        let listeners = self.gateway.listeners.compactMap { listener -> MapNode? in
            guard let policy = listener.policies.first(where: { $0.portMapping?.destination.id == cluster.id }) else {
                return nil
            }
            return self.node(listener, below: id, policy: policy.id)
        }
        return MapNode(
            id: id, key: key, entityID: cluster.id, label: "vc", summary: Self.summary(cluster),
            connections: self.advisor.facts.virtualClusters[cluster.name]?.connections ?? 0,
            state: self.state(advice, isKnown: true), advice: advice,
            children: policies + Self.others(in: key, below: id, self.configuration) + listeners)
    }

    private func node(_ entry: ListenerConfiguration, below parent: String, policy: String?) -> MapNode {
        let listener = entry.listener
        let id = (parent.isEmpty ? "" : parent + "/") + "listener:\(listener.id)"
        let key = self.root.child(.listener, listener.name)
        let advice = self.advisor.advice(entry)
        let names = PolicyNames.names(entry.policies.map(\.name))
        let children = zip(entry.policies, names).filter { $0.0.id == policy || $0.0.portMapping == nil }.map {
            policy, name in
            MapNode(
                id: "\(id)/policy:\(policy.id)", key: key.child(.listenerPolicy, name), entityID: policy.id,
                label: "policy", summary: self.summary(policy, key.child(.listenerPolicy, name)), connections: nil,
                state: policy.enabled ? .ok : .off, advice: [])
        }
        let component = self.advisor.facts.component(.listener, listener.name)
        return MapNode(
            id: id, key: key, entityID: listener.id, label: "listener",
            summary: "\(listener.addresses.map(HostPort.bracketed).joined(separator: " ")):\(listener.portText)",
            connections: self.advisor.facts.listeners[listener.name]?.connections ?? 0,
            state: self.state(advice, isKnown: component != nil), advice: advice,
            children: children + Self.others(in: key, below: id, self.configuration))
    }

    /// Auth servers belong to no gateway.
    static func identityNodes(_ configuration: ConfigurationTree) -> [MapNode] {
        configuration.identities.map { identity in
            let server = identity.server
            let key = EntityKey(.authServer, [server.name])
            let id = "auth:\(server.id)"
            func leaf(_ kind: EntityKind, _ name: String, _ entityID: String, _ summary: String, _ enabled: Bool)
                -> MapNode
            {
                MapNode(
                    id: "\(id)/\(kind.title):\(entityID)", key: key.child(kind, name), entityID: entityID,
                    label: kind.title, summary: summary, connections: nil, state: enabled ? .ok : .off, advice: [])
            }
            let scopes = identity.scopes.map {
                leaf(.scope, $0.name, $0.id, $0.isDefault ? "granted by default" : "", $0.enabled)
            }
            let claims = identity.claims.map {
                leaf(.claim, $0.name, $0.id, $0.includeInToken ? "in tokens" : "not in tokens", $0.enabled)
            }
            let clients = zip(identity.clients, identity.clientNames).map { client, name in
                leaf(.client, name, client.id, client.grantTypes.joined(separator: " "), true)
            }
            let advice = Self.advice(identity, gateways: configuration.gateways)
            return MapNode(
                id: id, key: key, entityID: server.id, label: "auth server", summary: server.issuer, connections: nil,
                state: advice.contains { $0.level == .warning } ? .warn : .ok, advice: advice,
                children: scopes + claims + clients + Self.others(in: key, below: id, configuration))
        }
    }

    private static func advice(
        _ identity: ConfigurationTree.Identity, gateways: [GatewayConfiguration]
    ) -> [MapAdvice] {
        var advice: [MapAdvice] = []
        if identity.clients.isEmpty {
            advice.append(MapAdvice(.note, "It has no client, so nobody can get a token. a adds one."))
        }
        if Self.users(of: identity.server, gateways).isEmpty {
            advice.append(MapAdvice(.note, "No virtual cluster takes its tokens."))
        }
        return advice
    }

    /// Virtual clusters whose key set is this server's.
    static func users(of server: AuthServer, _ gateways: [GatewayConfiguration]) -> [String] {
        gateways.flatMap(\.virtualClusters).map(\.virtualCluster).filter { cluster in
            cluster.authentication.contains { rule in
                if case .oauthBearer(let rule) = rule { return rule.jwks.endpoint == server.jwksURI }
                return false
            }
        }.map(\.name)
    }

    static func summary(_ cluster: VirtualCluster) -> String {
        let ways = cluster.authentication.map { rule in
            switch rule {
            case .anonymous: "anonymous"
            case .oauthBearer: "oauth"
            }
        }
        return ways.joined(separator: "+") + "  " + cluster.aclMode.rawValue
    }

    /// Rules by number; what a policy of another type says, as it is.
    private func summary(_ policy: ClusterPolicy, _ key: EntityKey) -> String {
        guard policy.type == ACLConfiguration.policyType.name else {
            return self.configuration.node(key).map(MapFieldText.summary) ?? policy.type
        }
        let denies = policy.rules.count { $0.action == .deny }
        let rules = policy.rules.count == 1 ? "acls  1 rule" : "acls  \(policy.rules.count) rules"
        return denies == 0 ? rules : "\(rules), \(denies) deny"
    }

    private func summary(_ policy: ListenerPolicy, _ key: EntityKey) -> String {
        guard let mapping = policy.portMapping else {
            return self.configuration.node(key).map(MapFieldText.summary) ?? policy.type
        }
        return "\(PortMappingConfiguration.typeName)  as \(mapping.advertisedHost)  to \(mapping.destination.name)"
    }
}
