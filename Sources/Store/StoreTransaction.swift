internal import Foundation
internal import GRDB
internal import JSON

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
    package func insert<Entity: StoredEntity>(_ entity: Entity, in parent: String? = nil, at index: Int? = nil) throws {
        let table = Entity.table
        var columns: [String: (any DatabaseValueConvertible)?] = [
            "id": entity.id, "name": entity.uniqueName, "body": try Self.body(entity),
            "created_at": Timestamp.milliseconds(entity.createdAt),
            "updated_at": Timestamp.milliseconds(entity.updatedAt), "entity_version": try self.nextEntityVersion(),
        ]
        for (column, value) in entity.indexColumns { columns[column] = value }
        if table.hasParent { columns["parent_id"] = parent }
        if table.isChain { columns["position"] = Int.max }
        let names = columns.keys.sorted()
        let marks = databaseQuestionMarks(count: names.count)
        try self.execute(
            "INSERT INTO \(table.name) (\(names.joined(separator: ", "))) VALUES (\(marks))",
            StatementArguments(names.map { columns[$0] ?? nil }), entity)
        if table.isChain, let parent {
            var order = try self.chain(Entity.self, in: parent).filter { $0 != entity.id }
            order.insert(entity.id, at: min(max(index ?? order.count, 0), order.count))
            try self.writeOrder(Entity.self, order)
        }
        let gateway = try self.recordChange(of: table, id: entity.id, parent: parent, isInsertion: true)
        try self.note(.created, entity, after: entity, gateway: gateway)
    }

    /// Replaces the entity of the same id.
    package func replace<Entity: StoredEntity>(_ entity: Entity, in parent: String? = nil) throws {
        let before = try self.find(Entity.self, id: entity.id, in: parent)
        try self.update(entity, in: parent)
        let gateway = try self.recordChange(of: Entity.table, id: entity.id, parent: parent, isInsertion: false)
        try self.note(.changed, entity, before: before, after: entity, gateway: gateway)
        try entity.wasReplaced(in: self)
    }

    func update<Entity: StoredEntity>(_ entity: Entity, in parent: String?) throws {
        let table = Entity.table
        if table.carriesTokens { try self.noteIssuerChange(server: parent ?? entity.id, of: table.carried) }
        var columns: [String: (any DatabaseValueConvertible)?] = [
            "name": entity.uniqueName, "body": try Self.body(entity),
            "updated_at": Timestamp.milliseconds(entity.updatedAt), "entity_version": try self.nextEntityVersion(),
        ]
        for (column, value) in entity.indexColumns { columns[column] = value }
        let names = columns.keys.sorted()
        var sql = "UPDATE \(table.name) SET \(names.map { "\($0) = ?" }.joined(separator: ", ")) WHERE id = ?"
        var values = names.map { columns[$0] ?? nil }
        values.append(entity.id)
        if table.hasParent {
            sql += " AND parent_id = ?"
            values.append(parent)
        }
        try self.execute(sql, StatementArguments(values), entity)
        guard self.database.changesCount == 1 else { throw StoreError.notFound(kind: table.kind, id: entity.id) }
    }

    /// Deletes an entity and all below it.
    /// - Throws: ``StoreError/notFound(kind:id:)``, ``StoreError/referenced(kind:id:)``.
    package func delete<Entity: StoredEntity>(_ type: Entity.Type, id: String, in parent: String? = nil) throws {
        let table = Entity.table
        if table.carriesTokens { try self.noteIssuerChange(server: parent ?? id, of: table.carried) }
        let before = try self.find(type, id: id, in: parent)
        let below = try before?.descendants(in: self, parent: parent) ?? []
        var sql = "DELETE FROM \(table.name) WHERE id = ?"
        var arguments: StatementArguments = [id]
        if table.hasParent {
            sql += " AND parent_id = ?"
            arguments += [parent]
        }
        do {
            try self.database.execute(sql: sql, arguments: arguments)
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_FOREIGNKEY {
            throw StoreError.referenced(kind: table.kind, id: id)
        }
        guard self.database.changesCount == 1 else { throw StoreError.notFound(kind: table.kind, id: id) }
        if table.isChain, let parent { try self.writeOrder(type, self.chain(type, in: parent)) }
        let gateway = try self.recordChange(of: table, id: id, parent: parent, isInsertion: false)
        let version = try gateway.flatMap(self.versionIfAny)
        for var change in below {
            if let gateway { (change.gatewayID, change.version) = (gateway, version) }
            self.note(change)
        }
        if let before { try self.note(.deleted, before, before: before, gateway: gateway) }
    }

    /// Puts a chain in the given order.
    /// - Parameter ids: exactly the chain's ids, each once; the caller has checked that.
    package func reorder<Entity: StoredEntity>(_ type: Entity.Type, in parent: String, ids: [String]) throws {
        let before = try self.chain(type, in: parent)
        try self.writeOrder(type, ids)
        let gateway = try self.recordChange(
            of: Entity.table, id: ids.first ?? "", parent: parent, isInsertion: false)
        func value(_ ids: [String]) -> JSONValue { .object(["policies": .array(ids.map(JSONValue.string))]) }
        self.note(
            AuditChange(
                .reordered, "\(Entity.table.kind) chain", id: parent, gatewayID: gateway,
                version: try gateway.flatMap(self.versionIfAny), before: value(before), after: value(ids)))
    }

    private func writeOrder<Entity: StoredEntity>(_ type: Entity.Type, _ ids: [String]) throws {
        for (position, id) in ids.enumerated() {
            try self.database.execute(
                sql: "UPDATE \(Entity.table.name) SET position = ? WHERE id = ? AND position <> ?",
                arguments: [position, id, position])
        }
    }

    private static func body(_ entity: some StoredEntity) throws -> String {
        String(decoding: try EntityCoding.encode(entity), as: UTF8.self)
    }

    /// Runs an insert or update; a broken constraint becomes a sentence's worth of facts.
    private func execute<Entity: StoredEntity>(_ sql: String, _ arguments: StatementArguments, _ entity: Entity) throws
    {
        do {
            try self.database.execute(sql: sql, arguments: arguments)
        } catch let error as DatabaseError {
            let kind = Entity.table.kind
            switch error.extendedResultCode {
            case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY:
                // "UNIQUE constraint failed: listeners.parent_id, listeners.name"
                let column = error.message?.split(separator: ".").last.map(String.init) ?? "name"
                let value = entity.indexColumns[column] ?? (column == "id" ? entity.id : entity.uniqueName ?? "")
                throw StoreError.taken(kind: kind, field: column, value: value)
            case .SQLITE_CONSTRAINT_FOREIGNKEY:
                throw StoreError.notFound(kind: "parent or destination of the \(kind)", id: entity.id)
            default:
                throw error
            }
        }
    }

    /// - Returns: the gateway whose configuration it is.
    private func recordChange(of table: EntityTable, id: String, parent: String?, isInsertion: Bool) throws -> String? {
        self.hasChangedEntities = true
        guard table.isEngineConfiguration else { return nil }
        try self.database.execute(sql: "UPDATE meta SET value = value + 1 WHERE key = 'revision'")
        let gateway: String?
        switch table.owner {
        case .none: gateway = id
        case .gateway: gateway = parent
        case .listener: gateway = try self.gateway(of: parent, in: "listeners")
        case .virtualCluster: gateway = try self.gateway(of: parent, in: "virtual_clusters")
        case .authServer: gateway = nil
        }
        // A gateway that is made has version 1 already.
        if let gateway, table.owner != .none || !isInsertion {
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

    private func gateway(of id: String?, in table: String) throws -> String? {
        try String.fetchOne(self.database, sql: "SELECT parent_id FROM \(table) WHERE id = ?", arguments: [id])
    }
}
