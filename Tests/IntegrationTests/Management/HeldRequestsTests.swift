import Foundation
import NIOCore
import Testing

extension IntegrationSuite {
    /// What strangers do at the management API's socket, and what it costs the operator.
    @Suite(.serialized) struct HeldRequestsTests {
        private static func port(_ sluice: SluiceProcess) -> Int {
            Int(sluice.api.base.split(separator: ":").last ?? "") ?? 0
        }

        /// Runs `body` while `count` connections hold a text that is no whole request.
        private static func holding(
            _ count: Int, _ text: String, port: Int, held: [RawConnection] = [],
            isolation: isolated (any Actor)? = #isolation, _ body: ([RawConnection]) async throws -> Void
        ) async throws {
            guard held.count < count else { return try await body(held) }
            try await RawConnection.run(port: port) { connection in
                try await connection.send(ByteBuffer(string: text))
                try await Self.holding(count, text, port: port, held: held + [connection], body)
            }
        }

        @Test(arguments: ["", "GET / HT", "POST /x/auth/oauth/token HTTP/1.1\r\nHost: a\r\n"])
        func `as many as there is room for, and the operator is served at once`(_ text: String) async throws {
            // 400 files leave 50 connections to the management API.
            try await SluiceProcess.run(sandbox: false, openFiles: 400) { sluice in
                try await Self.holding(60, text, port: Self.port(sluice)) { held in
                    for _ in 0..<5 {
                        let start = ContinuousClock.now
                        let answer = try await sluice.api.get("/v1/event-gateways")
                        #expect(answer.status == 200)
                        let probe = try await sluice.api.get("/health/probes/liveness")
                        #expect(probe.status == 200)
                        #expect(ContinuousClock.now - start < .seconds(5))
                    }
                    // Those that came first made room.
                    #expect(held.first?.isClosed == true)
                    #expect(held.last?.isClosed == false)
                }
            }
        }

        @Test func `a request that never gets whole is closed after ten seconds, whatever still comes`() async throws {
            try await SluiceProcess.run(sandbox: false) { sluice in
                let server = try await sluice.api.create("/v1/auth-servers", ["name": "auth", "audience": "kafka"])
                let path = URLComponents(string: server["issuer"].string ?? "")?.path ?? ""
                let head =
                    "POST \(path)/oauth/token HTTP/1.1\r\nHost: a\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 10000\r\n\r\n"
                try await RawConnection.run(port: Self.port(sluice)) { connection in
                    let start = ContinuousClock.now
                    try await connection.send(ByteBuffer(string: head))
                    try await waitUntil("the connection to be closed", within: .seconds(20), every: .milliseconds(500))
                    {
                        if connection.isClosed { return true }
                        try? await connection.send(ByteBuffer(string: "x"))
                        return false
                    }
                    #expect((.seconds(9) ... .seconds(15)).contains(ContinuousClock.now - start))
                    #expect(String(buffer: connection.received).hasPrefix("HTTP/1.1 408"))
                }
                // A stranger's fault is none of the server's.
                #expect(!sluice.child.errorText.contains("failed"))
            }
        }

        @Test(arguments: [
            "POST /v1/event-gateways", "PUT /v1/event-gateways", "POST /v1/nothing", "POST /x/auth/oauth/token",
            "GET /health/probes/liveness",
        ])
        func `a body that nobody wants is not read`(_ request: String) async throws {
            try await SluiceProcess.run(sandbox: false) { sluice in
                try await RawConnection.run(port: Self.port(sluice)) { connection in
                    try await connection.send(
                        ByteBuffer(string: "\(request) HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n"))
                    let chunk = ByteBuffer(repeating: UInt8(ascii: "x"), count: 1 << 20)
                    var sent = 0
                    while sent < 64, !connection.isClosed {
                        do { try await connection.send(chunk) } catch { break }
                        sent += 1
                    }
                    #expect(sent < 64)
                    let answer = String(buffer: connection.received)
                    #expect(answer.hasPrefix("HTTP/1.1 "), "\(answer)")
                    #expect(answer.lowercased().contains("connection: close"), "\(answer)")
                }
            }
        }

        @Test func `changes are in the log, and sluice audit shows them`() async throws {
            try await SluiceProcess.run(sandbox: false) { sluice in
                let gateway = try await sluice.api.create("/v1/event-gateways", ["name": "edge"])
                let id = gateway["id"].string ?? ""
                #expect(try await sluice.api.delete("/v1/event-gateways/\(id)").status == 204)
                try await sluice.logged(
                    "configuration changed", "action=created", "name=edge", "who=admin", "method=POST")
                try await sluice.logged("configuration changed", "action=deleted", id, "remoteAddress=127.0.0.1:")

                let plain = try await sluice.command(["audit"])
                #expect(plain.status == 0, "\(plain.errors)")
                let lines = plain.output.split(separator: "\n")
                #expect(lines.count == 2)
                let expected = "admin created gateway 'edge' v1.1 (POST /v1/event-gateways) from 127.0.0.1:"
                #expect(lines.first?.contains(expected) == true)
                let json = try await sluice.command(["audit", "--json", "--limit", "1"])
                let last = try JSON(text: json.output)
                #expect(last["action"].string == "deleted")
                #expect(last["before"]["name"].string == "edge")
                #expect(try await sluice.command(["audit", "--limit", "0"]).status == 2)
            }
        }
    }
}
