import Foundation
import JSON
import Resources

extension AuthServer {
    /// The server that a POST body describes.
    ///
    /// - Parameter issuer: the issuer unless the body names one: a server that is made anew elsewhere can keep the URL that
    ///   its clients know.
    /// - Throws: ``Problem`` 400 with all that is wrong.
    static func created(from body: JSONValue, id: String, issuer: String, now: Date) throws -> AuthServer {
        try BodyReader.read(body) { reader in
            let name = reader["name"].string(.identityName)
            let audience = reader["audience"].string(.audience)
            let description = reader["description"].ifPresent?.string(.description) ?? ""
            let algorithm = reader["signing_algorithm"].ifPresent?.choice(of: SigningAlgorithm.self) ?? .rs256
            let origins = reader["trusted_origins"].ifPresent?.trustedOrigins() ?? []
            let labels = reader["labels"].ifPresent?.labels() ?? [:]
            let issuer = reader["issuer"].ifPresent?.string(.issuer) ?? issuer
            guard let name, let audience else { return nil }
            return AuthServer(
                id: id, name: name, audience: audience, description: description, signingAlgorithm: algorithm,
                trustedOrigins: origins, labels: labels, issuer: issuer, createdAt: now, updatedAt: now)
        }
    }

    /// This server with the fields of a PATCH body; a null description empties it, a null label removes it.
    func patched(from body: JSONValue, now: Date) throws -> AuthServer {
        try BodyReader.read(body) { reader in
            var server = self
            server.updatedAt = now
            if let name = reader["name"].ifPresent?.string(.identityName) { server.name = name }
            if let audience = reader["audience"].ifPresent?.string(.audience) { server.audience = audience }
            reader["description"].change(&server.description, to: "") { $0.string(.description) }
            if let algorithm = reader["signing_algorithm"].ifPresent?.choice(of: SigningAlgorithm.self) {
                server.signingAlgorithm = algorithm
            }
            if let origins = reader["trusted_origins"].ifPresent?.trustedOrigins() { server.trustedOrigins = origins }
            if let changes = reader["labels"].ifPresent?.labelChanges() {
                reader["labels"].apply(changes, to: &server.labels)
            }
            return server
        }
    }
}

extension FieldReader {
    /// Changes a nullable field of a PATCH body: absent leaves it, null resets it.
    func change<Value>(_ value: inout Value, to reset: Value, _ read: (FieldReader) -> Value?) {
        guard let field = self.ifPresent else { return }
        if field.value == .null {
            value = reset
        } else if let read = read(field) {
            value = read
        }
    }

    /// Sets and removes labels; more than 50 afterwards are reported.
    func apply(_ changes: [String: String?], to labels: inout [String: String]) {
        for (key, value) in changes { labels[key] = value }
        if labels.count > 50 { self.report(.maximumItems, "must have at most 50 labels", bound: .maximum(50)) }
    }

    fileprivate func trustedOrigins() -> [String]? {
        self.uniqueArray(atMost: 16) { $0.string(.origin) }
    }
}

extension StringRule {
    static let identityName = StringRule.length(1...255)
    static let audience = StringRule.length(1...1024)
    /// The routes below an issuer are found by the last two parts of its path.
    static let issuer = StringRule.valid(
        "must be an http or https URL that ends in /<id>/auth, the id 1 to 64 of letters, digits, - and _"
    ) { text in
        guard text.utf8.count <= 1024, let url = URLComponents(string: text),
            let scheme = url.scheme, ["http", "https"].contains(scheme), let host = url.host, !host.isEmpty,
            url.user == nil, url.password == nil, url.query == nil, url.fragment == nil
        else { return false }
        let parts = url.path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count >= 3 && parts.dropFirst().allSatisfy { !$0.isEmpty } && parts.last == "auth"
            && parts[parts.count - 2].wholeMatch(of: /[A-Za-z0-9_-]{1,64}/) != nil
    }
    static let origin = StringRule.valid("must be an origin such as https://app.example.com:8443") {
        WebOrigin($0) != nil
    }
}
