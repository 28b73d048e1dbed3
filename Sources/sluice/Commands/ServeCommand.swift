import ArgumentParser
import Foundation
import Gateway
import Logging

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the gateway, its management API and the identity server, without a screen.",
        discussion: "Logs go to standard error. On SIGTERM the gateway sends pending answers, then ends.")

    @Option(help: "Data directory (default: $XDG_DATA_HOME/sluice, else ~/.local/share/sluice).")
    var dataDir: String?
    @Option(help: "HOST:PORT of the management API (default: 127.0.0.1:9190). Port 0 takes any free one.")
    var api: String?
    @Option(help: "Base of the issuer URLs of new auth servers (default: http://localhost:<port of the API>).")
    var publicURL: String?
    @Option(help: "Configuration file (default: $XDG_CONFIG_HOME/sluice/config.toml).")
    var config: String?
    @Option(help: "Least level of log lines: trace, debug, info, warning or error (default: info).")
    var logLevel: String?
    @Option(help: "Format of log lines: text or json (default: text).")
    var logFormat: String?
    @OptionGroup(title: "Sandbox") var sandbox: SandboxOptions
    @OptionGroup(title: "Limits on what clients may ask") var limits: LimitOptions

    func run() async throws {
        let settings = try Settings(configurationFile: self.config)
        try self.sandbox.requireSandbox(settings)
        let chosen = try InstanceSettings(
            settings, dataDir: self.dataDir, api: self.api, publicURL: self.publicURL, sandbox: self.sandbox,
            logLevel: self.logLevel, logFormat: self.logFormat, limits: self.limits
        )
        let instance = try chosen.instance()
        let isForPeople = chosen.logFormat == LineLogHandler.Format.text.rawValue
        try await instance.run { ready in
            guard isForPeople else {
                return instance.logger.info(
                    "serving", metadata: ["api": "\(ready.url)", "adminTokenFile": "\(ready.adminTokenPath)"])
            }
            Welcome(url: ready.url, tokenPath: ready.adminTokenPath, sandbox: ready.sandbox).show()
        }
    }
}
