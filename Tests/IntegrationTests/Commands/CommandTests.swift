import Foundation
import Testing

extension IntegrationSuite {
    /// The command line, as a script uses it.
    @Suite(.serialized) struct CommandTests {
        @Test func `token fetch prints a token that token check accepts, and a wrong secret is told apart`()
            async throws
        {
            try await SluiceProcess.run(sandbox: true) { sluice in
                let quickstart = try await Quickstart(sluice.api, bootstrapServers: sluice.sandbox, brokers: 3)
                let arguments = ["token", "fetch", "--issuer", quickstart.issuer, "--client-id", quickstart.clientID]
                func fetch(_ more: [String]) async throws -> Completed {
                    try await runToEnd(SluiceProcess.binary, arguments + more)
                }
                let plain = try await fetch(["--client-secret", quickstart.clientSecret, "--scope", "my-scope"])
                #expect(plain.status == 0, "\(plain.errors)")
                #expect(plain.errors.contains("--client-secret is on the command line"), "\(plain.errors)")
                for (more, input, environment) in [
                    (["--client-secret-file", "-"], quickstart.clientSecret as String?, [:]),
                    (["--client-secret", "-"], quickstart.clientSecret, [:]),
                    ([], nil, ["SLUICE_CLIENT_SECRET": quickstart.clientSecret as String?]),
                ] {
                    let quiet = try await runToEnd(
                        SluiceProcess.binary, arguments + more, input: input, environment: environment)
                    #expect(quiet.status == 0 && quiet.errors.isEmpty, "\(quiet.errors)")
                }
                let token = plain.output.trimmingCharacters(in: .whitespacesAndNewlines)
                #expect(Tokens.claims(of: token)["scope"] == "my-scope")
                let json = try await fetch(["--client-secret", quickstart.clientSecret, "--json"])
                #expect(try json.json["token_type"] == "Bearer")

                let wrong = try await fetch(["--client-secret", "wrong"])
                #expect(wrong.status == 3)
                #expect(wrong.errors.contains("invalid_client"), "\(wrong.errors)")
                #expect(wrong.output.isEmpty)

                let check = ["token", "check", "--virtual-cluster", "example_virtual_cluster"]
                let accepted = try await sluice.command(check + [token])
                #expect(accepted.status == 0)
                #expect(accepted.output.contains(quickstart.clientID))
                let altered = try await sluice.command(check + ["--json", Tokens.alteringSignature(of: token)])
                #expect(altered.status == 3)
                #expect(try altered.json["accepted"] == false)
                let failed = (try altered.json["checks"].array ?? []).first { $0["outcome"] == "failed" }
                #expect(
                    failed?["name"].string?.localizedCaseInsensitiveContains("signature") == true, "\(altered.output)")
                #expect(failed?["detail"].string?.isEmpty == false)
                let unknown = try await sluice.command(["token", "check", "--virtual-cluster", "nosuch", token])
                #expect(unknown.status != 0)
                #expect(unknown.errors.contains("nosuch"), "\(unknown.errors)")
            }
        }

        @Test func `decisions --follow shows a decision when it is taken`() async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                let quickstart = try await Quickstart(sluice.api, bootstrapServers: sluice.sandbox, brokers: 3)
                let follower = try SluiceProcess.launch(
                    ["decisions", "--follow", "--json", "--data-dir", sluice.dataDirectory])
                do {
                    try await RawConnection.run(port: quickstart.port) { client in
                        _ = try await client.metadata(topics: ["no-such-topic"])
                    }
                    let decision = try JSON(text: try await follower.line(within: .seconds(20)))
                    #expect(decision["verdict"] == "denied")
                    #expect(decision["resource_name"] == "no-such-topic")
                    #expect(decision["operation"] == "describe")
                } catch {
                    await follower.stop()
                    throw error
                }
                await follower.stop()

                let table = try await sluice.command(["live", "--once"])
                #expect(table.status == 0)
                #expect(table.output.contains("anonymous"))
                #expect(table.output.contains("example_listener"))
            }
        }

        @Test func `decisions --follow goes on after the instance was started again`() async throws {
            try await TemporaryDirectory.run { directory in
                let arguments = ["--api", "127.0.0.1:\(try FreePorts.first(of: 1))"]
                func denied(_ topic: String, _ quickstart: Quickstart) async throws {
                    try await RawConnection.run(port: quickstart.port) { client in
                        _ = try await client.metadata(topics: [topic])
                    }
                }
                // It outlives the instance.
                let brokers = try FreePorts.first(of: 3)
                let sandbox = try SluiceProcess.launch(["sandbox", "--port", String(brokers)])
                var started = [sandbox]
                do {
                    try await waitUntil("the sandbox to listen") { await RawConnection.isAccepted(port: brokers) }
                    let first = try await SluiceProcess.start(dataDirectory: directory, arguments: arguments)
                    started.append(first.child)
                    let quickstart = try await Quickstart(
                        first.api, bootstrapServers: ["localhost:\(brokers)"], brokers: 3)
                    let follower = try SluiceProcess.launch(
                        ["decisions", "--follow", "--json", "--data-dir", directory])
                    started.append(follower)
                    try await denied("before", quickstart)
                    #expect(try JSON(text: try await follower.line(within: .seconds(20)))["resource_name"] == "before")
                    await first.child.stop()
                    try await waitUntil("the follower to say that nobody answers") {
                        follower.errorText.contains("Trying again until it answers.")
                    }
                    try await SluiceProcess.run(sandbox: false, dataDirectory: directory, arguments: arguments) {
                        _ in
                        try await waitUntil("the follower to be back", within: .seconds(30)) {
                            follower.errorText.contains("answers again")
                        }
                        try await denied("after", quickstart)
                        let line = try await follower.line(within: .seconds(20))
                        #expect(try JSON(text: line)["resource_name"] == "after")
                    }
                    #expect(follower.exitStatus == nil)
                } catch {
                    for child in started { await child.stop() }
                    throw error
                }
                for child in started { await child.stop() }
            }
        }

        @Test func `a word that is no command is wrong use, also with --help`() async throws {
            for arguments in [["frobnicate", "--help"], ["frobnicate"], ["token", "frobnicate"]] {
                let answer = try await runToEnd(SluiceProcess.binary, arguments)
                #expect(answer.status == 2)
                #expect(answer.output.isEmpty)
                #expect(answer.errors.contains("There is no command"), "\(answer.errors)")
            }
        }

        @Test func `the sandbox runs alone and says what it is for`() async throws {
            let port = try FreePorts.first(of: 3)
            let sandbox = try SluiceProcess.launch(["sandbox", "--port", String(port)])
            do {
                try await waitUntil("the sandbox to listen") {
                    if let status = sandbox.exitStatus { throw ChildFailure(sandbox, "ended with status \(status)") }
                    return await RawConnection.isAccepted(port: port)
                }
                let metadata = try await Kcat.metadata(bootstrap: "127.0.0.1:\(port)")
                #expect(metadata.brokers.keys.sorted() == ["0", "1", "2"])
                #expect(sandbox.errorText.localizedCaseInsensitiveContains("learning"))
                sandbox.signal(SIGTERM)
                #expect(try await sandbox.exited() == 0)
            } catch {
                await sandbox.stop()
                throw error
            }
        }

        @Test func `limits come from flags, environment and file, and a wrong one is refused with the way out`()
            async throws
        {
            try await TemporaryDirectory.run { directory in
                let file = "\(directory)/config.toml"
                func serve(
                    _ arguments: [String] = [], file text: String = "", environment: [String: String?] = [:]
                ) async throws -> Completed {
                    try text.write(toFile: file, atomically: true, encoding: .utf8)
                    return try await runToEnd(
                        SluiceProcess.binary,
                        ["serve", "--config", file, "--data-dir", directory, "--api", "127.0.0.1:0"] + arguments,
                        environment: environment)
                }
                let answers = [
                    try await serve(["--max-request-bytes", "many"]),
                    try await serve(environment: ["SLUICE_MAX_REQUEST_BYTES": "many"]),
                    try await serve(file: "max-request-bytes = \"many\""),
                ]
                for answer in answers {
                    #expect(answer.status == 2)
                    #expect(
                        answer.errors.contains("max-request-bytes is 'many'; it must be 1024 to"), "\(answer.errors)")
                }
                // Numbers and booleans of the file are values, and what is neither is not passed over.
                let number = try await serve(file: "max-request-bytes = 7")
                #expect(number.status == 2)
                #expect(number.errors.contains("max-request-bytes is '7'"), "\(number.errors)")
                let boolean = try await serve(file: "idle-timeout = true")
                #expect(
                    boolean.errors.contains("has idle-timeout = true; it must be a text such as"), "\(boolean.errors)")
                let list = try await serve(file: "api = [1]")
                #expect(list.status == 2)
                #expect(list.errors.contains("has api = a value of type array"), "\(list.errors)")
                let format = try await serve(["--log-format", "xml"])
                #expect(format.status == 2)
                #expect(format.errors.contains("log-format is 'xml'; it must be one of text, json."))
            }
        }

        @Test func `a log in JSON is one object a line, whatever a client calls itself`() async throws {
            let arguments = ["--log-format", "json", "--log-level", "debug", "--idle-timeout", "5m"]
            try await SluiceProcess.run(sandbox: true, arguments: arguments) { sluice in
                let quickstart = try await Quickstart(sluice.api, bootstrapServers: sluice.sandbox, brokers: 3)
                try await RawConnection.run(port: quickstart.port) { _ = try await $0.apiVersions() }
                try await waitUntil("a line about the client", within: .seconds(20)) {
                    sluice.child.errorText.contains("client disconnected")
                }
                for line in sluice.child.errorText.split(separator: "\n").dropLast() {
                    #expect(throws: Never.self, "\(line)") { try JSON(text: String(line)) }
                }
            }
        }

        @Test func `flags of a sandbox that is not started are refused`() async throws {
            try await TemporaryDirectory.run { directory in
                let serve = try await runToEnd(
                    SluiceProcess.binary,
                    ["serve", "--data-dir", directory, "--api", "127.0.0.1:0", "--sandbox-port", "0"],
                    environment: ["SLUICE_SANDBOX": nil, "XDG_CONFIG_HOME": "/nonexistent"])
                #expect(serve.status == 2)
                #expect(serve.errors.contains("--sandbox-port is given, and no sandbox is started"), "\(serve.errors)")
                let alone = try await runToEnd(SluiceProcess.binary, ["sandbox", "--sandbox-port", "70000"])
                #expect(alone.errors.contains("it is 70000"), "\(alone.errors)")
            }
        }

        @Test func `a document without content and a directory that cannot be made are told in sentences`() async throws
        {
            let empty = try await runToEnd(SluiceProcess.binary, ["validate", "-f", "-"], input: "")
            #expect(empty.errors.contains("-: the document is empty"), "\(empty.errors)")
            let backup = try await runToEnd(
                SluiceProcess.binary, ["serve", "--data-dir", "/proc/none", "--api", "127.0.0.1:0"])
            #expect(backup.status == 1)
            #expect(
                backup.errors.contains("/proc/none cannot be created: No such file or directory"), "\(backup.errors)")
        }

        @Test func `wrong use ends with status 2, help with 0, a missing instance with 1`() async throws {
            try await TemporaryDirectory.run { directory in
                let wrong = try await runToEnd(SluiceProcess.binary, ["serve", "--no-such-option"])
                #expect(wrong.status == 2)
                #expect(wrong.errors.contains("--no-such-option"))
                let help = try await runToEnd(SluiceProcess.binary, ["--help"])
                #expect(help.status == 0)
                #expect(help.output.contains("serve"))
                let nobody = try await runToEnd(
                    SluiceProcess.binary, ["live", "--once", "--json", "--data-dir", directory])
                #expect(nobody.status == 1)
                #expect(nobody.errors.contains("sluice serve"), "\(nobody.errors)")
            }
        }
    }
}
