import Foundation

/// A message about the last action or an event.
struct Message: Equatable, Sendable {
    enum Kind: Sendable { case info, success, warning, error }

    var text: String
    var kind: Kind
    var time: Date
    /// The number of the event that caused it. A later event removes it from the screen.
    var turn: Int

    /// The time that it is shown if no key is pressed.
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

    /// Its word in the message list.
    var word: String {
        switch self.kind {
        case .info, .success: "INFO "
        case .warning: "WARN "
        case .error: "ERROR"
        }
    }
}

/// All messages of this session, the newest last.
struct MessageLog: Equatable, Sendable {
    static let capacity = 200

    private(set) var all: [Message] = []
    /// The message that the message line shows; nil when there is none.
    private(set) var shown: Message?

    mutating func say(_ message: Message) {
        if self.all.count >= Self.capacity { self.all.removeFirst(self.all.count - Self.capacity + 1) }
        self.all.append(message)
        self.shown = message
    }

    /// Removes the message from the screen; it stays in the list.
    mutating func dismiss() { self.shown = nil }

    /// Removes a message that is older than `turn`.
    mutating func dismiss(before turn: Int) {
        if let shown = self.shown, shown.turn < turn { self.shown = nil }
    }

    mutating func tick(_ now: Date) {
        if let shown = self.shown, now.timeIntervalSince(shown.time) >= shown.shownSeconds { self.shown = nil }
    }

    /// The last warning or error, otherwise the last message.
    var last: Message? { self.all.last { $0.kind == .warning || $0.kind == .error } ?? self.all.last }
}

extension ConsoleState {
    /// The text of the message line; nil clears it.
    var flash: Message? {
        get { self.messages.shown }
        set { if let newValue { self.messages.say(newValue) } else { self.messages.dismiss() } }
    }

    mutating func say(_ text: String, _ kind: Message.Kind = .info) {
        self.messages.say(Message(text: text, kind: kind, time: self.now, turn: self.turn))
    }

    /// Shows the last message in full.
    mutating func showLastMessage() {
        guard let last = self.messages.last else { return self.say("There is no message yet.") }
        self.show(
            .text(
                TextOverlay(
                    title: "Message of \(NumberText.clock(last.time))Z",
                    lines: CellText.wrapped(CellText.sanitisedLines(last.text), columns: self.messageColumns)
                        .map { .init($0, last.role) })))
    }

    /// Shows all messages with their times, the newest first.
    mutating func showMessages() {
        guard !self.messages.all.isEmpty else { return self.say("There is no message yet.") }
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
