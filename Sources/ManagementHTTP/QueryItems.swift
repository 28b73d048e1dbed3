/// The `name=value` pairs of a URL's query, percent-decoded, in order. `+` is a space, as forms write it.
package struct QueryItems: Equatable, Sendable {
    package var items: [(name: String, value: String)]

    /// - Parameter query: the part after `?`, still encoded; nil for none.
    package init(_ query: String?) {
        self.items = (query ?? "").split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (percentDecoded(parts[0]), parts.count > 1 ? percentDecoded(parts[1]) : "")
        }
    }

    /// The first value of that name.
    package subscript(name: String) -> String? { self.items.first { $0.name == name }?.value }

    package static func == (left: QueryItems, right: QueryItems) -> Bool {
        left.items.elementsEqual(right.items, by: ==)
    }
}

/// Bytes that are no valid escape stay as they are; invalid UTF-8 becomes U+FFFD.
func percentDecoded(_ text: some StringProtocol) -> String {
    var decoded: [UInt8] = []
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst() {
        let digits = bytes.prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        if byte == UInt8(ascii: "%"), digits.count == 2 {
            decoded.append(UInt8(digits[0] << 4 | digits[1]))
            bytes = bytes.dropFirst(2)
        } else {
            decoded.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        }
    }
    return String(decoding: decoded, as: UTF8.self)
}
