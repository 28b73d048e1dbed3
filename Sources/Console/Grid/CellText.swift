import Resources

/// Text as cells show it: its width in columns, without characters that a terminal would interpret.
package enum CellText {
    /// Columns of one scalar: 0 for combining marks, 2 for wide East Asian ones, else 1. As glibc's `wcwidth`.
    package static func width(_ scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return value < 0x20 || (0x7F..<0xA0).contains(value) ? 0 : 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return value == 0xAD ? 1 : 0
        case .control, .surrogate, .lineSeparator, .paragraphSeparator: return 0
        default: break
        }
        return self.isWide(value) ? 2 : 1
    }

    /// Columns of a character: those of its base.
    package static func width(_ character: Character) -> Int {
        character.unicodeScalars.first.map(self.width) ?? 0
    }

    package static func width(_ text: String) -> Int {
        if self.isPlain(text) { return text.utf8.count }
        return text.reduce(0) { $0 + self.width($1) }
    }

    /// Nothing but printable ASCII.
    static func isPlain(_ text: String) -> Bool {
        OutsideText.isPlain(text)
    }

    /// The ASCII characters, by code.
    static let plain: [Character] = (UInt8(0)..<0x80).map { Character(Unicode.Scalar($0)) }

    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0, 0x23F3, 0x25FD...0x25FE,
            0x2614...0x2615, 0x2648...0x2653, 0x267F, 0x2693, 0x26A1, 0x26AA...0x26AB, 0x26BD...0x26BE,
            0x26C4...0x26C5, 0x26CE, 0x26D4, 0x26EA, 0x26F2...0x26F3, 0x26F5, 0x26FA, 0x26FD, 0x2705,
            0x270A...0x270B, 0x2728, 0x274C, 0x274E, 0x2753...0x2755, 0x2757, 0x2795...0x2797, 0x27B0, 0x27BF,
            0x2B1B...0x2B1C, 0x2B50, 0x2B55, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x1F004, 0x1F0CF, 0x1F18E, 0x1F191...0x1F19A,
            0x1F200...0x1F320, 0x1F32D...0x1F335, 0x1F337...0x1F37C, 0x1F37E...0x1F393, 0x1F3A0...0x1F3CA,
            0x1F3CF...0x1F3D3, 0x1F3E0...0x1F3F0, 0x1F3F4, 0x1F3F8...0x1F43E, 0x1F440, 0x1F442...0x1F4FC,
            0x1F4FF...0x1F53D, 0x1F54B...0x1F54E, 0x1F550...0x1F567, 0x1F57A, 0x1F595...0x1F596, 0x1F5A4,
            0x1F5FB...0x1F64F, 0x1F680...0x1F6C5, 0x1F6CC, 0x1F6D0...0x1F6D2, 0x1F6D5...0x1F6D7, 0x1F6DC...0x1F6DF,
            0x1F6EB...0x1F6EC, 0x1F6F4...0x1F6FC, 0x1F7E0...0x1F7EB, 0x1F7F0, 0x1F90C...0x1F93A, 0x1F93C...0x1F945,
            0x1F947...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }

    /// Makes a text safe to show: controls, bidirectional controls and other invisible scalars are written out. A cell
    /// holds a base and at most four combining marks, as ncurses stores them; what a cluster has beyond that (the other
    /// parts of flags and joined emoji, joiners, variants) is written out behind it, so that no two names look alike.
    ///
    /// Every text from clients, files or the network passes through here.
    package static func sanitised(_ text: String) -> String {
        OutsideText.sanitised(text)
    }

    /// The same for a text of several lines, which stay lines.
    package static func sanitisedLines(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { self.sanitised(String($0)) }
            .joined(separator: "\n")
    }

    /// Cut to `columns`, with `ellipsis` as the last column when something was cut.
    package static func cut(_ text: String, to columns: Int, ellipsis: Character = "…") -> String {
        if self.width(text) <= columns { return text }
        guard columns > 0 else { return "" }
        var result = ""
        var used = 0
        for character in text {
            let width = self.width(character)
            if used + width > columns - 1 { break }
            result.append(character)
            used += width
        }
        result.append(ellipsis)
        return result
    }

    /// Lines of at most `columns`, broken at spaces where there are any.
    package static func wrapped(_ text: String, columns: Int) -> [String] {
        guard columns > 0 else { return [] }
        var lines: [String] = []
        for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
            // A line that fits stays unchanged, with its indentation.
            if self.width(String(paragraph)) <= columns {
                lines.append(String(paragraph))
                continue
            }
            var line = ""
            var used = 0
            for word in paragraph.split(separator: " ", omittingEmptySubsequences: false) {
                var rest = String(word)
                let width = self.width(rest)
                if used > 0, used + 1 + width <= columns {
                    line += " " + rest
                    used += 1 + width
                    continue
                }
                if used > 0 { lines.append(line) }
                while self.width(rest) > columns {
                    var head = ""
                    var headWidth = 0
                    while let next = rest.first, headWidth + self.width(next) <= columns || head.isEmpty {
                        head.append(next)
                        headWidth += self.width(next)
                        rest.removeFirst()
                    }
                    lines.append(head)
                }
                line = rest
                used = self.width(rest)
            }
            lines.append(line)
        }
        return lines
    }
}
