import Foundation

/// `^[\p{L}\p{N}][\p{L}\p{N} _\-\.:/+']*[\p{L}\p{N}]$`.
func isEntityName(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    guard scalars.count >= 2, let first = scalars.first, let last = scalars.last else { return false }
    return isLetterOrNumber(first) && isLetterOrNumber(last)
        && scalars.allSatisfy { isLetterOrNumber($0) || " _-.:/+'".unicodeScalars.contains($0) }
}

private func isLetterOrNumber(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
        .letterNumber, .otherNumber:
        true
    default:
        false
    }
}

/// 8-4-4-4-12 hexadecimal digits.
package func isUUID(_ text: String) -> Bool {
    text.utf8.count == 36 && UUID(uuidString: text) != nil
}

/// An id as it is stored: UUIDs are read in any case and written in lower case (RFC 9562, section 4). Other text is left
/// as it is, since names and the ids of clients tell upper from lower case.
package func canonicalID(_ text: String) -> String {
    isUUID(text) ? text.lowercased() : text
}

func isHTTPURL(_ text: String) -> Bool {
    guard text.utf8.count <= 2048, let components = URLComponents(string: text),
        let scheme = components.scheme?.lowercased(), scheme == "http" || scheme == "https",
        let host = components.host, !host.isEmpty, components.user == nil, components.password == nil
    else { return false }
    return components.port.map { (1...65_535).contains($0) } ?? true
}

func isDNSLabel(_ text: String) -> Bool {
    isLabelOfHostName(text[...], allowsUpperCase: false)
}

/// Labels of letters, digits and inner hyphens, joined by dots; 253 bytes at most.
func isHostName(_ text: String, allowsUpperCase: Bool = true) -> Bool {
    text.utf8.count <= 253
        && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy {
            isLabelOfHostName($0, allowsUpperCase: allowsUpperCase)
        }
}

/// What clients can be told to connect to.
func isAdvertisedHost(_ text: String) -> Bool {
    if case .ipv6? = ListenerAddress(text: text) { return true }
    return isHostName(text, allowsUpperCase: false)
}

private func isLabelOfHostName(_ label: Substring, allowsUpperCase: Bool) -> Bool {
    guard (1...63).contains(label.utf8.count), label.first != "-",
        label.last != "-"
    else { return false }
    return label.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): allowsUpperCase
        default: false
        }
    }
}

/// `^[a-z0-9A-Z]{1}([a-z0-9A-Z-._]*[a-z0-9A-Z]+)?$`, 1–63 characters.
func isLabelValue(_ text: String) -> Bool {
    let bytes = text.utf8
    guard (1...63).contains(bytes.count), let first = bytes.first, let last = bytes.last else { return false }
    return isAlphanumeric(first) && isAlphanumeric(last)
        && bytes.allSatisfy { isAlphanumeric($0) || "-._".utf8.contains($0) }
}

private func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    default: false
    }
}
