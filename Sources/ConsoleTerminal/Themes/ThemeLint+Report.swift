import Console

extension ThemeLint {
    /// The report, one line each, at most 80 columns unless a message is longer.
    package var lines: [String] {
        var lines = ["\(self.theme.name) (\(self.theme.mode.rawValue)): \(self.passes ? "pass" : "FAIL")"]
        lines += self.problems.map { "  \($0)" }
        lines.append("  " + "Contrast".padded(to: 24) + "  need    has    256")
        for row in self.contrast {
            lines.append(
                "   " + row.role.rawValue.padded(to: 23) + row.need.oneDecimal.right(6)
                    + (row.has?.oneDecimal ?? "own").right(7) + (row.hasAt256?.oneDecimal ?? "own").right(7)
                    + (row.passes ? "  pass" : "  FAIL") + (row.note.map { "  \($0)" } ?? ""))
        }
        lines.append("  " + "Allow against deny".padded(to: 24) + "  need    has    256")
        for row in self.vision {
            lines.append(
                "   " + row.vision.rawValue.padded(to: 23) + Self.neededDifference.oneDecimal.right(6)
                    + (row.difference?.oneDecimal ?? "own").right(7)
                    + (row.differenceAt256?.oneDecimal ?? "own").right(7)
                    + (row.passes ? "  pass" : "  FAIL"))
        }
        lines.append("  \(self.monoLine)")
        for pair in self.lookalikes {
            lines.append(
                "   \(pair.one.rawValue) and \(pair.other.rawValue) look the same at depth \(pair.depth.rawValue)")
        }
        let fits = self.pairs <= ResolvedTheme.maximumPairs
        lines.append(
            "  Colour pairs: \(self.pairs) of at most \(ResolvedTheme.maximumPairs)  \(fits ? "pass" : "FAIL")")
        return lines
    }

    /// `mono: deny is reverse+bold, allow plain  pass`
    package var monoLine: String {
        let deny = self.theme.look(of: .decisionDeny, at: .mono).attributes.text
        let allow = self.theme.look(of: .decisionAllow, at: .mono).attributes.text
        return "mono: deny is \(deny), allow \(allow)  \(self.isToldApartWithoutColour ? "pass" : "FAIL")"
    }

    private var isToldApartWithoutColour: Bool {
        !self.lookalikes.contains { $0.depth == .mono }
    }
}

extension Double {
    /// Cut, not rounded, so that 4.49 does not read as enough.
    var oneDecimal: String {
        let tenths = Int((min(max(self, 0), 1_000_000) * 10).rounded(.down))
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension String {
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - self.count))
    }

    func right(_ width: Int) -> String {
        String(repeating: " ", count: max(0, width - self.count)) + self
    }
}
