package import JSON

/// The configuration as the management API shows it: entities of every kind, each with what lies below it.
///
/// What code reads of the kinds that it knows, it reads from the typed views, which are taken from the nodes once, when the tree is made.
package struct ConfigurationTree: Sendable {
    package struct Identity: Equatable, Sendable {
        package var server: AuthServer
        package var scopes: [AuthScope]
        package var claims: [AuthClaim]
        package var clients: [AuthClient]

        package init(server: AuthServer, scopes: [AuthScope], claims: [AuthClaim], clients: [AuthClient]) {
            self.server = server
            self.scopes = scopes
            self.claims = claims
            self.clients = clients
        }
    }

    /// The roots in the order of their kinds, as documents show them, with ids and with the entities themselves.
    package private(set) var nodes: [EntityNode] = []
    /// The version of each entity and chain, by its path in the management API, as `If-Match` takes it.
    package var tags: [String: String] = [:]

    /// The gateways with what the engine works by.
    package private(set) var gateways: [GatewayConfiguration] = []
    package private(set) var identities: [Identity] = []

    package init() {}

    /// Reads the answer of `GET /v1/configuration`.
    /// - Throws: ``UnreadableConfiguration``, and what decoding throws.
    package init(reading answer: JSONValue?) throws {
        var reader = TreeReader()
        guard case .object(let answer)? = answer else { throw UnreadableConfiguration() }
        self.nodes = try EntityKind.roots.flatMap { try reader.nodes($0, of: answer, below: "") }
        self.tags = reader.tags
        self.takeViews()
    }

    private mutating func takeViews() {
        self.gateways = self.roots(.gateway).compactMap(GatewayConfiguration.init)
        self.identities = self.roots(.authServer).compactMap(Identity.init)
    }

    package func roots(_ kind: EntityKind) -> [EntityNode] { self.nodes.filter { $0.kind == kind } }

    package func node(_ key: EntityKey) -> EntityNode? { self.nodes.node(key) }

    package func id(of key: EntityKey) -> String? { self.node(key)?.id }

    /// Every id, by key.
    package var ids: [EntityKey: String] {
        var ids: [EntityKey: String] = [:]
        for node in self.nodes { node.walk(EntityKey(node.kind, [node.name])) { ids[$0] = $1.id } }
        return ids
    }

    /// The tree without the entities that a condition holds for, and without what lies below them.
    package func removing(where isRemoved: (EntityNode) -> Bool) -> ConfigurationTree {
        var tree = self
        tree.nodes = self.nodes.filter { !isRemoved($0) }.map { $0.removing(where: isRemoved) }
        tree.takeViews()
        return tree
    }
}

extension ConfigurationTree: Equatable {
    /// The typed views follow from the nodes.
    package static func == (left: ConfigurationTree, right: ConfigurationTree) -> Bool {
        left.nodes == right.nodes && left.tags == right.tags
    }
}

/// The answer is not what ``EntityKind`` describes.
package struct UnreadableConfiguration: Error, Equatable, Sendable, CustomStringConvertible {
    package init() {}

    package var description: String {
        "The configuration cannot be read: is the management API of another version?"
    }
}

/// Takes the API's answer apart, and notes the version of each entity and chain by its path.
private struct TreeReader {
    var tags: [String: String] = [:]

    mutating func nodes(_ kind: EntityKind, of parent: JSONObject, below path: String) throws -> [EntityNode] {
        guard case .array(let values)? = parent[kind.documentKey] else { throw UnreadableConfiguration() }
        let objects = try values.map { value in
            guard case .object(let object) = value else { throw UnreadableConfiguration() }
            return object
        }
        return try zip(objects, kind.names(of: objects)).map { object, name in
            try self.node(kind, object, name, below: path)
        }
    }

    private mutating func node(
        _ kind: EntityKind, _ object: JSONObject, _ name: String, below path: String
    ) throws -> EntityNode {
        guard let id = object.string("id") else { throw UnreadableConfiguration() }
        let own = (path.isEmpty ? kind.collection : "\(path)/\(kind.collection)") + "/" + id
        self.tags[own] = object.string("etag")
        if case .object(let chains)? = object["chain_etags"] {
            for chain in chains.keys { self.tags["\(own)/\(chain)"] = chains.string(chain) }
        }
        var node = EntityNode(kind: kind, answer: object, id: id, name: name)
        node.entity = try kind.entity.reading(object)
        for child in kind.children { node.children[child] = try self.nodes(child, of: object, below: own) }
        node.nameSiblings()
        return node
    }
}

extension EntityKind {
    /// What documents call entities: by name; a policy without one by its number among such; with the id behind the name where
    /// several have the same and the id is of one's own choice.
    fileprivate func names(of objects: [JSONObject]) -> [String] {
        let names = PolicyNames.names(objects.map { $0.string("name") })
        guard self.hasChosenID else { return names }
        let counts = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
        return zip(objects, names).map { object, name in
            counts[name] == 1 ? name : "\(name) (\(object.string("id") ?? ""))"
        }
    }
}

extension EntityNode {
    /// An entity as documents show it, from the API's answer.
    fileprivate init(kind: EntityKind, answer: JSONObject, id: String, name: String) {
        var fields = JSONObject()
        if kind.hasChosenID { fields["id"] = .string(id) }
        for field in kind.documentFields { fields[field.name] = answer[field.name] }
        // Documents name what an entity refers to.
        for reference in kind.references {
            if case .object(let target)? = fields[path: reference.path], let name = target["name"] {
                fields[path: reference.path] = .object(["name": name])
            }
        }
        self.init(kind: kind, name: name, id: id, fields: fields)
    }

    /// Puts names in place of the ids of siblings that entities below hold.
    fileprivate mutating func nameSiblings() {
        for kind in self.kind.children {
            for (field, sibling) in kind.siblingLists {
                let names = Dictionary(
                    (self.children[sibling] ?? []).map { ($0.id ?? "", $0.name) },
                    uniquingKeysWith: { first, _ in first })
                self.children[kind] = self.children[kind]?.map { node in
                    guard case .array(let ids)? = node.fields[field] else { return node }
                    let texts = ids.compactMap { id -> String? in
                        guard case .string(let id) = id else { return nil }
                        return names[id] ?? id
                    }
                    var node = node
                    node.fields = node.fields.setting(field, .array(texts.sorted().map(JSONValue.string)))
                    return node
                }
            }
        }
    }

    fileprivate func removing(where isRemoved: (EntityNode) -> Bool) -> EntityNode {
        var node = self
        node.children = self.children.mapValues { nodes in
            nodes.filter { !isRemoved($0) }.map { $0.removing(where: isRemoved) }
        }
        return node
    }

    /// The entities of a kind below.
    fileprivate func entities<Entity: Resource>(_ type: Entity.Type) -> [Entity] {
        (self.children[Entity.kind] ?? []).compactMap { $0.entity as? Entity }
    }
}

extension Resource {
    fileprivate static func reading(_ answer: JSONObject) throws -> any Resource { try Self(answer) }
}

extension GatewayConfiguration {
    fileprivate init?(_ node: EntityNode) {
        guard let gateway = node.entity as? Gateway else { return nil }
        self.init(
            gateway: gateway, backendClusters: node.entities(BackendCluster.self),
            virtualClusters: (node.children[.virtualCluster] ?? []).compactMap { node in
                (node.entity as? VirtualCluster).map {
                    VirtualClusterConfiguration(virtualCluster: $0, clusterPolicies: node.entities(ClusterPolicy.self))
                }
            },
            listeners: (node.children[.listener] ?? []).compactMap { node in
                (node.entity as? Listener).map {
                    ListenerConfiguration(listener: $0, policies: node.entities(ListenerPolicy.self))
                }
            })
    }
}

extension ConfigurationTree.Identity {
    fileprivate init?(_ node: EntityNode) {
        guard let server = node.entity as? AuthServer else { return nil }
        self.init(
            server: server, scopes: node.entities(AuthScope.self), claims: node.entities(AuthClaim.self),
            clients: node.entities(AuthClient.self))
    }

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
}
