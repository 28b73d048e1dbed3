import Foundation
import NIOCore
import NIOPosix
import Testing

extension IntegrationSuite {
    /// The walkthrough without a screen.
    @Suite(.serialized) struct SetupCommandTests {
        /// Answers nothing but where there is room for another listener.
        private static func answers() throws -> (text: String, port: Int) {
            let port = try FreePorts.first(of: 4)
            return ("listener: {ports: ['\(port)-\(port + 3)']}", port)
        }

        @Test func `a nearly empty answers file sets up a gateway on the sandbox that runs`() async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                let (text, port) = try Self.answers()
                let done = try await sluice.command(["setup", "--answers", "-", "--json"], input: text)
                #expect(done.status == 0, "\(done.errors)")
                let outcome = try done.json
                #expect(outcome["created"].array?.count == 9)
                let proof = outcome["proof"].array ?? []
                #expect(proof.map { $0["topics"].array?.compactMap(\.string) } == [["hello"], []])
                #expect(proof.allSatisfy { $0["topics"] == $0["predicted"] })

                // What it made is what a client of today needs, and nobody else gets in.
                let secret = try #require(outcome["client_secret"].string)
                let fetched = try await runToEnd(
                    SluiceProcess.binary,
                    [
                        "token", "fetch", "--issuer", outcome["issuer"].string ?? "", "--client-id",
                        outcome["client_id"].string ?? "", "--client-secret", secret, "--scope", "kafka",
                    ])
                #expect(fetched.status == 0, "\(fetched.errors)")
                let anonymous = try await Kcat.metadata(bootstrap: "localhost:\(port)")
                #expect(anonymous.topics.isEmpty)

                let again = try await sluice.command(["setup", "--answers", "-"], input: text)
                #expect(again.status == 1)
                #expect(again.errors.contains("'main' exists already"), "\(again.errors)")
                #expect(try await sluice.api.get("/v1/event-gateways").json["data"].array?.count == 1)
            }
        }

        @Test func `--client-config prints nothing but a configuration, which works`() async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                try await TemporaryDirectory.run { directory in
                    let (text, port) = try Self.answers()
                    let done = try await sluice.command(
                        ["setup", "--answers", "-", "--client-config", "python"], input: text)
                    #expect(done.status == 0, "\(done.errors)")
                    #expect(done.errors.contains("created  client 'first-client'"))
                    let path = "\(directory)/client.py"
                    try done.output.write(toFile: path, atomically: true, encoding: .utf8)
                    let secret = try #require(
                        done.output.firstMatch(of: /client\.secret": "([a-z0-9]+)"/)?.output.1)
                    #expect(!done.errors.contains(secret), "the secret is in one place")
                    #expect(done.output.contains("localhost:\(port)"))
                    try await ClosingPage.readsThroughTheGateway(script: path)
                }
            }
        }

        @Test func `the Python client fails when its message is not delivered`() async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                try await TemporaryDirectory.run { directory in
                    let done = try await sluice.command(
                        ["setup", "--answers", "-", "--json", "--client-config", "python"], input: Self.answers().text)
                    let outcome = try done.json
                    let path = "\(directory)/client.py"
                    try (outcome["client_config"].string ?? "").write(toFile: path, atomically: true, encoding: .utf8)
                    let policies =
                        "/v1/event-gateways/\(outcome["gateway"].string ?? "")/virtual-clusters/"
                        + "\(outcome["virtual_cluster"].string ?? "")/cluster-policies"
                    let policy = try await sluice.api.get(policies).json[0]["id"].string ?? ""
                    try #require(try await sluice.api.delete("\(policies)/\(policy)").status == 204)
                    let sent = try await runToEnd(Prerequisites.python, [path, "hello"])
                    #expect(sent.status == 1)
                    #expect(sent.output.isEmpty, "\(sent.output)")
                    #expect(sent.errors.contains("not sent: "), "\(sent.errors)")
                }
            }
        }

        @Test func `without a choice the pages of all clients are printed`() async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                let text = try Self.answers().text
                let done = try await sluice.command(["setup", "--answers", "-", "--skip-proof"], input: text)
                #expect(done.status == 0, "\(done.errors)")
                let secret = try #require(done.output.firstMatch(of: /client secret +([^ ]+)/)?.output.1)
                #expect(done.output.components(separatedBy: secret).count == 2, "the secret is printed once")
                for part in ["Python: client.py", "kcat -F kcat.conf", "OAuthBearerLoginModule", "librdkafka.conf"] {
                    #expect(done.output.contains(part), "\(done.output)")
                }
                let json = try await sluice.command(
                    ["setup", "--answers", "-", "--skip-proof", "--json", "--client-config", "java"],
                    input: Self.answers().text + "\nsign_in: {name: second}\ngateway: {name: second}")
                #expect(json.status == 0, "\(json.errors)")
                #expect(try json.json["client_config"].string?.contains("OAuthBearerLoginCallbackHandler") == true)
            }
        }

        @Test func `by questions too the walk ends with a file that only its user can read`() async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                try await TemporaryDirectory.run { directory in
                    let file = "\(directory)/answers.yaml"
                    try Self.answers().text.write(toFile: file, atomically: true, encoding: .utf8)
                    let child = try ChildProcess(
                        SluiceProcess.binary,
                        ["setup", "--plain", "--answers", file, "--data-dir", sluice.dataDirectory],
                        environment: ["XDG_CONFIG_HOME": "/nonexistent"])
                    var answered = 0
                    /// What was printed since the last answer, once it ends with a prompt.
                    func prompt() async throws -> String {
                        try await eventually("a prompt of the walk", within: .seconds(30)) {
                            let text = child.outputText
                            guard text.utf8.count > answered, text.hasSuffix(": ") else { return nil }
                            defer { answered = text.utf8.count }
                            return String(decoding: text.utf8.dropFirst(answered), as: UTF8.self)
                        }
                    }
                    do {
                        var texts = [try await prompt()]
                        while let last = texts.last, !last.hasSuffix("Apply? [y/N]: "), texts.count < 60 {
                            // Enter alone.
                            try child.write(line: "")
                            texts.append(try await prompt())
                        }
                        #expect(texts.count { $0.contains(" of 8, ") } == 8)
                        #expect(texts.contains { $0.contains("Tokens from (1 a new auth server, 2 another issuer)") })
                        try child.write(line: "y")
                        #expect(try await prompt().contains("1 Python, 2 kcat, 3 Java, 4 librdkafka; Enter for none"))
                        try child.write(line: "2")
                        let page = try await prompt()
                        #expect(page.contains("sasl.oauthbearer.client.secret=********"))
                        let path = "\(directory)/kcat.conf"
                        try child.write(line: path)
                        #expect(try await prompt().contains("\(path) is written."))
                        try child.write(line: "kcat")
                        _ = try await prompt()
                        try child.write(line: path)
                        #expect(try await prompt().contains("is there already and stays as it is"))
                        try child.write(line: "")
                        _ = try await prompt()
                        try child.write(line: "")
                        #expect(try await child.exited() == 0)
                        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                        #expect(mode == 0o600)
                        let text = try String(contentsOfFile: path, encoding: .utf8)
                        #expect(text.contains(/client\.secret=[a-z0-9]+\n/))
                    } catch {
                        await child.stop()
                        throw error
                    }
                }
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
                #expect(try done.json["created"].array?.count == 9)
            }
        }

        @Test func `one port is told by the proof, since no client could work`() async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                let port = try FreePorts.first(of: 1)
                let done = try await sluice.command(
                    ["setup", "--answers", "-", "--json"], input: "listener: {ports: ['\(port)']}")
                #expect(done.status == 1)
                #expect(done.errors.contains("no port for any broker"), "\(done.errors)")
                #expect(try done.json["client_secret"].string?.isEmpty == false)
            }
        }

        /// Runs `body` with the port of a backend that takes connections and never answers.
        private func silentBackend(_ body: (Int) async throws -> Void) async throws {
            let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .bind(host: "127.0.0.1", port: 0).get()
            do { try await body(try #require(server.localAddress?.port)) } catch {
                try await server.close()
                throw error
            }
            try await server.close()
        }

        @Test(arguments: [false, true])
        func `the secret does not wait for the proof, and Ctrl-C does not lose it`(json: Bool) async throws {
            try await self.silentBackend { port in
                try await SluiceProcess.run(sandbox: false) { sluice in
                    try await TemporaryDirectory.run { directory in
                        let file = "\(directory)/answers.yaml"
                        try (Self.answers().text + "\nbackend: {bootstrap_servers: ['localhost:\(port)']}")
                            .write(toFile: file, atomically: true, encoding: .utf8)
                        let arguments = ["setup", "--answers", file, "--data-dir", sluice.dataDirectory]
                        let child = try SluiceProcess.launch(arguments + (json ? ["--json"] : []))
                        do {
                            try await waitUntil("everything to be created") {
                                try await sluice.api.get("/v1/event-gateways").json["data"].array?.count == 1
                            }
                            if !json {
                                var line = ""
                                while !line.hasPrefix("client secret  ") {
                                    line = try await child.line(within: .seconds(20))
                                }
                                #expect(child.exitStatus == nil)
                            }
                            child.signal(SIGINT)
                            #expect(try await child.exited() == 1)
                            #expect(child.errorText.contains("Everything was created, but the proof"))
                            let output = try await child.finalOutput()
                            if json { #expect(try JSON(text: output)["client_secret"].string?.isEmpty == false) }
                        } catch {
                            await child.stop()
                            throw error
                        }
                    }
                }
            }
        }

        @Test func `questions begin a step on a line of its own, and answers that end change nothing`() async throws {
            try await SluiceProcess.run(sandbox: false) { sluice in
                let asked = try await sluice.command(["setup", "--plain"], input: "")
                #expect(asked.status == 1)
                #expect(asked.output.contains("\n\nStep 1 of 8, "), "\(asked.output)")
                #expect(asked.output.split(separator: "\n").count > 1)
                #expect(!asked.output.contains("\\n"), "\(asked.output)")
                #expect(asked.errors.contains("nothing was created"), "\(asked.errors)")
                #expect(try await sluice.api.get("/v1/event-gateways").json["data"].array?.isEmpty == true)
            }
        }

        @Test func `what would be made is shown without making it, and a wrong file is told in full`() async throws {
            try await SluiceProcess.run(sandbox: false) { sluice in
                let (text, _) = try Self.answers()
                let dry = try await sluice.command(["setup", "--answers", "-", "--dry-run"], input: text)
                #expect(dry.status == 0, "\(dry.errors)")
                #expect(dry.output.split(separator: "\n").filter { $0.hasPrefix("POST ") }.count == 9)
                // A port that another program has is found without making anything.
                let taken = try #require(URL(string: sluice.api.base)?.port)
                let busy = try await sluice.command(
                    ["setup", "--answers", "-", "--dry-run"],
                    input: "listener: {addresses: [127.0.0.1], ports: ['\(taken)-\(taken + 3)']}")
                #expect(busy.status == 1)
                #expect(busy.errors.contains("cannot bind 127.0.0.1:\(taken)"), "\(busy.errors)")
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
