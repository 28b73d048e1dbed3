package import Foundation

package struct AuthScope: Codable, Equatable, Sendable {
    package var id: String
    package var name: String
    package var description: String
    /// Granted without being asked for, if the client is allowed it.
    package var isDefault: Bool
    package var includeInMetadata: Bool
    package var enabled: Bool
    package var createdAt: Date
    package var updatedAt: Date

    package init(
        id: String, name: String, description: String = "", isDefault: Bool = false, includeInMetadata: Bool = false,
        enabled: Bool = true, createdAt: Date, updatedAt: Date
    ) {
        self.id = id
        self.name = name
        self.description = description
        self.isDefault = isDefault
        self.includeInMetadata = includeInMetadata
        self.enabled = enabled
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    package enum CodingKeys: String, CodingKey {
        case id, name, description, enabled
        case isDefault = "default"
        case includeInMetadata = "include_in_metadata"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}
