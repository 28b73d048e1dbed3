import Foundation
import NIOCore
import NIOPosix
import Resources
import Testing

@testable import Gateway

/// Connections to brokers, whatever they are for.
@Suite struct BrokerDialerTests {
    private let group = MultiThreadedEventLoopGroup.singleton

    private func dial(
        _ traffic: BrokerDialer.Traffic, _ body: (any Channel) async throws -> Void
    ) async throws {
        let server = try await ServerBootstrap(group: self.group).bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(server.localAddress?.port)
        let loop = self.group.next()
        let channel = try await BrokerDialer(traffic: traffic, loop: loop)
            .dial(BrokerAddress(host: "127.0.0.1", port: port)) { $0.eventLoop.makeSucceededVoidFuture() }
            .get()
        #expect(channel.eventLoop === loop)
        try await body(channel)
        for channel in [channel, server] { try await channel.close() }
    }

    @Test(arguments: [BrokerDialer.Traffic.questions, .session])
    func `a connection is probed and sends small frames at once`(_ traffic: BrokerDialer.Traffic) async throws {
        try await self.dial(traffic) { channel in
            for (option, value) in [
                (TCP_KEEPIDLE, 60), (TCP_KEEPINTVL, 10), (TCP_KEEPCNT, 6), (TCP_USER_TIMEOUT, 120_000),
            ] as [(CInt, CInt)] {
                let found = try await channel.getOption(.tcpOption(.init(rawValue: option))).get()
                #expect(found == value)
            }
            let isProbed = try await channel.getOption(.socketOption(.so_keepalive)).get()
            let sendsAtOnce = try await channel.getOption(.tcpOption(.tcp_nodelay)).get()
            #expect(isProbed == 1)
            #expect(sendsAtOnce == 1)
        }
    }

    @Test(arguments: [(BrokerDialer.Traffic.questions, true), (.session, false)])
    func `a session decides itself when to read, a question does not`(
        _ traffic: BrokerDialer.Traffic, _ readsByItself: Bool
    ) async throws {
        try await self.dial(traffic) { channel in
            let autoRead = try await channel.getOption(.autoRead).get()
            #expect(autoRead == readsByItself)
        }
    }
}
