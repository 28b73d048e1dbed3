/// The line that `:` and `/` open above the hints. The rest of the screen stays as it is.
struct Prompt: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        case command
        case filter(Place)
        /// Runs a command with the typed text.
        case argument(of: String, title: String)
    }

    var kind: Kind
    var field: TextField
    /// The field's text when it was opened, which Esc restores.
    var original: String

    var label: String {
        switch self.kind {
        case .command: ":"
        case .filter: "/"
        case .argument(_, let title): title + ": "
        }
    }
}

extension ConsoleState {
    mutating func openCommandPrompt(_ text: String = "") {
        self.prompt = Prompt(kind: .command, field: TextField(text), original: "")
    }

    /// Reopens the filter in force.
    mutating func openFilterPrompt() {
        let text = self.filters[self.place]?.applied ?? ""
        self.prompt = Prompt(kind: .filter(self.place), field: TextField(text), original: text)
    }

    /// Asks for a command's argument.
    mutating func openArgumentPrompt(_ command: String, title: String, text: String = "") {
        self.prompt = Prompt(kind: .argument(of: command, title: title), field: TextField(text), original: "")
    }

    mutating func cancelPrompt() {
        guard let prompt = self.prompt else { return }
        self.prompt = nil
        if case .filter(let place) = prompt.kind { self.setFilter(prompt.original, for: place) }
    }

    /// A filter applies while it is typed.
    mutating func promptChanged() {
        guard let prompt = self.prompt, case .filter(let place) = prompt.kind else { return }
        self.setFilter(prompt.field.text, for: place)
    }

    mutating func pressInPrompt(_ key: Key) {
        switch key {
        case .escape: self.cancelPrompt()
        case .enter: self.acceptPrompt()
        case .tab: self.completePrompt()
        case .up where self.prompt?.kind == .command:
            if let last = self.recentCommands.last { self.prompt?.field = TextField(last) }
        // The cursor may be at a filter's error. The whole text is deleted, as the hint says.
        case .control("u"):
            self.prompt?.field = TextField()
            self.promptChanged()
        case .backspace where self.prompt?.field.text.isEmpty == true: self.cancelPrompt()
        default:
            if self.prompt?.field.press(key) == true { self.promptChanged() }
        }
    }

    private mutating func acceptPrompt() {
        guard let prompt = self.prompt else { return }
        let text = prompt.field.text.trimmingSpaces
        if case .filter(let place) = prompt.kind {
            self.setFilter(text, for: place)
            // A wrong filter is not kept. The cursor goes to its first error.
            if let problem = self.filters[place]?.problem {
                self.prompt?.field = TextField(text, cursor: problem.position)
                return
            }
        }
        self.prompt = nil
        switch prompt.kind {
        case .filter: break
        case .argument(let name, _): self.run(CommandCall(name, text))
        case .command:
            guard !text.isEmpty else { return }
            guard let (command, argument) = CommandTable.resolve(text) else {
                let near = CommandTable.all.filter { !$0.isHidden }.map(\.name)
                    .filter { $0.hasPrefix(String(text.prefix(1))) }.prefix(4).joined(separator: ", ")
                return self.say(
                    "There is no command '\(text)'." + (near.isEmpty ? "" : " Did you mean: \(near)?")
                        + " Ctrl-P searches all commands.",
                    .error)
            }
            self.recentCommands.removeAll { $0 == text }
            self.recentCommands.append(text)
            if self.recentCommands.count > 50 { self.recentCommands.removeFirst() }
            self.run(command, argument)
        }
    }

    private mutating func completePrompt() {
        guard let prompt = self.prompt, prompt.kind == .command else { return }
        let text = prompt.field.text
        let candidates = self.completions(of: text)
        guard let first = candidates.first else { return }
        let common = candidates.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
        if common.count > text.count {
            self.prompt?.field = TextField(candidates.count == 1 ? common + " " : common)
        } else {
            self.say(candidates.prefix(12).joined(separator: "  "), .info)
        }
    }

    /// The completions of a text behind `:`.
    func completions(of text: String) -> [String] {
        if let (command, argument) = CommandTable.resolve(text), text.contains(" ") || command.name == text {
            let values = command.completions(self).filter { $0.hasPrefix(argument) }
            if !values.isEmpty { return values.map { command.name + " " + $0 } }
        }
        return CommandTable.all.filter { !$0.isHidden && $0.name.hasPrefix(text) }.map(\.name).sorted()
    }
}

extension String {
    var trimmingSpaces: String {
        var text = Substring(self)
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0 == $1 }.map(\.0))
    }
}
