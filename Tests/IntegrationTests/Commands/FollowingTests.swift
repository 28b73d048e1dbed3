import Foundation
import Testing

extension IntegrationSuite {
    /// Commands that follow an instance which is started again.
    @Suite(.serialized) struct FollowingTests {
        /// Starts an instance and `command`, ends the instance, and starts another in its place.
        ///
        /// - Parameter said: where the command reports an absence.
        private func restart(
            _ command: [String], said: @escaping (ChildProcess) -> String,
            during: (ManagementClient, ChildProcess) async throws -> Void
        ) async throws {
            try await TemporaryDirectory.run { directory in
                let arguments = ["--api", "127.0.0.1:\(try FreePorts.first(of: 1))"]
                let first = try await SluiceProcess.start(dataDirectory: directory, arguments: arguments)
                var started = [first.child]
                do {
                    try #require(try await first.api.post("/v1/event-gateways", ["name": "before"]).status == 201)
                    let follower = try SluiceProcess.launch(command + ["--data-dir", directory])
                    started.append(follower)
                    try await during(first.api, follower)
                    await first.child.stop()
                    try await waitUntil("the follower to say that nobody answers") {
                        said(follower).contains("Trying again until it answers.")
                    }
                    try await SluiceProcess.run(sandbox: false, dataDirectory: directory, arguments: arguments) {
                        second in
                        try await waitUntil("the follower to be back") { said(follower).contains("answers again") }
                        try #require(
                            try await second.api.post("/v1/event-gateways", ["name": "after"]).status == 201)
                        try await during(second.api, follower)
                        #expect(follower.exitStatus == nil)
                    }
                } catch {
                    for child in started.reversed() { await child.stop() }
                    throw error
                }
                for child in started.reversed() { await child.stop() }
            }
        }

        @Test func `audit --follow goes on after the instance was started again`() async throws {
            try await self.restart(["audit", "--follow", "--json"], said: \.errorText) { _, follower in
                let change = try JSON(text: try await follower.line(within: .seconds(20)))
                #expect(change["action"] == "created")
            }
        }

        @Test func `live goes on after the instance was started again`() async throws {
            try await self.restart(
                ["live", "--json", "--interval", "0.25", "--gateway", "before"], said: \.errorText
            ) { _, follower in
                let view = try JSON(text: try await follower.line(within: .seconds(20)))
                #expect(view["connections"].array?.isEmpty == true)
            }
        }

        @Test func `watch of the console without a screen says that the instance is away, and is back`() async throws {
            try await self.restart(["console", "--plain"], said: \.outputText) { _, console in
                guard !console.outputText.contains("Watching.") else { return }
                try console.write(line: "watch")
                try await waitUntil("the watch to begin") { console.outputText.contains("Watching.") }
            }
        }
    }
}
