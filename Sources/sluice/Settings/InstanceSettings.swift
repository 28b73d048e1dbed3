import EngineInterface
import Foundation
import Resources
import UnixSignals

/// The settings of an instance, from flags, environment and configuration file.
struct InstanceSettings {
    var dataDirectory: String
    var api: HostPort
    var publicURL: String?
    var sandbox: SandboxSettings
    var startsSandbox: Bool
    var logLevel: String
    var logFormat: String
    var limits: GatewayLimits

    init(
        _ settings: Settings, dataDir: String?, api: String?, publicURL: String?, sandbox: SandboxOptions,
        logLevel: String?, logFormat: String?, limits: LimitOptions
    ) throws {
        self.dataDirectory = settings.dataDirectory(flag: dataDir)
        self.api = try HostPort(settings.value("api", flag: api) ?? "127.0.0.1:9190", setting: "api")
        self.publicURL = try settings.value("public-url", flag: publicURL).map(Self.checkedPublicURL)
        (self.sandbox, self.startsSandbox) = try sandbox.read(settings)
        self.logLevel = settings.value("log-level", flag: logLevel) ?? "info"
        self.logFormat = settings.value("log-format", flag: logFormat) ?? "text"
        self.limits = try limits.limits(settings)
    }

    private static func checkedPublicURL(_ text: String) throws -> String {
        guard let url = URL(string: text), let scheme = url.scheme, ["http", "https"].contains(scheme), url.host != nil,
            url.query == nil, url.fragment == nil
        else {
            throw CommandFailure("public-url is '\(text)', not a URL such as https://id.example.net.", isWrongUse: true)
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}

extension InstanceSettings {
    /// - Parameter signals: the signals that end the instance; empty when its owner ends it.
    /// - Parameter onlyRing: logs go to the views alone: standard error is the screen.
    func instance(signals: [UnixSignal] = [.sigterm, .sigint], onlyRing: Bool = false) throws -> Instance {
        let log = LogRing()
        return Instance(
            dataDirectory: self.dataDirectory, api: self.api, publicURL: self.publicURL, sandbox: self.sandbox,
            startsSandbox: self.startsSandbox, limits: self.limits,
            logger: try Log.start(level: self.logLevel, format: self.logFormat, ring: log, onlyRing: onlyRing),
            log: log,
            signals: signals)
    }
}
