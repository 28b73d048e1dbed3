internal import EngineInterface
internal import Foundation
internal import GRDB
internal import JSON
package import Resources

/// A state of the store that may be changed. It lives as long as the closure that was given it; when the closure
/// throws, nothing has happened.
///
/// Every change of engine configuration raises the revision and the version of the gateway it lies under.
package final class StoreTransaction: StoreSnapshot {
    /// Whether any entity was made, changed, moved or deleted; secrets, keys and tokens are none.
    private(set) var hasChangedEntities = false
    /// What tokens rest on and was changed or taken away.
    private(set) var issuerChanges = IssuerChanges()
    /// What was done so far, for the audit.
    var changes: [AuditChange] = []

    /// - Parameters:
    ///   - parent: the id of what it lies under; nil for roots.
    ///   - index: the place in a chain; nil or past the end is the end.
    /// - Throws: ``StoreError/taken(kind:field:value:)`` when a name clashes, ``StoreError/notFound(kind:id:)`` when
    ///   the parent or what it refers to does not exist.
    package func insert<Entity: Resource>(_ entity: Entity, in parent: String? = nil, at index: Int? = nil) throws {
        let kind = Entity.kind
        var columns: [String: (any DatabaseValueConvertible)?] = [
            "id": entity.id, "name": entity.uniqueName, "body": try Self.body(entity),
            "created_at": Timestamp.milliseconds(entity.createdAt),
            "updated_at": Timestamp.milliseconds(entity.updatedAt), "entity_version": try self.nextEntityVersion(),
        ]
        for (column, value) in try entity.columns() { columns[column] = value }
        if kind.parent != nil { columns["parent_id"] = parent }
        if kind.chain != nil { columns["position"] = Int.max }
        let names = columns.keys.sorted()
        let marks = databaseQuestionMarks(count: names.count)
        try self.execute(
            "INSERT INTO \(kind.table) (\(names.joined(separator: ", "))) VALUES (\(marks))",
            StatementArguments(names.map { columns[$0] ?? nil }), entity)
        if kind.chain != nil, let parent {
            var order = try self.chain(Entity.self, in: parent).filter { $0 != entity.id }
            order.insert(entity.id, at: min(max(index ?? order.count, 0), order.count))
            try self.writeOrder(Entity.self, order)
        }
        let gateway = try self.recordChange(of: kind, id: entity.id, parent: parent, isInsertion: true)
        try self.note(.created, entity, after: entity, gateway: gateway)
    }

    /// Replaces the entity of the same id.
    package func replace<Entity: Resource>(_ entity: Entity, in parent: String? = nil) throws {
        let before = try self.find(Entity.self, id: entity.id, in: parent)
        try self.update(entity, in: parent)
        let gateway = try self.recordChange(of: Entity.kind, id: entity.id, parent: parent, isInsertion: false)
        try self.note(.changed, entity, before: before, after: entity, gateway: gateway)
        try self.renameCopies(of: entity, before: before)
    }

    func update<Entity: Resource>(_ entity: Entity, in parent: String?) throws {
        let kind = Entity.kind
        if kind.carriesTokens { try self.noteIssuerChange(server: parent ?? entity.id, of: kind.carried) }
        var columns: [String: (any DatabaseValueConvertible)?] = [
            "name": entity.uniqueName, "body": try Self.body(entity),
            "updated_at": Timestamp.milliseconds(entity.updatedAt), "entity_version": try self.nextEntityVersion(),
        ]
        for (column, value) in try entity.columns() { columns[column] = value }
        let names = columns.keys.sorted()
        var sql = "UPDATE \(kind.table) SET \(names.map { "\($0) = ?" }.joined(separator: ", ")) WHERE id = ?"
        var values = names.map { columns[$0] ?? nil }
        values.append(entity.id)
        if kind.parent != nil {
            sql += " AND parent_id = ?"
            values.append(parent)
        }
        try self.execute(sql, StatementArguments(values), entity)
        guard self.database.changesCount == 1 else { throw StoreError.notFound(kind: kind.title, id: entity.id) }
    }

    /// Deletes an entity and all below it.
    /// - Throws: ``StoreError/notFound(kind:id:)``, ``StoreError/referenced(kind:id:)``.
    package func delete<Entity: Resource>(_ type: Entity.Type, id: String, in parent: String? = nil) throws {
        let kind = Entity.kind
        if kind.carriesTokens { try self.noteIssuerChange(server: parent ?? id, of: kind.carried) }
        let before = try self.find(type, id: id, in: parent)
        let below = try before.map { try self.deletions(below: $0, parent: parent) } ?? []
        var sql = "DELETE FROM \(kind.table) WHERE id = ?"
        var arguments: StatementArguments = [id]
        if kind.parent != nil {
            sql += " AND parent_id = ?"
            arguments += [parent]
        }
        do {
            try self.database.execute(sql: sql, arguments: arguments)
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_FOREIGNKEY {
            throw StoreError.referenced(kind: kind.title, id: id)
        }
        guard self.database.changesCount == 1 else { throw StoreError.notFound(kind: kind.title, id: id) }
        if kind.chain != nil, let parent { try self.writeOrder(type, self.chain(type, in: parent)) }
        let gateway = try self.recordChange(of: kind, id: id, parent: parent, isInsertion: false)
        let version = try gateway.flatMap(self.versionIfAny)
        for var change in below {
            if let gateway { (change.gatewayID, change.version) = (gateway, version) }
            self.note(change)
        }
        if let before { try self.note(.deleted, before, before: before, gateway: gateway) }
    }

    /// Puts a chain in the given order.
    /// - Parameter ids: exactly the chain's ids, each once; the caller has checked that.
    package func reorder<Entity: Resource>(_ type: Entity.Type, in parent: String, ids: [String]) throws {
        let before = try self.chain(type, in: parent)
        try self.writeOrder(type, ids)
        let gateway = try self.recordChange(
            of: Entity.kind, id: ids.first ?? "", parent: parent, isInsertion: false)
        func value(_ ids: [String]) -> JSONValue { .object(["policies": .array(ids.map(JSONValue.string))]) }
        self.note(
            AuditChange(
                .reordered, "\(Entity.kind.title) chain", id: parent, gatewayID: gateway,
                version: try gateway.flatMap(self.versionIfAny), before: value(before), after: value(ids)))
    }

    private func writeOrder<Entity: Resource>(_ type: Entity.Type, _ ids: [String]) throws {
        for (position, id) in ids.enumerated() {
            try self.database.execute(
                sql: "UPDATE \(Entity.kind.table) SET position = ? WHERE id = ? AND position <> ?",
                arguments: [position, id, position])
        }
    }

    private static func body(_ entity: some Resource) throws -> String {
        String(decoding: try EntityCoding.encode(entity), as: UTF8.self)
    }

    /// Runs an insert or update; a broken constraint becomes a sentence's worth of facts.
    private func execute<Entity: Resource>(_ sql: String, _ arguments: StatementArguments, _ entity: Entity) throws {
        do {
            try self.database.execute(sql: sql, arguments: arguments)
        } catch let error as DatabaseError {
            let kind = Entity.kind.title
            switch error.extendedResultCode {
            case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY:
                // "UNIQUE constraint failed: listeners.parent_id, listeners.name"
                let column = error.message?.split(separator: ".").last.map(String.init) ?? "name"
                let value = try entity.columns()[column] ?? (column == "id" ? entity.id : entity.uniqueName ?? "")
                throw StoreError.taken(kind: kind, field: column, value: value)
            case .SQLITE_CONSTRAINT_FOREIGNKEY:
                throw StoreError.notFound(kind: "parent or destination of the \(kind)", id: entity.id)
            default:
                throw error
            }
        }
    }

    /// - Returns: the gateway whose configuration it is.
    private func recordChange(of kind: EntityKind, id: String, parent: String?, isInsertion: Bool) throws -> String? {
        self.hasChangedEntities = true
        guard kind.isEngineConfiguration else { return nil }
        try self.database.execute(sql: "UPDATE meta SET value = value + 1 WHERE key = 'revision'")
        let gateway = try self.root(of: kind, id: id, parent: parent)
        // A gateway that is made has version 1 already.
        if let gateway, kind.parent != nil || !isInsertion {
            try self.database.execute(
                sql: "UPDATE gateways SET version = version + 1 WHERE id = ?", arguments: [gateway])
        }
        return gateway
    }

    /// Called before the change, while the auth server is still there.
    func noteIssuerChange(server id: String, of part: IssuerChanges.Part) throws {
        if let issuer = try String.fetchOne(
            self.database, sql: "SELECT issuer FROM auth_servers WHERE id = ?", arguments: [id])
        {
            self.issuerChanges.insert(part, of: issuer)
        }
    }

    /// The id of the root that an entity lies under.
    private func root(of kind: EntityKind, id: String, parent: String?) throws -> String? {
        var (kind, root) = (kind, id)
        var next = parent
        while let parentKind = kind.parent {
            guard let id = next else { return nil }
            (kind, root) = (parentKind, id)
            guard kind.parent != nil else { break }
            next = try String.fetchOne(
                self.database, sql: "SELECT parent_id FROM \(kind.table) WHERE id = ?", arguments: [id])
        }
        return root
    }
}
