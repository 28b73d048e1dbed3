import Foundation
import Testing

extension IntegrationSuite {
    /// The walkthrough without a screen.
    @Suite(.serialized) struct SetupCommandTests {
        /// Answers nothing but where there is room for another listener.
        private static func answers() throws -> (text: String, port: Int) {
            let port = try FreePorts.first(of: 4)
            return ("listener: {ports: ['\(port)-\(port + 3)']}", port)
        }

        @Test func `a nearly empty answers file sets up the tutorial on the sandbox that runs`() async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                let (text, port) = try Self.answers()
                let done = try await sluice.command(["setup", "--answers", "-", "--json"], input: text)
                #expect(done.status == 0, "\(done.errors)")
                let outcome = try done.json
                #expect(outcome["created"].array?.count == 10)
                let proof = outcome["proof"].array ?? []
                #expect(proof.map { $0["topics"].array?.compactMap(\.string) } == [["my-test-topic"], []])
                #expect(proof.allSatisfy { $0["topics"] == $0["predicted"] })

                // What it made is what a client of today needs, and nobody else gets in.
                let secret = try #require(outcome["client_secret"].string)
                let fetched = try await runToEnd(
                    SluiceProcess.binary,
                    [
                        "token", "fetch", "--issuer", outcome["issuer"].string ?? "", "--client-id",
                        outcome["client_id"].string ?? "", "--client-secret", secret, "--scope", "my-scope",
                    ])
                #expect(fetched.status == 0, "\(fetched.errors)")
                let anonymous = try await Kcat.metadata(bootstrap: "localhost:\(port)")
                #expect(anonymous.topics.isEmpty)

                let again = try await sluice.command(["setup", "--answers", "-"], input: text)
                #expect(again.status == 1)
                #expect(again.errors.contains("'event-gateway-quickstart' exists already"), "\(again.errors)")
                #expect(try await sluice.api.get("/v1/event-gateways").json["data"].array?.count == 1)
            }
        }

        @Test func `when the proof fails, the secret is told all the same`() async throws {
            try await SluiceProcess.run(sandbox: false) { sluice in
                let nobody = try FreePorts.first(of: 1)
                let text = try Self.answers().text + "\nbackend: {bootstrap_servers: ['localhost:\(nobody)']}"
                let done = try await sluice.command(["setup", "--answers", "-", "--json"], input: text)
                #expect(done.status == 1)
                #expect(done.errors.contains("Everything was created, but the proof failed"), "\(done.errors)")
                #expect(try done.json["client_secret"].string?.isEmpty == false)
                #expect(try done.json["created"].array?.count == 10)
            }
        }

        @Test func `questions begin a step on a line of its own, and answers that end change nothing`() async throws {
            try await SluiceProcess.run(sandbox: false) { sluice in
                let asked = try await sluice.command(["setup", "--plain"], input: "")
                #expect(asked.status == 1)
                #expect(asked.output.hasPrefix("Step 1 of 8, "), "\(asked.output)")
                #expect(asked.output.split(separator: "\n").count > 1)
                #expect(!asked.output.contains("\\n"), "\(asked.output)")
                #expect(asked.errors.contains("nothing was created"), "\(asked.errors)")
                #expect(try await sluice.api.get("/v1/event-gateways").json["data"].array?.isEmpty == true)
            }
        }

        @Test func `what would be made is shown without making it, and a wrong file is told in full`() async throws {
            try await SluiceProcess.run(sandbox: false) { sluice in
                let dry = try await sluice.command(["setup", "--answers", "-", "--dry-run"], input: "")
                #expect(dry.status == 0, "\(dry.errors)")
                #expect(dry.output.split(separator: "\n").filter { $0.hasPrefix("POST ") }.count == 10)
                let wrong = try await sluice.command(
                    ["setup", "--answers", "-"], input: "gateway: {nam: x}\nlistener: {ports: [http]}\nacl: no\n")
                #expect(wrong.status == 1)
                for part in ["gateway.nam", "acl must be a mapping"] {
                    #expect(wrong.errors.contains(part), "\(wrong.errors)")
                }
                let ports = try await sluice.command(["setup", "--answers", "-"], input: "listener: {ports: [http]}")
                #expect(ports.errors.contains("listener.ports"), "\(ports.errors)")
                #expect(try await sluice.api.get("/v1/event-gateways").json["data"].array?.isEmpty == true)
            }
        }
    }
}
