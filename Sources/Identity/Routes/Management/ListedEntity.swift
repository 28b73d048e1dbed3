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

extension ListQueryRules {
    fileprivate static let identityFilters: [String: [ListFilter.Operator]] = [
        "name": [.equals, .contains], "id": [.equals],
    ]
    fileprivate static let identitySorts = ["created_at", "updated_at", "name"]
    fileprivate static let identity = ListQueryRules(
        paging: .number, filters: identityFilters, types: ["id": .uuid], sorts: identitySorts)
}

extension [String: String] {
    /// `filter[labels][eq]=env:dev`; without a colon, whether there is such a label at all.
    fileprivate func matches(_ filter: ListFilter) -> Bool {
        let parts = filter.value.split(separator: ":", maxSplits: 1).map(String.init)
        guard let key = parts.first else { return false }
        return parts.count == 2 ? self[key] == parts[1] : self[key] != nil
    }
}

/// An auth server as answers show it: with the addresses that follow from its issuer.
struct AuthServerAnswer: ListedEntity {
    var server: AuthServer

    func encode(to encoder: any Encoder) throws {
        try self.server.encode(to: encoder)
        var container = encoder.container(keyedBy: ClaimKey.self)
        try container.encode(self.server.metadataURI, forKey: ClaimKey("metadata_uri"))
        try container.encode(self.server.jwksURI, forKey: ClaimKey("jwks_uri"))
    }

    static let listRules = ListQueryRules(
        paging: .number,
        filters: [
            "name": [.equals, .contains], "description": [.equals, .contains], "audience": [.equals, .contains],
            "id": [.equals], "labels": [.equals],
        ],
        types: ["id": .uuid],
        sorts: ["created_at", "updated_at", "name", "audience"])

    func listValue(of field: String) -> String? {
        switch field {
        case "id": self.server.id
        case "name": self.server.name
        case "description": self.server.description
        case "audience": self.server.audience
        case "created_at": Timestamp.text(self.server.createdAt)
        case "updated_at": Timestamp.text(self.server.updatedAt)
        default: nil
        }
    }

    func matches(_ filter: ListFilter) -> Bool {
        if filter.field == "labels" { return self.server.labels.matches(filter) }
        return self.listValue(of: filter.field).map(filter.matches) ?? false
    }
}

extension AuthScope: ListedEntity {
    static var listRules: ListQueryRules { .identity }

    func listValue(of field: String) -> String? {
        switch field {
        case "id": self.id
        case "name": self.name
        case "created_at": Timestamp.text(self.createdAt)
        case "updated_at": Timestamp.text(self.updatedAt)
        default: nil
        }
    }
}

extension AuthClaim: ListedEntity {
    static var listRules: ListQueryRules { .identity }

    func listValue(of field: String) -> String? {
        switch field {
        case "id": self.id
        case "name": self.name
        case "created_at": Timestamp.text(self.createdAt)
        case "updated_at": Timestamp.text(self.updatedAt)
        default: nil
        }
    }
}

extension AuthClient: ListedEntity {
    static let listRules = ListQueryRules(
        paging: .number, filters: ListQueryRules.identityFilters.merging(["labels": [.equals]]) { $1 },
        sorts: ListQueryRules.identitySorts)

    func listValue(of field: String) -> String? {
        switch field {
        case "id": self.id
        case "name": self.name
        case "created_at": Timestamp.text(self.createdAt)
        case "updated_at": Timestamp.text(self.updatedAt)
        default: nil
        }
    }

    func matches(_ filter: ListFilter) -> Bool {
        if filter.field == "labels" { return self.labels.matches(filter) }
        return self.listValue(of: filter.field).map(filter.matches) ?? false
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
