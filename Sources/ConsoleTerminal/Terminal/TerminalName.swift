/// The value of `TERM`, and the descriptions to try if this machine does not have its own.
struct TerminalName: Equatable, Sendable {
    let name: String

    init(_ name: String) {
        self.name = name
    }

    /// Terminals without cursor addressing, which need the plain commands.
    var isDumb: Bool { self.name == "dumb" || self.name == "emacs" || self.name == "network" }

    private static let likeXterm = ["xterm", "kitty", "foot", "alacritty", "ghostty", "wezterm", "contour", "rio"]

    private func contains(anyOf words: [String]) -> Bool {
        let name = self.name.lowercased()
        return words.contains { name.contains($0) }
    }

    /// Terminals that answer OSC 11 and device attributes.
    var answersQueries: Bool {
        self.isInMultiplexer || self.contains(anyOf: Self.likeXterm)
    }

    var isInMultiplexer: Bool { self.name.hasPrefix("tmux") || self.name.hasPrefix("screen") }

    /// Terminals that interpret operating system commands, or at least ignore them.
    var takesClipboard: Bool {
        self.answersQueries || self.name.hasPrefix("rxvt") || self.name.hasPrefix("st-") || self.name == "st"
            || self.name.hasPrefix("konsole") || self.name.hasPrefix("vte") || self.name.hasPrefix("iterm")
    }

    /// Terminals without glyphs for braille.
    var lacksBraille: Bool {
        self.name == "linux" || self.name.hasPrefix("linux-")
            || self.name.hasPrefix("vt") && !self.name.hasPrefix("vte")
            || self.name.hasPrefix("putty") || self.name.hasPrefix("cons25") || self.name == "ansi"
    }

    /// The descriptions for unknown terminals: nearly all of today understand the first, older ones the second. The
    /// description `ansi` does not fit, because it says that the cursor wraps in the last column. Most terminals wait
    /// there, so that text in that column would move a row down.
    private static let lastResorts = ["xterm", "vt100", "ansi"]

    /// Whether the description is a fallback.
    func isGuessed(_ description: String) -> Bool {
        description != self.name && Self.lastResorts.contains(description) && !self.contains(anyOf: Self.likeXterm)
    }

    /// Names to open, best first.
    func candidates(truecolor: Bool = false) -> [String] {
        var names: [String] = []
        func add(_ name: String) {
            if !name.isEmpty, !names.contains(name) { names.append(name) }
        }
        if truecolor {
            let plain = self.name.hasSuffix("-256color") ? String(self.name.dropLast(9)) : self.name
            add(plain + "-direct")
        }
        add(self.name)
        if self.name.hasPrefix("tmux") {
            add("tmux-256color")
            add("screen-256color")
            add("screen")
        } else if self.name.hasPrefix("screen") {
            add("screen-256color")
            add("screen")
        } else if self.name.hasPrefix("rxvt") {
            add("rxvt-256color")
            add("rxvt")
        } else if self.contains(anyOf: Self.likeXterm) {
            add("xterm-256color")
            add("xterm")
        }
        // A family without its variant: `foo-bar-256color` → `foo-bar` → `foo`.
        var name = Substring(self.name)
        while let dash = name.lastIndex(of: "-") {
            name = name[..<dash]
            add(String(name))
        }
        for name in Self.lastResorts { add(name) }
        return names
    }
}
