package import Foundation

/// An entity of the resource model: a plain value, described by its ``EntityKind``.
package protocol Resource: Codable, Equatable, Sendable {
    static var kind: EntityKind { get }

    var id: String { get }
    /// What is unique below the parent; nil is never a clash.
    var uniqueName: String? { get }
    var createdAt: Date { get }
    var updatedAt: Date { get set }
}
