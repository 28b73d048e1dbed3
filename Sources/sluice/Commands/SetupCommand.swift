import ArgumentParser
import Console
import EngineInterface
import Foundation
import JSON
import Resources
import UnixSignals

struct SetupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup", abstract: "The console's walkthrough without a screen, from a file of answers.",
        discussion: """
            Answers that the file leaves out are those that Enter alone gives in the console; an empty file sets up a \
            gateway with a client that may produce and consume, on the sandbox if one runs. --print shows every answer \
            with its default.
            Everything is created at once, or nothing. The client's secret is printed once; configurations for stock \
            clients follow.
            """)

    @OptionGroup var instance: InstanceOptions
    @Option(help: "A file of answers, YAML or JSON; - is standard input.", completion: .file()) var answers: String?
    @Flag(
        help:
            "Ask the questions one a line, without a screen: Enter takes what stands in brackets, < goes back, ? explains, - leaves empty."
    )
    var plain = false
    @Flag(help: "Print all answers as YAML and change nothing.") var print = false
    @Flag(help: "Show the calls of the management API that would be made, and whether they would go well.")
    var dryRun = false
    @Flag(help: "Do not list topics through the new listener afterwards.") var skipProof = false
    @Option(
        name: .customLong("client-config"),
        help: ArgumentHelp(
            "Print only the configuration for a client, with its secret; the rest goes to standard error.",
            valueName: "client"))
    var client: ClientConfiguration.Client?
    @Flag(help: "Print the outcome as JSON.") var json = false

    func validate() throws {
        if self.answers == nil, !self.print, !self.plain {
            throw ValidationError(
                "Give --answers FILE, --plain to be asked, or --print for a file to start from. The console has the same as a walkthrough: `sluice`, then 9."
            )
        }
    }

    private struct Call: Encodable {
        var method: String
        var path: String
        var body: JSONValue?
    }

    private struct Outcome: Encodable {
        struct Created: Encodable {
            var kind: String
            var name: String
            var id: String
        }
        struct Probe: Encodable {
            var what: String
            var topics: [String]
            var predicted: [String]?
            var detail: String
            var succeeded: Bool
            /// The virtual cluster lets nobody in without a token.
            var isRefusalMeant = false

            private enum CodingKeys: String, CodingKey { case what, topics, predicted, detail, succeeded }
        }
        var created: [Created]
        var issuer: String?
        var client_id: String?
        var client_secret: String?
        var scope: String
        var gateway: String
        var virtual_cluster: String
        var proof: [Probe] = []
        /// With --client-config.
        var client_config: String?
    }

    func run() async throws {
        var answers = try self.readAnswers()
        if self.print { return Output.text(YAMLWriter.text(answers.document())) }
        let connection = try self.instance.connection()
        let management = connection.managementClient()
        let configuration: ConfigurationTree
        do { configuration = try await ConfigurationLoader(management: management).load() } catch {
            throw CommandFailure("\(error)")
        }
        if self.plain { answers = try await self.ask(answers, configuration, connection.engineClient()) }
        var plan: SetupPlan
        do throws(SetupProblems) {
            plan = try SetupPlan(answers, configuration: configuration)
        } catch { throw CommandFailure(error.problems.map(\.description).joined(separator: "\n")) }
        if self.dryRun {
            try self.show(plan)
            return try await SetupExecution.judge(plan, management)
        }
        if self.plain {
            try await SetupExecution.judge(plan, management)
            for step in plan.steps { Output.line("to create  \(step.object.rawValue) '\(step.name)'") }
            do { try Input.confirm("Apply?") } catch {
                SetupQuestions.keep(answers)
                throw error
            }
        }
        // A signal does not end the command between what is created and the secret that comes with it.
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let outcome: SetupPlan.Outcome
        do {
            outcome = try await Output.completing { try await SetupExecution.carryOut(&plan, management) }
        } catch {
            if self.plain { SetupQuestions.keep(answers) }
            throw error
        }
        var shown = Outcome(
            created: outcome.created.map { .init(kind: $0.object.rawValue, name: $0.name, id: $0.id) },
            issuer: outcome.issuer, client_id: outcome.clientID, client_secret: outcome.clientSecret,
            scope: outcome.scope, gateway: outcome.gateway, virtual_cluster: outcome.virtualCluster)
        let pages = ClientPages(answers, outcome, configuration)
        let line = self.client == nil ? Output.line : Output.error
        // The secret is shown only here: before the proof, which may take long, or fail.
        if !self.json {
            self.say(shown, to: line)
            if let client = self.client { Output.text(pages.text(client)) }
        }
        var failure: CommandFailure?
        if !self.skipProof {
            switch await Self.proveInTime(outcome, answers, connection.engineClient(), signals) {
            case .success(let proof):
                shown.proof = proof
                if let failed = proof.first(where: { !$0.succeeded && !$0.isRefusalMeant }) {
                    failure = CommandFailure(
                        "Everything was created, but the proof failed: \(failed.what): \(failed.detail)")
                }
            case .failure(let reason): failure = reason
            }
        }
        // From here on signals end the command again.
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
        if self.json {
            shown.client_config = self.client.map { pages.text($0) }
            try Output.json(shown)
        } else {
            Self.say(shown.proof, to: line)
            if self.client == nil {
                if self.plain { await pages.offer { Input.answer(to: $0) } } else { pages.printAll() }
            }
        }
        if let failure { throw failure }
    }

    private static let longestProof = Duration.seconds(60)

    /// Proves until it is done, takes too long, or a signal asks to end: what was created is told in every case.
    private static func proveInTime(
        _ outcome: SetupPlan.Outcome, _ answers: SetupAnswers, _ engine: HTTPEngineClient,
        _ signals: UnixSignalsSequence
    ) async -> Result<[Outcome.Probe], CommandFailure> {
        await withTaskGroup(of: Result<[Outcome.Probe], CommandFailure>.self) { tasks in
            tasks.addTask {
                do throws(CommandFailure) { return .success(try await Self.prove(outcome, answers, engine)) } catch {
                    return .failure(error)
                }
            }
            tasks.addTask {
                try? await Task.sleep(for: Self.longestProof)
                return .failure(
                    CommandFailure(
                        "Everything was created, but the proof failed: it was not done within "
                            + "\(Self.longestProof.components.seconds) seconds."))
            }
            tasks.addTask {
                for await _ in signals { break }
                return .failure(CommandFailure("Everything was created, but the proof was interrupted."))
            }
            defer { tasks.cancelAll() }
            return await tasks.next() ?? .success([])
        }
    }

    private func readAnswers() throws -> SetupAnswers {
        let defaults = SetupAnswers(sandbox: self.instance.sandbox())
        guard let path = self.answers else { return defaults }
        let text = try Input.text(path, maximumBytes: ConsoleFiles.maximumBytes)
        let document: JSONValue
        do throws(DocumentErrors) { document = try YAMLReader.value(of: text) } catch {
            throw CommandFailure(error.errors.map { $0.description(in: path) }.joined(separator: "\n"))
        }
        do throws(SetupProblems) { return try SetupAnswers(reading: document, over: defaults) } catch {
            throw CommandFailure(error.problems.map { "\(path): \($0)" }.joined(separator: "\n"))
        }
    }

    /// Question after question.
    private func ask(
        _ answers: SetupAnswers, _ configuration: ConfigurationTree, _ engine: HTTPEngineClient
    ) async throws -> SetupAnswers {
        let questions = SetupQuestions(engine: engine) { try? self.line(after: $0) }
        let answers = await questions.ask(SetupInterview(answers, configuration: configuration))
        await engine.stop()
        guard let answers else { throw CommandFailure("The answers ended; nothing was created.") }
        return answers
    }

    private func line(after prompt: String) throws -> String {
        guard let line = Input.answer(to: prompt) else {
            throw CommandFailure("The answers ended; nothing was created.")
        }
        return line
    }

    private func show(_ plan: SetupPlan) throws {
        let calls = plan.steps.indices.map { plan.call(at: $0) }
        if self.json {
            return try Output.json(
                calls.map { Call(method: $0.method.rawValue, path: $0.path, body: $0.body) })
        }
        for call in calls {
            Output.line("\(call.method.rawValue) \(call.path)")
            if let body = call.body {
                Output.line("    " + String(decoding: try EntityCoding.encode(body), as: UTF8.self))
            }
        }
    }

    /// Makes the topic of the answers, and lists topics with a token and without one.
    private static func prove(
        _ outcome: SetupPlan.Outcome, _ answers: SetupAnswers, _ engine: HTTPEngineClient
    ) async throws(CommandFailure) -> [Outcome.Probe] {
        defer { Task { await engine.stop() } }
        do {
            let topic = answers.text(.proofTopic)
            if answers.flag(.proofCreate), !topic.isEmpty,
                try await !engine.topics(virtualCluster: outcome.virtualCluster).contains(where: { $0.name == topic })
            {
                try await engine.createTopic(topic, partitions: 1, virtualCluster: outcome.virtualCluster)
            }
            var probes: [Outcome.Probe] = []
            func probe(_ what: String, token: String?) async throws {
                let report = try await engine.probe(
                    ProbeQuestion(virtualCluster: outcome.virtualCluster, token: token))
                probes.append(
                    .init(
                        what: what, topics: report.topics, predicted: report.predictedTopics, detail: report.detail,
                        succeeded: report.succeeded,
                        isRefusalMeant: token == nil && answers.makesVirtualCluster && !answers.allowsAnonymous))
            }
            if let issuer = outcome.issuer, let id = outcome.clientID, let secret = outcome.clientSecret {
                let token = try await TokenEndpoint(issuer: issuer).fetch(
                    clientID: id, clientSecret: secret, scope: outcome.scope, warn: { Output.warning($0) })
                try await probe("list topics with the token", token: token.accessToken)
            }
            try await probe("list topics without a token", token: nil)
            return probes
        } catch let error as CommandFailure {
            throw CommandFailure("Everything was created, but the proof failed: \(error.message)")
        } catch {
            throw CommandFailure("Everything was created, but the proof failed: \(error)")
        }
    }

    private func say(_ outcome: Outcome, to line: (String) -> Void) {
        for created in outcome.created { line("created  \(created.kind) '\(created.name)'  \(created.id)") }
        if let issuer = outcome.issuer { line("issuer         \(issuer)") }
        if let id = outcome.client_id { line("client id      \(id)") }
        if let secret = outcome.client_secret, self.client == nil {
            line("client secret  \(secret)   (shown only now)")
        }
    }

    private static func say(_ proof: [Outcome.Probe], to line: (String) -> Void) {
        for probe in proof {
            let seen = probe.topics.isEmpty ? "no topic" : probe.topics.joined(separator: ", ")
            let foretold = probe.predicted.map { $0 == probe.topics ? ", as foretold" : ", NOT as foretold" } ?? ""
            line("proof    \(probe.what): \(probe.succeeded ? "sees \(seen)\(foretold)" : probe.detail)")
        }
    }
}
