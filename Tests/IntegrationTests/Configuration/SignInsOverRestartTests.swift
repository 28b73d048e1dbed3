import Foundation
import Synchronization
import Testing

extension IntegrationSuite {
    /// Clients that come back while an instance with its own auth server restarts are not refused: most take a refusal
    /// for final. `Tests/Benchmarks/restart` does the same with more clients and restarts.
    @Suite(.serialized) struct SignInsOverRestartTests {
        private static let clients = 50
        private static let restarts = 2

        /// What clients were told.
        private final class Tally: Sendable {
            private struct State {
                /// Those that have signed in since the last start.
                var accepted: Set<Int> = []
                var refusals: [String] = []
            }

            private let state = Mutex(State())

            var refusals: [String] { self.state.withLock { $0.refusals } }

            func begin() { self.state.withLock { $0.accepted = [] } }

            func count(_ answer: RawConnection.SASLAnswer, of client: Int) {
                self.state.withLock { state in
                    if answer.error == 0, answer.bytes.isEmpty {
                        state.accepted.insert(client)
                    } else {
                        state.refusals.append("\(answer)")
                    }
                }
            }

            /// Until every client has signed in, or one was refused.
            func isSettled(clients: Int) -> Bool {
                self.state.withLock { $0.accepted.count == clients || !$0.refusals.isEmpty }
            }
        }

        @Test func `no client is refused while an instance restarts`() async throws {
            try await TemporaryDirectory.run { directory in
                let brokers = try await SluiceProcess.start(sandbox: true, dataDirectory: "\(directory)/brokers")
                do {
                    try await Self.restart(brokers: brokers.sandbox, data: "\(directory)/data")
                } catch {
                    await brokers.child.stop()
                    throw error
                }
                await brokers.child.stop()
            }
        }

        private static func restart(brokers: [String], data: String) async throws {
            let arguments = ["--api", "127.0.0.1:\(try FreePorts.first(of: 1))"]
            var sluice = try await SluiceProcess.start(dataDirectory: data, arguments: arguments)
            do {
                let quickstart = try await Quickstart(sluice.api, bootstrapServers: brokers, brokers: 3)
                let token = try await quickstart.token()
                let port = quickstart.port
                let tally = Tally()
                sluice = try await withThrowingTaskGroup(of: Void.self) { group in
                    for client in 0..<self.clients {
                        group.addTask {
                            while !Task.isCancelled {
                                let told = try? await RawConnection.run(port: port) {
                                    try await $0.signIn(token: token)
                                }
                                // A connection that is not taken, or closed without an answer, is no refusal.
                                if let answer = told.flatMap({ $0 }) { tally.count(answer, of: client) }
                                try? await Task.sleep(for: .milliseconds(5))
                            }
                        }
                    }
                    var running = sluice
                    for _ in 0..<self.restarts {
                        try await waitUntil("every client to sign in", within: .seconds(60)) {
                            tally.isSettled(clients: self.clients)
                        }
                        running.child.signal(SIGTERM)
                        #expect(try await running.child.exited() == 0)
                        tally.begin()
                        running = try await SluiceProcess.start(dataDirectory: data, arguments: arguments)
                    }
                    try await waitUntil("every client to sign in again", within: .seconds(60)) {
                        tally.isSettled(clients: self.clients)
                    }
                    group.cancelAll()
                    return running
                }
                #expect(tally.refusals == [])
            } catch {
                await sluice.child.stop()
                throw error
            }
            await sluice.child.stop()
        }
    }
}
