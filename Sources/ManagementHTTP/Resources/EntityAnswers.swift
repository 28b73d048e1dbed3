internal import EngineInterface
package import JSON
package import Resources
package import Store

/// Entities as answers show them: with the fields that are computed rather than stored (``Field/Access/readOnly``).
package struct EntityAnswers: Sendable {
    /// Engine nodes that load each gateway.
    private let nodesTotal: Int

    package init(nodesTotal: Int = 1) {
        self.nodesTotal = nodesTotal
    }

    package func answer(_ entity: some Resource, _ snapshot: StoreSnapshot) throws -> JSONObject {
        var object = try entity.object()
        if let gateway = entity as? Gateway {
            object["version"] = .string("v1.\(try snapshot.gatewayVersion(id: gateway.id))")
            object["nodes_total"] = .integer(Int64(self.nodesTotal))
            object["virtual_clusters_total"] = .integer(
                Int64(try snapshot.count(VirtualCluster.self, in: gateway.id)))
        } else if let server = entity as? AuthServer {
            object["metadata_uri"] = .string(server.metadataURI)
            object["jwks_uri"] = .string(server.jwksURI)
        }
        return object
    }

    /// The entity's strong tag. A gateway's answers count what lies under it, so its tag changes with all of that.
    package func tag<Entity: Resource>(
        _ entity: Entity, _ parent: String?, _ snapshot: StoreSnapshot
    ) throws -> EntityTag {
        entity is Gateway
            ? try snapshot.gatewayTag(id: entity.id) : try snapshot.tag(of: Entity.self, id: entity.id, in: parent)
    }

    /// All that is configured below the roots of a kind, each entity with its tag and the tags of its chains.
    package func tree(_ kind: EntityKind, in parent: String? = nil, _ snapshot: StoreSnapshot) throws -> [JSONValue] {
        try self.tree(of: kind.entity, in: parent, snapshot)
    }

    private func tree<Entity: Resource>(
        of type: Entity.Type, in parent: String?, _ snapshot: StoreSnapshot
    ) throws -> [JSONValue] {
        try snapshot.list(type, in: parent).map { entity in
            var object = try self.answer(entity, snapshot)
            object["etag"] = .string(try self.tag(entity, parent, snapshot).text)
            var chains = JSONObject()
            for kind in Entity.kind.children {
                object[kind.documentKey] = .array(try self.tree(kind, in: entity.id, snapshot))
                if let chain = kind.chain {
                    chains[chain] = .string(try self.chainTag(of: kind.entity, in: entity.id, snapshot).text)
                }
            }
            if !chains.keys.isEmpty { object["chain_etags"] = .object(chains) }
            return .object(object)
        }
    }

    private func chainTag<Entity: Resource>(
        of type: Entity.Type, in owner: String, _ snapshot: StoreSnapshot
    ) throws -> EntityTag {
        try snapshot.chainTag(type, in: owner)
    }
}
