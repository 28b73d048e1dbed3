/// A text to search for without regard to case. ASCII texts are compared byte by byte, others as strings.
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

    static func withBytes<Result>(of text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = text.utf8.withContiguousStorageIfAvailable(body) { return result }
        return Array(text.utf8).withUnsafeBufferPointer(body)
    }
}
