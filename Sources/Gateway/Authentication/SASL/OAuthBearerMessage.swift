/// The client's first message of the OAUTHBEARER mechanism:
/// `n,a=alice,^Aauth=Bearer TOKEN^Akey=value^A^A`, with `^A` for the byte 0x01.
///
/// Reading is strict: anything that the grammar does not allow is refused, and so is a repeated key.
/// - SeeAlso: RFC 7628 §3.1, RFC 5801 §4 (the part up to the second comma), KIP-255 (extensions).
package struct OAuthBearerMessage: Equatable, Sendable {
    /// A broker's default of `sasl.server.max.receive.size`, and the limit on frames before authentication.
    package static let maximumBytes = 512 * 1024
    package static let maximumExtensions = 32

    /// The principal that the client asks to act as; it has to be the token's own.
    package var authorizationID: String?
    package var token: BearerToken
    /// Pairs besides `auth`, such as `host`, `port` or a vendor's own.
    package var extensions: [String: String]

    /// Reads a message.
    /// - Throws: The mistake and its place. The message is then answered with `SASL_AUTHENTICATION_FAILED`.
    package init(parsing bytes: [UInt8]) throws(OAuthBearerMessageError) {
        guard bytes.count <= Self.maximumBytes else { throw .tooLong(bytes: bytes.count) }
        var reader = Reader(bytes: bytes)
        self.authorizationID = try reader.header()

        var token: BearerToken?
        var extensions: [String: String] = [:]
        while let (key, value) = try reader.pair() {
            if key == "auth" {
                guard token == nil else { throw .repeatedKey(key) }
                token = try Self.token(of: value)
            } else {
                guard extensions.count < Self.maximumExtensions else { throw .tooManyExtensions }
                guard extensions.updateValue(String(decoding: value, as: UTF8.self), forKey: key) == nil else {
                    throw .repeatedKey(key)
                }
            }
        }
        guard let token else { throw .noCredentials }
        self.token = token
        self.extensions = extensions
    }

    /// The token of `Bearer TOKEN`. The scheme's case is free; the token's form is RFC 6750 §2.1's `b64token`.
    private static func token(of value: ArraySlice<UInt8>) throws(OAuthBearerMessageError) -> BearerToken {
        let space = UInt8(ascii: " ")
        let scheme = value.prefix { $0 != space }
        let token = value.dropFirst(scheme.count).drop { $0 == space }
        guard scheme.map({ $0 | 0x20 }).elementsEqual("bearer".utf8), token.startIndex > scheme.endIndex else {
            throw .notBearer
        }
        guard !token.isEmpty else { throw .emptyToken }
        guard token.allSatisfy({ $0.isTokenCharacter }) else { throw .badTokenCharacter }
        return BearerToken(String(decoding: token, as: UTF8.self))
    }
}

/// Why bytes are not a first message.
package enum OAuthBearerMessageError: Error, Equatable {
    case tooLong(bytes: Int)
    case truncated(needed: String)
    case channelBinding
    case badHeader(offset: Int)
    case badAuthorizationID(offset: Int)
    case badKey(offset: Int)
    case badValue(key: String, offset: Int)
    case repeatedKey(String)
    case tooManyExtensions
    case trailingBytes(Int)
    case noCredentials
    case notBearer
    case emptyToken
    case badTokenCharacter
}

extension OAuthBearerMessageError: CustomStringConvertible {
    package var description: String {
        let what =
            switch self {
            case .tooLong(let bytes): "it has \(bytes) bytes, at most \(OAuthBearerMessage.maximumBytes) are taken"
            case .truncated(let needed): "it ends before \(needed)"
            case .channelBinding: "it asks for channel binding, which this mechanism has not"
            case .badHeader(let offset): "'n,' or 'y,' was expected at its start, byte \(offset) differs"
            case .badAuthorizationID(let offset): "the authorization id has a bad character at byte \(offset)"
            case .badKey(let offset): "a key of letters and '=' was expected at byte \(offset)"
            case .badValue(let key, let offset): "the value of \(key.quoted()) has a bad character at byte \(offset)"
            case .repeatedKey(let key): "the key \(key.quoted()) comes twice"
            case .tooManyExtensions: "it has more than \(OAuthBearerMessage.maximumExtensions) extensions"
            case .trailingBytes(let count): "\(count) bytes follow its end"
            case .noCredentials: "it has no 'auth' value"
            case .notBearer: "the 'auth' value is not 'Bearer' and a token"
            case .emptyToken: "the 'auth' value has no token after 'Bearer'"
            case .badTokenCharacter: "the token has a character that no bearer token has"
            }
        return "The OAUTHBEARER message is malformed: \(what)."
    }
}

extension OAuthBearerMessage {
    private struct Reader {
        static let separator: UInt8 = 0x01
        static let comma = UInt8(ascii: ",")
        static let equals = UInt8(ascii: "=")

        let bytes: [UInt8]
        var position = 0

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        var next: UInt8? { self.position < self.bytes.count ? self.bytes[self.position] : nil }

        /// `n,a=name,^A`.
        mutating func header() throws(OAuthBearerMessageError) -> String? {
            switch self.next {
            case nil: throw .truncated(needed: "its header")
            case UInt8(ascii: "n"), UInt8(ascii: "y"): self.position += 1
            case UInt8(ascii: "p"): throw .channelBinding
            case .some: throw .badHeader(offset: self.position)
            }
            try self.expect(Self.comma, or: .badHeader(offset: self.position))
            var authorizationID: String?
            if self.next == UInt8(ascii: "a") {
                self.position += 1
                try self.expect(Self.equals, or: .badAuthorizationID(offset: self.position))
                authorizationID = try self.name()
            }
            try self.expect(Self.comma, or: .badAuthorizationID(offset: self.position))
            try self.expect(Self.separator, or: .badAuthorizationID(offset: self.position))
            return authorizationID
        }

        /// A name in which a comma is written `=2C` and an equals sign `=3D`.
        private mutating func name() throws(OAuthBearerMessageError) -> String {
            var name: [UInt8] = []
            let start = self.position
            while let byte = self.next, byte != Self.comma {
                if byte == Self.equals {
                    let escape = self.bytes[self.position...].prefix(3)
                    if escape.elementsEqual("=2C".utf8) {
                        name.append(Self.comma)
                    } else if escape.elementsEqual("=3D".utf8) {
                        name.append(Self.equals)
                    } else {
                        throw .badAuthorizationID(offset: self.position)
                    }
                    self.position += 3
                } else {
                    guard byte > 0x1F, byte != 0x7F else { throw .badAuthorizationID(offset: self.position) }
                    name.append(byte)
                    self.position += 1
                }
            }
            guard !name.isEmpty, let text = String(validating: name, as: UTF8.self) else {
                throw .badAuthorizationID(offset: start)
            }
            return text
        }

        /// The next `key=value^A`, or nil at the closing `^A`, which must end the message.
        mutating func pair() throws(OAuthBearerMessageError) -> (key: String, value: ArraySlice<UInt8>)? {
            guard let first = self.next else { throw .truncated(needed: "its closing 0x01") }
            if first == Self.separator {
                self.position += 1
                guard self.position == self.bytes.count else {
                    throw .trailingBytes(self.bytes.count - self.position)
                }
                return nil
            }

            let keyStart = self.position
            while let byte = self.next, byte != Self.equals {
                guard byte.isLetter else { throw .badKey(offset: self.position) }
                self.position += 1
            }
            guard self.next != nil else { throw .truncated(needed: "the '=' of a pair") }
            guard self.position > keyStart else { throw .badKey(offset: keyStart) }
            let key = String(decoding: self.bytes[keyStart..<self.position], as: UTF8.self)
            self.position += 1

            let valueStart = self.position
            while let byte = self.next, byte != Self.separator {
                guard byte.isValueCharacter else { throw .badValue(key: key, offset: self.position) }
                self.position += 1
            }
            guard self.next != nil else { throw .truncated(needed: "the 0x01 after \(key.quoted())") }
            let value = self.bytes[valueStart..<self.position]
            self.position += 1
            return (key, value)
        }

        private mutating func expect(
            _ byte: UInt8, or error: OAuthBearerMessageError
        ) throws(OAuthBearerMessageError) {
            guard let found = self.next else { throw .truncated(needed: "the end of its header") }
            guard found == byte else { throw error }
            self.position += 1
        }
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
    }

    /// Visible ASCII, space, tab, carriage return, line feed.
    fileprivate var isValueCharacter: Bool {
        (0x20...0x7E).contains(self) || self == 0x09 || self == 0x0D || self == 0x0A
    }

    fileprivate var isTokenCharacter: Bool {
        self.isLetter || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || "-._~+/=".utf8.contains(self)
    }
}
