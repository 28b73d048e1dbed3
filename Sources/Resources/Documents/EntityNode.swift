package import JSON

/// An entity as documents show it, with what lies below it: no ids, no dates, every default written out, other entities
/// by name.
package struct EntityNode: Equatable, Sendable {
    package var kind: EntityKind
    /// As in ``EntityKey``.
    package var name: String
    /// Nil in documents, except a client's, which is its user name.
    package var id: String?
    package var fields: JSONObject
    /// By kind. A kind that is not there is left alone by a plan.
    package var children: [EntityKind: [EntityNode]]
    package var place: DocumentPlace?

    package init(
        kind: EntityKind, name: String, id: String? = nil, fields: JSONObject,
        children: [EntityKind: [EntityNode]] = [:], place: DocumentPlace? = nil
    ) {
        self.kind = kind
        self.name = name
        self.id = id
        self.fields = kind.filled(fields)
        self.children = children
        self.place = place
    }

    /// Without defaults, with what lies below: for people.
    package var document: JSONObject {
        var object = self.kind.stripped(self.fields)
        for kind in self.kind.children {
            guard let nodes = self.children[kind], !nodes.isEmpty else { continue }
            _ = object.insert(.array(nodes.map { .object($0.document) }), forKey: kind.documentKey)
        }
        return object
    }

    /// Without defaults and without what lies below: what `$EDITOR` and diffs show.
    package var text: String { YAMLWriter.text(.object(self.kind.stripped(self.fields))) }

    /// Each node with its key, parents first.
    package func walk(_ key: EntityKey, _ body: (EntityKey, EntityNode) -> Void) {
        body(key, self)
        for kind in self.kind.children {
            for node in self.children[kind] ?? [] { node.walk(key.child(kind, node.name), body) }
        }
    }
}

extension EntityNode {
    /// The entity as the API shows it, without what a document does not say.
    package init(kind: EntityKind, entity: some Encodable, id: String, name: String) {
        var object = JSONObject()
        // Entities are plain values: writing them down cannot fail.
        if let data = try? EntityCoding.encode(entity), case .object(let read)? = try? JSONValue(parsing: Array(data)) {
            object = read
        }
        self.init(kind: kind, object: object, id: id, name: name)
    }

    /// The same, from the API's JSON.
    init(kind: EntityKind, object: JSONObject, id: String, name: String) {
        var fields = JSONObject()
        if kind.hasChosenID { fields["id"] = .string(id) }
        for field in kind.documentFields { fields[field.name] = object[field.name] }
        // Documents name what an entity refers to.
        for reference in kind.references {
            if case .object(let target)? = fields[path: reference.path], let name = target["name"] {
                fields[path: reference.path] = .object(["name": name])
            }
        }
        self.init(kind: kind, name: name, id: id, fields: fields)
    }
}

extension ConfigurationTree {
    /// The gateways and auth servers as documents show them.
    package var nodes: [EntityNode] {
        self.identities.map(\.node) + self.gateways.map(\.node)
    }

    package func node(_ key: EntityKey) -> EntityNode? {
        guard let first = key.path.first, let root = key.root else { return nil }
        let found =
            root == .gateway
            ? self.gateways.first { $0.gateway.name == first }?.node
            : self.identities.first { $0.server.name == first }?.node
        guard var node = found else { return nil }
        for (kind, name) in key.steps.dropFirst() {
            guard let next = node.children[kind]?.first(where: { $0.name == name }) else { return nil }
            node = next
        }
        return node
    }

    package func id(of key: EntityKey) -> String? { self.node(key)?.id }

    /// Every id, by key.
    package var ids: [EntityKey: String] {
        var ids: [EntityKey: String] = [:]
        for node in self.nodes { node.walk(EntityKey(node.kind, [node.name])) { ids[$0] = $1.id } }
        return ids
    }
}

extension EntityKey {
    package var root: EntityKind? { self.steps.first?.kind }

    /// Each kind from the root with the name on the way.
    package var steps: [(kind: EntityKind, name: String)] {
        var kinds: [EntityKind] = [self.kind]
        while let parent = kinds.first?.parent { kinds.insert(parent, at: 0) }
        return Array(zip(kinds, self.path))
    }
}

extension GatewayConfiguration {
    var node: EntityNode {
        var node = EntityNode(
            kind: .gateway, entity: self.gateway, id: self.gateway.id, name: self.gateway.name)
        node.children[.backendCluster] = self.backendClusters.map {
            EntityNode(kind: .backendCluster, entity: $0, id: $0.id, name: $0.name)
        }
        node.children[.virtualCluster] = self.virtualClusters.map(\.node)
        node.children[.listener] = self.listeners.map(\.node)
        return node
    }
}

extension VirtualClusterConfiguration {
    var node: EntityNode {
        let cluster = self.virtualCluster
        var node = EntityNode(kind: .virtualCluster, entity: cluster, id: cluster.id, name: cluster.name)
        node.children[.clusterPolicy] = PolicyNames.nodes(self.clusterPolicies, kind: .clusterPolicy)
        return node
    }
}

extension ListenerConfiguration {
    var node: EntityNode {
        var node = EntityNode(
            kind: .listener, entity: self.listener, id: self.listener.id, name: self.listener.name)
        node.children[.listenerPolicy] = PolicyNames.nodes(self.policies, kind: .listenerPolicy)
        return node
    }
}

extension ConfigurationTree.Identity {
    var node: EntityNode {
        var node = EntityNode(
            kind: .authServer, entity: self.server, id: self.server.id, name: self.server.name)
        let scopes = Dictionary(self.scopes.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        func names(_ ids: [String]) -> JSONValue { .array(ids.map { scopes[$0] ?? $0 }.sorted().map(JSONValue.string)) }
        node.children[.scope] = self.scopes.map { EntityNode(kind: .scope, entity: $0, id: $0.id, name: $0.name) }
        node.children[.claim] = self.claims.map { claim in
            var node = EntityNode(kind: .claim, entity: claim, id: claim.id, name: claim.name)
            node.fields = node.fields.setting("include_in_scopes", names(claim.includeInScopes))
            return node
        }
        node.children[.client] = zip(self.clients, self.clientNames).map { client, name in
            var node = EntityNode(kind: .client, entity: client, id: client.id, name: name)
            node.fields = node.fields.setting("allow_scopes", names(client.allowScopes))
            return node
        }
        return node
    }
}

extension ConfigurationTree.Identity {
    /// The clients' names; with the id behind where several have the same.
    package var clientNames: [String] {
        let repeated = Dictionary(grouping: self.clients, by: \.name).filter { $0.value.count > 1 }
        return self.clients.map { repeated[$0.name] == nil ? $0.name : "\($0.name) (\($0.id))" }
    }
}

/// Names for policies, which may have none.
package enum PolicyNames {
    /// The name, or `#1` for the first without one, and so on.
    package static func names(_ names: [String?]) -> [String] {
        var unnamed = 0
        return names.map { name in
            if let name { return name }
            unnamed += 1
            return "#\(unnamed)"
        }
    }

    static func nodes<Configuration>(_ policies: [Policy<Configuration>], kind: EntityKind) -> [EntityNode] {
        zip(policies, self.names(policies.map(\.name))).map {
            EntityNode(kind: kind, entity: $0, id: $0.id, name: $1)
        }
    }
}
