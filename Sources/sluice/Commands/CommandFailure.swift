/// The exit statuses, which mean the same for every command.
enum ExitStatus {
    /// The command could not do its work, or could not find the answer.
    static let failed: Int32 = 1
    /// The command was called wrongly.
    static let wrongUse: Int32 = 2
    /// The command found the answer, and it is no: access is denied, a token or a client is refused.
    static let refused: Int32 = 3
}

/// A command that could not do what it was asked; `message` is a sentence for the user.
struct CommandFailure: Error, CustomStringConvertible {
    enum Kind { case failed, wrongUse, refused }

    var message: String
    var exitCode: Int32

    var description: String { self.message }

    /// - Parameter isWrongUse: the command was called wrongly, as against having failed.
    init(_ message: String, isWrongUse: Bool = false) {
        self.init(message, exitCode: isWrongUse ? .wrongUse : .failed)
    }

    init(_ message: String, exitCode kind: Kind) {
        self.message = message
        self.exitCode =
            switch kind {
            case .failed: ExitStatus.failed
            case .wrongUse: ExitStatus.wrongUse
            case .refused: ExitStatus.refused
            }
    }
}
