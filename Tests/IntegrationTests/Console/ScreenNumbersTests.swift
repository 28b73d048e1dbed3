import Foundation
import Testing

extension IntegrationSuite {
    /// What Live, Principals and Decisions show is what the clients did.
    @Suite struct ScreenNumbers {
        @Test func `principals and decisions count what the clients' requests on the wire called for`() async throws {
            try await Self.run(advertisedHost: TappedClients.host) { quickstart, console in
                try await PythonClient.run("tap") { tap in
                    let expected = try await TappedClients.run(.confluent, quickstart, tap)
                    var refused = 0
                    for (key, principal) in [("token", quickstart.clientID), ("anonymous", "anonymous")] {
                        func sum(_ verdict: String) -> Int {
                            (expected[key] ?? [:]).reduce(0) { $0 + ($1.key.hasPrefix(verdict) ? $1.value : 0) }
                        }
                        #expect(sum("denied") > 0)
                        refused += sum("denied")
                        try await console.press("2", "/", "C-u")
                        try await console.type("principal:\(principal)")
                        try await console.press("Enter")
                        try await console.shows(
                            "Principals › \(principal)", "allowed    \(sum("allowed")) ",
                            "denied     \(sum("denied")) ", "filtered   \(sum("filtered")) left out")
                    }
                    try await console.press("4", "/", "C-u")
                    try await console.type("result:denied")
                    try await console.press("Enter")
                    try await console.shows(" \(refused) of ", "follow")
                }
            }
        }

        @Test func `live lists the sockets that the clients hold, by principal, with their denials`() async throws {
            try await Self.run { quickstart, console in
                try await KafkaClient.run(
                    .confluent, bootstrap: "127.0.0.1:\(quickstart.port)", token: try await quickstart.token()
                ) { client in
                    try await client.produce(["one"], to: "my-test-topic")
                    try await RawConnection.run(port: quickstart.port) { raw in
                        for _ in 0..<3 { _ = try await raw.metadata(topics: ["my-test-topic"]) }
                        // A library may open and close connections while the screen is read: both are looked at again.
                        let principal = quickstart.clientID
                        var (held, shown): (Set<Row>, Set<Row>) = ([], [])
                        try? await waitUntil("Live to list the clients' sockets", within: .seconds(15)) {
                            held = Set(
                                try await client.sockets().compactMap { $0.split(separator: ">").first }
                                    .map { Row(port: String($0), principal: principal, denied: "0") })
                            held.insert(Row(port: String(raw.localPort), principal: "anonymous", denied: "3"))
                            shown = Row.all(in: try await console.screen())
                            return shown == held
                        }
                        #expect(shown == held)
                        #expect(held.count > 1)
                        try await console.shows("Connections  \(held.count) ")
                    }
                    try await waitUntil("Live to list what is left") {
                        let left = try await client.sockets().count
                        let screen = try await console.screen()
                        return left > 0 && screen.contains("Connections  \(left) ")
                    }
                }
            }
        }

        /// A line of the list of connections.
        private struct Row: Hashable {
            var port: String
            var principal: String
            var denied: String

            static func all(in screen: String) -> Set<Row> {
                let rows = screen.split(separator: "\n").compactMap { line -> Row? in
                    // The list has the focus and so the heavy frame; beside it and below stand other panels.
                    guard line.hasPrefix("┃"), let start = line.range(of: "127.0.0.1:") else { return nil }
                    let words = line[start.upperBound...].prefix { $0 != "┃" }.split(separator: " ").map(String.init)
                    guard let port = words.first, words.count > 3 else { return nil }
                    return Row(
                        port: port, principal: words[1], denied: words.last?.replacing("!", with: "") ?? "")
                }
                return Set(rows)
            }
        }

        /// The scenario's objects, and a console attached to them.
        private static func run(
            advertisedHost: String = "127.0.0.1", isolation: isolated (any Actor)? = #isolation,
            _ body: (Quickstart, TmuxConsole) async throws -> Void
        ) async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                try await TappedClients.prepare(sluice)
                let quickstart = try await Quickstart(
                    sluice.api, bootstrapServers: sluice.sandbox, brokers: 3, address: "127.0.0.1",
                    advertisedHost: advertisedHost)
                try await TmuxConsole.run(
                    [SluiceProcess.binary, "console", "--data-dir", sluice.dataDirectory, "--escape-delay", "1"],
                    columns: 160, rows: 48
                ) { console in
                    try await console.shows("1▸Live", "LIVE", "example_listener")
                    try await body(quickstart, console)
                }
            }
        }
    }
}
