/// A resolved reference to another entity. Bound by id: renaming the target keeps it.
package struct Reference: Codable, Equatable, Hashable, Sendable {
    package var id: String
    package var name: String

    package init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}
