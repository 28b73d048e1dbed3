internal import Foundation
internal import GRDB
internal import JSON
internal import Resources

/// How many changes are remembered: the newest, within all bounds.
package struct AuditBounds: Sendable {
    package var records = 10_000
    /// Of what clients do at the public routes, which are counted apart: however often they do it, what operators did
    /// stays.
    package var clientRecords = 1_000
    package var bytes = 64 * 1024 * 1024
    /// Of what one record keeps of an entity before or after; larger ones are named by their size.
    package var valueBytes = 64 * 1024

    package init() {}
}

extension StoreSnapshot {
    /// One page of the changes that `matches` takes, newest first, and how many it takes in all.
    package func auditRecords(
        limit: Int, offset: Int, matching matches: (AuditRecord) -> Bool
    ) throws -> (records: [AuditRecord], total: Int) {
        var ids: [Int64] = []
        var total = 0
        // Without the values, which are most of the table.
        let rows = try Row.fetchCursor(
            self.database,
            sql: """
                SELECT id, time, who, method, path, remote_address, user_agent, action, entity, entity_id, entity_name,
                    gateway_id, version, NULL AS before, NULL AS after
                FROM audit ORDER BY id DESC
                """)
        while let row = try rows.next() {
            let record = try AuditRecord(row: row)
            guard matches(record) else { continue }
            if total >= offset, ids.count < limit { ids.append(record.id) }
            total += 1
        }
        let records = try ids.compactMap { id in
            try Row.fetchOne(self.database, sql: "SELECT * FROM audit WHERE id = ?", arguments: [id])
                .map(AuditRecord.init(row:))
        }
        return (records, total)
    }
}

extension StoreTransaction {
    /// Notes a change of an entity; kept when the transaction is.
    package func note(_ change: AuditChange) {
        self.changes.append(change)
    }

    /// Notes a change of an entity that has a table of its own.
    func note<Entity: Resource>(
        _ action: AuditChange.Action, _ entity: Entity, before: Entity? = nil, after: Entity? = nil, gateway: String?
    ) throws {
        self.note(
            AuditChange(
                action, Entity.kind.title, id: entity.id, name: entity.uniqueName, gatewayID: gateway,
                version: try gateway.flatMap(self.versionIfAny), before: try before.map(Self.json),
                after: try after.map(Self.json)))
    }

    /// The gateway's version; nil when it is gone.
    func versionIfAny(gateway id: String) throws -> Int? {
        try Int.fetchOne(self.database, sql: "SELECT version FROM gateways WHERE id = ?", arguments: [id])
    }

    static func json(_ entity: some Encodable) throws -> JSONValue {
        try JSONValue(parsing: Array(try EntityCoding.encode(entity)))
    }

    /// Writes what was noted, and forgets what is too old.
    func keepAudit(origin: AuditOrigin, bounds: AuditBounds, at time: Date) throws -> [AuditRecord] {
        guard !self.changes.isEmpty else { return [] }
        var records: [AuditRecord] = []
        for var change in self.changes {
            var origin = origin
            let isOfClient = origin.who == AuditOrigin.stranger
            if let who = change.who, isOfClient { origin.who = who }
            change.who = nil
            origin.path = origin.path.map { OutsideText.cut($0, maximumBytes: 1024) }
            origin.userAgent = origin.userAgent.map { OutsideText.cut($0) }
            let (before, after) = (
                try Self.kept(&change.before, bounds.valueBytes), try Self.kept(&change.after, bounds.valueBytes)
            )
            let bytes = 512 + (before?.utf8.count ?? 0) + (after?.utf8.count ?? 0)
            try self.database.execute(
                sql: """
                    INSERT INTO audit (bytes, time, who, method, path, remote_address, user_agent, action, entity, entity_id,
                        entity_name, gateway_id, version, before, after, of_client)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    bytes, Timestamp.milliseconds(time), origin.who, origin.method, origin.path, origin.remoteAddress,
                    origin.userAgent, change.action.rawValue, change.entity, change.entityID, change.entityName,
                    change.gatewayID, change.version, before, after, isOfClient,
                ])
            records.append(
                AuditRecord(id: self.database.lastInsertedRowID, time: time, origin: origin, change: change))
        }
        try self.forgetOldAudit(ofClients: false, records: bounds.records, bytes: bounds.bytes)
        try self.forgetOldAudit(ofClients: true, records: bounds.clientRecords, bytes: bounds.bytes)
        return records
    }

    /// A value as it is written, without secrets.
    private static func kept(_ value: inout JSONValue?, _ maximumBytes: Int) throws -> String? {
        guard let whole = value else { return nil }
        let redacted = Redaction.redacted(whole)
        value = redacted
        let data = try EntityCoding.encode(redacted)
        guard data.count > maximumBytes else { return String(decoding: data, as: UTF8.self) }
        let size = JSONValue.string("(\(data.count) bytes, too large to be kept)")
        value = size
        return String(decoding: try EntityCoding.encode(size), as: UTF8.self)
    }

    /// Reads the sizes that the database keeps, and no more records than it deletes. The newest one stays.
    private func forgetOldAudit(ofClients: Bool, records maximumRecords: Int, bytes maximumBytes: Int) throws {
        let sizes = try Row.fetchOne(
            self.database, sql: "SELECT records, bytes FROM audit_sizes WHERE of_client = ?", arguments: [ofClients])
        guard let sizes else { return }
        var (records, bytes): (Int, Int) = (sizes["records"], sizes["bytes"])
        guard records > maximumRecords || bytes > maximumBytes else { return }
        let oldestFirst = try Row.fetchCursor(
            self.database, sql: "SELECT id, bytes FROM audit WHERE of_client = ? ORDER BY id", arguments: [ofClients])
        var last: Int64?
        while records > 1, records > maximumRecords || bytes > maximumBytes, let row = try oldestFirst.next() {
            last = row["id"]
            records -= 1
            bytes -= row["bytes"] as Int
        }
        guard let last else { return }
        try self.database.execute(
            sql: "DELETE FROM audit WHERE of_client = ? AND id <= ?", arguments: [ofClients, last])
    }
}

extension AuditRecord {
    fileprivate init(row: Row) throws {
        let action: String = row["action"]
        guard let action = AuditChange.Action(rawValue: action) else {
            throw StoreError.unreadable(kind: "audit record", id: "\(row["id"] as Int64)", reason: "action \(action)")
        }
        func value(_ column: String) throws -> JSONValue? {
            guard let text = row[column] as String? else { return nil }
            return try JSONValue(parsing: Array(text.utf8))
        }
        self.init(
            id: row["id"], time: Timestamp.date(milliseconds: row["time"]),
            origin: AuditOrigin(
                who: row["who"], method: row["method"], path: row["path"], remoteAddress: row["remote_address"],
                userAgent: row["user_agent"]),
            change: AuditChange(
                action, row["entity"], id: row["entity_id"], name: row["entity_name"], gatewayID: row["gateway_id"],
                version: row["version"], before: try value("before"), after: try value("after")))
    }
}
