import Foundation

/// The outcome of a copy.
package enum CopyOutcome: Equatable, Sendable {
    /// The text was sent. Terminals do not confirm it.
    case sent(characters: Int)
    case tooLong(characters: Int)
    /// This terminal has no clipboard.
    case unsupported
}

/// Operating system command 52: text for the clipboard of the terminal that the user sits at, also through SSH.
enum Clipboard {
    /// The most characters in base64; terminals cut or drop longer texts.
    static let maximumBytes = 74_994

    enum Wrapping: Equatable {
        case none
        /// tmux takes the command itself with `set-clipboard on`, or passes it through with `allow-passthrough on`.
        case tmux
        /// GNU screen passes a device control string of at most 768 bytes through.
        case screen
    }

    static func wrapping(term: TerminalName, environment: [String: String]) -> Wrapping {
        if environment["TMUX"]?.isEmpty == false || term.name.hasPrefix("tmux") { return .tmux }
        if environment["STY"]?.isEmpty == false { return .screen }
        return .none
    }

    /// - Returns: The bytes to send, or nil if the text is too long.
    static func command(_ text: String, wrapping: Wrapping) -> String? {
        let encoded = Data(text.utf8).base64EncodedString()
        guard encoded.utf8.count <= self.maximumBytes else { return nil }
        let command = "\u{1B}]52;c;\(encoded)\u{1B}\\"
        switch wrapping {
        case .none: return command
        case .tmux:
            let doubled = command.replacing("\u{1B}", with: "\u{1B}\u{1B}")
            return command + "\u{1B}Ptmux;\(doubled)\u{1B}\\"
        case .screen:
            var pieces = ""
            var rest = Substring("\u{1B}]52;c;\(encoded)\u{07}")
            while !rest.isEmpty {
                pieces += "\u{1B}P\(rest.prefix(76))\u{1B}\\"
                rest = rest.dropFirst(76)
            }
            return pieces
        }
    }
}
