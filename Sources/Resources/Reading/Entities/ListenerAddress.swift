internal import Foundation

/// An address that a listener binds, in a form that can be compared.
package enum ListenerAddress: Hashable, Sendable {
    /// Four bytes.
    case ipv4([UInt8])
    /// Sixteen bytes.
    case ipv6([UInt8])
    /// A name whose addresses are only known when it is bound; lower case.
    case host(String)

    /// - Parameter text: an IPv4 or IPv6 address or a host name; `localhost` is the IPv4 loopback. Else nil.
    package init?(text: String) {
        if let bytes = Self.bytes(text, family: AF_INET, count: 4) {
            self = .ipv4(bytes)
        } else if let bytes = Self.bytes(text, family: AF_INET6, count: 16) {
            // ::ffff:a.b.c.d is an IPv4 address (RFC 4291 §2.5.5.2), which a socket for IPv6 alone cannot bind.
            let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xff && bytes[11] == 0xff
            self = isMapped ? .ipv4(Array(bytes[12...])) : .ipv6(bytes)
        } else if text.lowercased() == "localhost" {
            self = .ipv4([127, 0, 0, 1])
        } else if isHostName(text), !text.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") }) {
            self = .host(text.lowercased())
        } else {
            return nil
        }
    }

    package var isWildcard: Bool {
        switch self {
        case .ipv4(let bytes), .ipv6(let bytes): bytes.allSatisfy { $0 == 0 }
        case .host: false
        }
    }

    /// The address that takes every connection of the same family; nil for a name.
    package var wildcard: ListenerAddress? {
        switch self {
        case .ipv4: .ipv4([0, 0, 0, 0])
        case .ipv6: .ipv6([UInt8](repeating: 0, count: 16))
        case .host: nil
        }
    }

    /// The shortest usual form, the same for every spelling of an address: `127.0.0.1`, `::1`.
    package var text: String {
        switch self {
        case .ipv4(let bytes): Self.text(bytes, family: AF_INET)
        case .ipv6(let bytes): Self.text(bytes, family: AF_INET6)
        case .host(let name): name
        }
    }

    /// True when one port could not be bound on both. A name counts as any address: it may stand for it.
    package func overlaps(_ other: ListenerAddress) -> Bool {
        switch (self, other) {
        case (.ipv4, .ipv4), (.ipv6, .ipv6): self == other || self.isWildcard || other.isWildcard
        // A socket that is bound to an IPv6 address takes IPv6 only, `::` included.
        case (.ipv4, .ipv6), (.ipv6, .ipv4): false
        case (.host, .host): self == other
        case (.host, let address), (let address, .host): address.isWildcard
        }
    }

    private static func bytes(_ text: String, family: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return inet_pton(family, text, &bytes) == 1 ? bytes : nil
    }

    private static func text(_ bytes: [UInt8], family: Int32) -> String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else {
            preconditionFailure("An address has 4 or 16 bytes, not \(bytes.count).")
        }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

extension ListenerAddress {
    /// The first address and ports that two listeners cannot both have.
    package static func overlap(
        _ addresses: [String], _ ports: [PortSpecification], with otherAddresses: [String],
        _ otherPorts: [PortSpecification]
    ) -> (address: String, ports: ClosedRange<Int>)? {
        let others = otherAddresses.compactMap(ListenerAddress.init(text:))
        for address in addresses {
            guard let own = ListenerAddress(text: address), others.contains(where: own.overlaps) else { continue }
            for range in ports.map(\.range) {
                for other in otherPorts.map(\.range) where range.overlaps(other) {
                    return (address, range.clamped(to: other))
                }
            }
        }
        return nil
    }
}
