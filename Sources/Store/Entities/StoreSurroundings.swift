internal import EngineInterface
package import Resources

/// The configuration around an entity, as a state of the store has it.
package struct StoreSurroundings: Surroundings {
    package let id: String
    package let parents: [String]
    package let checkedLater: Set<String>
    private let snapshot: StoreSnapshot
    private let expressions: ExpressionCheck

    /// Answers what is wrong with an expression, with its column; nil when it is good.
    package typealias ExpressionCheck = @Sendable (String, ExpressionRole) -> String?

    package init(
        _ snapshot: StoreSnapshot, id: String, parents: [String], checkedLater: Set<String> = [],
        expressions: @escaping ExpressionCheck
    ) {
        self.snapshot = snapshot
        self.id = id
        self.parents = parents
        self.checkedLater = checkedLater
        self.expressions = expressions
    }

    package func find<Entity: Resource>(_ type: Entity.Type, id: String, in parent: String?) throws -> Entity? {
        try self.snapshot.find(type, id: id, in: parent)
    }

    package func find<Entity: Resource>(_ type: Entity.Type, named name: String, in parent: String?) throws -> Entity? {
        try self.snapshot.find(type, named: name, in: parent)
    }

    package func list<Entity: Resource>(_ type: Entity.Type, in parent: String?) throws -> [Entity] {
        try self.snapshot.list(type, in: parent)
    }

    package func fault(inExpression text: String, for place: ExpressionRole) -> String? {
        self.expressions(text, place)
    }
}
