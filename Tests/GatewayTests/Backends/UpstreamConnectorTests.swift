import Foundation
import KafkaProtocol
import NIOCore
import NIOPosix
import Testing

@testable import Gateway

/// Connections to brokers that take their time, or vanish.
@Suite struct UpstreamConnectorTests {
    private let group = MultiThreadedEventLoopGroup.singleton

    private func client(of fixture: ConversationFixture) async throws -> any Channel {
        let address = try #require(fixture.listener.localAddress)
        return try await ClientBootstrap(group: self.group).connect(to: address).get()
    }

    /// Asks on the sessions' loop until there is an answer.
    private func onLoop<Value: Sendable>(
        _ fixture: ConversationFixture, _ body: @escaping @Sendable (LoopContext) -> Value?
    ) async throws -> Value {
        while true {
            let found = try await fixture.context.eventLoop.submit { body(fixture.context.value) }.get()
            if let found { return found }
            await Task.yield()
        }
    }

    private static let request = KafkaFrame.encodeRequest(
        HeartbeatRequest(), version: 3, correlationID: 1, clientID: "test")

    @Test func `a broker that vanishes is noticed: its connection is probed`() async throws {
        let server = try await ServerBootstrap(group: self.group).bind(host: "127.0.0.1", port: 0).get()
        let fixture = try await ConversationFixture.start(
            on: .singleton, broker: try #require(server.localAddress), rules: nil)
        let client = try await self.client(of: fixture)
        try await client.writeAndFlush(Self.request)
        let upstream = try await self.onLoop(fixture) { $0.sessions.values.first?.upstream?.channel }
        for (option, value) in [
            (TCP_KEEPIDLE, 60), (TCP_KEEPINTVL, 10), (TCP_KEEPCNT, 6), (TCP_USER_TIMEOUT, 120_000),
        ] as [(CInt, CInt)] {
            #expect(try await upstream.getOption(.tcpOption(.init(rawValue: option))).get() == value)
        }
        #expect(try await upstream.getOption(.socketOption(.so_keepalive)).get() == 1)
        for channel in [client, fixture.listener, server] { try await channel.close() }
    }

    @Test func `connecting ends with the session, and counts until then`() async throws {
        // A server whose queue is full answers no more: what connects to it waits.
        let server = try await ServerBootstrap(group: self.group)
            .serverChannelOption(.backlog, value: 1)
            .serverChannelOption(.autoRead, value: false)
            .bind(host: "127.0.0.1", port: 0).get()
        let address = try #require(server.localAddress)
        let loop = self.group.next()
        let filling = (0..<8).map { _ in
            ClientBootstrap(group: loop).connectTimeout(.seconds(60)).connect(to: address)
        }
        // One more than the backlog gets in.
        for opening in filling.prefix(2) { _ = try await opening.get() }
        let limit = ConnectionLimit(maximum: 1)
        let fixture = try await ConversationFixture.start(
            on: .singleton, broker: address, rules: nil, connectionLimit: limit)
        let client = try await self.client(of: fixture)
        try await client.writeAndFlush(Self.request)
        let result = try await self.onLoop(fixture) { $0.sessions.values.first?.connector?.result }
        #expect(limit.isReached)
        try await fixture.context.eventLoop.submit {
            fixture.context.value.sessions.values.first?.close(reason: "test")
        }.get()
        await #expect(throws: UpstreamConnector.Stopped.self) { _ = try await result.map { $0.1 }.get() }
        _ = try await self.onLoop(fixture) { $0.sessions.isEmpty && !limit.isReached ? true : nil }
        for channel in [client, fixture.listener, server] { try? await channel.close() }
        for opening in filling { opening.whenSuccess { $0.close(promise: nil) } }
    }
}
