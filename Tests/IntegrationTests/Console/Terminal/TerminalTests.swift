import Foundation
import Testing

extension IntegrationSuite {
    /// The console's last layer on terminals that an emulator plays: what they show is what was drawn, what is typed
    /// arrives, and however the program ends, the terminal is as it was.
    ///
    /// `Drivers/checks.py` holds the checks; each can be run by hand with the path of `ConsoleProbe`.
    @Suite(.serialized) struct TerminalTests {
        private static let probe: String = URL(fileURLWithPath: SluiceProcess.binary).deletingLastPathComponent()
            .appendingPathComponent("ConsoleProbe").path

        /// - Returns: what the check measured.
        @discardableResult
        private func check(_ name: String, _ arguments: String...) async throws -> String {
            let drivers = Bundle.module.resourceURL?.appendingPathComponent("Drivers").path ?? ""
            let done = try await runToEnd(
                Prerequisites.python, ["-B", "\(drivers)/checks.py", Self.probe, name] + arguments,
                environment: ["PYTHONUNBUFFERED": "1"], within: .seconds(120))
            #expect(done.status == 0, "\(done.errors.suffix(3_000))")
            return done.output.trimmingCharacters(in: .whitespacesAndNewlines)
        }

        private func report(_ figures: String) {
            print("console terminal: \(figures)")
        }

        // MARK: What is shown

        @Test(
            arguments: [
                "xterm-256color", "tmux-256color", "screen-256color", "linux", "vt100", "xterm", "no-such-terminal",
            ],
            ["C.UTF-8", "C"])
        func `every cell is shown as it was drawn`(term: String, locale: String) async throws {
            try await self.check("cells", term, locale)
        }

        @Test(arguments: ["C.UTF-8", "C"])
        func `nothing that a terminal would obey reaches it`(locale: String) async throws {
            try await self.check("hostile-text", locale)
        }

        @Test(
            arguments: [
                "captured-errors", "no-colour", "unknown-terminals", "locales", "without-dev-tty",
                "background-question", "clipboard",
            ])
        func `a terminal is taken for what it is`(check: String) async throws {
            try await self.check(check)
        }

        // MARK: Leaving

        @Test(
            arguments: [
                "q", "ctrl-c", "term", "hup", "int", "exit", "segv", "own-segv", "abrt", "bus", "quit", "trap",
                "trap-elsewhere", "overflow",
            ], ["xterm-256color", "vt100"])
        func `however it ends, the terminal is as it was`(ending: String, term: String) async throws {
            try await self.check("ledger", ending, term)
        }

        @Test(arguments: ["tmux-256color", "screen-256color", "linux"])
        func `other terminals are left as they were too`(term: String) async throws {
            try await self.check("ledger", "q", term)
            try await self.check("ledger", "segv", term)
        }

        @Test(
            arguments: [
                "suspend", "background", "stopped-from-outside", "lost-terminal", "frozen-terminal", "other-programs",
            ])
        func `the terminal can be taken away and given back`(check: String) async throws {
            try await self.check(check)
        }

        // MARK: Input

        @Test(arguments: ["xterm-256color", "linux", "vt100"])
        func `keys arrive as themselves`(term: String) async throws {
            self.report(try await self.check("keys", term))
        }

        @Test(arguments: ["xterm-256color", "tmux-256color", "screen-256color", "linux"])
        func `a token with line breaks is one paste`(term: String) async throws {
            try await self.check("paste", term)
        }

        @Test(arguments: ["xterm-256color", "linux"])
        func `a paste of a megabyte is one paste`(term: String) async throws {
            self.report(try await self.check("paste-of-a-megabyte", term))
        }

        @Test(arguments: ["xterm-256color", "screen-256color"])
        func `the mouse is read when it is wanted`(term: String) async throws {
            try await self.check("mouse", term)
        }

        @Test(arguments: ["paste-with-sequences", "late-answers"])
        func `what looks like keys and is none does nothing`(check: String) async throws {
            try await self.check(check)
        }

        @Test(arguments: ["1", "2", "3"])
        func `whatever is typed, it goes on`(seed: String) async throws {
            try await self.check("fuzz", seed)
        }

        // MARK: Size and cost

        @Test(arguments: ["sizes", "resize-storm"])
        func `any size is drawn`(check: String) async throws {
            try await self.check(check)
        }

        @Test(arguments: [("80", "24"), ("160", "48")])
        func `frames cost what has changed`(columns: String, rows: String) async throws {
            self.report(try await self.check("budgets", columns, rows))
        }

        @Test(arguments: ["idle-costs-nothing", "flood", "startup", "slow-line"])
        func `the loop does no more than it has to`(check: String) async throws {
            self.report(try await self.check(check))
        }

        // MARK: tmux

        @Test(arguments: ["tmux", "tmux-clipboard"])
        func `it is at home in tmux`(check: String) async throws {
            try await self.check(check)
        }
    }
}
