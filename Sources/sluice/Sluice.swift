import ArgumentParser
import EngineInterface

@main
struct Sluice: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "sluice",
        abstract: "A Kafka gateway with its own operator console.",
        discussion: """
            `sluice --sandbox` opens the console: a gateway, its management API, an OAuth server and a small Kafka \
            cluster to try it on, in one process. `sluice serve` runs the same without a screen.

            Settings are taken from the flag, else the environment (SLUICE_…), else the configuration file \
            ($XDG_CONFIG_HOME/sluice/config.toml), else the default.
            Exit codes: 0 done or allowed, 1 failed, 2 wrong use, 3 denied or refused. A command whose reader has left \
            ends by SIGPIPE (141 in a shell).
            """,
        version: Sluice.version,
        subcommands: [
            ConsoleCommand.self, ServeCommand.self, SandboxCommand.self, SetupCommand.self, ApplyCommand.self,
            ExportCommand.self, ValidateCommand.self, TokenCommand.self, ExplainCommand.self, LiveCommand.self,
            DecisionsCommand.self, AuditCommand.self, APIsCommand.self, ThemeCommand.self, BackupCommand.self,
            RestoreCommand.self,
        ],
        defaultSubcommand: ConsoleCommand.self
    )

    static func main() async {
        Descriptor.reserveStandardStreams()
        do {
            if let unknown = UnknownCommand(Array(CommandLine.arguments.dropFirst()), of: Self.self) {
                throw unknown.failure
            }
            var command = try Self.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let error as CommandFailure {
            Output.error("sluice: \(error.message)")
            Self.exit(withError: ExitCode(error.exitCode))
        } catch let error as EngineClientError {
            Output.error("sluice: \(error.message)")
            Self.exit(withError: ExitCode(ExitStatus.failed))
        } catch {
            let code = Self.exitCode(for: error)
            let message = Self.fullMessage(for: error)
            // Help, version and completion scripts end with 0; what the parser refuses is wrong use.
            if code.isSuccess {
                if !message.isEmpty { Output.verbatim(message) }
                Self.exit(withError: ExitCode.success)
            }
            if !message.isEmpty { Output.error(message) }
            Self.exit(withError: code == .validationFailure ? ExitCode(ExitStatus.wrongUse) : code)
        }
    }
}
