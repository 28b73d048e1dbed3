internal import EngineInterface
package import Resources
package import Store

extension StoreSnapshot {
    /// - Parameter parents: ids of what an entity of the kind lies below, the root first.
    /// - Throws: ``StoreError/notFound(kind:id:)`` for the first that is not there.
    package func check(_ kind: EntityKind, _ parents: [String]) throws {
        var above: String?
        for (kind, id) in zip(kind.line, parents) {
            try self.check(kind.entity, id, in: above)
            above = id
        }
    }

    private func check<Entity: Resource>(_ type: Entity.Type, _ id: String, in parent: String?) throws {
        _ = try self.get(type, id: id, in: parent)
    }

    func chainIfAny<Entity: Resource>(_ type: Entity.Type, in owner: String) throws -> [String] {
        Entity.kind.chain == nil ? [] : try self.chain(type, in: owner)
    }

    /// - Throws: ``Problem`` 400 that names an entity with a reference to this one.
    package func checkIsUnused<Entity: Resource>(_ entity: Entity) throws {
        for (kind, reference) in Entity.kind.referrers {
            guard let user = try self.user(of: entity.id, by: reference, kind.entity) else { continue }
            throw Problem.badRequest(
                InvalidParameter(
                    field: Entity.kind.capture, rule: .invalid, source: .path, reason: "is used by the \(user)"),
                detail: "The \(Entity.kind.title) [\(entity.uniqueName ?? entity.id)] is still used by the \(user)")
        }
    }

    /// `virtual cluster [orders]`, `policy [forward] of listener [edge]`.
    private func user<Entity: Resource>(
        of id: String, by reference: KindReference, _ type: Entity.Type
    ) throws -> String? {
        guard let user = try self.referrers(type, by: reference, to: id).first else { return nil }
        let name = user.entity.uniqueName ?? user.entity.id
        guard Entity.kind.chain != nil, let parent = Entity.kind.parent else { return "\(Entity.kind.title) [\(name)]" }
        return "policy [\(name)] of \(parent.title) [\(try self.name(of: user.parent, parent.entity))]"
    }

    private func name<Entity: Resource>(of id: String, _ type: Entity.Type) throws -> String {
        try self.find(type, id: id)?.uniqueName ?? id
    }
}
