import JSON
import Resources

/// The parts of a signed JSON Web Token. None of them can be trusted before the signature is verified.
///
/// Exactly one text stands for a given header, claims and signature: see ``Base64URL``.
/// - SeeAlso: RFC 7515 §7.1 (compact form), RFC 7519, RFC 8725.
struct JSONWebToken: Sendable {
    /// The largest token that a message of the mechanism can carry.
    static let maximumBytes = OAuthBearerMessage.maximumBytes

    private static let maximumParts = 6

    /// The header's `alg` as it stands there.
    var algorithm: String
    var keyID: String?
    /// The header's `typ`.
    var type: String?
    var claims: JSONObject
    /// The bytes that the signature covers: the first two parts with the dot between them.
    var signingInput: [UInt8]
    var signature: [UInt8]

    init(_ text: String) throws(JSONWebTokenError) {
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.maximumBytes else { throw .tooLong(bytes: bytes.count) }
        // Parts beyond those of an encrypted token are not counted, since there may be as many as bytes.
        let parts = bytes.split(
            separator: UInt8(ascii: "."), maxSplits: Self.maximumParts - 1, omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .partCount(parts.count) }

        let header = try Self.object(.header, parts[0])
        guard let algorithm = header["alg"] else { throw .noAlgorithm }
        guard let algorithm = algorithm.stringValue else { throw .notString(headerField: "alg") }
        self.algorithm = algorithm
        self.keyID = try Self.string("kid", in: header)
        self.type = try Self.string("typ", in: header)
        guard header["crit"] == nil else { throw .criticalHeader }

        self.claims = try Self.object(.claims, parts[1])
        guard let signature = Base64URL.decode(parts[2]) else { throw .notBase64URL(.signature) }
        self.signature = signature
        self.signingInput = Array(bytes[..<parts[1].endIndex])
    }

    private static func object(
        _ part: JSONWebTokenError.Part, _ text: ArraySlice<UInt8>
    ) throws(JSONWebTokenError) -> JSONObject {
        guard let bytes = Base64URL.decode(text) else { throw .notBase64URL(part) }
        let value: JSONValue
        do throws(JSONSyntaxError) { value = try JSONValue(parsing: bytes, limits: .untrusted) } catch {
            throw .notJSON(part, reason: error.inMessage)
        }
        guard case .object(let members) = value else { throw .notJSON(part, reason: "it is \(value.typeName)") }
        return members
    }

    private static func string(
        _ field: String, in header: JSONObject
    ) throws(JSONWebTokenError) -> String? {
        guard let value = header[field] else { return nil }
        guard let string = value.stringValue else { throw .notString(headerField: field) }
        return string
    }
}

extension JSONSyntaxError {
    /// The mistake and its place, fit for a log: the reason may quote the text.
    var inMessage: String { OutsideText.escaped(self.description, maximumBytes: OutsideText.maximumNameBytes) }
}

/// Why a text is not a signed token.
package enum JSONWebTokenError: Error, Equatable {
    package enum Part: String, Sendable {
        case header, claims, signature
    }

    case tooLong(bytes: Int)
    case partCount(Int)
    case notBase64URL(Part)
    case notJSON(Part, reason: String)
    case noAlgorithm
    case notString(headerField: String)
    case criticalHeader
}

extension JSONWebTokenError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooLong(let bytes):
            "The token has \(bytes) bytes, at most \(JSONWebToken.maximumBytes) are taken."
        case .partCount(1):
            "The token is not a JSON Web Token: it has no dots. Opaque tokens cannot be verified here."
        case .partCount(5):
            "The token has 5 parts: it is encrypted. A signed JSON Web Token has 3."
        case .partCount(let count):
            "The token has \(count > 5 ? "more than 5" : "\(count)") parts, a signed JSON Web Token has 3."
        case .notBase64URL(let part):
            "The token's \(part.rawValue) part is not base64url in canonical form, without padding."
        case .notJSON(let part, let reason):
            "The token's \(part.rawValue) part is not a JSON object: \(reason)."
        case .noAlgorithm:
            "The token's header has no 'alg'."
        case .notString(let field):
            "The token's header field '\(field)' is not a string."
        case .criticalHeader:
            "The token's header has 'crit': it demands extensions that are not understood here."
        }
    }
}
