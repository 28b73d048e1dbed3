import ArgumentParser
import EngineInterface
import Foundation
import JSON
import Resources

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Show who changed what, oldest first.",
        discussion: """
            The instance keeps the newest 10,000 changes, however they were made: who, what, from where, and, with \
            --json, the values before and after. Secrets are left out.
            --follow shows new changes as they are made, also after a restart of the instance. To filter, use \
            `sluice audit --limit 10000 --json | jq 'select(.action == "deleted")'`, or the filters of GET /v1/audit.
            """)

    @OptionGroup var instance: InstanceOptions
    @Option(help: "How many of the newest changes to show.") var limit = 50
    @Flag(help: "Keep showing new changes.") var follow = false
    @Flag(help: "Print one JSON object per line, with the values before and after.") var json = false

    func validate() throws {
        guard (1...10_000).contains(self.limit) else {
            throw ValidationError("--limit is \(self.limit); it must be 1 to 10000.")
        }
    }

    func run() async throws {
        let connection = try self.instance.connection()
        do {
            var last = try self.show(try await self.newest(connection, limit: self.limit, after: 0)) ?? 0
            var reconnection = Reconnection(url: connection.url)
            while self.follow {
                try await Output.pause(for: .seconds(1))
                let news = try await reconnection.attempt { [last] in
                    try await self.newest(connection, limit: 10_000, after: last)
                }
                last = try self.show(news ?? []) ?? last
            }
        } catch let error as EngineClientError { throw CommandFailure(error.message) }
    }

    /// The newest changes, oldest first, as far back as `limit` and `last` allow.
    private func newest(_ connection: ManagementConnection, limit: Int, after last: Int64) async throws -> [JSONObject]
    {
        var found: [JSONObject] = []
        var number = 1
        while found.count < limit {
            let page = try await self.page(connection, number)
            let news = page.filter { ($0["id"]?.integerValue ?? 0) > last }
            // A change that comes meanwhile moves the others to the next page.
            let known = Set(found.compactMap { $0["id"]?.integerValue })
            found += news.filter { !known.contains($0["id"]?.integerValue ?? 0) }
            guard news.count == page.count, page.count == Self.pageSize else { break }
            number += 1
        }
        return found.prefix(limit).reversed()
    }

    private static let pageSize = 100

    private func page(_ connection: ManagementConnection, _ number: Int) async throws -> [JSONObject] {
        let path = "/v1/audit?page%5Bsize%5D=\(Self.pageSize)&page%5Bnumber%5D=\(number)"
        let data = try await connection.success("GET", path)
        guard let answer = try? JSONValue(parsing: Array(data)), case .object(let page) = answer,
            case .array(let records)? = page["data"]
        else { throw CommandFailure("The answer to GET \(path) cannot be read: is the instance of another version?") }
        return records.compactMap { if case .object(let record) = $0 { record } else { nil } }
    }

    /// - Returns: the id of the last change.
    private func show(_ records: [JSONObject]) throws -> Int64? {
        for record in records {
            if self.json { try Output.json(JSONValue.object(record)) } else { Output.line(Self.line(record)) }
        }
        return records.last?["id"]?.integerValue
    }

    /// `2026-11-30T17:53:35.120Z admin created cluster policy 'readers' (POST /v1/…) from 127.0.0.1:50412, sluice/0.1.0 apply`.
    private static func line(_ record: JSONObject) -> String {
        func text(_ field: String) -> String? {
            guard case .string(let text)? = record[field] else { return nil }
            return OutsideText.escaped(text)
        }
        var line = "\(text("time") ?? "") \(text("who") ?? "") \(text("action") ?? "") \(text("entity") ?? "")"
        line += " '\(text("entity_name") ?? text("entity_id") ?? "")'"
        if let version = text("version_after") { line += " \(version)" }
        if let method = text("method"), let path = text("path") { line += " (\(method) \(path))" }
        let origin = [text("remote_address"), text("user_agent")].compactMap(\.self).joined(separator: ", ")
        return origin.isEmpty ? line : line + " from \(origin)"
    }
}
