import Foundation

/// The origin of a web page: scheme, host and port (RFC 6454 §4), in one spelling.
package struct WebOrigin: Equatable, Hashable, Sendable {
    package let text: String

    /// Reads an `Origin` header or a trusted origin. A trusted origin may end in `/`; anything else after the port, and
    /// the word `null`, is no origin.
    package init?(_ text: String) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = parts.host?.lowercased(), !host.isEmpty,
            parts.path.isEmpty || parts.path == "/", parts.query == nil, parts.fragment == nil,
            parts.user == nil, parts.password == nil
        else { return nil }
        if let port = parts.port, port != (scheme == "http" ? 80 : 443) {
            guard (1...65535).contains(port) else { return nil }
            self.text = "\(scheme)://\(host):\(port)"
        } else {
            self.text = "\(scheme)://\(host)"
        }
    }
}
