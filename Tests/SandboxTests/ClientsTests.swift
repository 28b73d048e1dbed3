import Foundation
import Logging
import NIOCore
import Testing

@testable import Sandbox

/// Stock clients against a running sandbox. A client that is not installed is passed over, unless `SLUICE_REQUIRE_CLIENTS=1` is set.
@Suite(.serialized) struct `Stock clients` {
    private static let requiresClients = ProcessInfo.processInfo.environment["SLUICE_REQUIRE_CLIENTS"] == "1"
    /// `python3`, or the one that SLUICE_PYTHON names.
    private static let python = ProcessInfo.processInfo.environment["SLUICE_PYTHON"] ?? "python3"
    /// The script's exit status when the client is not there.
    private static let notInstalled: Int32 = 77

    @Test(
        .timeLimit(.minutes(3)),
        arguments: [
            "kcat", "confluent-kafka", "kafka-python", "aiokafka", "confluent-kafka-transactions",
            "kafka-python-transactions", "aiokafka-transactions", "confluent-kafka-consumer-groups",
            "confluent-kafka-admin", "kafka-python-admin", "confluent-kafka-share-groups",
        ])
    func `work as against a real cluster`(client: String) async throws {
        let cluster = try await SandboxCluster.start(.onFreePorts, logger: Logger(label: "sandbox"))
        let script = try #require(
            Bundle.module.url(forResource: "clients", withExtension: "py", subdirectory: "Clients"))
        let result = try await Self.run([Self.python, script.path, client, cluster.bootstrapServers])
        await cluster.shutdown()
        if result.status == Self.notInstalled || result.status == 127, !Self.requiresClients {
            try Test.cancel("\(client) is not installed: \(result.output)")
        }
        #expect(result.status == 0, "\(client): \(result.output)")
    }

    /// Runs a program to its end, with what it wrote.
    private static func run(_ arguments: [String]) async throws -> (status: Int32, output: String) {
        let log = FileManager.default.temporaryDirectory.appending(path: "sandbox-client-\(UUID().uuidString).log")
        _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: log) }
        let handle = try FileHandle(forWritingTo: log)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.standardOutput = handle
        process.standardError = handle
        let status = try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        try handle.close()
        return (status, String(decoding: try Data(contentsOf: log).suffix(4000), as: UTF8.self))
    }
}

extension SandboxConfiguration {
    /// Three brokers on any free ports, and groups that do not wait for company.
    static var onFreePorts: SandboxConfiguration {
        var configuration = SandboxConfiguration()
        configuration.ports = [0, 0, 0]
        configuration.advertisedHost = "127.0.0.1"
        configuration.initialRebalanceDelay = .milliseconds(100)
        configuration.consumerHeartbeatInterval = .milliseconds(200)
        return configuration
    }
}
