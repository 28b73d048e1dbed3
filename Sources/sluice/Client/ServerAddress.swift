import Foundation

/// The base of a server's URLs, `http` or `https`, as commands are given it, ready for paths to be put behind it. A URL that is
/// called as it stands is an ``EndpointURL``.
struct ServerAddress: Equatable {
    /// What a text must be, as the end of a sentence.
    static let rule = "an http or https URL without a user name, a query or a fragment"

    /// The text without a slash at its end.
    let url: String
    let isEncrypted: Bool
    /// The host in lower case, without brackets.
    let host: String
    let port: Int

    /// - Parameter text: a URL; `HOST:PORT` alone is taken for `http`.
    init?(_ text: String) {
        var base = text.contains("://") ? text : "http://\(text)"
        while base.hasSuffix("/") { base.removeLast() }
        guard let parsed = URLComponents(string: base), let scheme = parsed.scheme?.lowercased(),
            scheme == "http" || scheme == "https", var host = parsed.host?.lowercased(), !host.isEmpty,
            parsed.user == nil, parsed.query == nil, parsed.fragment == nil
        else { return nil }
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        self.url = base
        self.isEncrypted = scheme == "https"
        self.host = host
        self.port = parsed.port ?? (scheme == "https" ? 443 : 80)
    }

    /// What is sent there does not leave the machine.
    var isLoopback: Bool {
        if self.host == "localhost" || self.host.hasSuffix(".localhost") || self.host == "::1" { return true }
        return self.host.hasPrefix("127.") && Self.isIPv4(self.host)
    }

    /// Whether the host stands for all addresses of this machine, as a listener binds it.
    private var isUnspecified: Bool { self.host == "0.0.0.0" || self.host == "::" }

    private static func isIPv4(_ host: String) -> Bool {
        var address = in_addr()
        return inet_pton(AF_INET, host, &address) == 1
    }

    /// Whether this names the server that bound `other` on this machine: the same address, or another name of loopback.
    /// The caller then goes to `other`, so that no server that holds the port on another loopback address is asked.
    func names(_ other: ServerAddress) -> Bool {
        guard self.isEncrypted == other.isEncrypted, self.port == other.port,
            URLComponents(string: self.url)?.path == URLComponents(string: other.url)?.path
        else { return false }
        return self.host == other.host || (self.isLoopback && (other.isLoopback || other.isUnspecified))
    }

    /// Says that a secret goes over the network as plain text.
    /// - Returns: a sentence for the user; nil when the secret cannot be read on its way.
    func warning(ofSecret secret: String) -> String? {
        guard !self.isEncrypted, !self.isLoopback, !self.isUnspecified else { return nil }
        return
            "\(secret) goes to \(self.url) without encryption, where others on the way can read it; use https or a tunnel "
            + "such as ssh -L."
    }
}
