import Foundation
import Testing

extension IntegrationSuite {
    /// From an empty data directory to the proof, by keys alone.
    @Suite struct Walkthrough {
        @Test func `keys alone set up what a client then uses and the API then lists`() async throws {
            try await TemporaryDirectory.run { directory in
                let ports = try FreePorts.first(of: 4)
                try await TmuxConsole.run(try Self.command(directory), columns: 120, rows: 36) { console in
                    try await console.shows("1▸Live")
                    try await console.press("9")
                    try await console.shows("9▸Setup")
                    try await console.press("Enter")
                    try await console.shows("step 1 of 8")
                    for step in 2...5 {
                        try await console.press("NPage")
                        try await console.shows("step \(step) of 8")
                    }
                    // The one thing that this machine may have in use already.
                    try await console.press("Tab", "Tab", "C-u")
                    try await console.type("\(ports)-\(ports + 3)")
                    try await console.shows("4 ports are free")
                    for step in 6...8 {
                        try await console.press("NPage")
                        try await console.shows("step \(step) of 8")
                    }
                    try await console.press("NPage")
                    try await console.shows("Review and apply", "9 objects, in this order")
                    try await console.press("NPage")
                    try await console.shows("9 objects are created")
                    let before = try await Self.objects(directory)
                    #expect(before["gateways"] == [], "nothing changes before yes")
                    try await console.press("y")
                    try await console.shows("9 objects created", "[ Prove it ]")
                    try await console.press("Enter")
                    try await console.shows("It works, with real connections", within: .seconds(40))

                    let after = try await Self.objects(directory)
                    #expect(
                        after == [
                            "auth-servers": ["kafka-sign-in"], "scopes": ["kafka"], "claims": [],
                            "clients": ["first-client"], "gateways": ["main"], "backend-clusters": ["kafka"],
                            "virtual-clusters": ["apps"], "listeners": ["apps"], "policies": ["forward"],
                            "cluster-policies": ["first-client-access"],
                        ])
                    // A client without a token sees the brokers and no topic, as the scenario says.
                    let seen = try await Kcat.metadata(bootstrap: "127.0.0.1:\(ports)")
                    #expect(seen.brokers.count == 3)
                    #expect(seen.topics == [:])

                    // Out of the form, then out of the program.
                    try await console.press("Escape", "q")
                    try await console.shows("Quit Sluice?")
                    try await console.press("y")
                    #expect(try await console.ended() == "ended with 0")
                    #expect(console.isTerminalRestored)
                }
            }
        }

        /// What a newcomer does, at the smallest screen that is full-featured.
        @Test func `sixteen keys lead from an empty directory to clients that read as a group`() async throws {
            try await TemporaryDirectory.run { directory in
                let ports = try FreePorts.first(of: 4)
                // Files are written where the console was started.
                let command = ["sh", "-c", "cd \"$0\" && exec \"$@\"", directory] + (try Self.command(directory))
                try await TmuxConsole.run(command, columns: 80, rows: 24) { console in
                    var keys = 0
                    func press(_ key: String, _ parts: String..., within limit: Duration = .seconds(20)) async throws {
                        keys += 1
                        try await console.press(key)
                        for part in parts { try await console.shows(part, within: limit) }
                    }
                    try await console.allowClipboard()
                    try await console.shows("1>Live")
                    try await press("9", "9>Setup")
                    try await press("Enter", "step 1 of 8")
                    for step in 2...5 { try await press("NPage", "step \(step) of 8") }
                    // Not counted: another test may use the ports that the walkthrough would take.
                    try await console.press("Tab", "Tab", "C-u")
                    try await console.type("\(ports)-\(ports + 3)")
                    try await console.shows("4 ports are free")
                    for step in 6...8 { try await press("NPage", "step \(step) of 8") }
                    try await press("NPage", "Review and apply", "9 objects, in this order")
                    try await press("NPage", "9 objects are created")
                    try await press("y", "9 objects created")
                    try await press("Enter", "It works", within: .seconds(40))
                    let page = "[Python]"
                    try await press("Enter", page)
                    try await press("c", "Copied")
                    try await press("w", "client.py is written")
                    #expect(keys == 16)

                    let script = "\(directory)/client.py"
                    let text = try String(contentsOfFile: script, encoding: .utf8)
                    let copied = try await eventually("a copy in the terminal's clipboard") {
                        await console.clipboard()
                    }
                    #expect(copied == text, "what is copied is what is written")
                    let mode = try FileManager.default.attributesOfItem(atPath: script)[.posixPermissions] as? Int
                    #expect(mode == 0o600)
                    let secret = try #require(text.firstMatch(of: /client\.secret": "([a-z0-9]+)"/)?.output.1)
                    #expect(!(try await console.screen()).contains(secret))

                    // Press 1, run it, watch it appear.
                    try await console.press("1")
                    try await console.shows("1>Live")
                    try await ClosingPage.readsThroughTheGateway(script: script) {
                        try await console.shows("oauth")
                    }
                    try await console.press("9")
                    try await console.shows(page)
                    // A file that was there is replaced only after yes, and not with the mode that it had.
                    let existing = "\(directory)/kcat.conf"
                    try "mine\n".write(toFile: existing, atomically: true, encoding: .utf8)
                    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: existing)
                    try await console.press("k", "w")
                    try await console.shows("Replace kcat.conf?")
                    try await console.press("n", "w")
                    try await console.shows("Replace kcat.conf?")
                    #expect(try String(contentsOfFile: existing, encoding: .utf8) == "mine\n")
                    try await console.press("y")
                    try await console.shows("kcat.conf is written")
                    let replaced = try FileManager.default.attributesOfItem(atPath: existing)[.posixPermissions] as? Int
                    #expect(replaced == 0o600)
                    #expect(!(try await console.screen()).contains(secret))
                    try await ClosingPage.carriesRecords(configuration: "\(directory)/kcat.conf", script: script)

                    try await console.press("Escape", "q")
                    try await console.shows("Quit Sluice?")
                    try await console.press("y")
                    #expect(try await console.ended() == "ended with 0")
                }
            }
        }

        private static func command(_ directory: String) throws -> [String] {
            [
                SluiceProcess.binary, "console", "--data-dir", directory, "--api", "127.0.0.1:0",
                "--escape-delay", "1", "--sandbox", "--sandbox-port", String(try FreePorts.first(of: 3)),
            ]
        }

        /// The names of all that the API lists, by collection.
        private static func objects(_ directory: String) async throws -> [String: [String]] {
            let serve = try JSON(text: try String(contentsOfFile: "\(directory)/serve.json", encoding: .utf8))
            let token = try String(contentsOfFile: "\(directory)/admin-token", encoding: .utf8)
            let api = ManagementClient(
                base: serve["api"].string ?? "", token: token.trimmingCharacters(in: .whitespacesAndNewlines))
            var names: [String: [String]] = [:]
            @discardableResult
            func list(_ collection: String, of parent: String) async throws -> [String] {
                let answer = try await api.get("\(parent)/\(collection)")
                guard answer.status == 200 else {
                    throw ManagementClient.Unexpected(request: "GET \(parent)/\(collection)", answer: answer)
                }
                let items = (answer.json.array ?? answer.json["data"].array) ?? []
                let key = collection == "event-gateways" ? "gateways" : collection
                names[key, default: []] += items.compactMap { $0["name"].string }
                return items.map { "\(parent)/\(collection)/\($0.id)" }
            }
            for server in try await list("auth-servers", of: "/v1") {
                for collection in ["scopes", "claims", "clients"] { try await list(collection, of: server) }
            }
            for gateway in try await list("event-gateways", of: "/v1") {
                try await list("backend-clusters", of: gateway)
                for cluster in try await list("virtual-clusters", of: gateway) {
                    try await list("cluster-policies", of: cluster)
                }
                for listener in try await list("listeners", of: gateway) { try await list("policies", of: listener) }
            }
            return names
        }
    }
}
