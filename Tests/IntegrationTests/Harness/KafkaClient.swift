import Foundation
import Testing

/// The Kafka client libraries that the tests drive.
enum KafkaLibrary: String, CaseIterable, CustomTestStringConvertible {
    case confluent = "confluent_client"
    case kafkaPython = "kafka_python_client"
    case aiokafka = "aiokafka_client"

    var testDescription: String {
        switch self {
        case .confluent: "confluent-kafka"
        case .kafkaPython: "kafka-python"
        case .aiokafka: "aiokafka"
        }
    }
}

/// A failure that a Python client reported, in Kafka's numbers where it has one.
struct ClientFailure: Error, CustomStringConvertible {
    var operation: String
    /// Kafka's error code, or a library's own negative one.
    var code: Int?
    var name: String
    var message: String
    /// What the library logged while it tried.
    var log: String

    var description: String {
        "\(self.operation): \(self.name) (\(self.code.map(String.init) ?? "no code")): \(self.message)"
    }
}

/// A Python script from `Clients/` in conversation: one command a line, one answer a line.
final class PythonClient: Sendable {
    let child: ChildProcess

    private init(_ child: ChildProcess) {
        self.child = child
    }

    /// Runs `body` with a fresh process of the script, which ends with it.
    static func run<Result>(
        _ script: String, environment: [String: String?] = [:], isolation: isolated (any Actor)? = #isolation,
        _ body: (PythonClient) async throws -> Result
    ) async throws -> Result {
        let folder = Bundle.module.resourceURL!.appendingPathComponent("Clients").path
        let child = try ChildProcess(
            Prerequisites.python, ["-B", "\(folder)/\(script).py"],
            environment: ["PYTHONUNBUFFERED": "1"].merging(environment) { $1 })
        do {
            let result = try await body(PythonClient(child))
            await child.stop()
            return result
        } catch {
            await child.stop()
            throw error
        }
    }

    /// Sends one command and waits for its answer.
    /// - Throws: `ClientFailure` when the script reports an error, `ChildFailure` when it does not answer.
    @discardableResult
    func call(_ operation: String, _ arguments: [String: JSON] = [:], within limit: Duration = .seconds(60))
        async throws
        -> JSON
    {
        try self.child.write(line: JSON.object(arguments).adding(["op": .string(operation)]).text)
        let answer = try JSON(text: try await self.child.line(within: limit))
        if answer["ok"] == true { return answer["value"] }
        let error = answer["error"]
        throw ClientFailure(
            operation: operation, code: error["code"].integer, name: error["name"].string ?? "",
            message: error["message"].string ?? "", log: error["log"].string ?? "")
    }
}

/// A Kafka client of one of the libraries: typed calls over `PythonClient`.
struct KafkaClient: Sendable {
    let python: PythonClient

    /// Runs `body` with a client of `library` that is told where and as whom to connect.
    static func run<Result>(
        _ library: KafkaLibrary, bootstrap: String, token: String? = nil, tokenLifetime: Int = 3_600,
        environment: [String: String?] = [:], settings: [String: JSON] = [:],
        isolation: isolated (any Actor)? = #isolation, _ body: (KafkaClient) async throws -> Result
    ) async throws -> Result {
        try await PythonClient.run(library.rawValue, environment: environment) { python in
            let client = KafkaClient(python: python)
            try await client.configure(
                bootstrap: bootstrap, token: token, tokenLifetime: tokenLifetime, settings: settings)
            return try await body(client)
        }
    }

    /// - Parameter settings: the library's own, besides those of the script; confluent-kafka takes them.
    func configure(
        bootstrap: String, token: String? = nil, tokenLifetime: Int = 3_600, settings: [String: JSON] = [:]
    ) async throws {
        var arguments: [String: JSON] = [
            "bootstrap": .string(bootstrap), "token": token.map(JSON.string) ?? .null,
            "lifetime": .integer(tokenLifetime),
        ]
        if !settings.isEmpty { arguments["more"] = .object(settings) }
        try await self.python.call("configure", arguments)
    }

    struct Topic: Equatable {
        var partitions: Int
        var replication: Int
    }

    func topics() async throws -> [String: Topic] {
        let answer = try await self.python.call("list_topics")
        return (answer.object ?? [:]).mapValues {
            Topic(partitions: $0["partitions"].integer ?? -1, replication: $0["replication"].integer ?? -1)
        }
    }

    /// Asks for one topic by name.
    func describe(topic: String) async throws {
        try await self.python.call("describe_topic", ["topic": .string(topic)])
    }

    /// Node ids and the addresses at which the client was told to find them.
    func brokers() async throws -> [String: String] {
        try await self.python.call("brokers").object?.compactMapValues(\.string) ?? [:]
    }

    func create(topic: String, partitions: Int = 1, replication: Int = 1) async throws {
        try await self.python.call(
            "create_topic",
            ["topic": .string(topic), "partitions": .integer(partitions), "replication": .integer(replication)])
    }

    /// - Returns: the offsets of the records.
    @discardableResult
    func produce(_ values: [String], to topic: String, timeout seconds: Int = 15) async throws -> [Int] {
        let answer = try await self.python.call(
            "produce",
            ["topic": .string(topic), "values": .array(values.map(JSON.string)), "timeout": .integer(seconds)])
        return answer.array?.compactMap(\.integer) ?? []
    }

    /// Reads partition 0 by explicit assignment.
    func consume(_ count: Int, from topic: String, offset: Int = 0) async throws -> [String] {
        let answer = try await self.python.call(
            "consume", ["topic": .string(topic), "count": .integer(count), "offset": .integer(offset)])
        return answer.array?.compactMap(\.string) ?? []
    }

    /// Reads more with the consumer of the last `consume` or `join`.
    func consumeMore(_ count: Int) async throws -> [String] {
        try await self.python.call("consume_more", ["count": .integer(count)]).array?.compactMap(\.string) ?? []
    }

    /// Joins a group with a subscription to one topic and reads.
    func join(group: String, topic: String, reading count: Int) async throws -> [String] {
        let answer = try await self.python.call(
            "join_group", ["group": .string(group), "topic": .string(topic), "count": .integer(count)])
        return answer.array?.compactMap(\.string) ?? []
    }

    /// Commits the group's offsets.
    func commit() async throws -> [Int] {
        try await self.python.call("commit").array?.compactMap(\.integer) ?? []
    }

    /// The established connections of the client's process, `local port>remote port`.
    func sockets() async throws -> Set<String> {
        Set(try await self.python.call("sockets").array?.compactMap(\.string) ?? [])
    }

    /// The token for the next time the library asks for one.
    func replace(token: String) async throws {
        try await self.python.call("set_token", ["token": .string(token)])
    }

    /// How often the library asked for a token.
    func tokenCount() async throws -> Int {
        try await self.python.call("token_count").integer ?? 0
    }

    func close() async throws {
        try await self.python.call("close")
    }
}
