/// A host and a port, and the one way to write both as text: an IPv6 address stands in brackets (RFC 3986 §3.2.2).
package struct HostPort: Hashable, Sendable, CustomStringConvertible {
    /// A name or an address, without brackets.
    package var host: String
    package var port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// - Parameter text: `host:port` or `[ipv6]:port`, with a port of 0 through 65,535. Else nil.
    package init?(text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard digits.utf8.allSatisfy({ (48...57).contains($0) }), let port = Int(digits), port <= 65_535
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty else { return nil }
        self.init(host: String(host), port: port)
    }

    /// `localhost:9092`, `[::1]:9092`.
    package var description: String { "\(Self.bracketed(self.host)):\(self.port)" }

    /// A host as it stands before a colon.
    package static func bracketed(_ host: String) -> String {
        host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
    }
}

extension HostPort {
    /// A server that can be connected to, as configurations name it.
    ///
    /// - Parameter text: In the form of ``hasServerForm(_:)``, with a port of 1 through 65,535. Else nil.
    package init?(server text: String) {
        guard Self.hasServerForm(text) else { return nil }
        self.init(text: text)
        if self.port == 0 { return nil }
    }

    /// `^(([a-zA-Z0-9\.\-]+)|\[([a-fA-F0-9:]+)\]):\d+$`.
    package static func hasServerForm(_ text: String) -> Bool {
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else { return false }
        let port = text.utf8[text.utf8.index(after: colon)...]
        let host = text.utf8[..<colon]
        guard !port.isEmpty, port.allSatisfy(Self.isDigit) else { return false }
        if host.first == UInt8(ascii: "["), host.last == UInt8(ascii: "]") {
            return host.count > 2 && host.dropFirst().dropLast().allSatisfy(Self.isAddressByte)
        }
        return !host.isEmpty && host.allSatisfy(Self.isHostByte)
    }

    /// The host of `text`, which may have a port: `10.0.4.17:53122`, `[fd00::1]:9092`, `fd00::1`. Whatever else it is stays
    /// as it is.
    package static func withoutPort(_ text: String) -> Substring {
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            return text[text.index(after: text.startIndex)..<end]
        }
        guard let colon = text.firstIndex(of: ":"), !text[text.index(after: colon)...].contains(":") else {
            return text[...]
        }
        return text[..<colon]
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// Whether the byte may stand in an IPv6 address.
    private static func isAddressByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: ":"): true
        default: self.isDigit(byte)
        }
    }

    /// Whether the byte may stand in a host name or an IPv4 address.
    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."),
            UInt8(ascii: "-"):
            true
        default: self.isDigit(byte)
        }
    }
}
