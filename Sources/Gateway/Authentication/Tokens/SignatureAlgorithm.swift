/// The signature algorithms that tokens may use: asymmetric ones only.
/// - SeeAlso: RFC 7518 §3.1.
package enum SignatureAlgorithm: String, CaseIterable, Sendable {
    case rs256 = "RS256"
    case rs384 = "RS384"
    case rs512 = "RS512"
    case ps256 = "PS256"
    case ps384 = "PS384"
    case ps512 = "PS512"
    case es256 = "ES256"
    case es384 = "ES384"
    case es512 = "ES512"

    /// Reads a token's `alg`, which is case-sensitive.
    init(header: String) throws(TokenRejection) {
        if let algorithm = SignatureAlgorithm(rawValue: header) {
            self = algorithm
        } else if header.lowercased() == "none" {
            throw .unsigned
        } else if ["HS256", "HS384", "HS512"].contains(header) {
            throw .symmetricAlgorithm(header)
        } else {
            throw .unsupportedAlgorithm(header)
        }
    }
}
