import ArgumentParser
import Console
import EngineInterface
import Foundation
import JSON
import Resources

struct DecisionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decisions", abstract: "Show what was allowed, denied and filtered, and why.",
        discussion: """
            --follow shows new decisions as they are made, also after a restart of the instance. Of a flood of allowed \
            decisions only a part is shown; standard error says how many were left out.
            """)

    @OptionGroup var instance: InstanceOptions
    @Option(help: "Gateway, by name or id; not needed when there is one.") var gateway: String?
    @Flag(help: "Keep showing new decisions until Ctrl-C.") var follow = false
    @Flag(help: "Print one JSON object per line.") var json = false
    @Option(help: "Show only this verdict: allowed, denied or filtered.") var verdict: String?
    @Option(help: "Show only this principal.") var principal: String?
    @Option(
        help:
            "Show only decisions that match a filter of the console: `deny & topic:orders.*`, `principal:svc-* | age:<5m`."
    )
    var filter: String?
    @Flag(help: "Print short facts instead of sentences: `DENY principal=… op=… topic=… rule=…`.") var plain = false

    func validate() throws {
        if let verdict = self.verdict, Verdict(rawValue: verdict) == nil {
            throw ValidationError("--verdict is '\(verdict)'; it must be allowed, denied or filtered.")
        }
    }

    func run() async throws {
        let filter = try Filter.option(self.filter)
        let connection = try self.instance.connection()
        let gateway = try await connection.gateway(self.gateway)
        if self.follow { return try await self.follow(connection, gateway, filter) }
        let decisions = try await connection.get(
            "/v1/event-gateways/\(gateway.id)/decisions?after=0", as: [DecisionRecord].self)
        for decision in decisions where self.isWanted(decision, filter) { try self.show(decision) }
    }

    /// Shows the decisions of the live stream until the command is ended. The stream reconnects after a restart of the
    /// instance. What the instance decided and the stream did not bring is counted on standard error.
    private func follow(_ connection: ManagementConnection, _ gateway: NamedEntity, _ filter: Filter?) async throws {
        // The stream has the decisions of all gateways, because the ordinals that reveal gaps are shared by all.
        let engine = connection.engineClient()
        var names = [WireName(gateway.name): true]
        var gaps = DecisionGaps()
        var after: UInt64 = 0
        var reconnection = Reconnection(url: connection.url)
        while true {
            let answer = try await reconnection.attempt { [after] in
                try await engine.decisions(after: after, gateway: nil, limit: .none)
            }
            if let decisions = answer {
                let missing = gaps.take(decisions)
                if missing > 0 {
                    Output.error("sluice: \(missing) decisions were passed over; the counters have them.")
                }
                for decision in decisions {
                    after = max(after, decision.sequence)
                    let name = WireName(decision.gateway)
                    if names[name] == nil { names[name] = await self.isName(decision.gateway, of: gateway, connection) }
                    if names[name] == true, self.isWanted(decision, filter) { try self.show(decision) }
                }
            }
            try await Output.pause(for: .milliseconds(250))
        }
    }

    /// Whether a gateway that was not seen before is the one that is followed, renamed. Nil when that cannot be asked.
    private func isName(
        _ name: String, of gateway: NamedEntity, _ connection: ManagementConnection
    ) async -> Bool? {
        let page = try? await connection.get("/v1/event-gateways?page%5Bsize%5D=100", as: EntityPage.self)
        return page?.data.contains { $0.id == gateway.id && $0.name.hasSameBytes(as: name) }
    }

    private func isWanted(_ decision: DecisionRecord, _ filter: Filter?) -> Bool {
        if let verdict = self.verdict, decision.verdict.rawValue != verdict { return false }
        if let principal = self.principal, !decision.principal.hasSameBytes(as: principal) { return false }
        return filter?.matches(decision, now: Date()) ?? true
    }

    private func show(_ decision: DecisionRecord) throws {
        if self.json { return try Output.json(decision) }
        if self.plain { return Output.line(PlainText.line(decision)) }
        let time = Timestamp.text(decision.time)
        Output.line(
            "\(time) \(decision.verdict.rawValue) \(decision.principal) \(decision.operation.rawValue) "
                + "\(decision.resourceType.rawValue) '\(decision.resourceName)' (\(decision.api)) from "
                + "\(PlainText.client(decision)): \(decision.reason)")
    }
}

/// Counts the decisions that a tail did not bring. Each event loop numbers its own without gaps.
struct DecisionGaps {
    /// The newest number by event loop; nil before the first look.
    private var last: [Int: UInt64]?

    /// - Parameter decisions: what one look brought, oldest first. The first look brings what was kept from before, and
    ///   nothing is missing in it.
    /// - Returns: how many are missing between the last look and the end of this one.
    mutating func take(_ decisions: [DecisionRecord]) -> UInt64 {
        var missing: UInt64 = 0
        let isFirst = self.last == nil
        var last = self.last ?? [:]
        for decision in decisions {
            let before = last[decision.eventLoop] ?? 0
            // A lower number is that of an instance that was started again, which counts from 1.
            let from = decision.ordinal > before ? before : 0
            if !isFirst, decision.ordinal > from { missing += decision.ordinal - from - 1 }
            last[decision.eventLoop] = decision.ordinal
        }
        self.last = last
        return missing
    }
}
