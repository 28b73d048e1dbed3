extension OutsideText {
    /// Nothing but printable ASCII.
    package static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
    }

    /// Safe to show: controls, bidirectional controls and other invisible scalars are written out. A cell holds a base and
    /// at most four combining marks, as ncurses stores them; what a cluster has beyond that (the other parts of flags and
    /// joined emoji, joiners, variants) is written out behind it, so that no two names look alike.
    ///
    /// Everything that comes from clients, files or the network goes through here.
    package static func sanitised(_ text: String) -> String {
        if self.isPlain(text) { return text }
        var result = ""
        for character in text {
            var base = true
            var marks = 0
            for scalar in character.unicodeScalars {
                guard self.isSafe(scalar) else {
                    result += self.written(scalar)
                    base = false
                    continue
                }
                switch scalar.properties.generalCategory {
                case .nonspacingMark, .enclosingMark:
                    if marks >= 4 || scalar.value == 0xFE0F {
                        result += self.written(scalar)
                        continue
                    }
                    if base { result += "\u{25CC}" }
                    result.unicodeScalars.append(scalar)
                    marks += 1
                default:
                    if base { result.unicodeScalars.append(scalar) } else { result += self.written(scalar) }
                }
                base = false
            }
        }
        return result
    }
}
