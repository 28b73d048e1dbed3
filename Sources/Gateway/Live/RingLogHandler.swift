package import EngineInterface
import Foundation
package import Logging

/// Puts log lines into a ``LogRing``, for the views. Another handler writes them to the log.
package struct RingLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let ring: LogRing

    package init(label: String, ring: LogRing, logLevel: Logger.Level = .info) {
        self.label = label
        self.ring = ring
        self.logLevel = logLevel
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { self.metadata[key] }
        set { self.metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var facts = LogFacts(event, metadata: self.metadata, provider: self.metadataProvider)
        let component = facts.all.removeValue(forKey: Logger.componentKey) ?? self.label
        self.ring.append(
            time: Date(), level: LogLine.Level(event.level), component: component, message: facts.message,
            metadata: facts.all)
    }
}

extension LogLine.Level {
    init(_ level: Logger.Level) {
        self =
            switch level {
            case .trace: .trace
            case .debug: .debug
            case .info: .info
            case .notice: .notice
            case .warning: .warning
            case .error: .error
            case .critical: .critical
            }
    }
}
