/// One segment of a URL's path (RFC 3986, section 3.3): names go in encoded and come out decoded, once.
package enum PathSegment {
    /// Why a segment is no name.
    package enum Fault: Error, Equatable, Sendable {
        /// A `%` without two hexadecimal digits, or bytes that are no UTF-8.
        case malformed
        /// `%2F`: software on the way may decode it, and the path would then be another one.
        case slash
        /// `%00`: it ends a text in many a program.
        case zero
    }

    /// Everything but RFC 3986's unreserved characters escaped.
    ///
    /// `.` and `..` are no exception although clients take them for steps in the path: no name is one of them.
    package static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.append(byte)
            default:
                encoded.append(contentsOf: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]])
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// The text of a segment. `+` is a plus sign here, unlike in a query.
    package static func decoded(_ segment: some StringProtocol) throws(Fault) -> String {
        var decoded: [UInt8] = []
        var bytes = Array(segment.utf8)[...]
        while let byte = bytes.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                if byte == 0 { throw .zero }
                decoded.append(byte)
                continue
            }
            guard let high = bytes.popFirst().flatMap(Self.hexDigit), let low = bytes.popFirst().flatMap(Self.hexDigit)
            else { throw .malformed }
            switch high << 4 | low {
            case 0: throw .zero
            case UInt8(ascii: "/"): throw .slash
            case let byte: decoded.append(byte)
            }
        }
        guard let text = String(validating: decoded, as: UTF8.self) else { throw .malformed }
        return text
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.flatMap(UInt8.init(exactly:))
    }
}
