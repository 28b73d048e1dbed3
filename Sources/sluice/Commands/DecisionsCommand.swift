import ArgumentParser
import Console
import Foundation
import GatewayModel

struct DecisionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decisions", abstract: "Show what was allowed, denied and filtered, and why.")

    @OptionGroup var instance: InstanceOptions
    @Option(help: "Gateway, by name or id; not needed when there is one.") var gateway: String?
    @Flag(help: "Go on showing new decisions.") var follow = false
    @Flag(help: "One JSON object a line.") var json = false
    @Option(help: "Only this verdict: allowed, denied or filtered.") var verdict: String?
    @Option(help: "Only this principal.") var principal: String?
    @Option(help: "The console's filter language: `deny & topic:orders.*`, `principal:svc-* | age:<5m`.")
    var filter: String?
    @Flag(help: "Short facts instead of sentences: `DENY principal=… op=… topic=… rule=…`.") var plain = false

    func validate() throws {
        if let verdict = self.verdict, Verdict(rawValue: verdict) == nil {
            throw ValidationError("--verdict is '\(verdict)'; it must be allowed, denied or filtered.")
        }
    }

    func run() async throws {
        let filter: Filter?
        do throws(FilterError) {
            filter = try self.filter.map { text throws(FilterError) in try Filter(parsing: text) }
        } catch {
            throw CommandFailure(
                "--filter '\(self.filter ?? "")' at character \(error.position + 1): \(error.message)", isWrongUse: true
            )
        }
        let connection = try self.instance.connection()
        let gateway = try await connection.gateway(self.gateway)
        var after: UInt64 = 0
        repeat {
            let decisions = try await connection.get(
                "/v1/event-gateways/\(gateway.id)/decisions?after=\(after)", as: [DecisionRecord].self)
            for decision in decisions {
                after = max(after, decision.sequence)
                if let verdict = self.verdict, decision.verdict.rawValue != verdict { continue }
                if let principal = self.principal, !decision.principal.hasSameBytes(as: principal) { continue }
                if let filter, !filter.matches(decision, now: Date()) { continue }
                try self.show(decision)
            }
            if self.follow { try await Task.sleep(for: .milliseconds(250)) }
        } while self.follow
    }

    private func show(_ decision: DecisionRecord) throws {
        if self.json { return try Output.json(decision) }
        if self.plain { return Output.line(PlainText.line(decision)) }
        let time = decision.time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        Output.line(
            OutsideText.escaped(
                "\(time) \(decision.verdict.rawValue) \(decision.principal) \(decision.operation.rawValue) "
                    + "\(decision.resourceType.rawValue) '\(decision.resourceName)' (\(decision.api)) from "
                    + "\(PlainText.client(decision)): \(decision.reason)"
            ))
    }
}
