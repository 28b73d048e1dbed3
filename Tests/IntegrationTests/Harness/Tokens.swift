import Foundation

/// What tests do to tokens that no honest client would.
enum Tokens {
    /// The claims of a JWT, without a look at its signature; `.null` when it is none.
    static func claims(of token: String) -> JSON {
        let parts = token.split(separator: ".")
        guard parts.count == 3 else { return .null }
        var text = parts[1].replacing("-", with: "+").replacing("_", with: "/")
        text += String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: String(text)) else { return .null }
        return (try? JSON(text: String(decoding: data, as: UTF8.self))) ?? .null
    }

    /// The token with another character in the middle of its signature.
    static func alteringSignature(of token: String) -> String {
        var characters = Array(token)
        guard let dot = characters.lastIndex(of: ".") else { return token }
        let middle = (dot + 1 + characters.count) / 2
        characters[middle] = characters[middle] == "A" ? "B" : "A"
        return String(characters)
    }
}

/// An identity server whose private keys the test holds (`Clients/issuer.py`).
struct TestIssuer: Sendable {
    let python: PythonClient
    let url: String

    /// Runs `body` with an issuer that publishes one RS256 key, `first`, and holds another, `hidden`.
    static func run<Result>(
        isolation: isolated (any Actor)? = #isolation, _ body: (TestIssuer) async throws -> Result
    ) async throws -> Result {
        try await PythonClient.run("issuer") { python in
            let url = try await python.call("start").string ?? ""
            try await python.call("add_key", ["kid": "first"])
            try await python.call("add_key", ["kid": "hidden", "published": false])
            return try await body(TestIssuer(python: python, url: url))
        }
    }

    /// - Parameter key: the key that signs; `headerKey` is the one that the header names.
    func token(
        subject: String, key: String = "first", headerKey: String? = nil, expiresIn seconds: Int = 3_600,
        algorithm: String? = nil, claims: JSON = .null
    ) async throws -> String {
        try await self.python.call(
            "token",
            [
                "kid": .string(key), "subject": .string(subject), "expires_in": .integer(seconds),
                "header_kid": headerKey.map(JSON.string) ?? .null, "algorithm": algorithm.map(JSON.string) ?? .null,
                "claims": claims,
            ]
        ).string ?? ""
    }

    /// The header and claims of a token, under a signature by a key that is not in its issuer's set.
    func resigned(_ token: String) async throws -> String {
        try await self.python.call("sign_like", ["kid": "hidden", "token": .string(token)]).string ?? ""
    }

    /// The authentication rule of a virtual cluster that trusts this issuer.
    var rule: JSON {
        ["type": "oauth_bearer", "mediation": "terminate", "jwks": ["endpoint": .string(self.url)]]
    }
}
