import AsyncHTTPClient
import Foundation
import GatewayModel
import NIOCore
import NIOHTTP1

/// The token endpoint of an auth server, asked with client credentials (RFC 6749, section 4.4).
struct TokenEndpoint: Sendable {
    /// With or without a slash at its end.
    var issuer: String

    struct Answer: Sendable {
        var accessToken: String
        /// The whole answer, as JSON.
        var body: Data
    }

    /// - Throws: ``CommandFailure`` with what the server said. Never the secret.
    func fetch(clientID: String, clientSecret: String, scope: String?) async throws -> Answer {
        var fields = [
            ("grant_type", "client_credentials"), ("client_id", clientID), ("client_secret", clientSecret),
        ]
        if let scope, !scope.isEmpty { fields.append(("scope", scope)) }
        let base = self.issuer.hasSuffix("/") ? String(self.issuer.dropLast()) : self.issuer
        var request = HTTPClientRequest(url: base + "/oauth/token")
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
        let form = fields.map { "\($0)=\(PathSegment.encoded($1))" }.joined(separator: "&")
        request.body = .bytes(ByteBuffer(string: form))
        let status: UInt
        let data: Data
        do {
            let response = try await HTTPClient.commands.execute(request, timeout: .seconds(30))
            status = response.status.code
            data = Data(try await response.body.collect(upTo: 1024 * 1024).readableBytesView)
        } catch {
            throw CommandFailure("The token endpoint \(base)/oauth/token cannot be reached: \(error)")
        }
        let answer = (try? JSONSerialization.jsonObject(with: data)) as? [String: Any] ?? [:]
        guard status == 200, let token = answer["access_token"] as? String else {
            let error = answer["error"] as? String ?? "status \(status)"
            let description = (answer["error_description"] as? String).map { ": \($0)" } ?? ""
            throw CommandFailure("The token endpoint refused (\(error)\(description)).")
        }
        return Answer(accessToken: token, body: data)
    }
}
