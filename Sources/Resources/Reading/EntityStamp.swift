package import Foundation
import JSON

/// What the server adds to an entity that a client sends.
package struct EntityStamp: Equatable, Sendable {
    package var id: String
    package var createdAt: Date
    package var updatedAt: Date

    package init(id: String, createdAt: Date, updatedAt: Date) {
        self.id = id
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// A new entity's: a random UUID in lower case, both dates now.
    package static func new(at now: Date = Timestamp.now()) -> EntityStamp {
        EntityStamp(id: UUID().uuidString.lowercased(), createdAt: now, updatedAt: now)
    }
}
