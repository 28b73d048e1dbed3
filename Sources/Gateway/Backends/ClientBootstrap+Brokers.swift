import GatewayModel
import NIOCore
import NIOPosix

extension ClientBootstrap {
    /// A broker whose machine vanished without a word is noticed within two minutes: when the connection is silent, by
    /// probes after 60 s and every 10 s, and when it is not, because nothing is acknowledged.
    func noticingVanishedPeers() -> ClientBootstrap {
        TCPKeepAlive.options.reduce(self.channelOption(.socketOption(.so_keepalive), value: 1)) { bootstrap, option in
            bootstrap.channelOption(option.0, value: option.1)
        }
    }

    /// Connects to a broker. An IP address needs no resolver: each name that is looked up keeps a thread busy.
    func connect(to address: BrokerAddress) -> EventLoopFuture<any Channel> {
        if let address = try? SocketAddress(ipAddress: address.host, port: address.port) {
            return self.connect(to: address)
        }
        return self.connect(host: address.host, port: address.port)
    }
}
