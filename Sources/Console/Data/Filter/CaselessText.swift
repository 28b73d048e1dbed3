/// A text that is looked for without regard to case: of ASCII letters at once, of others when there are any.
struct CaselessText: Equatable, Sendable {
    private let text: String
    /// Lower case, when it is all ASCII.
    private let bytes: [UInt8]?

    init(_ text: String) {
        self.text = text.lowercased()
        self.bytes = self.text.utf8.allSatisfy { $0 < 0x80 } ? Array(self.text.utf8) : nil
    }

    func isIn(_ haystack: String) -> Bool {
        guard let bytes = self.bytes else { return haystack.lowercased().contains(self.text) }
        guard let first = bytes.first else { return true }
        return ASCIICase.withBytes(of: haystack) { there in
            guard there.count >= bytes.count else { return false }
            for start in 0...(there.count - bytes.count) where ASCIICase.lower(there[start]) == first {
                var length = 1
                while length < bytes.count, ASCIICase.lower(there[start + length]) == bytes[length] { length += 1 }
                if length == bytes.count { return true }
            }
            return false
        }
    }
}

enum ASCIICase {
    static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    static func lower(_ scalar: UInt32) -> UInt32 { scalar &- 0x41 < 26 ? scalar | 0x20 : scalar }

    static func withBytes<Result>(of text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = text.utf8.withContiguousStorageIfAvailable(body) { return result }
        return Array(text.utf8).withUnsafeBufferPointer(body)
    }
}

/// A whole value with `*` for any text and `?` for any one character. `\` takes the next character as it stands.
struct CaselessGlob: Equatable, Sendable {
    private enum Part: Equatable, Sendable {
        case byte(UInt8)
        case any
        case one
    }

    private let parts: [Part]

    init(_ text: String) {
        var parts: [Part] = []
        var isEscaped = false
        for byte in text.utf8 {
            if isEscaped {
                parts.append(.byte(ASCIICase.lower(byte)))
                isEscaped = false
                continue
            }
            switch byte {
            case UInt8(ascii: "\\"): isEscaped = true
            case UInt8(ascii: "*"): if parts.last != .any { parts.append(.any) }
            case UInt8(ascii: "?"): parts.append(.one)
            default: parts.append(.byte(ASCIICase.lower(byte)))
            }
        }
        if isEscaped { parts.append(.byte(UInt8(ascii: "\\"))) }
        self.parts = parts
    }

    init(literal text: String) { self.parts = text.utf8.map { .byte(ASCIICase.lower($0)) } }

    func matches(_ text: String) -> Bool { ASCIICase.withBytes(of: text, self.matches) }

    /// Goes back only to the last `*`: at most the product of both lengths.
    private func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var part = 0
        var place = 0
        var star: (part: Int, place: Int)?
        while place < bytes.count {
            if part < self.parts.count {
                switch self.parts[part] {
                case .any:
                    star = (part, place)
                    part += 1
                    continue
                case .one:
                    place += 1
                    while place < bytes.count, bytes[place] & 0xC0 == 0x80 { place += 1 }
                    part += 1
                    continue
                case .byte(let byte) where byte == ASCIICase.lower(bytes[place]):
                    place += 1
                    part += 1
                    continue
                case .byte: break
                }
            }
            guard let last = star else { return false }
            star = (last.part, last.place + 1)
            part = last.part + 1
            place = last.place + 1
        }
        return self.parts[part...].allSatisfy { $0 == .any }
    }
}
