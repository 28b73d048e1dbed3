/// The parameters of an `application/x-www-form-urlencoded` body.
///
/// Each name may appear once, and a parameter without a value counts as left out (RFC 6749 §3.2).
struct FormParameters: Equatable, Sendable {
    private var values: [String: String]

    /// - Throws: `invalid_request` for a repeated parameter, a broken percent escape, or text that is not UTF-8.
    init(parsing body: some Collection<UInt8>) throws(OAuthError) {
        self.values = [:]
        for pair in body.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first.flatMap({ Self.decode($0) }),
                let value = parts.count == 2 ? Self.decode(parts[1]) : ""
            else { throw .invalidRequest("The body is not a form: a percent escape or its UTF-8 is broken.") }
            guard self.values.updateValue(value, forKey: name) == nil else {
                throw .invalidRequest("A parameter is repeated.")
            }
        }
    }

    /// The value of a parameter; `nil` when it is left out or empty.
    subscript(_ name: String) -> String? {
        guard let value = self.values[name], !value.isEmpty else { return nil }
        return value
    }

    /// Undoes the form encoding of one name or value.
    ///
    /// - Returns: `nil` when an escape is broken or the result is not UTF-8.
    static func decode(_ text: some Collection<UInt8>) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var iterator = text.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "+"):
                bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(Self.hexDigit),
                    let low = iterator.next().flatMap(Self.hexDigit)
                else { return nil }
                bytes.append(high << 4 | low)
            default:
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
