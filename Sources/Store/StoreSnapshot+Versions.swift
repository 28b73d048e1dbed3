internal import EngineInterface
internal import GRDB
package import Resources

extension StoreSnapshot {
    /// The number of the change that last touched an entity. Numbers rise over all entities and are never used twice, so
    /// an entity that was deleted and made again under its old id has another one.
    ///
    /// - Throws: ``StoreError/notFound(kind:id:)``.
    package func version<Entity: Resource>(
        of type: Entity.Type, id: String, in parent: String? = nil
    ) throws -> Int64 {
        let kind = Entity.kind
        var sql = "SELECT entity_version FROM \(kind.table) WHERE id = ?"
        var arguments: StatementArguments = [id]
        if let parent, kind.parent != nil {
            sql += " AND parent_id = ?"
            arguments += [parent]
        }
        guard let version = try Int64.fetchOne(self.database, sql: sql, arguments: arguments) else {
            throw StoreError.notFound(kind: kind.title, id: id)
        }
        return version
    }
}

extension StoreTransaction {
    /// The number of the next change of an entity.
    func nextEntityVersion() throws -> Int64 {
        try self.database.execute(sql: "UPDATE meta SET value = value + 1 WHERE key = 'entity_version'")
        return try Int64.fetchOne(self.database, sql: "SELECT value FROM meta WHERE key = 'entity_version'") ?? 0
    }

    /// Runs a part of a change that may fail without the rest: what the part did is undone then.
    package func attempt<Value>(_ body: () throws -> Value) throws -> Value {
        var value: Value?
        try self.database.inSavepoint {
            value = try body()
            return .commit
        }
        guard let value else { throw StoreError.unavailable(reason: "a part of the change did not run") }
        return value
    }
}
