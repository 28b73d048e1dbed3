import Foundation
import NIOCore

/// Where a client comes from, as far as limits look at it: an IPv4 address, or the network of an IPv6 address. Whoever has
/// one IPv6 address has 2^64 of them.
struct ClientAddress: Hashable, Sendable {
    private var high: UInt64
    private var low: UInt64

    static let unknown = ClientAddress(high: 0, low: 0)

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    init(_ address: SocketAddress?) {
        self = .unknown
        switch address {
        case .v4(let address):
            let number = UInt32(bigEndian: address.address.sin_addr.s_addr)
            self.low = 0xffff_0000_0000 | UInt64(number)
        case .v6(let address):
            var bytes = address.address.sin6_addr
            let (high, low) = withUnsafeBytes(of: &bytes) { raw in
                (
                    UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                    UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
                )
            }
            // ::ffff:a.b.c.d is an IPv4 address on a socket that takes both.
            let isMapped = high == 0 && low >> 32 == 0xffff
            self = isMapped ? ClientAddress(high: 0, low: low) : ClientAddress(high: high, low: 0)
        case .unixDomainSocket, nil:
            break
        }
    }
}
