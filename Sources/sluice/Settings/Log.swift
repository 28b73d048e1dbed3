import Gateway
import GatewayModel
import Logging

/// Logs go to standard error, one line each: the message and its facts.
enum Log {
    /// - Parameters:
    ///   - ring: gets every line too, for the views.
    ///   - onlyRing: nothing goes to standard error.
    static func start(level: String, ring: LogRing? = nil, onlyRing: Bool = false) throws -> Logger {
        guard let level = Logger.Level(rawValue: level) else {
            throw CommandFailure(
                "log-level is '\(level)'; it must be one of \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")).",
                isWrongUse: true)
        }
        LoggingSystem.bootstrap { label in
            if let ring, onlyRing { return RingLogHandler(label: label, ring: ring, logLevel: level) }
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            guard let ring else { return handler }
            return MultiplexLogHandler([handler, RingLogHandler(label: label, ring: ring, logLevel: level)])
        }
        return Logger(label: "sluice")
    }
}
