import NIOCore
import NIOPosix

/// Opens server sockets.
protocol ListeningSockets: Sendable {
    /// Binds and listens. Clients may connect from then on, and wait until the socket accepts.
    ///
    /// - Parameter address: The key's address, or the address that its name stands for, with the key's port.
    func open(_ key: BindingKey, at address: SocketAddress) async throws -> any ListeningSocket
}

/// A server socket that is bound.
protocol ListeningSocket: Sendable {
    func accept() async
    /// Frees the port. Accepted connections stay open.
    func close() async
}

/// Server sockets of the system.
struct SystemSockets: ListeningSockets {
    let group: any EventLoopGroup
    /// Called with each new connection.
    let initializer: @Sendable (any Channel, BindingKey) -> EventLoopFuture<Void>

    private struct Socket: ListeningSocket {
        let channel: any Channel

        func accept() async {
            // This fails when the channel is closed, and then there is nothing to accept.
            try? await self.channel.setOption(.autoRead, value: true).get()
        }

        func close() async {
            try? await self.channel.close()
        }
    }

    func open(_ key: BindingKey, at address: SocketAddress) async throws -> any ListeningSocket {
        let initializer = self.initializer
        var bootstrap = ServerBootstrap(group: self.group)
            .serverChannelOption(.autoRead, value: false)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.socketOption(.so_keepalive), value: 1)
            .childChannelOption(.autoRead, value: false)
            .childChannelOption(.allowRemoteHalfClosure, value: false)
            .childChannelOption(.maxMessagesPerRead, value: ReceiveBuffers.readsPerTurn)
            .childChannelOption(.recvAllocator, value: ReceiveBuffers())
            .childChannelOption(.writeBufferWaterMark, value: Session.writeBufferWaterMark)
            .childChannelInitializer { channel in initializer(channel, key) }
        // Otherwise `::` would accept IPv4 too, and exclude a listener on 0.0.0.0, which is another address.
        if case .v6 = address {
            bootstrap = bootstrap.serverChannelOption(
                ChannelOptions.Types.SocketOption(level: .ipv6, name: .ipv6_v6only), value: 1)
        }
        for (option, value) in TCPKeepAlive.options { bootstrap = bootstrap.childChannelOption(option, value: value) }
        return Socket(channel: try await bootstrap.bind(to: address).get())
    }
}
