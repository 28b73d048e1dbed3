import Testing

extension IntegrationSuite {
    /// A process that can open no more files.
    @Suite(.serialized) struct OpenFilesTests {
        private static let openFiles = 200

        /// Holds more connections open than the process may have files, while `body` runs.
        private static func crowd(port: Int, _ body: () async throws -> Void) async throws {
            try await Connections.run(count: Self.openFiles + 50, port: port, body)
        }

        @Test func `more clients than there is room for are turned away, and the gateway lives`() async throws {
            try await SluiceProcess.run(sandbox: true, openFiles: Self.openFiles) { sluice in
                let quickstart = try await Quickstart(sluice.api, bootstrapServers: sluice.sandbox, brokers: 3)
                try await Self.crowd(port: quickstart.port) {
                    // The management API answers, and says what is the matter.
                    try await waitUntil("the listener to be WARN for want of files") {
                        let status = try await quickstart.liveView().component("listener", "example_listener")
                        return status?.state == "WARN" && status?.reason.contains("open files") == true
                    }
                    try await waitUntil("readiness to be degraded") {
                        try await sluice.api.get("/health/probes/readiness").text.contains("degraded")
                    }
                    try await sluice.logged("listener is WARN", "open files")
                    // One more is closed at once, without a word.
                    try await RawConnection.run(port: quickstart.port) { try await $0.closed(within: .seconds(5)) }
                    // The database and the key sets are within reach.
                    #expect(try await sluice.api.get("/v1/event-gateways").status == 200)
                    _ = try await quickstart.token()
                }
                try await waitUntil("a client to be served again") {
                    (try? await Kcat.metadata(bootstrap: quickstart.bootstrap))?.brokers.count == 3
                }
                // Each gives its place back, that of its broker's side included.
                for _ in 0..<Self.openFiles {
                    try await RawConnection.run(port: quickstart.port) { _ = try await $0.metadata(topics: []) }
                }
                try await waitUntil("the listener to be UP again") {
                    try await quickstart.liveView().component("listener", "example_listener")?.state == "UP"
                }
            }
        }

        @Test func `a crowd at the management API does not take the room of clients`() async throws {
            try await SluiceProcess.run(sandbox: true, openFiles: Self.openFiles) { sluice in
                let quickstart = try await Quickstart(sluice.api, bootstrapServers: sluice.sandbox, brokers: 3)
                let port = Int(sluice.api.base.split(separator: ":").last ?? "") ?? 0
                try await Self.crowd(port: port) {
                    let seen = try await Kcat.metadata(bootstrap: quickstart.bootstrap)
                    #expect(seen.brokers.count == 3)
                }
                try await waitUntil("the management API to answer again") {
                    (try? await sluice.api.get("/v1/event-gateways"))?.status == 200
                }
            }
        }
    }
}
