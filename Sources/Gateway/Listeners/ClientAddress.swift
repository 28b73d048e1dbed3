import NIOCore

/// The address of a client for the limits: an IPv4 address, or the network of an IPv6 address, since a host with one
/// IPv6 address usually has 2^64 of them.
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
        case .v4?:
            self.low = 0xffff_0000_0000 | UInt64(Self.bytes(of: address, from: 4, as: UInt32.self))
        case .v6?:
            let high = Self.bytes(of: address, from: 8, as: UInt64.self)
            let low = Self.bytes(of: address, from: 16, as: UInt64.self)
            // ::ffff:a.b.c.d is an IPv4 address on a socket that takes both.
            let isMapped = high == 0 && low >> 32 == 0xffff
            self = isMapped ? ClientAddress(high: 0, low: low) : ClientAddress(high: high, low: 0)
        case .unixDomainSocket?, nil:
            break
        }
    }

    /// A number in network order within `sockaddr_in` or `sockaddr_in6`.
    private static func bytes<Number: FixedWidthInteger>(
        of address: SocketAddress?, from offset: Int, as type: Number.Type
    ) -> Number {
        address?.withSockAddr { pointer, _ in
            Number(bigEndian: UnsafeRawPointer(pointer).loadUnaligned(fromByteOffset: offset, as: Number.self))
        } ?? 0
    }
}
