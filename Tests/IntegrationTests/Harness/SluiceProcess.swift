import Foundation

/// A `sluice serve` of a test's own: free ports, a data directory that goes with it, ended by its own process id.
final class SluiceProcess: Sendable {
    let child: ChildProcess
    let dataDirectory: String
    /// The management API with the admin token.
    let api: ManagementClient
    /// `host:port` of the sandbox's brokers.
    let sandbox: [String]

    private init(child: ChildProcess, dataDirectory: String, api: ManagementClient, sandbox: [String]) {
        self.child = child
        self.dataDirectory = dataDirectory
        self.api = api
        self.sandbox = sandbox
    }

    /// The built program: `SLUICE_BINARY`, else the one next to the test bundle.
    static let binary: String = {
        if let path = ProcessInfo.processInfo.environment["SLUICE_BINARY"] { return path }
        let tests =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("sluice").path
    }()

    /// Runs `body` with a gateway that is ready. What it logged is part of the failure when `body` throws.
    static func run<Result>(
        sandbox: Bool = true, dataDirectory: String? = nil, arguments: [String] = [], openFiles: Int? = nil,
        isolation: isolated (any Actor)? = #isolation, _ body: (SluiceProcess) async throws -> Result
    ) async throws -> Result {
        try await TemporaryDirectory.run { temporary in
            let sluice = try await self.start(
                sandbox: sandbox, dataDirectory: dataDirectory ?? temporary, arguments: arguments,
                openFiles: openFiles)
            do {
                let result = try await body(sluice)
                await sluice.child.stop()
                return result
            } catch {
                await sluice.child.stop()
                throw FailureWithLog(cause: error, log: sluice.child.errorTail)
            }
        }
    }

    /// Starts a gateway and waits until its readiness probe answers 200. The caller stops it.
    ///
    /// - Parameter openFiles: the most that it may have; nil is what the test has.
    static func start(
        sandbox: Bool = false, dataDirectory: String, arguments: [String] = [], openFiles: Int? = nil
    ) async throws -> SluiceProcess {
        var options = ["serve", "--data-dir", dataDirectory, "--api", "127.0.0.1:0"] + arguments
        if sandbox { options += ["--sandbox", "--sandbox-port", String(try FreePorts.first(of: 3))] }
        // It takes the place of `prlimit`, and so keeps its process id.
        let child =
            try openFiles.map { limit in
                try ChildProcess(
                    "/usr/bin/prlimit", ["--nofile=\(limit):\(limit)", self.binary] + options,
                    environment: self.environment)
            } ?? self.launch(options)
        do {
            let serve = try await eventually("serve.json and readiness", within: .seconds(60)) { () -> JSON? in
                if let status = child.exitStatus { throw ChildFailure(child, "ended with status \(status)") }
                guard let text = try? String(contentsOfFile: "\(dataDirectory)/serve.json", encoding: .utf8),
                    let serve = try? JSON(text: text), serve["pid"].integer == Int(child.processID),
                    let url = serve["api"].string,
                    let answer = try? await ManagementClient(base: url).get("/health/probes/readiness"),
                    answer.status == 200
                else { return nil }
                return serve
            }
            let token = try String(contentsOfFile: "\(dataDirectory)/admin-token", encoding: .utf8)
            return SluiceProcess(
                child: child, dataDirectory: dataDirectory,
                api: ManagementClient(
                    base: serve["api"].string ?? "", token: token.trimmingCharacters(in: .whitespacesAndNewlines)),
                sandbox: serve["sandbox"].array?.compactMap(\.string) ?? [])
        } catch {
            await child.stop()
            throw FailureWithLog(cause: error, log: child.errorTail)
        }
    }

    /// Starts the program with any arguments.
    static func launch(_ arguments: [String]) throws -> ChildProcess {
        try ChildProcess(self.binary, arguments, environment: self.environment)
    }

    /// Runs a subcommand to its end against this gateway's data directory.
    func command(_ arguments: [String], input: String? = nil) async throws -> Completed {
        try await runToEnd(
            Self.binary, arguments + ["--data-dir", self.dataDirectory], input: input, environment: Self.environment)
    }

    /// Waits until the log has a line with all of `parts`.
    func logged(_ parts: String...) async throws {
        try await waitUntil("a log line with \(parts)", within: .seconds(15)) {
            self.child.errorText.split(separator: "\n").contains { line in
                parts.allSatisfy { line.localizedCaseInsensitiveContains($0) }
            }
        }
    }

    /// Nothing of the developer's own settings reaches the program under test.
    private static let environment: [String: String?] = [
        "SLUICE_DATA_DIR": nil, "SLUICE_API": nil, "SLUICE_SANDBOX": nil, "SLUICE_PUBLIC_URL": nil,
        "SLUICE_ADMIN_TOKEN": nil, "XDG_CONFIG_HOME": "/nonexistent",
    ]
}

/// A folder that goes when `body` ends.
enum TemporaryDirectory {
    static func run<Result>(
        isolation: isolated (any Actor)? = #isolation, _ body: (String) async throws -> Result
    ) async throws -> Result {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("sluice-test-\(UUID().uuidString)")
            .path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await body(path)
    }
}

/// What went wrong, and the end of the gateway's log.
struct FailureWithLog: Error, CustomStringConvertible {
    var cause: any Error
    var log: String

    var description: String { "\(self.cause)\n--- the gateway's log ends:\n\(self.log)" }
}
