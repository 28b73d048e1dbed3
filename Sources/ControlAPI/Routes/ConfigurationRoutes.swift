internal import ManagementHTTP
internal import Resources
internal import Store

extension ControlAPI {
    /// `GET /v1/configuration`: all that is configured, as one consistent state, each entity with its tag. Who plans
    /// changes reads this once instead of dozens of lists.
    var configurationRoutes: RouteTable {
        var routes = RouteTable()
        let nodes = self.nodesTotal
        routes.get("/v1/configuration") { _, _ in
            let tree = try await self.store.read { snapshot in
                [
                    "gateways": try snapshot.list(Gateway.self).map { try snapshot.node($0, nodesTotal: nodes) },
                    "auth_servers": try snapshot.list(AuthServer.self).map { try snapshot.node($0) },
                ]
            }
            return try .json(tree)
        }
        return routes
    }
}

/// An entity with its tag and what lies below it.
private struct ConfigurationNode: Encodable, Sendable {
    var entity: any Encodable & Sendable
    /// As `If-Match` takes it.
    var tag: EntityTag
    var children: [String: [ConfigurationNode]] = [:]
    /// Of the order of the policies below.
    var chain: (name: String, tag: EntityTag)?

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { self.stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
        try self.entity.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(self.tag.text, forKey: Key("etag"))
        for (name, nodes) in self.children { try container.encode(nodes, forKey: Key(name)) }
        if let chain = self.chain {
            try container.encode([chain.name: chain.tag.text], forKey: Key("chain_etags"))
        }
    }
}

extension StoreSnapshot {
    fileprivate func node(_ gateway: Gateway, nodesTotal: Int) throws -> ConfigurationNode {
        let id = gateway.id
        return ConfigurationNode(
            entity: try GatewayAnswer(gateway, nodesTotal: nodesTotal, in: self), tag: try self.gatewayTag(id: id),
            children: [
                "backend_clusters": try self.nodes(BackendCluster.self, in: id),
                "virtual_clusters": try self.nodes(VirtualCluster.self, in: id) { cluster, node in
                    node.children["cluster_policies"] = try self.nodes(ClusterPolicy.self, in: cluster.id)
                    node.chain = (
                        "cluster-policy-chain", try self.chainTag(ClusterPolicy.self, in: cluster.id)
                    )
                },
                "listeners": try self.nodes(Listener.self, in: id) { listener, node in
                    node.children["policies"] = try self.nodes(ListenerPolicy.self, in: listener.id)
                    node.chain = ("policy-chain", try self.chainTag(ListenerPolicy.self, in: listener.id))
                },
            ])
    }

    fileprivate func node(_ server: AuthServer) throws -> ConfigurationNode {
        ConfigurationNode(
            entity: server, tag: try self.tag(of: AuthServer.self, id: server.id),
            children: [
                "scopes": try self.nodes(AuthScope.self, in: server.id),
                "claims": try self.nodes(AuthClaim.self, in: server.id),
                "clients": try self.nodes(AuthClient.self, in: server.id),
            ])
    }

    private func nodes<Entity: StoredEntity>(
        _ type: Entity.Type, in parent: String, _ more: (Entity, inout ConfigurationNode) throws -> Void = { _, _ in }
    ) throws -> [ConfigurationNode] {
        try self.list(type, in: parent).map { entity in
            var node = ConfigurationNode(
                entity: entity, tag: try self.tag(of: type, id: entity.id, in: parent))
            try more(entity, &node)
            return node
        }
    }
}
