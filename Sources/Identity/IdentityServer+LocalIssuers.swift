package import EngineInterface
import Foundation
import Resources
import Store

extension IdentityServer: LocalIssuers {
    private static let keySetPath = "/.well-known/jwks"

    /// - Parameter address: the `jwks_uri` of an auth server, or the same with another address of this instance.
    package func keySet(at address: String) async throws -> LocalKeySet {
        guard address.hasSuffix(Self.keySetPath) else { return .elsewhere }
        let issuer = String(address.dropLast(Self.keySetPath.count))
        let place = URLComponents(string: issuer)
        let isHere = place.map { self.core.isOwn($0) } ?? false
        // The path ends in the issuer's id and `auth`, whatever a proxy puts before.
        let path = place?.path.split(separator: "/").suffix(2).joined(separator: "/") ?? ""
        let server: AuthServer? = try await self.core.store.read { snapshot in
            if let server = try snapshot.authServer(issuer: issuer) { return server }
            guard isHere, path.hasSuffix("/auth") else { return nil }
            return try snapshot.authServer(issuerPath: "/" + path)
        }
        // Of an address that leads here a fetch gets this instance's own 404, and of any other that of whoever serves it.
        guard let server else { return .elsewhere }
        do {
            return .document([UInt8](try await self.core.keys.keySet(serverID: server.id).document))
        } catch StoreError.notFound {
            return .gone
        }
    }

    package func standings(of tokens: [IssuedToken]) async throws -> [TokenStanding] {
        let now = self.core.now
        return try await self.core.store.read { snapshot in
            var judge = TokenJudge(snapshot, now: now)
            return try tokens.map { try judge.standing(of: $0) }
        }
    }
}

extension IdentityCore {
    /// Whether a URL leads to this instance.
    fileprivate func isOwn(_ url: URLComponents) -> Bool {
        guard let host = url.host?.lowercased() else { return false }
        let port = url.port ?? (url.scheme?.lowercased() == "https" ? 443 : 80)
        return self.ownAddresses().contains(URLAuthority(host: host, port: port))
    }
}

/// The authority of a URL: where it leads to (RFC 3986 §3.2).
package struct URLAuthority: Hashable, Sendable {
    /// A name in lower case, or an address without brackets.
    package var host: String
    package var port: Int

    package init(host: String, port: Int) {
        self.host = host.lowercased().trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        self.port = port
    }

    /// The authority of a URL; nil when it has no host.
    package init?(url: String) {
        guard let parts = URLComponents(string: url), let host = parts.host else { return nil }
        self.init(host: host, port: parts.port ?? (parts.scheme?.lowercased() == "https" ? 443 : 80))
    }
}
