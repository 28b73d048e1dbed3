/// The question for the terminal's background.
///
/// The question is OSC 11, followed by device attributes (DA1). Every terminal answers the second, which distinguishes
/// a terminal that does not know the first from one that has not answered yet.
package enum BackgroundQuestion {
    static let text = "\u{1B}]11;?\u{1B}\\\u{1B}[c"
    /// The time after which no key waits for an answer.
    static let limit = Duration.milliseconds(500)
    /// The time after which leaving does not wait for an answer. A late answer would be typed into the shell.
    static let lastLimit = Duration.milliseconds(2_500)

    enum Answer: Equatable {
        case colour(isLight: Bool)
        /// Device attributes: nothing more will come.
        case attributes
    }

    /// `ESC ] 11 ; rgb:RRRR/GGGG/BBBB` without its end, or with one to four digits each; also `rgba:`. Nil for any
    /// other string.
    static func isLight(_ string: ArraySlice<UInt8>) -> Bool? {
        let text = String(decoding: string, as: UTF8.self)
        let start = "\u{1B}]11;rgb"
        guard text.hasPrefix(start) else { return nil }
        let colour = text.dropFirst(start.count).drop { $0 == "a" }
        guard colour.first == ":" else { return nil }
        let parts = colour.dropFirst().split(separator: "/", omittingEmptySubsequences: false).prefix(3)
            .compactMap { part -> Double? in
                guard (1...4).contains(part.count), let value = UInt16(part, radix: 16) else { return nil }
                return Double(value) / Double((1 << (4 * part.count)) - 1)
            }
        guard parts.count == 3 else { return nil }
        // Relative luminance, near enough for light or dark (ITU-R BT.709).
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] > 0.5
    }

    /// `COLORFGBG` as rxvt and its kin set it: `15;0`, `0;default;15`.
    static func isLight(colorfgbg: String?) -> Bool? {
        guard let last = colorfgbg?.split(separator: ";").last, let number = Int(last) else { return nil }
        switch number {
        case 0...6, 8: return false
        case 7, 9...15: return true
        default: return nil
        }
    }
}
