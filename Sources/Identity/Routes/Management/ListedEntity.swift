import Foundation
import Hummingbird
import JSON
import ManagementHTTP
import Resources
import Store

/// What a list of the identity API shows, filters and sorts.
protocol ListedEntity: Encodable, Sendable {
    static var listRules: ListQueryRules { get }

    /// The value of a field that the rules name; `nil` when it has none.
    func listValue(of field: String) -> String?

    /// Filters that do not compare one value, such as labels.
    func matches(_ filter: ListFilter) -> Bool
}

extension ListedEntity {
    func matches(_ filter: ListFilter) -> Bool {
        self.listValue(of: filter.field).map(filter.matches) ?? false
    }
}

extension Response {
    /// The page of a list that the request asks for.
    ///
    /// - Throws: ``Problem`` 400 when the query is wrong.
    static func page<Element: ListedEntity>(_ elements: [Element], query: ListQuery) throws -> Response {
        let chosen = elements.filter { element in query.filters.allSatisfy(element.matches) }
        let sorted = query.sorted(chosen) { element, field in element.listValue(of: field) ?? "" }
        return try .json(NumberedPage(sorted, query: query))
    }
}

/// A client secret as answers show it; the text only where it was just made.
struct ClientSecretAnswer: ListedEntity {
    var record: ClientSecretRecord
    var secret: String?

    enum CodingKeys: String, CodingKey {
        case id, enabled, secret
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(self.record.id, forKey: .id)
        try container.encode(self.record.enabled, forKey: .enabled)
        try container.encodeIfPresent(self.secret, forKey: .secret)
        try container.encode(self.record.createdAt, forKey: .createdAt)
        try container.encode(self.record.updatedAt, forKey: .updatedAt)
    }

    static let listRules = ListQueryRules(
        paging: .number, filters: ["id": [.equals], "enabled": [.equals]],
        types: ["id": .uuid, "enabled": .boolean], sorts: ["created_at", "updated_at"])

    func listValue(of field: String) -> String? {
        switch field {
        case "id": self.record.id
        case "enabled": self.record.enabled ? "true" : "false"
        case "created_at": Timestamp.text(self.record.createdAt)
        case "updated_at": Timestamp.text(self.record.updatedAt)
        default: nil
        }
    }
}

/// What is known of a token that was given out.
struct TokenAnswer: ListedEntity {
    var record: TokenRecord

    enum CodingKeys: String, CodingKey {
        case id
        case scopes = "granted_scope_names"
        case createdAt = "created_at"
        case expiresAt = "expires_at"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(self.record.id, forKey: .id)
        try container.encode(self.record.scopes, forKey: .scopes)
        try container.encode(self.record.createdAt, forKey: .createdAt)
        try container.encode(self.record.expiresAt, forKey: .expiresAt)
    }

    static let listRules = ListQueryRules(
        paging: .number, filters: ["id": [.equals]], types: ["id": .uuid], sorts: ["created_at", "expires_at"])

    func listValue(of field: String) -> String? {
        switch field {
        case "id": self.record.id
        case "created_at": Timestamp.text(self.record.createdAt)
        case "expires_at": Timestamp.text(self.record.expiresAt)
        default: nil
        }
    }
}
