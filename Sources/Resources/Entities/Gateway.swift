package import Foundation

/// The root of one configuration: a named set of backend clusters, virtual clusters and listeners.
package struct Gateway: Codable, Equatable, Sendable {
    /// UUID, lower case.
    package var id: String
    package var name: String
    package var description: String
    /// `MAJOR.MINOR`, such as `1.2`.
    package var minRuntimeVersion: String
    package var labels: [String: String]
    package var createdAt: Date
    package var updatedAt: Date

    package init(
        id: String, name: String, description: String = "", minRuntimeVersion: String = "1.2",
        labels: [String: String] = [:], createdAt: Date, updatedAt: Date
    ) {
        self.id = id
        self.name = name
        self.description = description
        self.minRuntimeVersion = minRuntimeVersion
        self.labels = labels
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    package enum CodingKeys: String, CodingKey {
        case id, name, description, labels
        case minRuntimeVersion = "min_runtime_version"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}

extension Gateway {
    /// Releases of the resource model that a gateway may be pinned to, oldest first.
    package static let runtimeVersions = ["1.0", "1.1", "1.2"]

    /// - Parameter version: one of ``runtimeVersions``.
    package func supports(_ version: String) -> Bool {
        !Self.isOlder(self.minRuntimeVersion, than: version)
    }

    static func isOlder(_ version: String, than other: String) -> Bool {
        guard let index = self.runtimeVersions.firstIndex(of: version),
            let otherIndex = self.runtimeVersions.firstIndex(of: other)
        else { return false }
        return index < otherIndex
    }
}
