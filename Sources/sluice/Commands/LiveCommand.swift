import ArgumentParser
import Console
import EngineInterface
import Foundation
import JSON
import Resources

struct LiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "live", abstract: "Show connections, per-principal counters and states.",
        discussion: "Views continue after a restart of the instance; --once shows one view and ends.")

    @OptionGroup var instance: InstanceOptions
    @Option(help: "Gateway, by name or id; not needed when there is one.") var gateway: String?
    @Flag(help: "Print one JSON object per view.") var json = false
    @Flag(help: "Show one view and end.") var once = false
    @Flag(help: "Print one fact per line, and only facts that changed.") var plain = false
    @Option(help: "Show only connections that match a filter of the console: `principal:svc-*`.")
    var filter: String?
    @Option(help: "Seconds between views.") var interval = 1.0

    func validate() throws {
        guard (0.25...3600).contains(self.interval) else {
            throw ValidationError("--interval must be 0.25 to 3600 seconds; it is \(self.interval).")
        }
    }

    func run() async throws {
        let filter = try Filter.option(self.filter)
        let connection = try self.instance.connection()
        let gateway = try await connection.gateway(self.gateway)
        let path = "/v1/event-gateways/\(gateway.id)/live"
        var last: LiveSnapshot?
        var reconnection = Reconnection(url: connection.url)
        repeat {
            let answer: Data?
            do {
                answer =
                    self.once
                    ? try await connection.success("GET", path)
                    : try await reconnection.attempt { try await connection.success("GET", path) }
            } catch let error as EngineClientError { throw CommandFailure(error.message) }
            if let answer {
                var snapshot = try connection.decode(LiveSnapshot.self, answer, "GET \(path)")
                if let filter { snapshot.connections.removeAll { !filter.matches($0, now: snapshot.time) } }
                try self.show(snapshot, after: last)
                last = snapshot
            }
            if !self.once { try await Output.pause(for: .seconds(self.interval)) }
        } while !self.once
    }

    private func show(_ snapshot: LiveSnapshot, after last: LiveSnapshot?) throws {
        if self.json { return try Output.json(snapshot) }
        guard self.plain else { return self.show(snapshot) }
        for line in PlainText.changes(from: last, to: snapshot) { Output.line(line) }
    }

    private func show(_ snapshot: LiveSnapshot) {
        Output.line("— \(Timestamp.textInSeconds(snapshot.time))")
        for component in snapshot.components {
            Output.line(
                "\(component.state.rawValue)  \(component.kind) '\(component.name)'"
                    + (component.reason.map { ": \($0)" } ?? ""))
        }
        for limit in snapshot.limits {
            Output.line(
                "LIMIT  \(limit.limit.rawValue): \(limit.count) refused\(limit.setting.map { ", see \($0)" } ?? "")")
        }
        let connections = snapshot.connections.map { connection in
            [
                String(connection.sessionID), connection.principal ?? "-", connection.virtualCluster ?? "-",
                connection.remoteAddress, connection.clientID ?? "-", ":\(connection.localPort)",
                [connection.clientSoftwareName, connection.clientSoftwareVersion].compactMap { $0 }.joined(
                    separator: " "),
                "\(connection.requests)", "\(connection.bytesIn)", "\(connection.bytesOut)", "\(connection.denied)",
            ]
        }
        Output.table(
            [
                [
                    "SESSION", "PRINCIPAL", "VIRTUAL CLUSTER", "CLIENT", "CLIENT ID", "PORT", "SOFTWARE", "REQUESTS",
                    "IN", "OUT", "DENIED",
                ]
            ]
                + connections)
        let counters = snapshot.counters.map { counter in
            [
                counter.key.principal, counter.key.verdict.rawValue, counter.key.resourceType.rawValue,
                counter.key.operation.rawValue, RuleName.shown(counter.key.rule), "\(counter.count)",
            ]
        }
        Output.table(
            [["PRINCIPAL", "VERDICT", "RESOURCE", "OPERATION", "RULE", "COUNT"]]
                + counters)
    }
}
