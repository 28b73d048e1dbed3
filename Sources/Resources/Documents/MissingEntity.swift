/// A planned call names an entity that is not there.
package struct MissingEntity: Error, Equatable, Sendable, CustomStringConvertible {
    package var key: EntityKey

    package init(key: EntityKey) {
        self.key = key
    }

    package var description: String { "There is no \(self.key.title)." }
}
