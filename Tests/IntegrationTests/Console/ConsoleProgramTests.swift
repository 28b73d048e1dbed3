import Foundation
import Testing

extension IntegrationSuite {
    /// The whole program in a terminal, by keys alone.
    @Suite struct ConsoleProgram {
        static let places = [
            "Live", "Principals", "Map", "Decisions", "Tokens", "Topics", "Groups", "Logs", "Setup",
        ]

        /// The console with an engine of its own on a new data directory.
        private static func command(_ arguments: String...) -> [String] {
            [SluiceProcess.binary, "console", "--api", "127.0.0.1:0", "--escape-delay", "1"] + arguments
        }

        @Test(arguments: [(40, 10), (80, 24), (120, 36), (160, 48)])
        func `every place is drawn, navigated and left at every size`(columns: Int, rows: Int) async throws {
            try await TmuxConsole.run(Self.command(), columns: columns, rows: rows) { console in
                try await console.shows("1", "Live")
                for (index, place) in Self.places.enumerated() {
                    try await console.press("\(index + 1)")
                    // The active place is marked in the bar.
                    let mark =
                        columns < 60 ? "[\(index + 1)]\(place)" : "\(index + 1)\(columns < 120 ? ">" : "▸")\(place)"
                    let screen = try await console.shows(mark)
                    #expect(screen.split(separator: "\n").allSatisfy { $0.count <= columns })
                    try await console.press("Down", "Up")
                }
                try await console.press("1")
                try await console.shows(columns < 60 ? "[1]Live" : "1\(columns < 120 ? ">" : "▸")Live")
                try await console.press("q")
                try await console.shows("Quit Sluice?")
                try await console.press("y")
                #expect(try await console.ended() == "ended with 0")
                #expect(console.isTerminalRestored)
            }
        }

        @Test(
            arguments: ["xterm-256color", "screen-256color", "tmux-256color", "linux", "vt100", "no-such-terminal"],
            ["C.UTF-8", "C"])
        func `it works under any terminal description and locale`(term: String, locale: String) async throws {
            try await TmuxConsole.run(Self.command(), environment: ["TERM": term, "LC_ALL": locale]) { console in
                try await console.shows("1>Live", "Setup")
                try await console.press("8")
                try await console.shows("8>Logs")
                try await console.press("?")
                try await console.shows("Help for Logs")
                try await console.press("Escape")
                try await console.shows("8>Logs", "lines  follow")
                try await console.press("q")
                try await console.shows("Quit Sluice?")
                try await console.press("y")
                #expect(try await console.ended() == "ended with 0")
                #expect(console.isTerminalRestored)
            }
        }

        @Test func `a pasted token with line breaks is one paste and runs no command`() async throws {
            try await TmuxConsole.run(Self.command(), columns: 120, rows: 36) { console in
                try await console.shows("Live")
                try await console.press("5")
                try await console.shows("No token yet")
                let head = Data(#"{"alg":"RS256","typ":"JWT"}"#.utf8).base64EncodedString()
                let body = Data(#"{"sub":"someone","note":"\#(String(repeating: "n", count: 1400))"}"#.utf8)
                    .base64EncodedString().replacing("=", with: "")
                let token = "\(head.replacing("=", with: "")).\(body).c2ln"
                var broken = ""
                for (index, character) in token.enumerated() {
                    broken += index % 64 == 63 ? "\(character)\n" : "\(character)"
                }
                try await console.paste("q\n" + broken + "\nq\ny\n:quit\n")
                // The first letter and the last ones make it no token; nothing of it was taken for a key.
                try await console.shows("5▸Tokens", "source   pasted")
                #expect(console.status == nil)
                try await console.paste(broken)
                try await console.shows("\"sub\": \"someone\"")
            }
        }

        @Test func `ctrl-c twice leaves and restores the terminal`() async throws {
            try await TmuxConsole.run(Self.command()) { console in
                try await console.shows("1>Live")
                try await console.press("C-c")
                try await console.shows("Press Ctrl-C again to quit")
                try await console.press("C-c")
                #expect(try await console.ended() == "ended with 0")
                #expect(console.isTerminalRestored)
            }
        }

        @Test func `it follows the size of its window down to one cell`() async throws {
            try await TmuxConsole.run(Self.command(), columns: 160, rows: 48) { console in
                try await console.shows("1▸Live")
                for (columns, rows) in [(80, 24), (30, 6), (1, 1), (200, 60), (5, 40), (120, 3), (80, 24)] {
                    try await console.resize(columns: columns, rows: rows)
                    try await console.press("3")
                }
                try await console.shows("3>Map")
                #expect(console.status == nil)
            }
        }

        @Test func `without a terminal it says what to run instead`() async throws {
            try await TemporaryDirectory.run { directory in
                let done = try await runToEnd(
                    SluiceProcess.binary, ["console", "--data-dir", directory],
                    environment: ["TERM": "xterm", "ACCESSIBLE": nil])
                #expect(done.status == 2)
                #expect(done.errors.contains("sluice serve"))
                #expect(done.errors.contains("sluice console --plain"))
            }
        }

        @Test func `it attaches to the instance of the data directory and says when that is gone`() async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                _ = try await sluice.api.create("/v1/event-gateways", ["name": "edge-attached"])
                try await TmuxConsole.run(
                    [SluiceProcess.binary, "console", "--data-dir", sluice.dataDirectory], columns: 120, rows: 36
                ) { console in
                    try await console.shows("edge-attached", "LIVE")
                    await sluice.child.stop()
                    try await console.shows("STALE", "edge-attached")
                    let again = try await SluiceProcess.start(
                        dataDirectory: sluice.dataDirectory,
                        arguments: ["--api", String(sluice.api.base.dropFirst("http://".count))])
                    try await console.shows("LIVE", "edge-attached", within: .seconds(40))
                    await again.child.stop()
                }
            }
        }
    }
}
