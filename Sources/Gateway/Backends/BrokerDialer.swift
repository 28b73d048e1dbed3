import NIOCore
import NIOPosix
import Resources

/// Opens connections to brokers: the one place from which the gateway dials a backend.
///
/// A broker whose machine vanished is noticed within two minutes: a silent connection is probed after 60 s and every
/// 10 s, and on any other the bytes sent stay unacknowledged.
struct BrokerDialer {
    /// What a connection carries.
    enum Traffic {
        /// The gateway's own questions: one at a time, each answer read as it comes.
        case questions
        /// The requests of one client and their answers: the session reads when it has room, and notices when the broker
        /// is slow.
        case session
    }

    /// The time that one connection may take to open.
    static let attemptTime = TimeAmount.seconds(5)

    let traffic: Traffic
    let loop: any EventLoop

    /// - Parameters:
    ///   - time: The longest that opening may take.
    ///   - initializer: Called with each channel that is tried; a host name may have several addresses.
    /// - Returns: The channel that connected first, on ``loop``.
    func dial(
        _ address: BrokerAddress, within time: TimeAmount = attemptTime,
        initializer: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>
    ) -> EventLoopFuture<any Channel> {
        let bootstrap = self.bootstrap.connectTimeout(time).channelInitializer(initializer)
        // An IP address needs no resolver: each name that is looked up keeps a thread busy.
        if let address = try? SocketAddress(ipAddress: address.host, port: address.port) {
            return bootstrap.connect(to: address)
        }
        return bootstrap.connect(host: address.host, port: address.port)
    }

    private var bootstrap: ClientBootstrap {
        var bootstrap = ClientBootstrap(group: self.loop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.socketOption(.so_keepalive), value: 1)
        for (option, value) in TCPKeepAlive.options { bootstrap = bootstrap.channelOption(option, value: value) }
        switch self.traffic {
        case .questions:
            return bootstrap
        case .session:
            return
                bootstrap
                .channelOption(.autoRead, value: false)
                .channelOption(.allowRemoteHalfClosure, value: false)
                .channelOption(.maxMessagesPerRead, value: ReceiveBuffers.readsPerTurn)
                .channelOption(.recvAllocator, value: ReceiveBuffers())
                .channelOption(.writeBufferWaterMark, value: Session.writeBufferWaterMark)
        }
    }
}
