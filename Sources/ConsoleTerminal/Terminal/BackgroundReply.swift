/// What a terminal answered when it was asked for its background.
///
/// The question is OSC 11 with device attributes (DA1) behind it: every terminal answers the second, so that one which
/// does not know the first is not waited for.
enum BackgroundReply {
    static let question = "\u{1B}]11;?\u{1B}\\\u{1B}[c"
    /// The start and the last byte of the answer to the second question.
    static let lastStart = "\u{1B}[?"
    static let last = UInt8(ascii: "c")
    static let limit = Duration.milliseconds(150)

    /// `ESC ] 11 ; rgb:RRRR/GGGG/BBBB`, or with one to four digits each; also `rgba:`.
    static func background(in answer: [UInt8]) -> TerminalCapabilities.Background? {
        let text = String(decoding: answer, as: UTF8.self)
        guard let start = text.firstRange(of: "\u{1B}]11;rgb") else { return nil }
        let colour = text[start.upperBound...].drop { $0 == "a" }.dropFirst()
            .prefix { $0.isHexDigit || $0 == "/" }
        let parts = colour.split(separator: "/").prefix(3).compactMap { part -> Double? in
            guard part.count <= 4, let value = UInt16(part, radix: 16) else { return nil }
            return Double(value) / Double((1 << (4 * part.count)) - 1)
        }
        guard parts.count == 3 else { return nil }
        // Relative luminance, near enough for light or dark (ITU-R BT.709).
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] > 0.5 ? .light : .dark
    }

    /// `COLORFGBG` as rxvt and its kin set it: `15;0`, `0;default;15`.
    static func background(colorfgbg: String?) -> TerminalCapabilities.Background? {
        guard let last = colorfgbg?.split(separator: ";").last, let number = Int(last) else { return nil }
        switch number {
        case 0...6, 8: return .dark
        case 7, 9...15: return .light
        default: return nil
        }
    }
}
