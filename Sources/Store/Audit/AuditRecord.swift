package import Foundation
package import JSON

/// What was done to one entity.
package struct AuditChange: Equatable, Sendable {
    package enum Action: String, CaseIterable, Sendable {
        case created, changed, deleted, reordered, revoked, closed
    }

    package var action: Action
    /// `cluster policy`.
    package var entity: String
    package var entityID: String
    package var entityName: String?
    /// The gateway whose configuration it is.
    package var gatewayID: String?
    /// The gateway's version after the change; each change of configuration raises it by one.
    package var version: Int?
    /// The entity as answers show it, without its secrets.
    package var before: JSONValue?
    package var after: JSONValue?
    /// Whose doing it is, where the origin does not know: a client that revokes its own token.
    package var who: String?

    package init(
        _ action: Action, _ entity: String, id: String, name: String? = nil, gatewayID: String? = nil,
        version: Int? = nil, before: JSONValue? = nil, after: JSONValue? = nil, who: String? = nil
    ) {
        self.action = action
        self.entity = entity
        self.entityID = id
        self.entityName = name
        self.gatewayID = gatewayID
        self.version = version
        self.before = before
        self.after = after
        self.who = who
    }
}

/// A change as it is kept: what was done, by whom, from where and when.
package struct AuditRecord: Equatable, Sendable {
    /// Rises with each record.
    package var id: Int64
    package var time: Date
    package var origin: AuditOrigin
    package var change: AuditChange

    package init(id: Int64, time: Date, origin: AuditOrigin, change: AuditChange) {
        self.id = id
        self.time = time
        self.origin = origin
        self.change = change
    }

    package static let fields = [
        "who", "method", "path", "remote_address", "user_agent", "action", "entity", "entity_id", "entity_name",
        "gateway_id",
    ]

    /// The text of one of ``fields``; nil when it has none.
    package func text(of field: String) -> String? {
        switch field {
        case "who": self.origin.who
        case "method": self.origin.method
        case "path": self.origin.path
        case "remote_address": self.origin.remoteAddress
        case "user_agent": self.origin.userAgent
        case "action": self.change.action.rawValue
        case "entity": self.change.entity
        case "entity_id": self.change.entityID
        case "entity_name": self.change.entityName
        case "gateway_id": self.change.gatewayID
        default: nil
        }
    }
}

extension AuditRecord: Encodable {
    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { self.stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(self.id, forKey: Key("id"))
        try container.encode(self.time, forKey: Key("time"))
        for field in Self.fields { try container.encode(self.text(of: field), forKey: Key(field)) }
        let version = self.change.version
        let before = version.flatMap { $0 > 1 ? "v1.\($0 - 1)" : nil }
        try container.encode(before, forKey: Key("version_before"))
        try container.encode(version.map { "v1.\($0)" }, forKey: Key("version_after"))
        try container.encode(self.change.before, forKey: Key("before"))
        try container.encode(self.change.after, forKey: Key("after"))
    }
}
