import Foundation
import NIOCore
import NIOPosix

extension ClientBootstrap {
    /// A broker whose machine vanished without a word is noticed within two minutes: when the connection is silent, by
    /// probes after 60 s and every 10 s, and when it is not, because nothing is acknowledged.
    func noticingVanishedPeers() -> ClientBootstrap {
        self.channelOption(.socketOption(.so_keepalive), value: 1)
            .channelOption(.tcpOption(.init(rawValue: TCP_KEEPIDLE)), value: 60)
            .channelOption(.tcpOption(.init(rawValue: TCP_KEEPINTVL)), value: 10)
            .channelOption(.tcpOption(.init(rawValue: TCP_KEEPCNT)), value: 6)
            .channelOption(.tcpOption(.init(rawValue: TCP_USER_TIMEOUT)), value: 120_000)
    }

    /// Connects to a broker. An IP address needs no resolver: each name that is looked up keeps a thread busy.
    func connect(to address: BackendDirectory.Address) -> EventLoopFuture<any Channel> {
        if let address = try? SocketAddress(ipAddress: address.host, port: address.port) {
            return self.connect(to: address)
        }
        return self.connect(host: address.host, port: address.port)
    }
}
