/// Why the store refused something.
package enum StoreError: Error, Equatable, Sendable {
    /// Another entity of that kind has the value of a unique field, `name` mostly.
    case taken(kind: String, field: String, value: String)
    /// No entity of that kind with that id, or not below that parent.
    case notFound(kind: String, id: String)
    /// Something still refers to the entity.
    case referenced(kind: String, id: String)
    /// A row that this program cannot read: it was changed by other hands or by a newer release.
    case unreadable(kind: String, id: String, reason: String)
    /// SQLite cannot serve: disk full, file gone, locked.
    case unavailable(reason: String)

    package static func nameTaken(kind: String, name: String) -> StoreError {
        .taken(kind: kind, field: "name", value: name)
    }
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .taken(let kind, let field, let value): "A \(kind) with the \(field) [\(value)] exists already"
        case .notFound(let kind, let id): "No \(kind) [\(id)]"
        case .referenced(let kind, let id): "The \(kind) [\(id)] is still in use"
        case .unreadable(let kind, let id, let reason): "The stored \(kind) [\(id)] cannot be read: \(reason)"
        case .unavailable(let reason): "The store cannot serve: \(reason)"
        }
    }
}
