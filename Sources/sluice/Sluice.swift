import ArgumentParser

@main
struct Sluice: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sluice",
        abstract: "A Kafka gateway with its own operator console.",
        discussion: """
            `sluice --sandbox` opens the console: a gateway, its management API, an OAuth server and a small Kafka \
            cluster to try it on, in one process. `sluice serve` runs the same without a screen.

            Settings are taken from the flag, else the environment (SLUICE_…), else the configuration file \
            ($XDG_CONFIG_HOME/sluice/config.toml), else the default.
            Exit codes: 0 done, 1 failed or denied, 2 wrong use.
            """,
        version: "0.1.0",
        subcommands: [
            ConsoleCommand.self, ServeCommand.self, SandboxCommand.self, SetupCommand.self, ApplyCommand.self,
            ExportCommand.self, ValidateCommand.self, TokenCommand.self, ExplainCommand.self, LiveCommand.self,
            DecisionsCommand.self, AuditCommand.self, APIsCommand.self, ThemeCommand.self,
        ],
        defaultSubcommand: ConsoleCommand.self
    )

    static func main() async {
        do {
            var command = try Self.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let error as CommandFailure {
            Output.error("sluice: \(error.message)")
            Self.exit(withError: ExitCode(error.exitCode))
        } catch {
            let code = Self.exitCode(for: error)
            // What the parser refuses is wrong use; help and version end with 0.
            if code.isSuccess { Self.exit(withError: error) }
            Output.error(Self.fullMessage(for: error))
            Self.exit(withError: code == .validationFailure || code.rawValue == 64 ? ExitCode(2) : code)
        }
    }
}

/// A command that could not do what it was asked; `message` is a sentence for the user.
struct CommandFailure: Error {
    var message: String
    var exitCode: Int32

    /// - Parameter isWrongUse: the command was called wrongly, as against having failed.
    init(_ message: String, isWrongUse: Bool = false) {
        self.message = message
        self.exitCode = isWrongUse ? 2 : 1
    }
}
