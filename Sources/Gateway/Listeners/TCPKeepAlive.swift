import Foundation
import NIOCore

/// When a peer that vanished without a word is given up, client or broker: within two minutes. The kernel's own two hours
/// are for nobody's good.
enum TCPKeepAlive {
    /// Probes after 60 s of silence, every 10 s, six of them; and sent bytes that stay unacknowledged for 120 s.
    static let options: [(ChannelOptions.Types.SocketOption, ChannelOptions.Types.SocketOption.Value)] = [
        (.init(level: .tcp, name: .init(rawValue: TCP_KEEPIDLE)), 60),
        (.init(level: .tcp, name: .init(rawValue: TCP_KEEPINTVL)), 10),
        (.init(level: .tcp, name: .init(rawValue: TCP_KEEPCNT)), 6),
        (.init(level: .tcp, name: .init(rawValue: TCP_USER_TIMEOUT)), 120_000),
    ]
}
