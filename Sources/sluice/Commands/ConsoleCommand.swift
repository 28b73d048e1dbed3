import ArgumentParser
import Console
import ConsoleTerminal
import Foundation
import Store

struct ConsoleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console",
        abstract: "The console: set up, watch and test a gateway on a full screen. `sluice` without a command runs it.",
        discussion: """
            The engine runs inside. When a `sluice serve` holds the data directory, the console attaches to that one \
            instead; --connect URL attaches to one elsewhere, with SLUICE_ADMIN_TOKEN.

            Without a terminal, or with --plain, use `sluice live`, `sluice decisions --follow`, `sluice setup`.
            """)

    @Option(help: "Data directory (default: $XDG_DATA_HOME/sluice, else ~/.local/share/sluice).")
    var dataDir: String?
    @Option(help: "HOST:PORT of the management API (default: 127.0.0.1:9190). Port 0 takes any free one.")
    var api: String?
    @Option(help: "Base of the issuer URLs of new auth servers (default: http://localhost:<port of the API>).")
    var publicURL: String?
    @Option(help: "URL of the management API of a running `sluice serve` to attach to.") var connect: String?
    @Flag(help: "Disable every command that changes the gateway.") var readOnly = false
    @Option(help: "Theme, by name: harbor, paper, high-contrast, high-contrast-day, tern, ansi16, mono, or yours.")
    var theme: String?
    @Option(help: "Colours: auto, never, always or truecolor. auto obeys NO_COLOR.") var color = "auto"
    @Option(help: "Characters of lines and symbols: auto, unicode or ascii.") var glyphs = "auto"
    @Flag(help: "Use the mouse (Shift then selects text).") var mouse = false
    @Option(help: "Milliseconds that Esc waits for the rest of a key (default: 25, over SSH 100).")
    var escapeDelay: Int?
    @Flag(help: "Print the same facts as lines, without a screen. ACCESSIBLE=1 and TERM=dumb imply it.") var plain =
        false
    @Option(help: "Configuration file (default: $XDG_CONFIG_HOME/sluice/config.toml).") var config: String?
    @Option(help: "Least level of log lines: trace, debug, info, warning or error (default: info).") var logLevel:
        String?
    @Option(
        help:
            "Format of log lines on standard error: text or json (default: text). The Logs place of the console ignores it."
    )
    var logFormat: String?
    @OptionGroup(title: "Sandbox") var sandbox: SandboxOptions
    @OptionGroup(title: "Limits on what clients may ask") var limits: LimitOptions

    func validate() throws {
        guard TerminalOptions.Colour(rawValue: self.color) != nil else {
            throw ValidationError("--color is '\(self.color)'; it must be auto, never, always or truecolor.")
        }
        guard TerminalOptions.GlyphChoice(rawValue: self.glyphs) != nil else {
            throw ValidationError("--glyphs is '\(self.glyphs)'; it must be auto, unicode or ascii.")
        }
        if let delay = self.escapeDelay, !(0...2000).contains(delay) {
            throw ValidationError("--escape-delay is \(delay); it must be 0 to 2000 milliseconds.")
        }
    }

    func run() async throws {
        let settings = try Settings(configurationFile: self.config)
        let engine = try self.engine(settings)
        let environment = ProcessInfo.processInfo.environment
        var attached: ManagementConnection?
        if case .attached(let connection, _) = engine { attached = connection }
        let warning = attached?.warning
        if self.plain || environment["ACCESSIBLE"] == "1" || environment["TERM"] == "dumb" {
            if let warning { Output.warning(warning) }
            return try await PlainConsole(engine: engine).run()
        }
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            throw CommandFailure(
                "The console needs a terminal, and standard input or output is none. "
                    + "`sluice serve` runs the same without a screen; `sluice live`, `sluice decisions --follow` and "
                    + "`sluice console --plain` show it as lines.", isWrongUse: true)
        }
        // The first event of an engine elsewhere tells of all connections at once.
        if case .attached = engine { ProcessMemory.returnFreedBlocks() }
        let instance =
            self.connect == nil
            ? URL(fileURLWithPath: settings.dataDirectory(flag: self.dataDir)).standardizedFileURL.path
            : attached?.url ?? ""
        let files = ConsoleFiles(instance: instance)
        let (preferences, problem) = files.preferences()
        var terminal = TerminalOptions(environment: environment)
        terminal.colour = TerminalOptions.Colour(rawValue: self.color) ?? .automatic
        terminal.glyphs = TerminalOptions.GlyphChoice(rawValue: self.glyphs) ?? .automatic
        terminal.mouse = self.mouse || preferences.mouse
        terminal.rememberedBackground = files.background()
        terminal.escapeDelay = self.escapeDelay.map { .milliseconds($0) }
        let theme = settings.theme(flag: self.theme, kept: preferences.theme)
        if case .named = theme { terminal.asksBackground = false }
        let session = ConsoleSession(
            engine: engine, files: files, preferences: preferences, terminal: terminal,
            theme: theme, isReadOnly: self.readOnly, instance: instance, notices: [warning, problem].compactMap(\.self))
        try await session.run()
    }

    /// The engine to show: one elsewhere, the one that holds the data directory, or one of our own.
    private func engine(_ settings: Settings) throws -> ConsoleEngine {
        let directory = settings.dataDirectory(flag: self.dataDir)
        if let connect = self.connect {
            return .attached(try InstanceOptions.connection(named: connect, dataDirectory: directory))
        }
        if let running = try ServeInformation.holding(dataDirectory: directory) {
            return .attached(
                try InstanceOptions.connection(named: nil, dataDirectory: directory), sandbox: running.sandbox)
        }
        let instance = try InstanceSettings(
            settings, dataDir: self.dataDir, api: self.api, publicURL: self.publicURL, sandbox: self.sandbox,
            logLevel: self.logLevel, logFormat: self.logFormat, limits: self.limits
        ).instance(signals: [], onlyRing: true)
        try instance.prepare()
        return .own(instance)
    }
}
