internal import EngineInterface
internal import Foundation
internal import GRDB
internal import JSON
package import Resources

/// A consistent state of the store to read from. It lives as long as the closure that was given it.
package class StoreSnapshot {
    let database: Database

    init(_ database: Database) {
        self.database = database
    }

    /// - Parameter parent: the id of the gateway, listener, virtual cluster or auth server above; nil for roots.
    package func find<Entity: Resource>(
        _ type: Entity.Type, id: String, in parent: String? = nil
    ) throws -> Entity? {
        let kind = Entity.kind
        var sql = "SELECT id, body FROM \(kind.table) WHERE id = ?"
        var arguments: StatementArguments = [id]
        if let parent, kind.parent != nil {
            sql += " AND parent_id = ?"
            arguments += [parent]
        }
        return try Row.fetchOne(self.database, sql: sql, arguments: arguments).map { try Self.decode($0) }
    }

    /// The entity of that name; where nothing is above, names may be taken several times: ``findAll(_:named:in:)``.
    package func find<Entity: Resource>(
        _ type: Entity.Type, named name: String, in parent: String? = nil
    ) throws -> Entity? {
        try self.findAll(type, named: name, in: parent).first
    }

    /// All entities of that name below `parent`, or anywhere when nil; by creation.
    package func findAll<Entity: Resource>(
        _ type: Entity.Type, named name: String, in parent: String? = nil
    ) throws -> [Entity] {
        let kind = Entity.kind
        var sql = "SELECT id, body FROM \(kind.table) WHERE name = ?"
        var arguments: StatementArguments = [name]
        if let parent, kind.parent != nil {
            sql += " AND parent_id = ?"
            arguments += [parent]
        }
        return try Row.fetchAll(self.database, sql: sql + " ORDER BY created_at, id", arguments: arguments)
            .map { try Self.decode($0) }
    }

    /// As ``find(_:id:in:)``.
    /// - Throws: ``StoreError/notFound(kind:id:)``.
    package func get<Entity: Resource>(_ type: Entity.Type, id: String, in parent: String? = nil) throws -> Entity {
        guard let entity = try self.find(type, id: id, in: parent) else {
            throw StoreError.notFound(kind: Entity.kind.title, id: id)
        }
        return entity
    }

    /// All below `parent`, or all there are when nil. Chains in their order, the rest by creation.
    package func list<Entity: Resource>(_ type: Entity.Type, in parent: String? = nil) throws -> [Entity] {
        let kind = Entity.kind
        let order = kind.chain != nil ? "parent_id, position" : "created_at, id"
        let rows: [Row]
        if let parent, kind.parent != nil {
            rows = try Row.fetchAll(
                self.database, sql: "SELECT id, body FROM \(kind.table) WHERE parent_id = ? ORDER BY \(order)",
                arguments: [parent])
        } else {
            rows = try Row.fetchAll(self.database, sql: "SELECT id, body FROM \(kind.table) ORDER BY \(order)")
        }
        return try rows.map { try Self.decode($0) }
    }

    package func count<Entity: Resource>(_ type: Entity.Type, in parent: String? = nil) throws -> Int {
        let kind = Entity.kind
        if let parent, kind.parent != nil {
            return try Int.fetchOne(
                self.database, sql: "SELECT count(*) FROM \(kind.table) WHERE parent_id = ?", arguments: [parent]) ?? 0
        }
        return try Int.fetchOne(self.database, sql: "SELECT count(*) FROM \(kind.table)") ?? 0
    }

    /// Ids of a chain, in order.
    package func chain<Entity: Resource>(_ type: Entity.Type, in parent: String) throws -> [String] {
        try String.fetchAll(
            self.database, sql: "SELECT id FROM \(Entity.kind.table) WHERE parent_id = ? ORDER BY position",
            arguments: [parent])
    }

    /// How often anything under the gateway has changed, from 1.
    package func gatewayVersion(id: String) throws -> Int {
        try Int.fetchOne(self.database, sql: "SELECT version FROM gateways WHERE id = ?", arguments: [id]) ?? 0
    }

    /// Entities with a reference to `id`, each with its parent's id.
    package func referrers<Entity: Resource>(
        _ type: Entity.Type, by reference: KindReference, to id: String
    ) throws -> [(parent: String, entity: Entity)] {
        try Row.fetchAll(
            self.database,
            sql:
                "SELECT id, parent_id, body FROM \(Entity.kind.table) WHERE \(reference.column) = ? ORDER BY created_at, id",
            arguments: [id]
        ).map { (parent: $0["parent_id"], entity: try Self.decode($0)) }
    }

    static func decode<Entity: Resource>(_ row: Row) throws -> Entity {
        let id: String = row["id"]
        let body: String = row["body"]
        do {
            return try EntityCoding.decode(Entity.self, from: Data(body.utf8))
        } catch {
            throw StoreError.unreadable(kind: Entity.kind.title, id: id, reason: "\(error)")
        }
    }
}
