/// Random text of `[a-z0-9]`, as client ids, client secrets and issuer ids are made of.
///
/// One character carries log2(36) ≈ 5.17 bits: 16 are 82 bits (an id), 24 are 124 bits (a secret).
enum RandomText {
    static let clientIDLength = 16
    static let issuerIDLength = 16
    static let secretLength = 24

    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789".unicodeScalars)

    /// Text from the system's cryptographic generator.
    static func make(length: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        return Self.make(length: length, using: &generator)
    }

    /// `Int.random(in:using:)` rejects the values that would favour the first characters, so all are equally likely.
    static func make(length: Int, using generator: inout some RandomNumberGenerator) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<length {
            text.append(self.alphabet[Int.random(in: 0..<self.alphabet.count, using: &generator)])
        }
        return String(text)
    }
}
