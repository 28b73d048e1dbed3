import Foundation

/// Something the console says about what was just done or has happened.
struct Message: Equatable, Sendable {
    enum Kind: Sendable { case info, success, warning, error }

    var text: String
    var kind: Kind
    var time: Date
    /// The event that it was said in: what happens later takes it away.
    var turn: Int

    /// How long it is shown when nobody presses a key.
    var shownSeconds: Double {
        switch self.kind {
        case .info, .success: 5
        case .warning, .error: 15
        }
    }

    var role: Role {
        switch self.kind {
        case .info: .base
        case .success: .stateOK
        case .warning: .stateWarn
        case .error: .inputError
        }
    }

    /// As the message list names it.
    var word: String {
        switch self.kind {
        case .info, .success: "INFO "
        case .warning: "WARN "
        case .error: "ERROR"
        }
    }
}

/// Everything that was said in this session, the newest last.
struct MessageLog: Equatable, Sendable {
    static let capacity = 200

    private(set) var all: [Message] = []
    /// What the message line shows now; nil when it has been seen.
    private(set) var shown: Message?

    mutating func say(_ message: Message) {
        if self.all.count >= Self.capacity { self.all.removeFirst(self.all.count - Self.capacity + 1) }
        self.all.append(message)
        self.shown = message
    }

    /// Takes the message off the screen; it stays in the list.
    mutating func dismiss() { self.shown = nil }

    /// Takes away what was said before `turn`.
    mutating func dismiss(before turn: Int) {
        if let shown = self.shown, shown.turn < turn { self.shown = nil }
    }

    mutating func tick(_ now: Date) {
        if let shown = self.shown, now.timeIntervalSince(shown.time) >= shown.shownSeconds { self.shown = nil }
    }

    /// The last one that was a warning or an error, else the last one.
    var last: Message? { self.all.last { $0.kind == .warning || $0.kind == .error } ?? self.all.last }
}

extension ConsoleState {
    /// The message line; nil takes its message away.
    var flash: Message? {
        get { self.messages.shown }
        set { if let newValue { self.messages.say(newValue) } else { self.messages.dismiss() } }
    }

    mutating func say(_ text: String, _ kind: Message.Kind = .info) {
        self.messages.say(Message(text: text, kind: kind, time: self.now, turn: self.turn))
    }

    /// The last message with all of its words.
    mutating func showLastMessage() {
        guard let last = self.messages.last else { return self.say("Nothing has been said yet.") }
        self.show(
            .text(
                TextOverlay(
                    title: "Message of \(NumberText.clock(last.time))Z",
                    lines: CellText.wrapped(CellText.sanitisedLines(last.text), columns: self.messageColumns)
                        .map { .init($0, last.role) })))
    }

    /// All messages with their times, the newest first.
    mutating func showMessages() {
        guard !self.messages.all.isEmpty else { return self.say("Nothing has been said yet.") }
        var lines: [TextOverlay.Line] = []
        for message in self.messages.all.reversed() {
            let start = "\(NumberText.clock(message.time))Z \(message.word) "
            let rest = CellText.wrapped(
                CellText.sanitisedLines(message.text), columns: max(8, self.messageColumns - start.count))
            for (index, text) in rest.enumerated() {
                let lead = index == 0 ? start : String(repeating: " ", count: start.count)
                lines.append(.init(runs: [.init(lead, .muted), .init(text, message.role)]))
            }
        }
        self.show(.text(TextOverlay(title: "Messages, the newest first", lines: lines)))
    }

    private var messageColumns: Int { max(8, self.overlayArea.columns - 4) }

    /// A text for the message line in rows that fit, with a word on where the rest is when they do not.
    func messageLines(_ text: String, columns: Int) -> [String] {
        let most = max(1, min(3, self.size.rows / 4))
        var lines = CellText.wrapped(CellText.sanitisedLines(text), columns: max(1, columns))
        guard lines.count > most else { return lines }
        lines = Array(lines.prefix(most))
        let more = "  ! shows all"
        lines[most - 1] =
            CellText.cut(
                lines[most - 1] + " \(self.glyphs.ellipsis)", to: max(1, columns - more.count),
                ellipsis: self.glyphs.ellipsis) + more
        return lines
    }
}
