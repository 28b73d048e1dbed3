import AsyncHTTPClient
import Foundation
import JSON
import NIOCore
import NIOHTTP1
import Resources

/// The token endpoint of an auth server, asked with client credentials (RFC 6749, section 4.4).
struct TokenEndpoint: Sendable {
    /// Where the endpoint comes from.
    enum Source: Sendable {
        /// The issuer's metadata says it; an issuer without any is taken for one of this product's, at `/oauth/token`.
        case issuer(String)
        case address(String)
    }

    var source: Source

    init(issuer: String) {
        self.source = .issuer(issuer)
    }

    init(_ source: Source) {
        self.source = source
    }

    struct Answer: Sendable {
        var accessToken: String
        /// The whole answer, as JSON.
        var body: Data
    }

    /// - Parameter warn: takes a sentence before the secret is sent where others can read it.
    /// - Throws: ``CommandFailure`` with what was asked and what came. Never the secret. Its exit code is that of a refusal
    ///   when the server answered with an OAuth error.
    func fetch(
        clientID: String, clientSecret: String, scope: String?, warn: (String) -> Void
    ) async throws -> Answer {
        let endpoint = try await self.endpoint()
        var fields = [
            ("grant_type", "client_credentials"), ("client_id", clientID), ("client_secret", clientSecret),
        ]
        if let scope, !scope.isEmpty { fields.append(("scope", scope)) }
        if let warning = endpoint.address.server.warning(ofSecret: "the client's secret") { warn(warning) }
        var request = HTTPClientRequest(url: endpoint.address.url)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
        request.headers.add(name: "accept", value: "application/json")
        let form = fields.map { "\($0)=\(PathSegment.encoded($1))" }.joined(separator: "&")
        request.body = .bytes(ByteBuffer(string: form))
        let (status, data) = try await Self.send(request, what: "token endpoint")
        let answer = try? JSONValue(parsing: Array(data))
        if status == 200, let token = answer?.text("access_token") {
            // RFC 6749, appendix A.12. Anything else would be shown changed, and be of no use.
            guard !token.isEmpty, token.unicodeScalars.allSatisfy({ (0x20...0x7E).contains($0.value) }) else {
                throw CommandFailure(
                    "The access token of \(endpoint.address.url) is empty or has characters that no token may have.")
            }
            return Answer(accessToken: token, body: data)
        }
        let asked = "The token endpoint \(endpoint.address.url)"
        if let error = answer?.text("error") {
            let description = (answer?.text("error_description")).map {
                ": \(OutsideText.escaped($0, maximumBytes: 500))"
            }
            throw CommandFailure(
                "\(asked) refused (\(OutsideText.escaped(error, maximumBytes: 100))\(description ?? "")).",
                exitCode: .refused)
        }
        let found = endpoint.looked.isEmpty ? "" : " No metadata was found: \(endpoint.looked.joined(separator: "; "))."
        throw CommandFailure(
            "\(asked) answered with status \(status)\(status == 200 ? " and no access token" : "").\(found)"
                + (endpoint.looked.isEmpty
                    ? "" : " Give --issuer as the server's metadata writes it, or --token-endpoint."))
    }

    /// The endpoint, and what was asked in vain before it was guessed.
    private func endpoint() async throws(CommandFailure) -> (address: EndpointURL, looked: [String]) {
        switch self.source {
        case .address(let text):
            guard let address = EndpointURL(text) else {
                throw Self.noURL(text, "a token endpoint", rule: EndpointURL.rule)
            }
            return (address, [])
        case .issuer(let text):
            guard let issuer = ServerAddress(text) else {
                throw Self.noURL(text, "an issuer", rule: ServerAddress.rule)
            }
            var looked: [String] = []
            for location in IssuerMetadata.locations(of: issuer) {
                var request = HTTPClientRequest(url: location)
                request.headers.add(name: "accept", value: "application/json")
                let (status, data) = try await Self.send(request, what: "issuer's metadata at")
                guard status == 200, let document = try? JSONValue(parsing: Array(data)) else {
                    looked.append("\(location) answered \(status == 200 ? "without JSON" : "status \(status)")")
                    continue
                }
                return (try IssuerMetadata(document, of: issuer, from: location).tokenEndpoint, [])
            }
            guard let address = EndpointURL(issuer.url + "/oauth/token") else {
                throw Self.noURL(text, "an issuer", rule: ServerAddress.rule)
            }
            return (address, looked)
        }
    }

    private static func noURL(_ text: String, _ what: String, rule: String) -> CommandFailure {
        CommandFailure(
            "'\(text)' is no URL of \(what): it must be \(rule), such as https://auth.example.com/tenant.",
            isWrongUse: true)
    }

    private static func send(
        _ request: HTTPClientRequest, what: String
    ) async throws(CommandFailure) -> (status: UInt, body: Data) {
        do {
            let response = try await HTTPClient.commands.execute(request, timeout: .seconds(30))
            let body = try await response.body.collect(upTo: 1024 * 1024)
            return (response.status.code, Data(body.readableBytesView))
        } catch is NIOTooManyBytesError {
            throw CommandFailure("The \(what) \(request.url) answered with more than 1 MiB.")
        } catch {
            throw CommandFailure(
                "The \(what) \(request.url) cannot be reached: \(ConnectionFailure(error, url: request.url).reason).")
        }
    }
}

extension JSONValue {
    fileprivate func text(_ name: String) -> String? {
        if case .object(let members) = self, case .string(let text)? = members[name] { text } else { nil }
    }
}
