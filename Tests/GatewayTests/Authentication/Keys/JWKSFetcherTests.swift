import Foundation
import NIOCore
import NIOPosix
import Testing

@testable import Gateway

/// Answers the first bytes of every connection with fixed text.
private final class CannedAnswer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.writeAndFlush(NIOAny(ByteBuffer(string: self.text)), promise: nil)
    }
}

/// Runs the body with the address of a server on a free port that answers so.
private func withServer(answering text: String, _ body: (String) async throws -> Void) async throws {
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(CannedAnswer(text))
            }
        }
        .bind(host: "127.0.0.1", port: 0).get()
    let port = try #require(channel.localAddress?.port)
    do {
        try await body("http://127.0.0.1:\(port)/jwks")
    } catch {
        try await channel.close()
        throw error
    }
    try await channel.close()
}

@Suite struct JWKSFetcherTests {
    private let fetcher = JWKSFetcher()

    @Test func `the body of a 200 answer is given`() async throws {
        try await withServer(answering: "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}") { address in
            let body = try await self.fetcher.fetch(address, timeout: .seconds(30))
            #expect(body == Array("{}".utf8))
        }
    }

    @Test func `another status is an error`() async throws {
        try await withServer(answering: "HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\n{}") { address in
            await #expect(throws: JWKSFetchError.status(404)) {
                try await self.fetcher.fetch(address, timeout: .seconds(30))
            }
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `a redirect is not followed, and the error says where it leads`(status: Int) async throws {
        try await withServer(answering: "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}") { elsewhere in
            // To another origin as to the same: keys come from the address that was given.
            for target in [elsewhere, "/other"] {
                let answer = "HTTP/1.1 \(status) Moved\r\nlocation: \(target)\r\ncontent-length: 0\r\n\r\n"
                try await withServer(answering: answer) { address in
                    let error = await #expect(throws: JWKSFetchError.redirected(to: target)) {
                        try await self.fetcher.fetch(address, timeout: .seconds(30))
                    }
                    #expect("\(error.map { "\($0)" } ?? "")".contains("it redirects to '\(target)'"))
                }
            }
        }
    }

    @Test func `an answer above one mebibyte is an error, announced or not`() async throws {
        let announced = "HTTP/1.1 200 OK\r\ncontent-length: 1048577\r\n\r\n"
        try await withServer(answering: announced) { address in
            await #expect(throws: JWKSFetchError.tooLarge(maximumBytes: 1_048_576)) {
                try await self.fetcher.fetch(address, timeout: .seconds(30))
            }
        }
        let chunk = "110000\r\n" + String(repeating: "x", count: 0x110000) + "\r\n"
        try await withServer(answering: "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + chunk) { address in
            await #expect(throws: JWKSFetchError.tooLarge(maximumBytes: 1_048_576)) {
                try await self.fetcher.fetch(address, timeout: .seconds(30))
            }
        }
    }

    @Test func `the timeout covers an answer that never comes and a body that never ends`() async throws {
        for text in ["", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{"] {
            try await withServer(answering: text) { address in
                await #expect(throws: JWKSFetchError.timedOut(seconds: 0.2)) {
                    try await self.fetcher.fetch(address, timeout: .milliseconds(200))
                }
            }
        }
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func `a port where nobody listens is said at once`(host: String) async throws {
        let socket = try await SilentSocket()
        defer { socket.close() }
        let port = socket.port
        let refused = JWKSFetchError.failed("the connection is refused, nothing listens there")
        await #expect(throws: refused) {
            try await self.fetcher.fetch("http://\(host):\(port)/", timeout: .seconds(30))
        }
    }

    @Test(arguments: ["", "file:///etc/passwd", "http+unix://%2Ftmp%2Fx/", "http://", "issuer/jwks"])
    func `only http and https addresses are fetched`(address: String) async throws {
        await #expect(throws: JWKSFetchError.badAddress) {
            try await self.fetcher.fetch(address, timeout: .seconds(30))
        }
    }
}

/// A port that is taken and not listened on: connections to it are refused, and nobody else gets it meanwhile. It is the
/// near end of a connection.
private struct SilentSocket {
    let port: Int
    private let server: any Channel
    private let client: any Channel

    init() async throws {
        self.server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let address = try #require(self.server.localAddress)
        self.client = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(to: address).get()
        self.port = try #require(self.client.localAddress?.port)
    }

    func close() {
        self.client.close(promise: nil)
        self.server.close(promise: nil)
    }
}
