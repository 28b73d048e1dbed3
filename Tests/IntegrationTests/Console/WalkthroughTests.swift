import Foundation
import Testing

extension IntegrationSuite {
    /// From an empty data directory to the proof, by keys alone.
    @Suite struct Walkthrough {
        @Test func `keys alone set up what a client then uses and the API then lists`() async throws {
            try await TemporaryDirectory.run { directory in
                let ports = try FreePorts.first(of: 4)
                let command = [
                    SluiceProcess.binary, "console", "--data-dir", directory, "--api", "127.0.0.1:0",
                    "--escape-delay", "1", "--sandbox", "--sandbox-port", String(try FreePorts.first(of: 3)),
                ]
                try await TmuxConsole.run(command, columns: 120, rows: 36) { console in
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
                    for step in 6...8 {
                        try await console.press("NPage")
                        try await console.shows("step \(step) of 8")
                    }
                    try await console.press("NPage")
                    try await console.shows("Review and apply", "10 objects, in this order")
                    try await console.press("NPage")
                    try await console.shows("10 objects are created")
                    let before = try await Self.objects(directory)
                    #expect(before["gateways"] == [], "nothing changes before yes")
                    try await console.press("y")
                    try await console.shows("10 objects created", "[ Prove it ]")
                    try await console.press("Enter")
                    try await console.shows("It works, with real connections", within: .seconds(40))

                    let after = try await Self.objects(directory)
                    #expect(
                        after == [
                            "auth-servers": ["Appointments Dev"], "scopes": ["my-scope"], "claims": ["test-claim"],
                            "clients": ["Client"], "gateways": ["event-gateway-quickstart"],
                            "backend-clusters": ["default_backend_cluster"],
                            "virtual-clusters": ["example_virtual_cluster"], "listeners": ["example_listener"],
                            "policies": ["forward"], "cluster-policies": ["acl_policy"],
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
