import Foundation
import JSON
import Resources

/// What an issuer says of itself: RFC 8414, and OpenID Connect Discovery 1.0, whose documents have the same members.
struct IssuerMetadata: Equatable {
    var tokenEndpoint: EndpointURL

    /// Where the document may be, the commonest place first: OpenID Connect puts the well-known part behind the issuer's
    /// path (section 4.1), RFC 8414 between its host and its path (section 3.1).
    static func locations(of issuer: ServerAddress) -> [String] {
        guard var components = URLComponents(string: issuer.url) else { return [] }
        let path = components.percentEncodedPath
        components.percentEncodedPath = ""
        let origin = components.string ?? issuer.url
        let names = ["oauth-authorization-server", "openid-configuration"]
        var locations = ["\(issuer.url)/.well-known/openid-configuration"]
        locations += names.map { "\(origin)/.well-known/\($0)\(path)" }
        locations.append("\(issuer.url)/.well-known/oauth-authorization-server")
        return locations.enumerated().filter { !locations[..<$0.offset].contains($0.element) }.map(\.element)
    }

    /// Reads a document that `location` answered.
    ///
    /// - Parameter issuer: who was asked for.
    /// - Throws: ``CommandFailure`` when it is another issuer's (RFC 8414, section 3.3), or names no endpoint to which a
    ///   secret may be sent.
    init(_ document: JSONValue, of issuer: ServerAddress, from location: String) throws(CommandFailure) {
        guard case .object(let members) = document else {
            throw CommandFailure("\(location) did not answer with an object of JSON.")
        }
        func text(_ name: String) -> String? {
            if case .string(let text)? = members[name] { text } else { nil }
        }
        guard let name = text("issuer"), let address = ServerAddress(name), address.url == issuer.url else {
            let shown = text("issuer").map { "'\(OutsideText.escaped($0, maximumBytes: 200))'" } ?? "missing"
            throw CommandFailure(
                "\(location) is of another issuer: its issuer is \(shown), and \(issuer.url) was asked for. Give --issuer as "
                    + "the server writes it, or --token-endpoint.")
        }
        guard let endpoint = text("token_endpoint") else {
            throw CommandFailure("\(location) names no token_endpoint. Give it with --token-endpoint URL.")
        }
        guard let target = EndpointURL(endpoint), endpoint.contains("://"),
            target.server.isEncrypted || !issuer.isEncrypted
        else {
            throw CommandFailure(
                "\(location) names the token_endpoint '\(OutsideText.escaped(endpoint, maximumBytes: 200))', to which no "
                    + "secret is sent: it must be \(issuer.isEncrypted ? "an https" : "an http or https") URL without a user "
                    + "name or a fragment.")
        }
        self.tokenEndpoint = target
    }
}
