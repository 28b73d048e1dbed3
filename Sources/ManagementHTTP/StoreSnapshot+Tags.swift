internal import EngineInterface
package import Resources
package import Store

extension StoreSnapshot {
    /// The strong tag of an entity.
    /// - Throws: ``StoreError/notFound(kind:id:)``.
    package func tag<Entity: Resource>(
        of type: Entity.Type, id: String, in parent: String? = nil
    ) throws -> EntityTag {
        EntityTag(version: try self.version(of: type, id: id, in: parent))
    }

    /// The strong tag of a gateway. Its answers count what lies under it, so it changes with all of that.
    package func gatewayTag(id: String) throws -> EntityTag {
        EntityTag("\(try self.version(of: Gateway.self, id: id))-\(try self.gatewayVersion(id: id))")
    }

    /// The strong tag of the order of a chain.
    package func chainTag<Entity: Resource>(_ type: Entity.Type, in owner: String) throws -> EntityTag {
        EntityTag(digestOf: try self.chain(type, in: owner))
    }
}
