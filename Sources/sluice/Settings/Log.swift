import Logging

/// Logs go to standard error, one line each: the message and its facts.
enum Log {
    static func start(level: String) throws -> Logger {
        guard let level = Logger.Level(rawValue: level) else {
            throw CommandFailure(
                "log-level is '\(level)'; it must be one of \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")).",
                isWrongUse: true)
        }
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        }
        return Logger(label: "sluice")
    }
}
