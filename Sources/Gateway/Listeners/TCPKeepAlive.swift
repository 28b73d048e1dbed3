import Foundation
import NIOCore

/// The socket options by which a vanished peer, client or broker, is given up within two minutes. The kernel's default
/// is two hours.
enum TCPKeepAlive {
    /// Six probes after 60 s of silence, one every 10 s; and the end of a connection whose sent bytes stay
    /// unacknowledged for 120 s.
    static let options: [(ChannelOptions.Types.SocketOption, ChannelOptions.Types.SocketOption.Value)] = [
        (.init(level: .tcp, name: .init(rawValue: TCP_KEEPIDLE)), 60),
        (.init(level: .tcp, name: .init(rawValue: TCP_KEEPINTVL)), 10),
        (.init(level: .tcp, name: .init(rawValue: TCP_KEEPCNT)), 6),
        (.init(level: .tcp, name: .init(rawValue: TCP_USER_TIMEOUT)), 120_000),
    ]
}
