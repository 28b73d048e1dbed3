import EngineInterface
import Gateway
import Logging
import Resources

/// Logs go to standard error, one line each: the message and its facts.
enum Log {
    /// - Parameters:
    ///   - format: `text` or `json`.
    ///   - ring: gets every line too, for the views.
    ///   - onlyRing: nothing goes to standard error.
    static func start(
        level: String, format: String = LineLogHandler.Format.text.rawValue, ring: LogRing? = nil,
        onlyRing: Bool = false
    ) throws -> Logger {
        guard let level = Logger.Level(rawValue: level) else {
            throw Self.failure("log-level", level, Logger.Level.allCases.map(\.rawValue))
        }
        guard let format = LineLogHandler.Format(rawValue: format) else {
            throw Self.failure("log-format", format, LineLogHandler.Format.allCases.map(\.rawValue))
        }
        LoggingSystem.bootstrap { label in
            if let ring, onlyRing { return RingLogHandler(label: label, ring: ring, logLevel: level) }
            let handler = LineLogHandler(label: label, format: format, logLevel: level)
            guard let ring else { return handler }
            return MultiplexLogHandler([handler, RingLogHandler(label: label, ring: ring, logLevel: level)])
        }
        return Logger(label: "sluice")
    }

    private static func failure(_ setting: String, _ value: String, _ choices: [String]) -> CommandFailure {
        CommandFailure(
            "\(setting) is '\(OutsideText.escaped(value, maximumBytes: 80))'; it must be one of "
                + "\(choices.joined(separator: ", ")).", isWrongUse: true)
    }
}
