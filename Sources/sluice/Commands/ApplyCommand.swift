import ArgumentParser
import Console
import EngineInterface
import Foundation
import Resources

struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Change the configuration to match YAML files: plan, show the difference, apply.",
        discussion: """
            Entities are matched by name. Lists that a file leaves out stay as they are. --prune deletes the entities \
            that the lists below a gateway or auth server leave out; only --prune-all deletes gateways and auth servers.
            The instance checks all changes first, then makes all of them at once or none: after a refusal, a kill or \
            a lost answer nothing is half done. When another change to the same entities comes first, nothing is \
            changed; run the command again for a new plan.
            On a terminal the command asks first, unless --yes is given. Without a terminal, and with --json, pruning \
            needs --yes. `sluice export` writes a file for this command.
            """)

    @OptionGroup var instance: InstanceOptions
    @Option(
        name: [.customShort("f"), .customLong("file")],
        help: "YAML file; - is standard input. The option can be repeated.")
    var files: [String]
    @Flag(help: "Show the plan, and whether the instance would accept it; change nothing.") var dryRun = false
    @Flag(help: "Delete entities that the files' lists leave out, except gateways and auth servers.") var prune = false
    @Flag(help: "Delete entities that the files' lists leave out, gateways and auth servers included.") var pruneAll =
        false
    @Flag(name: .shortAndLong, help: "Apply without asking.") var yes = false
    @Flag(help: "Print the plan and its outcome as JSON.") var json = false

    private struct Outcome: Encodable {
        struct Change: Encodable {
            var action: String
            var title: String
            var diff: [String]
            var losses: [String]
        }
        struct Refusal: Encodable {
            /// What is refused: `create listener 'main'`; nil when it is the plan as a whole.
            var title: String?
            var line: Int?
            var column: Int?
            var reason: String
        }
        struct Secret: Encodable {
            var client: String
            var client_id: String
            var client_secret: String
        }
        var summary: String
        var changes: [Change]
        /// Gateways and auth servers that no file names and that stay.
        var kept: [String]
        var applied: Bool
        var secrets: [Secret] = []
        /// Why the plan is not in force: what the instance refuses, or one sentence.
        var refusals: [Refusal] = []
    }

    func run() async throws {
        let wanted = try DocumentFiles.read(self.files)
        let connection = try self.instance.connection()
        let management = connection.managementClient()
        let current: ConfigurationTree
        do { current = try await ConfigurationLoader(management: management).load() } catch {
            throw CommandFailure("\(error)")
        }
        let plan: ConfigurationPlan
        do throws(DocumentErrors) {
            plan = try ConfigurationPlan.make(current: current, wanted: wanted, pruning: self.pruning)
        } catch { throw CommandFailure(error.description) }
        var changes = plan.changes.filter { $0.action != .unchanged }
        await Self.tellLosses(of: &changes, current, connection)
        var outcome = Outcome(
            summary: plan.summary,
            changes: changes.map {
                .init(action: $0.action.rawValue, title: $0.title, diff: $0.diff.map(\.marked), losses: $0.losses)
            }, kept: plan.kept.map(\.description), applied: false)
        if !self.json { self.show(changes, plan) }
        if changes.isEmpty {
            if self.json { try Output.json(outcome) }
            return
        }
        do {
            let done = try await self.carryOut(changes, current, management)
            guard let done else {
                if self.json { try Output.json(outcome) }
                return
            }
            outcome.applied = true
            outcome.secrets = done.secrets.map {
                .init(client: $0.client.title, client_id: $0.id, client_secret: $0.secret)
            }
            if self.json { return try Output.json(outcome) }
            for change in changes { Output.line("ok  \(change.title)") }
            for secret in done.secrets {
                Output.line(
                    "\(secret.client.title): client id \(secret.id), secret \(secret.secret)   (shown only now)")
            }
            Output.line("applied: \(plan.summary)")
        } catch {
            let failure = error as? PlanFailure ?? PlanFailure(error as? CommandFailure ?? CommandFailure("\(error)"))
            if self.json {
                outcome.refusals = failure.refusals.map {
                    .init(title: $0.title, line: $0.place?.line, column: $0.place?.column, reason: $0.reason)
                }
                if failure.refusals.isEmpty { outcome.refusals = [.init(reason: failure.failure.message)] }
                try Output.json(outcome)
            }
            throw failure.failure
        }
    }

    /// - Returns: nil when the plan was only to be judged.
    private func carryOut(
        _ changes: [PlannedChange], _ current: ConfigurationTree, _ management: any ManagementClient
    ) async throws -> ChangeBatch.Done? {
        let batch = try Self.batch(changes, current)
        let consent = PlanConsent(
            prunes: self.pruning != .nothing, isTold: self.yes, canAsk: !self.json && isatty(STDIN_FILENO) == 1)
        // A plan that would be refused is not worth a question.
        if self.dryRun || consent == .needsQuestion { try await Self.judge(batch, management) }
        if self.dryRun { return nil }
        switch consent {
        case .given: break
        case .needsQuestion: try Input.confirm("Apply?")
        case .refused(let reason): throw CommandFailure(reason)
        }
        // A reader that leaves must not end it before the secrets are known.
        return try await Output.completing { try await Self.carryOut(batch, management) }
    }

    /// The request of a plan, made from what was read.
    static func batch(_ changes: [PlannedChange], _ current: ConfigurationTree) throws -> ChangeBatch {
        do throws(MissingEntity) {
            return try ChangeBatch(changes, ids: current.ids, tags: current.tags)
        } catch { throw CommandFailure("\(error)") }
    }

    /// Asks the instance whether it would take the changes, ports and references included. Nothing is changed.
    ///
    /// - Throws: ``PlanFailure`` with all that is refused, ``CommandFailure`` without an answer.
    static func judge(_ batch: ChangeBatch, _ management: any ManagementClient) async throws {
        let answer: ManagementAnswer
        do { answer = try await management.call(batch.rehearsal) } catch { throw CommandFailure("\(error)") }
        if case .refused(let refusals) = batch.outcome(of: answer) { throw PlanFailure(refusals) }
    }

    /// Makes the changes, all or none.
    static func carryOut(_ batch: ChangeBatch, _ management: any ManagementClient) async throws -> ChangeBatch.Done {
        let answer: ManagementAnswer
        do { answer = try await management.call(batch.call) } catch {
            throw CommandFailure(
                "No answer came: \(error)\nAll of the plan is in force, or nothing of it: apply again to see which.")
        }
        switch batch.outcome(of: answer) {
        case .done(let done): return done
        case .refused(let refusals): throw PlanFailure(refusals)
        }
    }

    private var pruning: ConfigurationPlan.Pruning {
        self.pruneAll ? .everything : self.prune ? .belowNamed : .nothing
    }

    /// Says of each deletion what it takes with it. Who is connected is asked only when something is deleted.
    private static func tellLosses(
        of changes: inout [PlannedChange], _ current: ConfigurationTree, _ connection: ManagementConnection
    ) async {
        guard changes.contains(where: { $0.action == .delete }) else { return }
        let engine = connection.engineClient()
        let connections = try? await engine.liveSnapshot(gateway: nil, decisions: 0).connections
        await engine.stop()
        for index in changes.indices where changes[index].action == .delete {
            changes[index].losses = changes[index].departures(from: current, connections: connections)
        }
    }

    private func show(_ changes: [PlannedChange], _ plan: ConfigurationPlan) {
        for change in changes {
            Output.line(change.title)
            for line in change.diff { Output.line("    \(line.marked)") }
            for loss in change.losses { Output.line("    ! \(loss)") }
        }
        for key in plan.kept { Output.line("kept: \(key.title) is in no file; --prune-all deletes it") }
        Output.line("plan: \(plan.summary)")
    }

}

/// A plan that is not in force, in words and, where the instance refused it, refusal by refusal.
struct PlanFailure: Error {
    var failure: CommandFailure
    var refusals: [ChangeBatch.Refusal] = []

    init(_ failure: CommandFailure) {
        self.failure = failure
    }

    init(_ refusals: [ChangeBatch.Refusal]) {
        let lines = refusals.map { refusal in
            let place = refusal.place.map { " (line \($0.line), column \($0.column))" } ?? ""
            return "Cannot \(refusal.title)\(place): \(refusal.reason)"
        }
        self.failure = CommandFailure((lines + ["Nothing was changed."]).joined(separator: "\n"))
        self.refusals = refusals
    }
}

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print the configuration as YAML, for `sluice apply`.",
        discussion: "The output holds no secrets: a client keeps its secret as long as its id stays the same.")

    @OptionGroup var instance: InstanceOptions
    @Option(help: "Export only this gateway, by name or id.") var gateway: String?
    @Option(help: "Export only this auth server, by name or id.") var authServer: String?
    @Option(name: [.customShort("o"), .customLong("output")], help: "Write to a file; a new one has mode 0600.")
    var output: String?

    func run() async throws {
        let management = try self.instance.connection().managementClient()
        var tree: ConfigurationTree
        do { tree = try await ConfigurationLoader(management: management).load() } catch {
            throw CommandFailure("\(error)")
        }
        let wanted = [(EntityKind.gateway, self.gateway), (.authServer, self.authServer)].filter { $0.1 != nil }
        if !wanted.isEmpty {
            for case (let kind, let name?) in wanted where !tree.roots(kind).contains(where: { $0.isCalled(name) }) {
                let names = tree.roots(kind).map(\.name).joined(separator: ", ")
                throw CommandFailure(
                    "There is no \(kind.title) '\(name)'. There are: \(names.isEmpty ? "none" : names).")
            }
            tree = tree.removing { node in
                node.kind.parent == nil && !wanted.contains { $0.0 == node.kind && node.isCalled($0.1 ?? "") }
            }
        }
        let text = ConfigurationDocument(tree).text
        guard let output = self.output, output != "-" else { return Output.text(text) }
        do { try OutputFile.write(text, to: output) } catch { throw CommandFailure("\(error)") }
    }
}

extension EntityNode {
    fileprivate func isCalled(_ name: String) -> Bool { self.name == name || self.id == name }
}
