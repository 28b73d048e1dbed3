import AsyncHTTPClient
import EngineInterface
import Foundation
import Hummingbird
import JSON
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import sluice

/// Servers that begin an answer and do not end it.
@Suite(.timeLimit(.minutes(1))) struct StallTests {
    /// Set when the test has seen enough; stalled answers then end.
    private final class Gate: Sendable {
        private let state = Mutex(false)
        var isOpen: Bool { self.state.withLock { $0 } }

        func open() { self.state.withLock { $0 = true } }

        func opened() async throws { while !self.isOpen { try await Task.sleep(for: .milliseconds(5)) } }
    }

    private static func stalled(_ gate: Gate) -> Response {
        Response(
            status: .ok,
            body: ResponseBody { writer in
                try await writer.write(ByteBuffer(string: "["))
                try await gate.opened()
                try await writer.finish(nil)
            })
    }

    @Test func `a body that stalls ends a call with a sentence`() async throws {
        let gate = Gate()
        let router = Router()
        router.get("**") { _, _ in Self.stalled(gate) }
        try await TestServer.run(router) { url async throws in
            defer { gate.open() }
            let client = HTTPClient(
                eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
                configuration: .commands(silence: .milliseconds(200)))
            let connection = ManagementConnection(url: url, token: "t", http: client)
            do {
                _ = try await connection.success("GET", "/v1/event-gateways")
                Issue.record("The answer did not end.")
            } catch let error as EngineClientError {
                #expect(error.message.contains("does not answer in time"), "\(error.message)")
            }
            try await client.shutdown()
        }
    }

    @Test func `the commands' clients wait for a part of an answer no longer than a minute`() {
        let timeout = HTTPClient.Configuration.commands(silence: .seconds(60)).timeout
        #expect(timeout.read == .seconds(60))
        #expect(timeout.connect == .seconds(5))
    }

    @Test(arguments: [true, false])
    func `what was earlier does not hold or end the live stream, and is asked again`(stalls: Bool) async throws {
        let gate = Gate()
        let counts = Mutex((streams: 0, logs: 0))
        let router = Router()
        let line = LogLine(
            sequence: 1, time: Date(timeIntervalSince1970: 0), level: .info, component: "c", message: "m")
        let lines = String(decoding: try EntityCoding.encode([line]), as: UTF8.self)
        let snapshot = LiveSnapshot(
            time: Date(timeIntervalSince1970: 0), connections: [], counters: [], decisions: [], components: [],
            limits: [])
        let event =
            "event: snapshot\nid: a-0-9\ndata: \(String(decoding: try EntityCoding.encode(snapshot), as: UTF8.self))\n\n"
        router.get("/v1/event-gateways/-/live") { _, _ in
            counts.withLock { $0.streams += 1 }
            return Response(
                status: .ok,
                body: ResponseBody { writer in
                    try await writer.write(ByteBuffer(string: event))
                    // Signs of life.
                    while !gate.isOpen {
                        try await writer.write(ByteBuffer(string: ":\n\n"))
                        try await Task.sleep(for: .milliseconds(20))
                    }
                    try await writer.finish(nil)
                })
        }
        router.get("/v1/event-gateways/-/logs") { _, _ in
            let isFirst = counts.withLock { counts in
                counts.logs += 1
                return counts.logs == 1
            }
            guard isFirst else { return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: lines))) }
            return stalls ? Self.stalled(gate) : Response(status: .internalServerError)
        }
        router.get("/v1/event-gateways/-/decisions") { _, _ in
            Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "[]")))
        }
        try await TestServer.run(router) { url async throws in
            defer { gate.open() }
            let client = HTTPClient(
                eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
                configuration: .commands(silence: .milliseconds(300)))
            let feed = LiveFeed(
                connection: ManagementConnection(url: url, token: "t", http: client), gateway: "-")
            #expect(try await feed.snapshot() != nil)
            while try await feed.view().logs(after: 0).isEmpty { try await Task.sleep(for: .milliseconds(10)) }
            #expect(try await feed.view().logs(after: 0).map(\.message) == ["m"])
            #expect(counts.withLock { $0.streams } == 1)
            await feed.stop()
            gate.open()
            try await client.shutdown()
        }
    }
}
