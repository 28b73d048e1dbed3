internal import EngineInterface
internal import JSON
internal import Resources

extension Resource {
    /// Values of the table's columns that exist for look-ups and constraints.
    func columns() throws -> [String: String] {
        let kind = Self.kind
        let references = kind.references
        guard !kind.columns.isEmpty || !references.isEmpty else { return [:] }
        let object = try self.object()
        var columns: [String: String] = [:]
        for (column, field) in kind.columns { columns[column] = object.string(field) }
        for reference in references {
            if case .object(let target)? = object[path: reference.path] {
                columns[reference.column] = target.string("id")
            }
        }
        return columns
    }
}

extension EntityKind {
    /// What a change of an entity that carries tokens touches: an auth server has keys, what lies under it has none.
    var carried: IssuerChanges.Part { self.parent == nil ? .keySet : .tokens }
}

/// An entity with records of its own in the store, which go with it.
protocol RecordOwner {
    /// The records that the database deletes with the entity, as the audit keeps them.
    ///
    /// - Parameter parent: what the entity lies under.
    func recordDeletions(in transaction: StoreTransaction, parent: String?) throws -> [AuditChange]
}

extension AuthServer: RecordOwner {
    func recordDeletions(in transaction: StoreTransaction, parent: String?) throws -> [AuditChange] {
        try transaction.signingKeys(server: self.id).map { key in
            AuditChange(.deleted, "signing key", id: key.kid, before: key.auditValue)
        }
    }
}

extension AuthClient: RecordOwner {
    /// The client's secrets, and the number of its tokens, because there may be many.
    func recordDeletions(in transaction: StoreTransaction, parent: String?) throws -> [AuditChange] {
        guard let server = parent else { return [] }
        let secrets = try transaction.clientSecrets(server: server, client: self.id).map { secret in
            AuditChange(.deleted, "client secret", id: secret.id, before: secret.auditValue)
        }
        let tokens = try transaction.liveTokenCount(server: server, client: self.id, now: Timestamp.now())
        return tokens == 0
            ? secrets : secrets + [.revokedTokens(server: server, client: self.id, count: tokens)]
    }
}

extension StoreTransaction {
    /// What the database deletes with the entity, children before what they lie in.
    func deletions(below entity: some Resource, parent: String?) throws -> [AuditChange] {
        // What refers comes later in the tree, and goes first.
        let below = try type(of: entity).kind.children.reversed().flatMap { kind in
            try self.deletions(of: kind.entity, in: entity.id)
        }
        return below + (try (entity as? any RecordOwner)?.recordDeletions(in: self, parent: parent) ?? [])
    }

    /// The deletions of all entities of a kind below `parent`, with what lies below them.
    private func deletions<Entity: Resource>(of type: Entity.Type, in parent: String) throws -> [AuditChange] {
        try self.list(type, in: parent).flatMap { entity in
            try self.deletions(below: entity, parent: parent) + [
                AuditChange(
                    .deleted, Entity.kind.title, id: entity.id, name: entity.uniqueName, before: try Self.json(entity))
            ]
        }
    }

    /// Brings the names that references hold up to date.
    func renameCopies<Entity: Resource>(of entity: Entity, before: Entity?) throws {
        guard before?.uniqueName != entity.uniqueName, let name = entity.uniqueName else { return }
        for (kind, reference) in Entity.kind.referrers {
            try self.rename(reference, of: kind.entity, to: name, id: entity.id)
        }
    }

    private func rename<Entity: Resource>(
        _ reference: KindReference, of type: Entity.Type, to name: String, id: String
    ) throws {
        for referrer in try self.referrers(type, by: reference, to: id) {
            var object = try referrer.entity.object()
            object[path: reference.path + ["name"]] = .string(name)
            try self.update(try Entity(object), in: referrer.parent)
        }
    }
}
