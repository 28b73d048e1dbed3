internal import Foundation
package import NIOCore

/// Where a connection comes from, as far as shares look at it: an IPv4 address, or the network of an IPv6 address, since
/// whoever has one IPv6 address has 2^64 of them.
package struct PeerAddress: Hashable, Sendable {
    private var network: [UInt8]
    /// The peer is on this machine.
    package private(set) var isLoopback: Bool

    package init(_ address: SocketAddress?) {
        switch address {
        case .v4(let address):
            let number = address.address.sin_addr
            self.init(bytes: withUnsafeBytes(of: number) { Array($0) })
        case .v6(let address):
            let number = address.address.sin6_addr
            self.init(bytes: withUnsafeBytes(of: number) { Array($0) })
        case .unixDomainSocket, nil:
            // Only this machine reaches such a socket.
            self.init(bytes: [127, 0, 0, 1])
        }
    }

    /// - Parameter bytes: 4 or 16, in network order.
    private init(bytes: [UInt8]) {
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
        if bytes.count == 16, !bytes.starts(with: mapped) {
            self.network = Array(bytes.prefix(8))
            self.isLoopback = bytes == Array(repeating: 0, count: 15) + [1]
        } else {
            // ::ffff:a.b.c.d is an IPv4 address on a socket that takes both.
            self.network = bytes.suffix(4)
            self.isLoopback = self.network.first == 127
        }
    }
}
