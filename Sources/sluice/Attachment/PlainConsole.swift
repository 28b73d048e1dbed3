import Console
import EngineInterface
import Foundation
import Resources

/// The console without a screen: prompts that end with `: `, one fact a line, nothing that moves. For screen readers,
/// pipes and terminals without a cursor.
struct PlainConsole: Sendable {
    let engine: ConsoleEngine

    func run() async throws {
        do {
            switch self.engine {
            case .attached: try await self.engine.run { services in try await self.converse(services) }
            case .own:
                // Its clients are served by this process: it ends in order when the reader of the output has left.
                try await Output.completing {
                    try await self.engine.run { services in try await self.converse(services) }
                }
            }
        } catch let error as EngineClientError { throw CommandFailure(error.message) }
    }

    private struct Topic {
        var name: String
        var title: String
    }

    private static let help: [Topic] = [
        Topic(name: "status", title: "the state of each gateway, listener and backend"),
        Topic(name: "live", title: "connections and counters now"),
        Topic(name: "watch", title: "changes as they happen; Enter ends"),
        Topic(name: "decisions [FILTER]", title: "decisions kept, such as: decisions deny & principal:svc-*"),
        Topic(name: "map", title: "the configuration as YAML"),
        Topic(name: "topics", title: "topics of each virtual cluster and who may read them"),
        Topic(name: "groups", title: "groups of each virtual cluster and their lag"),
        Topic(name: "logs", title: "the newest lines of the log"),
        Topic(name: "token", title: "check a token; it is asked for"),
        Topic(name: "setup", title: "the walkthrough, question by question"),
        Topic(name: "sandbox", title: "start the sandbox cluster in this process"),
        Topic(name: "quit", title: "leave"),
    ]

    private func converse(_ services: ConsoleEngine.Services) async throws {
        Output.line("Sluice. Management API \(services.url). Type help for the commands.")
        let input = LineReader()
        while !Output.hasEnded, let line = await input.line(prompt: "command: ") {
            let words = line.split(separator: " ", maxSplits: 1).map(String.init)
            guard let command = words.first else { continue }
            if ["quit", "q", "exit"].contains(command) { return }
            do {
                try await self.carryOut(command, words.count > 1 ? words[1] : "", services, input)
            } catch let error as CommandFailure {
                Output.text("error: \(error.message)")
            } catch {
                Output.line("error: \(error)")
            }
        }
    }

    private func carryOut(
        _ command: String, _ argument: String, _ services: ConsoleEngine.Services, _ input: LineReader
    ) async throws {
        switch command {
        case "help", "?":
            for topic in Self.help { Output.line("\(topic.name): \(topic.title)") }
        case "status":
            let snapshot = try await services.engine.liveSnapshot(gateway: nil)
            for component in snapshot.components {
                Output.line(
                    "\(component.kind) \(Self.value(component.name)) \(component.state.rawValue)"
                        + (component.reason.map { " reason=\(Self.value($0))" } ?? ""))
            }
            if snapshot.components.isEmpty { Output.line("Nothing is set up yet. setup does it.") }
        case "live":
            let snapshot = try await services.engine.liveSnapshot(gateway: nil)
            for line in PlainText.changes(from: nil, to: snapshot) { Output.line(line) }
            Output.line("connections: \(snapshot.connections.count)")
        case "watch": await self.watch(services, input)
        case "decisions": try await self.decisions(argument, services)
        case "map":
            Output.text(
                ConfigurationDocument(try await ConfigurationLoader(management: services.management).load()).text)
        case "topics": try await self.topics(services)
        case "groups": try await self.groups(services)
        case "logs":
            for line in try await services.engine.logs(after: 0).suffix(50) { Output.line(PlainText.line(line)) }
        case "token": try await self.token(services, input)
        case "setup": try await self.setUp(services, input)
        case "sandbox":
            guard let start = services.startSandbox else {
                throw CommandFailure("The sandbox starts only in the instance itself: `sluice serve --sandbox`.")
            }
            Output.line("sandbox brokers: \(try await start().joined(separator: ", "))")
        default: Output.line("There is no command '\(command)'. Type help for the list.")
        }
    }

    private func watch(_ services: ConsoleEngine.Services, _ input: LineReader) async {
        Output.line("Watching. Press Enter to end.")
        await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await self.follow(services) }
            _ = await input.line(prompt: "")
            tasks.cancelAll()
            while true {
                do { guard try await tasks.next() != nil else { break } } catch is CancellationError {} catch {
                    Output.text("error: \(error)")
                }
            }
        }
    }

    /// Prints what changes until the task is cancelled, also after a restart of the instance.
    private func follow(_ services: ConsoleEngine.Services) async throws {
        var reconnection = Reconnection(url: services.url) { Output.line($0) }
        var last: LiveSnapshot?
        var sequence: UInt64?
        while !Task.isCancelled, !Output.hasEnded {
            try await reconnection.attempt {
                let now = try await services.engine.liveSnapshot(gateway: nil)
                if let last { for line in PlainText.changes(from: last, to: now) { Output.line(line) } }
                last = now
                // Only what is decided from now on.
                let news = try await services.engine.decisions(after: sequence ?? 0, gateway: nil)
                if sequence != nil { for decision in news { Output.line(PlainText.line(decision)) } }
                sequence = news.last?.sequence ?? sequence ?? 0
            }
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    private func decisions(_ text: String, _ services: ConsoleEngine.Services) async throws {
        let filter: Filter?
        do throws(FilterError) { filter = text.isEmpty ? nil : try Filter(parsing: text) } catch {
            throw CommandFailure("The filter at character \(error.position + 1): \(error.message)")
        }
        var count = 0
        for decision in try await services.engine.decisions(after: 0, gateway: nil)
        where filter?.matches(decision, now: Date()) ?? true {
            Output.line(PlainText.line(decision))
            count += 1
        }
        Output.line("decisions: \(count)")
    }

    /// One word, or in quotes: a fact never runs into the next.
    private static func value(_ text: String) -> String { OutsideText.value(text) }

    private func clusters(_ services: ConsoleEngine.Services) async throws -> [VirtualCluster] {
        try await ConfigurationLoader(management: services.management).load().gateways
            .flatMap(\.virtualClusters).map(\.virtualCluster)
    }

    private func topics(_ services: ConsoleEngine.Services) async throws {
        for cluster in try await self.clusters(services) {
            let topics = try await services.engine.topics(virtualCluster: cluster.id)
            for topic in topics {
                Output.line(
                    "topic=\(Self.value(topic.name)) vc=\(Self.value(cluster.name)) "
                        + "backend=\(Self.value(topic.physicalName)) "
                        + "partitions=\(topic.partitions.count) replicas=\(topic.replicationFactor) readers="
                        + (topic.readers.isEmpty ? "nobody" : topic.readers.map(Self.value).joined(separator: ",")))
            }
            Output.line("topics of \(cluster.name): \(topics.count)")
        }
    }

    private func groups(_ services: ConsoleEngine.Services) async throws {
        for cluster in try await self.clusters(services) {
            let groups = try await services.engine.groups(virtualCluster: cluster.id)
            for group in groups {
                Output.line(
                    "group=\(Self.value(group.groupID)) vc=\(Self.value(cluster.name)) "
                        + "type=\(Self.value(group.type)) state=\(Self.value(group.state)) "
                        + "members=\(group.members.count) lag=\(group.lag.map(String.init) ?? "unknown")")
            }
            Output.line("groups of \(cluster.name): \(groups.count)")
        }
    }

    private func token(_ services: ConsoleEngine.Services, _ input: LineReader) async throws {
        guard let cluster = try await self.clusters(services).first else {
            throw CommandFailure("No virtual cluster is set up yet. setup does it.")
        }
        guard let token = await input.line(prompt: "token: ") else { return }
        let report = try await services.engine.checkToken(
            token.filter { !$0.isWhitespace }, virtualCluster: cluster.id)
        for check in report.checks { Output.line("\(check.outcome.rawValue) \(check.name): \(check.detail)") }
        Output.line(
            report.accepted
                ? "accepted by \(cluster.name) as principal \(report.principal ?? "")" : "refused by \(cluster.name)")
    }

    // MARK: Setup

    /// Asks for every answer that matters, the default in brackets, and applies them after a yes.
    private func setUp(_ services: ConsoleEngine.Services, _ input: LineReader) async throws {
        let configuration = try await ConfigurationLoader(management: services.management).load()
        Output.line("Nothing changes before the last question.")
        let questions = SetupQuestions(engine: services.engine) { await input.line(prompt: $0) }
        guard
            let answers = await questions.ask(
                SetupInterview(SetupAnswers(sandbox: services.sandbox), configuration: configuration))
        else { return }
        var plan: SetupPlan
        do throws(SetupProblems) { plan = try SetupPlan(answers, configuration: configuration) } catch {
            throw CommandFailure(error.description)
        }
        try await Self.keeping(answers) { try await SetupExecution.judge(plan, services.management) }
        for (index, step) in plan.steps.enumerated() {
            Output.line("\(index + 1) create \(step.object.rawValue) \(step.name)")
        }
        let outcome = try await Self.keeping(answers) {
            try Input.confirm(answer: await input.line(prompt: Input.confirmation("Apply?")))
            return try await SetupExecution.carryOut(&plan, services.management)
        }
        for created in outcome.created { Output.line("created \(created.object.rawValue) \(created.name)") }
        if let id = outcome.clientID { Output.line("client id: \(id)") }
        if let secret = outcome.clientSecret { Output.line("client secret, shown only now: \(secret)") }
        await ClientPages(answers, outcome, configuration).offer { await input.line(prompt: $0) }
    }

    /// Prints the answers when nothing, or nothing for certain, was made of them.
    private static func keeping<Result>(
        _ answers: SetupAnswers, _ body: () async throws -> Result
    ) async throws -> Result {
        do { return try await body() } catch {
            SetupQuestions.keep(answers)
            throw error
        }
    }
}

/// Lines of standard input, read on a thread of their own.
final class LineReader: Sendable {
    func line(prompt: String) async -> String? {
        Output.prompt(prompt)
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: readLine(strippingNewline: true)) }
        }
    }
}
