import Foundation
import Testing

extension IntegrationSuite {
    /// Commands whose reader leaves, and whose output has no room.
    @Suite(.serialized) struct OutputEndTests {
        private static let brokenPipe: Int32 = 128 + SIGPIPE

        /// Runs a line of a shell, in which `$S` is the program and `$D` a data directory.
        private func shell(_ line: String, directory: String = "/nonexistent") async throws -> Completed {
            try await runToEnd(
                "bash", ["-o", "pipefail", "-c", line],
                environment: ["S": SluiceProcess.binary, "D": directory, "SLUICE_ADMIN_TOKEN": nil])
        }

        @Test(arguments: ["apis", "apis --json", "--help", "theme list", "--generate-completion-script bash"])
        func `output that cannot be written ends a command with a sentence`(command: String) async throws {
            let full = try await self.shell("$S \(command) > /dev/full")
            #expect(full.status == 1)
            #expect(full.errors == "sluice: The output cannot be written: No space left on device.\n")
            let closed = try await self.shell("$S \(command) >&-")
            #expect(closed.status == 1)
            #expect(closed.errors == "sluice: The output cannot be written: standard output is closed.\n")
            // Nobody can be told, and it ends all the same.
            #expect(try await self.shell("$S \(command) >&- 2>&-").status == 1)
        }

        @Test func `input that is closed or a folder is told`() async throws {
            let closed = try await self.shell("$S validate -f - <&-")
            #expect(closed.status == 1)
            #expect(closed.errors == "sluice: Standard input is closed: there is nothing to read.\n")
            let folder = try await self.shell("$S validate -f - < /")
            #expect(folder.status == 1)
            #expect(folder.errors == "sluice: Standard input cannot be read: Is a directory.\n")
        }

        @Test func `a reader that leaves ends a command without a word`() async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                let quickstart = try await Quickstart(sluice.api, bootstrapServers: sluice.sandbox, brokers: 3)
                try await RawConnection.run(port: quickstart.port) { client in
                    // Denials, so that there is something to follow.
                    let talk = Task {
                        while !Task.isCancelled {
                            _ = try await client.metadata(topics: ["no-such-topic"])
                            try await Task.sleep(for: .milliseconds(100))
                        }
                    }
                    defer { talk.cancel() }
                    for command in [
                        "live --interval 0.25", "live --json --interval 0.25", "decisions --follow",
                        "decisions --follow --json",
                    ] {
                        let ended = try await self.shell(
                            "$S \(command) --data-dir $D | head -1", directory: sluice.dataDirectory)
                        #expect(ended.status == Self.brokenPipe, "\(command)")
                        #expect(ended.errors.isEmpty, "\(ended.errors)")
                        #expect(!ended.output.isEmpty)
                    }
                }
            }
        }

        @Test func `a tail whose reader left ends, also when there is nothing to tell`() async throws {
            try await SluiceProcess.run(sandbox: false) { sluice in
                try #require(try await sluice.api.post("/v1/event-gateways", ["name": "only"]).status == 201)
                for command in ["audit --follow", "audit --follow --json", "live --plain", "decisions --follow"] {
                    let ended = try await self.shell("$S \(command) --data-dir $D | :", directory: sluice.dataDirectory)
                    #expect(ended.status == Self.brokenPipe, "\(command)")
                    #expect(ended.errors.isEmpty, "\(ended.errors)")
                }
            }
        }

        @Test func `changes are made to their end when nobody reads how they go`() async throws {
            try await SluiceProcess.run(sandbox: false) { sluice in
                let gateways = (0..<5).map { "  - name: gateway-\($0)\n" }.joined()
                try await TemporaryDirectory.run { folder in
                    let file = "\(folder)/wanted.yaml"
                    try "gateways:\n\(gateways)".write(toFile: file, atomically: true, encoding: .utf8)
                    let ended = try await self.shell(
                        "$S apply --yes -f \(file) --data-dir $D | head -c 1", directory: sluice.dataDirectory)
                    #expect([0, Self.brokenPipe].contains(ended.status), "\(ended.errors)")
                    #expect(ended.errors.isEmpty, "\(ended.errors)")
                }
                // Either nothing was begun, because the plan already found no reader, or all was done.
                let count = try await sluice.api.get("/v1/event-gateways").json["data"].array?.count
                #expect(count == 0 || count == 5)
            }
        }
    }
}
