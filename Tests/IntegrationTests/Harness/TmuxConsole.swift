import Foundation

/// A program in a terminal of its own: a tmux server with one window of a stated size. Keys go in by name, the screen
/// comes out as text.
final class TmuxConsole: Sendable {
    private let socket: String
    private let directory: String

    private init(socket: String, directory: String) {
        self.socket = socket
        self.directory = directory
    }

    /// Runs `body` with `command` started in the terminal; the tmux server ends with it.
    static func run<Result>(
        _ command: [String], columns: Int = 80, rows: Int = 24, environment: [String: String] = [:],
        isolation: isolated (any Actor)? = #isolation, _ body: (TmuxConsole) async throws -> Result
    ) async throws -> Result {
        try await TemporaryDirectory.run { directory in
            let console = TmuxConsole(socket: "\(directory)/tmux", directory: directory)
            var variables = [
                "LC_ALL": "C.UTF-8", "HOME": directory, "XDG_CONFIG_HOME": "\(directory)/config",
                "XDG_STATE_HOME": "\(directory)/state", "XDG_DATA_HOME": "\(directory)/data", "PATH": Self.path,
            ]
            variables.merge(environment) { $1 }
            // What is left of the terminal after the program shows in the same window.
            let shell =
                variables.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.quoted($0.value))" }
                .reduce("exec env") { "\($0) \($1)" } + " sh -c "
                + Self.quoted(
                    "stty -g > \(directory)/before; " + command.map(Self.quoted).joined(separator: " ")
                        + "; echo \"ended with $?\" > \(directory)/status; stty -g > \(directory)/after; exec cat")
            try await console.start(
                ["-f", "/dev/null", "new-session", "-d", "-x", String(columns), "-y", String(rows), shell])
            // Ended by its own process id: its window closes, and what runs there is told so by SIGHUP.
            let text = try await console.tmux(["display-message", "-p", "#{pid}"])
            guard let server = pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
                throw TimedOut(description: "tmux did not tell its process id but '\(text)'")
            }
            do {
                let result = try await body(console)
                kill(server, SIGKILL)
                return result
            } catch {
                let screen = (try? await console.screen()) ?? "(no screen)"
                kill(server, SIGKILL)
                throw FailureWithLog(cause: error, log: "the screen:\n\(screen)")
            }
        }
    }

    private static let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"

    private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }

    /// The server outlives this command: it must not hold on to any descriptor by which the command's end is noticed,
    /// of which Foundation has one of its own. Python's `subprocess` closes them all.
    private func start(_ arguments: [String]) async throws {
        let detached =
            "import subprocess, sys; n = subprocess.DEVNULL; "
            + "sys.exit(subprocess.call(sys.argv[1:], stdin=n, stdout=n, stderr=n))"
        let done = try await runToEnd(
            Prerequisites.python, ["-c", detached, "tmux", "-S", self.socket] + arguments,
            environment: ["TMUX": nil, "TMUX_PANE": nil])
        guard done.status == 0 else { throw TimedOut(description: "tmux did not start: status \(done.status)") }
    }

    @discardableResult
    private func tmux(_ arguments: [String], input: String? = nil) async throws -> String {
        let done = try await runToEnd(
            "tmux", ["-S", self.socket] + arguments, input: input, environment: ["TMUX": nil, "TMUX_PANE": nil])
        guard done.status == 0 else {
            throw TimedOut(description: "tmux \(arguments.first ?? "") ended with \(done.status): \(done.errors)")
        }
        return done.output
    }

    /// Keys by tmux's names (`Enter`, `Escape`, `C-p`, `F4`, `NPage`); any other text is typed as it is.
    func press(_ keys: String...) async throws {
        for key in keys { try await self.tmux(["send-keys", key]) }
    }

    /// Text, letter by letter, none of it a key's name.
    func type(_ text: String) async throws { try await self.tmux(["send-keys", "-l", text]) }

    /// One bracketed paste.
    func paste(_ text: String) async throws {
        try await self.tmux(["load-buffer", "-"], input: text)
        try await self.tmux(["paste-buffer", "-p", "-r"])
    }

    /// Lets the program set the terminal's clipboard (OSC 52).
    func allowClipboard() async throws { try await self.tmux(["set-option", "-s", "set-clipboard", "on"]) }

    /// What the program copied last; nil while that is nothing.
    func clipboard() async -> String? { try? await self.tmux(["show-buffer"]) }

    func resize(columns: Int, rows: Int) async throws {
        try await self.tmux(["resize-window", "-x", String(columns), "-y", String(rows)])
    }

    func screen() async throws -> String { try await self.tmux(["capture-pane", "-p"]) }

    /// Waits until the screen shows all of `parts`.
    @discardableResult
    func shows(
        _ parts: String..., within limit: Duration = .seconds(20), isolation: isolated (any Actor)? = #isolation
    ) async throws -> String {
        try await eventually("a screen with \(parts)", within: limit, every: .milliseconds(50)) {
            let screen = try await self.screen()
            return parts.allSatisfy(screen.contains) ? screen : nil
        }
    }

    /// How the program ended: `ended with 0`; nil while it runs.
    var status: String? {
        (try? String(contentsOfFile: "\(self.directory)/status", encoding: .utf8))?
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Whether the terminal's settings are as they were found.
    var isTerminalRestored: Bool {
        let before = try? String(contentsOfFile: "\(self.directory)/before", encoding: .utf8)
        let after = try? String(contentsOfFile: "\(self.directory)/after", encoding: .utf8)
        return before != nil && before == after
    }

    func ended(isolation: isolated (any Actor)? = #isolation) async throws -> String {
        try await eventually("the end of the program") {
            // Written last, after the status.
            let after = try? String(contentsOfFile: "\(self.directory)/after", encoding: .utf8)
            return after?.hasSuffix("\n") == true ? self.status : nil
        }
    }
}
