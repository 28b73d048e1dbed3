import Console
import Foundation
import Gateway
import JSON
import Resources
import Synchronization

/// Everything that commands write to standard output and standard error.
///
/// Names, tokens and answers come from clients, files and other servers. Whatever they hold, what is written here makes a
/// terminal do nothing but show it: control characters and those that turn text around are written in letters.
///
/// A reader that has left ends the command as SIGPIPE does, without a word and with status 141 in a shell; the command has
/// not done all it was asked, so 0 would be wrong. Output that cannot be written, on a full disk or a closed stream, ends
/// it with status 1 and a sentence on standard error.
enum Output {
    private struct State {
        /// Number of the error that ended standard output.
        var failure: Int32?
        /// How many must not be interrupted.
        var holds = 0
    }

    private static let state = Mutex(State())

    /// One line: a line break in `text` is written in letters too.
    static func line(_ text: String) {
        self.write(OutsideText.escaped(text) + "\n")
    }

    /// Several lines, as they stand. What comes from outside must not hold a line break of its own there.
    static func text(_ text: String) {
        self.write(OutsideText.escapedLines(text.hasSuffix("\n") ? text : text + "\n"))
    }

    /// What waits for an answer on its last line.
    static func prompt(_ text: String) {
        self.write(OutsideText.escapedLines(text))
    }

    /// Text of this program alone, such as its help and the scripts that complete its commands in shells.
    static func verbatim(_ text: String) {
        self.write(text.hasSuffix("\n") ? text : text + "\n")
    }

    /// What no terminal is meant for.
    static func bytes(_ bytes: Data) { self.write(bytes) }

    /// Writes one or more lines on standard error. A failure to write them is ignored, because it cannot be reported.
    static func error(_ text: String) {
        StandardError.write(OutsideText.escapedLines(text) + "\n")
    }

    /// Writes a sentence on standard error about something that does not stop the command.
    static func warning(_ text: String) { self.error("sluice: warning: \(text)") }

    /// A value as one line of JSON, keys sorted, dates in RFC 3339 with milliseconds.
    static func json(_ value: some Encodable) throws {
        self.json(text: String(decoding: try EntityCoding.encode(value), as: UTF8.self))
    }

    /// JSON that is encoded already.
    static func json(text: String) {
        self.write(OutsideText.escapedJSON(text.trimmingCharacters(in: .whitespacesAndNewlines)) + "\n")
    }

    /// Columns padded to their widest cell, two spaces apart.
    static func table(_ rows: [[String]]) {
        for line in self.lines(ofTable: rows) { self.write(line + "\n") }
    }

    static func lines(ofTable rows: [[String]]) -> [String] {
        let rows = rows.map { $0.map { OutsideText.escaped($0) } }
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? CellText.width($0[column]) : 0 }.max() ?? 0
        }
        return rows.map { row in
            // Nothing is behind the last cell that holds something.
            let end = (row.lastIndex { !$0.isEmpty } ?? -1) + 1
            return row[..<end].enumerated().map { index, cell in
                cell + String(repeating: " ", count: index == end - 1 ? 0 : widths[index] - CellText.width(cell))
            }.joined(separator: "  ")
        }
    }

    // MARK: When output ends

    /// Whether standard output takes nothing any more.
    static var hasEnded: Bool { self.state.withLock { $0.failure != nil } }

    /// Waits between two polls of a command that follows an instance. A reader that left meanwhile ends the command here:
    /// otherwise it would stay until there is something to write.
    static func pause(for duration: Duration) async throws {
        try await Task.sleep(for: duration)
        var output = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
        let hasLeft = poll(&output, 1, 0) == 1 && output.revents & Int16(POLLERR) != 0
        if hasLeft, self.state.withLock({ $0.holds == 0 }) { self.end(EPIPE) }
    }

    /// Runs work that must not stop half-way when the reader of the output leaves: the command ends after it.
    static func completing<Result>(
        isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
    ) async throws -> Result {
        self.state.withLock { $0.holds += 1 }
        let result: Result
        do { result = try await body() } catch {
            // Its own failure says more than that of the output.
            self.state.withLock { $0.holds -= 1 }
            throw error
        }
        let failure = self.state.withLock { state in
            state.holds -= 1
            return state.holds == 0 ? state.failure : nil
        }
        if let failure { self.end(failure) }
        return result
    }

    private static func write(_ text: String) { self.write(Data(text.utf8)) }

    private static func write(_ bytes: Data) {
        // Under the lock: lines of two tasks do not mix.
        let failure = self.state.withLock { state -> Int32? in
            if state.failure == nil { state.failure = Descriptor.write(bytes, to: STDOUT_FILENO) }
            return state.holds == 0 ? state.failure : nil
        }
        if let failure { self.end(failure) }
    }

    private static func end(_ failure: Int32) -> Never {
        if failure == EPIPE {
            // The libraries of the sockets ignore the signal.
            signal(SIGPIPE, SIG_DFL)
            raise(SIGPIPE)
            exit(128 + SIGPIPE)
        }
        let reason = failure == EBADF ? "standard output is closed" : Descriptor.words(failure)
        self.error("sluice: The output cannot be written: \(reason).")
        exit(1)
    }
}
