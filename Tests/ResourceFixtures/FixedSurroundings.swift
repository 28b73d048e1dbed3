package import Resources

/// A configuration that holds the given entities, whatever they lie below.
package struct FixedSurroundings: Surroundings {
    package var id: String
    package var parents: [String]
    package var checkedLater: Set<String> = []
    /// What is wrong with each expression.
    package var fault: @Sendable (String) -> String?
    private var entities: [any Resource]

    package init(
        _ entities: [any Resource] = [], id: String = "new", parents: [String] = ["g"],
        fault: @escaping @Sendable (String) -> String? = { _ in nil }
    ) {
        self.entities = entities
        self.id = id
        self.parents = parents
        self.fault = fault
    }

    package func find<Entity: Resource>(_ type: Entity.Type, id: String, in parent: String?) throws -> Entity? {
        try self.list(type, in: parent).first { $0.id == id }
    }

    package func find<Entity: Resource>(_ type: Entity.Type, named name: String, in parent: String?) throws -> Entity? {
        try self.list(type, in: parent).first { $0.uniqueName == name }
    }

    package func list<Entity: Resource>(_ type: Entity.Type, in parent: String?) throws -> [Entity] {
        self.entities.compactMap { $0 as? Entity }
    }

    package func fault(inExpression text: String, for place: ExpressionRole) -> String? { self.fault(text) }
}
