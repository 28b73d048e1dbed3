internal import GRDB
package import Resources

extension StoreSnapshot {
    /// The auth server whose issuer URL ends in `path`, such as `/k3v9q0m1x7d2c8aa/auth`.
    package func authServer(issuerPath path: String) throws -> AuthServer? {
        guard !path.isEmpty else { return nil }
        return try Row.fetchOne(
            self.database, sql: "SELECT id, body FROM auth_servers WHERE substr(issuer, -length(?1)) = ?1",
            arguments: [path]
        ).map { try Self.decode($0) }
    }

    /// The auth server of exactly this issuer.
    package func authServer(issuer: String) throws -> AuthServer? {
        try Row.fetchOne(
            self.database, sql: "SELECT id, body FROM auth_servers WHERE issuer = ?", arguments: [issuer]
        ).map { try Self.decode($0) }
    }
}
