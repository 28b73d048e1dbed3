import Resources

/// A range of addresses in CIDR notation: `10.0.0.0/8`, `fd00::/8`.
struct AddressRange: Equatable, Sendable {
    private let network: [UInt8]
    private let bits: Int

    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let network = Self.address(parts[0]), (1...3).contains(parts[1].count),
            let bits = Int(parts[1]), bits >= 0, bits <= network.count * 8
        else { return nil }
        self.network = network
        self.bits = bits
    }

    /// - Parameter text: an address, with or without a port: `10.0.4.17:53122`, `[fd00::1]:9092`, `fd00::1`.
    func contains(_ text: String) -> Bool {
        guard let address = Self.address(HostPort.withoutPort(text)), address.count == self.network.count else {
            return false
        }
        let whole = self.bits / 8
        guard address.prefix(whole) == self.network.prefix(whole) else { return false }
        let rest = self.bits % 8
        guard rest > 0 else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF00 >> rest)
        return address[whole] & mask == self.network[whole] & mask
    }

    /// 4 or 16 bytes; an IPv4 address written in IPv6 gives its 4.
    static func address(_ text: Substring) -> [UInt8]? {
        guard text.utf8.count <= 45 else { return nil }
        return text.contains(":") ? Self.version6(text) : Self.version4(text)
    }

    private static func version4(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        let bytes = parts.compactMap { part -> UInt8? in
            (1...3).contains(part.count) && part.allSatisfy { $0.isASCII && $0.isNumber } ? UInt8(part) : nil
        }
        return bytes.count == 4 ? bytes : nil
    }

    private static func version6(_ text: Substring) -> [UInt8]? {
        let zoneless = text.prefix { $0 != "%" }
        let halves = zoneless.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
        guard let head = Self.groups(halves[0]) else { return nil }
        if halves.count == 1 { return head.count == 16 ? Self.mapped(head) : nil }
        guard let tail = Self.groups(halves[1]), head.count + tail.count < 16 else { return nil }
        return Self.mapped(head + Array(repeating: 0, count: 16 - head.count - tail.count) + tail)
    }

    private static func groups(_ text: Substring) -> [UInt8]? {
        if text.isEmpty { return [] }
        var bytes: [UInt8] = []
        for part in text.split(separator: ":", omittingEmptySubsequences: false) {
            if part.contains("."), let last = Self.version4(part) {
                bytes += last
            } else {
                guard (1...4).contains(part.count), let group = UInt16(part, radix: 16) else { return nil }
                bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
            }
        }
        return bytes.count <= 16 ? bytes : nil
    }

    private static func mapped(_ bytes: [UInt8]) -> [UInt8] {
        let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        return isMapped ? Array(bytes.suffix(4)) : bytes
    }
}
