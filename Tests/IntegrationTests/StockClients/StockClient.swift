import Foundation
import Testing

/// A client as its makers ship it, and the script that does with it all that it can.
enum StockClient: String, CaseIterable, CustomTestStringConvertible {
    case confluent = "confluent_observer"
    case kafkaPython = "kafka_python_observer"
    case kafkaCommands = "kafka_commands_observer"
    case aiokafka = "aiokafka_observer"
    case kcat = "kcat_observer"
    case sarama = "sarama_observer"

    static let available = Self.allCases.filter { $0 != .sarama || Prerequisites.allowGo }

    var testDescription: String {
        switch self {
        case .confluent: "confluent-kafka"
        case .kafkaPython: "kafka-python"
        case .kafkaCommands: "python -m kafka"
        case .aiokafka: "aiokafka"
        case .kcat: "kcat"
        case .sarama: "Sarama"
        }
    }

    /// Debian's kcat and the command line of kafka-python cannot carry a token: they come as anonymous.
    private var carriesToken: Bool { self != .kcat && self != .kafkaCommands }

    /// What the client saw, step by step.
    ///
    /// - Parameter prefix: of the names that it makes up, told as `~`.
    func observe(_ operation: String, at bootstrap: String, prefix: String, token: String? = nil) async throws
        -> [String: JSON]
    {
        var arguments: [String: JSON] = ["bootstrap": .string(bootstrap), "prefix": .string(prefix)]
        if let token, self.carriesToken { arguments["token"] = .string(token) }
        let command = arguments
        return try await PythonClient.run(self.rawValue) { python in
            try await python.call(operation, command, within: .seconds(120)).object ?? [:]
        }
    }

    /// What it sees with some rights where a broker has the same rules: by step, without those that tell nothing.
    func expectedWithSomeRights() throws -> [String: JSON] {
        let url = try #require(Bundle.module.resourceURL)
        let file = url.appendingPathComponent("Clients/SomeRights/\(self.rawValue).json")
        return try JSON(text: String(contentsOf: file, encoding: .utf8)).object ?? [:]
    }
}
