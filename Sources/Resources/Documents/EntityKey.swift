/// An entity by its names from the root, which stay the same when it is deleted and made again.
package struct EntityKey: Hashable, Sendable, CustomStringConvertible {
    package var kind: EntityKind
    /// Its own name last. A policy without a name is `#1`: the first such of its chain.
    package var path: [String]

    package init(_ kind: EntityKind, _ path: [String]) {
        self.kind = kind
        self.path = path
    }

    package var name: String { self.path.last ?? "" }

    package var parent: EntityKey? { self.kind.parent.map { EntityKey($0, Array(self.path.dropLast())) } }

    package func child(_ kind: EntityKind, _ name: String) -> EntityKey { EntityKey(kind, self.path + [name]) }

    /// `listener 'edge'`.
    package var title: String { "\(self.kind.title) '\(self.name)'" }

    package var description: String { "\(self.kind.title) \(self.path.joined(separator: "/"))" }
}
