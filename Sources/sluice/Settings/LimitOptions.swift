import ArgumentParser
import EngineInterface

/// Bounds on what clients may ask, as flags. Kept as texts: environment and file are read in the same way.
struct LimitOptions: ParsableArguments {
    @Option(help: "Most clients connected to one listener (default: nine tenths of what open files allow).")
    var maxConnectionsPerListener: String?
    @Option(help: "Most clients connected from one address (default: half of what open files allow).")
    var maxConnectionsPerAddress: String?
    @Option(help: "Most bytes of a request other than Produce (default: 1048576).")
    var maxRequestBytes: String?
    @Option(help: "Most array elements in a request other than Produce (default: 10000).")
    var maxRequestElements: String?
    @Option(help: "Time for a client to send its first request and to sign in (default: 30s).")
    var firstRequestTimeout: String?
    @Option(help: "Time that a client may stay silent while no request is pending (default: 10m).")
    var idleTimeout: String?

    /// - Throws: `CommandFailure` for wrong use, wherever the value comes from.
    func limits(_ settings: Settings) throws -> GatewayLimits {
        var limits = GatewayLimits()
        for setting in LimitSetting.allCases {
            guard let text = settings.value(setting.rawValue, flag: self.flag(setting)) else { continue }
            do throws(LimitSettingError) {
                try limits.set(setting, to: text)
            } catch {
                throw CommandFailure(error.description, isWrongUse: true)
            }
        }
        return limits
    }

    private func flag(_ setting: LimitSetting) -> String? {
        switch setting {
        case .connectionsPerListener: self.maxConnectionsPerListener
        case .connectionsPerAddress: self.maxConnectionsPerAddress
        case .requestBytes: self.maxRequestBytes
        case .requestElements: self.maxRequestElements
        case .firstRequestTimeout: self.firstRequestTimeout
        case .idleTimeout: self.idleTimeout
        }
    }
}
