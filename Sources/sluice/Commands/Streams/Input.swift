import Foundation
import Resources

/// Everything that commands read as text: files, standard input, and answers at a prompt.
enum Input {
    /// The most bytes of a document.
    static let maximumBytes = 4 << 20

    /// A file's text in UTF-8, without a byte order mark. `-` is standard input.
    ///
    /// - Throws: ``CommandFailure`` that names the file and says what to do.
    static func text(_ path: String, maximumBytes: Int = Self.maximumBytes) throws(CommandFailure) -> String {
        let bytes = try self.bytes(path, maximumBytes: maximumBytes)
        guard !bytes.starts(with: [0xFF, 0xFE]), !bytes.starts(with: [0xFE, 0xFF]) else {
            throw CommandFailure("\(self.name(path)) is text in UTF-16; save it as UTF-8.")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandFailure("\(self.name(path)) is not text in UTF-8.")
        }
        return OutsideText.withoutByteOrderMark(text)
    }

    /// All of a file. `-` is standard input.
    static func bytes(_ path: String, maximumBytes: Int) throws(CommandFailure) -> [UInt8] {
        let name = self.name(path)
        let descriptor =
            path == "-" ? STDIN_FILENO : open((path as NSString).expandingTildeInPath, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw CommandFailure("\(name) cannot be read: \(Descriptor.words(errno)).")
        }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        switch Descriptor.read(descriptor, maximum: maximumBytes) {
        case .bytes(let bytes): return bytes
        case .tooLarge:
            let size = maximumBytes >= 1 << 20 ? "\(maximumBytes >> 20) MiB" : "\(maximumBytes >> 10) KiB"
            throw CommandFailure("\(name) is larger than \(size).")
        case .failed(EBADF): throw CommandFailure("\(name) is closed: there is nothing to read.")
        case .failed(let failure): throw CommandFailure("\(name) cannot be read: \(Descriptor.words(failure)).")
        }
    }

    private static func name(_ path: String) -> String { path == "-" ? "Standard input" : "The file '\(path)'" }

    /// Asks on standard output.
    /// - Returns: the line without its end; nil when the answers have ended.
    static func answer(to prompt: String) -> String? {
        Output.prompt(prompt)
        return readLine()
    }

    /// Asks at the terminal for what must not be shown, whatever standard input and output are.
    /// - Returns: nil without a terminal, or when nothing is answered.
    static func hiddenAnswer(to prompt: String) -> String? {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else { return nil }
        defer { close(terminal) }
        var before = termios()
        guard tcgetattr(terminal, &before) == 0 else { return nil }
        var hidden = before
        // Without the signals of keys: one that ended the process here would leave the terminal without an echo.
        hidden.c_lflag &= ~tcflag_t(ECHO | ISIG)
        // Ctrl-C ends the line instead.
        let interrupt: UInt8 = 3
        withUnsafeMutableBytes(of: &hidden.c_cc) { $0[Int(VEOL)] = interrupt }
        guard tcsetattr(terminal, TCSAFLUSH, &hidden) == 0 else { return nil }
        defer {
            tcsetattr(terminal, TCSAFLUSH, &before)
            _ = Descriptor.write("\n", to: terminal)
        }
        _ = Descriptor.write(prompt, to: terminal)
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while read(terminal, &byte, 1) == 1, byte != UInt8(ascii: "\n") {
            if byte == interrupt { return nil }
            bytes.append(byte)
        }
        return bytes.isEmpty ? nil : String(validating: bytes, as: UTF8.self)
    }

    /// The one rule for a question before a change: `y` or `yes` goes on. Every other answer, and none, ends the command
    /// with status 1, because what was asked for was not done.
    static func confirm(_ prompt: String) throws(CommandFailure) {
        try self.confirm(answer: self.answer(to: self.confirmation(prompt)))
    }

    /// The prompt of a question before a change.
    static func confirmation(_ question: String) -> String { "\(question) [y/N]: " }

    /// - Parameter answer: to such a question; nil at the end of input.
    static func confirm(answer: String?) throws(CommandFailure) {
        guard ["y", "yes"].contains(answer?.lowercased() ?? "") else { throw CommandFailure("Nothing was changed.") }
    }
}
