/// What `TERM` says, and what to try when it is not described on this machine.
struct TerminalName: Equatable, Sendable {
    let name: String

    init(_ name: String) {
        self.name = name
    }

    /// Terminals without cursor addressing: the plain commands are for them.
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

    /// Terminals that obey operating system commands, or at least swallow them.
    var takesClipboard: Bool {
        self.answersQueries || self.name.hasPrefix("rxvt") || self.name.hasPrefix("st-") || self.name == "st"
            || self.name.hasPrefix("konsole") || self.name.hasPrefix("vte") || self.name.hasPrefix("iterm")
    }

    /// Known to have no glyphs for braille.
    var lacksBraille: Bool {
        self.name == "linux" || self.name.hasPrefix("linux-")
            || self.name.hasPrefix("vt") && !self.name.hasPrefix("vte")
            || self.name.hasPrefix("putty") || self.name.hasPrefix("cons25") || self.name == "ansi"
    }

    /// For terminals of which nothing is known: nearly all of today understand the first, and what is older the second. The
    /// description `ansi` says that the cursor wraps with the last column, where most terminals wait: what is drawn there
    /// would move a row down.
    private static let lastResorts = ["xterm", "vt100", "ansi"]

    /// Whether a description was taken for want of a better one.
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
