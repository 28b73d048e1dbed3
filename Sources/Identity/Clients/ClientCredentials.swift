import Foundation

/// How a client says who it is: in the form, or with HTTP Basic (RFC 6749 §2.3.1).
struct ClientCredentials: Equatable, Sendable {
    var clientID: String
    /// What the secret may be, in the order in which to try: one, or with HTTP Basic two readings of the same bytes.
    var secrets: [String]

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
            self.init(clientID: clientID, secrets: [secret])
        case (nil, _?):
            throw .invalidRequest("client_secret is given without client_id.")
        case (_, nil):
            throw .invalidClient("Client authentication is missing: send client_id and client_secret.")
        }
    }

    init(clientID: String, secrets: [String]) {
        self.clientID = clientID
        self.secrets = secrets
    }

    /// Id and secret, joined with a colon and put in base64. RFC 6749 has each form-encoded before; RFC 7617 does not, and
    /// neither do curl, librdkafka and, unless told to, Kafka's Java client (`sasl.oauthbearer.header.urlencode`). So a
    /// secret that differs between the two is tried in both readings. An id has no character that is encoded.
    private static func basic(_ header: String) throws(OAuthError) -> ClientCredentials {
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic" else {
            throw .invalidClient("The Authorization header is not HTTP Basic.")
        }
        let broken = OAuthError.invalidClient("The HTTP Basic credentials are broken.")
        guard let pair = Data(base64Encoded: parts[1].trimmingPrefix { $0 == " " }.description),
            let colon = pair.firstIndex(of: UInt8(ascii: ":")),
            let clientID = FormParameters.decode(pair[..<colon]) ?? String(validating: pair[..<colon], as: UTF8.self),
            !clientID.isEmpty
        else { throw broken }
        let secret = pair[pair.index(after: colon)...]
        var secrets: [String] = []
        for reading in [FormParameters.decode(secret), String(validating: secret, as: UTF8.self)] {
            if let reading, !reading.isEmpty, !secrets.contains(where: { $0.utf8.elementsEqual(reading.utf8) }) {
                secrets.append(reading)
            }
        }
        guard !secrets.isEmpty else { throw broken }
        return ClientCredentials(clientID: clientID, secrets: secrets)
    }
}
