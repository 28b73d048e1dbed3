import Foundation
import Testing

extension IntegrationSuite {
    /// What the console says when something is wrong, with the time from the trouble to the words.
    @Suite(.serialized) struct ConsoleTrouble {
        static let sizes = [(80, 24), (120, 36), (160, 48)]

        /// Consoles of every size at once.
        private static func everywhere(
            _ command: [String], environment: [String: String] = [:], isolation: isolated (any Actor)? = #isolation,
            _ body: ([TmuxConsole]) async throws -> Void
        ) async throws {
            try await TmuxConsole.run(command, columns: 80, rows: 24, environment: environment) { small in
                try await TmuxConsole.run(command, columns: 120, rows: 36, environment: environment) { middle in
                    try await TmuxConsole.run(command, columns: 160, rows: 48, environment: environment) { large in
                        try await body([small, middle, large])
                    }
                }
            }
        }

        private static func attached(to sluice: SluiceProcess) -> [String] {
            [SluiceProcess.binary, "console", "--data-dir", sluice.dataDirectory]
        }

        private static func connecting(to url: String, token: String = "token") -> (
            command: [String], environment: [String: String]
        ) {
            ([SluiceProcess.binary, "console", "--connect", url], ["SLUICE_ADMIN_TOKEN": token])
        }

        /// The first row, once it says `words`.
        @discardableResult
        private static func firstRow(
            of console: TmuxConsole, says words: String, within limit: Duration = .seconds(30),
            isolation: isolated (any Actor)? = #isolation
        ) async throws -> String {
            try await eventually("a first row with \(words)", within: limit, every: .milliseconds(50)) {
                let row = try await console.screen().split(separator: "\n").first.map(String.init) ?? ""
                return row.contains(words) ? row : nil
            }
        }

        /// How long `consoles` take to say all of `parts`, each console its own.
        private static func report(_ trouble: String, since start: ContinuousClock.Instant) {
            print("console trouble: \(trouble) after \(start.duration(to: .now))")
        }

        // MARK: Behind the engine

        @Test func `a backend that was killed is said in the first row of every size, with the reason below`()
            async throws
        {
            let first = try FreePorts.first(of: 3)
            let sandbox = try SluiceProcess.launch(["sandbox", "--port", String(first)])
            defer { sandbox.signal(SIGKILL) }
            try await SluiceProcess.run(sandbox: false) { sluice in
                let servers = (0..<3).map { "localhost:\(first + $0)" }
                let quickstart = try await eventually("the tutorial's objects", within: .seconds(30)) {
                    try? await Quickstart(sluice.api, bootstrapServers: servers, brokers: 3, address: "127.0.0.1")
                }
                try await Self.everywhere(Self.attached(to: sluice)) { consoles in
                    for console in consoles { try await console.shows("LIVE", "No clients are connected") }
                    sandbox.signal(SIGKILL)
                    let start = ContinuousClock.now
                    // Clients keep coming, as they do.
                    let clients = Task {
                        while !Task.isCancelled {
                            _ = try? await Kcat.run(["-b", "127.0.0.1:\(quickstart.port)", "-L", "-m", "1"])
                        }
                    }
                    defer { clients.cancel() }
                    for (console, (columns, _)) in zip(consoles, Self.sizes) {
                        try await Self.firstRow(
                            of: console, says: columns < 160 ? "[backend DOWN]" : "[backend DOWN 1/1]")
                        try await console.shows("The backend does not answer (3).", "refused")
                        try await Self.firstRow(of: console, says: "/s]")
                        #expect(try await !console.screen().contains("kcat"))
                    }
                    Self.report("backend killed", since: start)
                    clients.cancel()
                    await clients.value
                }
            }
        }

        @Test func `a listener whose port is taken is said in the first row of every size`() async throws {
            try await TemporaryDirectory.run { directory in
                let before = try await SluiceProcess.start(sandbox: true, dataDirectory: directory)
                let port: Int
                do {
                    port = try await Quickstart(
                        before.api, bootstrapServers: before.sandbox, brokers: 3, address: "127.0.0.1"
                    ).port
                    await before.child.stop()
                } catch {
                    await before.child.stop()
                    throw error
                }
                let taker = try ChildProcess(
                    Prerequisites.python,
                    [
                        "-u", "-c",
                        "import socket, sys; s = socket.create_server(('127.0.0.1', int(sys.argv[1]))); print('taken'); "
                            + "sys.stdin.read()", String(port),
                    ])
                defer { taker.signal(SIGKILL) }
                try await waitUntil("the port to be taken") { taker.outputText.contains("taken") }
                let sluice = try SluiceProcess.launch(["serve", "--data-dir", directory, "--api", "127.0.0.1:0"])
                defer { sluice.signal(SIGKILL) }
                try await waitUntil("the instance", within: .seconds(30)) {
                    let serve = (try? String(contentsOfFile: "\(directory)/serve.json", encoding: .utf8)) ?? ""
                    return serve.contains("\(sluice.processID)")
                }
                try await Self.everywhere([SluiceProcess.binary, "console", "--data-dir", directory]) { consoles in
                    for (console, (columns, _)) in zip(consoles, Self.sizes) {
                        // The backend went with the first instance.
                        let row = try await Self.firstRow(
                            of: console, says: columns < 160 ? "[DOWN 2]" : "[listener DOWN 1/1]")
                        #expect(row.contains("LIVE"))
                        try await console.shows("The listener is down (3).", "address already in use")
                    }
                }
            }
        }

        // MARK: The engine

        @Test func `a frozen engine is stale within three seconds, counted from its last frame`() async throws {
            try await SluiceProcess.run(sandbox: false) { sluice in
                try await Self.everywhere(Self.attached(to: sluice)) { consoles in
                    for console in consoles { try await Self.firstRow(of: console, says: " Hz") }
                    defer { sluice.child.signal(SIGCONT) }
                    sluice.child.signal(SIGSTOP)
                    let start = ContinuousClock.now
                    for console in consoles {
                        let row = try await Self.firstRow(of: console, says: "STALE")
                        #expect(row.contains("STALE 2s") || row.contains("STALE 3s"), "\(row)")
                        try await console.shows("frozen")
                    }
                    let seen = start.duration(to: .now)
                    Self.report("engine frozen", since: start)
                    // Three seconds, and a little for looking at the screens.
                    #expect(seen < .seconds(5), "\(seen)")
                    sluice.child.signal(SIGCONT)
                    for console in consoles { try await Self.firstRow(of: console, says: "LIVE") }
                }
            }
        }

        // MARK: The way to it

        @Test func `a wrong token at the start is a sentence and no screen`() async throws {
            try await SluiceProcess.run(sandbox: false) { sluice in
                let (command, environment) = Self.connecting(to: sluice.api.base, token: "wrong")
                for (columns, rows) in Self.sizes {
                    try await TmuxConsole.run(command, columns: columns, rows: rows, environment: environment) {
                        console in
                        #expect(try await console.ended() == "ended with 1")
                        // The terminal breaks lines where it likes.
                        let words = try await console.screen().filter { !$0.isWhitespace }
                        #expect(words.contains("sluice:401:thetokenisnottheadmintokenof"), "\(words)")
                        #expect(words.contains("SLUICE_ADMIN_TOKEN") && words.contains("admin-token"))
                    }
                }
            }
        }

        @Test func `a token that became wrong is told where the engine is waited for`() async throws {
            let port = try FreePorts.first(of: 1)
            let (command, environment) = Self.connecting(to: "http://127.0.0.1:\(port)", token: "wrong")
            try await TmuxConsole.run(command, environment: environment) { console in
                try await console.shows("x NOT CONNECTED", "Nothing listens at 127.0.0.1:\(port)")
                try await TemporaryDirectory.run { directory in
                    let sluice = try await SluiceProcess.start(
                        dataDirectory: directory, arguments: ["--api", "127.0.0.1:\(port)"])
                    try await console.press("r")
                    _ = try? await console.shows("x NOT CONNECTED", "401: the token is not")
                    let screen = try await console.screen()
                    await sluice.child.stop()
                    #expect(screen.contains("401: the token is not"), "\(screen)")
                }
            }
        }

        @Test(arguments: [
            ("a port where nothing listens", "http://127.0.0.1:%", "nothing", "Nothing listens at 127.0.0.1:%"),
            ("https where there is no TLS", "https://127.0.0.1:%", "http", "speaks no TLS: use http://127.0.0.1:%"),
            ("http where there is TLS", "http://127.0.0.1:%", "tls", "If it speaks TLS, use https://127.0.0.1:%"),
            ("a port that hangs up", "http://127.0.0.1:%", "hangs up", "ends the connection without an HTTP answer"),
            ("another program's port", "http://127.0.0.1:%", "other", "not as a management API of Sluice"),
            ("a host that is not known", "http://no-such-host.invalid:%", "nothing", "no-such-host.invalid"),
        ])
        func `what cannot be reached is not connected, in words`(
            trouble: String, url: String, peer: String, words: String
        ) async throws {
            let port = try FreePorts.first(of: 1)
            let server = try peer == "nothing" ? nil : Self.server(peer, port: port)
            defer { server?.signal(SIGKILL) }
            if let server { try await waitUntil("the peer") { server.outputText.contains("ready") } }
            let (command, environment) = Self.connecting(to: url.replacing("%", with: "\(port)"))
            let start = ContinuousClock.now
            try await Self.everywhere(command, environment: environment) { consoles in
                for console in consoles {
                    let row = try await Self.firstRow(of: console, says: "x NOT CONNECTED")
                    #expect(!row.contains("STALE"))
                    try await console.shows("Not connected", "Tried ", "r tries again")
                    let text = try await console.screen().split { $0.isWhitespace || $0 == "┃" }.joined(separator: " ")
                    #expect(text.contains(words.replacing("%", with: "\(port)")), "\(trouble): \(text)")
                    for raw in ["HTTPClientError", "NIO", "errno", "BoringSSL", "?.", "..\u{20}"] {
                        #expect(!text.contains(raw), "\(trouble): \(text)")
                    }
                }
                Self.report(trouble, since: start)
                try await consoles[0].press("q")
                try await consoles[0].shows("Quit Sluice?")
                try await consoles[0].press("y")
                #expect(try await consoles[0].ended() == "ended with 0")
            }
        }

        /// A peer that is no management API. It ends with its input.
        private static func server(_ kind: String, port: Int) throws -> ChildProcess {
            // What a TLS server answers to HTTP is an alert, and then the end.
            let answer =
                switch kind {
                case "tls": "bytes([21, 3, 1, 0, 2, 2, 70])"
                case "hangs up": "b''"
                case "http": "b'HTTP/1.1 400 Bad Request\\r\\ncontent-length: 0\\r\\n\\r\\n'"
                default: "b'HTTP/1.1 404 Not Found\\r\\ncontent-length: 2\\r\\n\\r\\nno'"
                }
            let script = """
                import socket, sys, threading
                listening = socket.create_server(('127.0.0.1', int(sys.argv[1])))
                print('ready')
                def serve(peer):
                    with peer:
                        peer.recv(4096)
                        peer.sendall(\(answer))
                while True:
                    threading.Thread(target=serve, args=(listening.accept()[0],), daemon=True).start()
                """
            return try ChildProcess(Prerequisites.python, ["-u", "-c", script, String(port)])
        }

        // MARK: Leaving

        @Test func `ctrl-z and :q say first who is served by this process`() async throws {
            try await TemporaryDirectory.run { directory in
                let before = try await SluiceProcess.start(sandbox: true, dataDirectory: directory)
                let quickstart: Quickstart
                do {
                    quickstart = try await Quickstart(
                        before.api, bootstrapServers: before.sandbox, brokers: 3, address: "127.0.0.1")
                    await before.child.stop()
                } catch {
                    await before.child.stop()
                    throw error
                }
                let sandboxPort = before.sandbox.first.flatMap { $0.split(separator: ":").last } ?? "0"
                let command = [
                    SluiceProcess.binary, "console", "--data-dir", directory, "--api", "127.0.0.1:0", "--sandbox",
                    "--sandbox-port", String(sandboxPort),
                ]
                try await TmuxConsole.run(command) { console in
                    try await console.shows("LIVE", "No clients are connected", "? help  q quit")
                    try await RawConnection.run(port: quickstart.port) { client in
                        _ = try await client.metadata(topics: [])
                        try await console.shows("Connections  1 ")
                        try await console.press("C-z")
                        try await console.shows("1 client is served by this process. Repeat to do it.")
                        _ = try await client.metadata(topics: [])
                        try await console.press(":", "q", "Enter")
                        try await console.shows("1 client is served by this process. Repeat to do it.")
                        #expect(console.status == nil)
                        try await console.press(":", "q", "Enter")
                        #expect(try await console.ended() == "ended with 0")
                    }
                }
            }
        }
    }
}
