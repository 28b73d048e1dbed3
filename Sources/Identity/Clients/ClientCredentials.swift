import Foundation

/// How a client says who it is: in the form, or with HTTP Basic (RFC 6749 §2.3.1).
struct ClientCredentials: Equatable, Sendable {
    var clientID: String
    var secret: String

    /// Takes the credentials from a request. A client uses one way only.
    ///
    /// - Parameter authorization: The `Authorization` header.
    /// - Throws: `invalid_client` when there are none or the header is broken; `invalid_request` when there are two.
    init(authorization: String?, form: FormParameters) throws(OAuthError) {
        if let authorization {
            self = try Self.basic(authorization)
            guard form["client_secret"] == nil else {
                throw .invalidRequest("The client authenticates twice: use HTTP Basic or client_secret, not both.")
            }
            guard form["client_id"] == nil || form["client_id"] == self.clientID else {
                throw .invalidRequest("client_id is not the client that HTTP Basic names.")
            }
            return
        }
        switch (form["client_id"], form["client_secret"]) {
        case (let clientID?, let secret?):
            self.init(clientID: clientID, secret: secret)
        case (nil, _?):
            throw .invalidRequest("client_secret is given without client_id.")
        case (_, nil):
            throw .invalidClient("Client authentication is missing: send client_id and client_secret.")
        }
    }

    init(clientID: String, secret: String) {
        self.clientID = clientID
        self.secret = secret
    }

    /// Id and secret are each form-encoded, joined with a colon and put in base64.
    private static func basic(_ header: String) throws(OAuthError) -> ClientCredentials {
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic" else {
            throw .invalidClient("The Authorization header is not HTTP Basic.")
        }
        guard let pair = Data(base64Encoded: parts[1].trimmingPrefix { $0 == " " }.description),
            let colon = pair.firstIndex(of: UInt8(ascii: ":")),
            let clientID = FormParameters.decode(pair[..<colon]), !clientID.isEmpty,
            let secret = FormParameters.decode(pair[pair.index(after: colon)...]), !secret.isEmpty
        else { throw .invalidClient("The HTTP Basic credentials are broken.") }
        return ClientCredentials(clientID: clientID, secret: secret)
    }
}
