/// The configuration around an entity that is being read: what its references name and what its rules compare it with.
///
/// The store implements it over a transaction, so that a change sees what earlier changes of the same request made.
package protocol Surroundings {
    /// The id of the entity that is being read.
    var id: String { get }
    /// Ids of what it lies below, the root first: of a listener policy the gateway's and the listener's.
    var parents: [String] { get }
    /// Ids of entities of the same request whose final rules come later. A clash with one of them is theirs to report.
    var checkedLater: Set<String> { get }

    func find<Entity: Resource>(_ type: Entity.Type, id: String, in parent: String?) throws -> Entity?
    /// The first of that name below the parent.
    func find<Entity: Resource>(_ type: Entity.Type, named name: String, in parent: String?) throws -> Entity?
    /// All below the parent, or all there are when nil.
    func list<Entity: Resource>(_ type: Entity.Type, in parent: String?) throws -> [Entity]

    /// What is wrong with an expression, with its column; nil when it is good.
    func fault(inExpression text: String, for place: ExpressionRole) -> String?
}

/// What an expression of a policy is for: which values it can read and what it must yield.
package enum ExpressionRole: Equatable, Sendable {
    /// Yields true or false.
    case condition
    /// Yields names or globs.
    case resourceNames
}

extension Surroundings {
    /// The gateway that the entity belongs to.
    package func gateway() throws -> Gateway? {
        try self.parents.first.flatMap { try self.find(Gateway.self, id: $0, in: nil) }
    }

    /// What a reference to a kind below the same root names.
    package func resolve(_ reference: ReferenceInput, to kind: EntityKind) throws -> Reference? {
        try self.resolve(reference, to: kind.entity)
    }

    private func resolve<Entity: Resource>(_ reference: ReferenceInput, to type: Entity.Type) throws -> Reference? {
        let root = self.parents.first
        let found =
            switch reference {
            case .id(let id): try self.find(type, id: id, in: root)
            case .name(let name): try self.find(type, named: name, in: root)
            }
        return found.map { Reference(id: $0.id, name: $0.uniqueName ?? "") }
    }

    fileprivate func hasEntity<Entity: Resource>(_ type: Entity.Type, id: String) throws -> Bool {
        try self.find(type, id: id, in: self.parents.first) != nil
    }

    /// Whether there is an entity of that kind and id below the same root.
    package func has(_ kind: EntityKind, id: String) throws -> Bool {
        try self.hasEntity(kind.entity, id: id)
    }
}
