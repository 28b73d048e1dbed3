import Foundation
package import GatewayModel
package import Logging

/// Puts log lines into a ``LogRing``, for the views. Another handler writes them where people read logs.
///
/// No part of the program logs secrets; what looks like one anyway is left out of the ring.
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
        var metadata = self.metadata
        if let provided = self.metadataProvider?.get() { metadata.merge(provided) { _, last in last } }
        if let own = event.metadata { metadata.merge(own) { _, last in last } }
        if let error = event.error, metadata["error"] == nil { metadata["error"] = "\(error)" }
        let component = metadata.removeValue(forKey: Logger.componentKey).map { "\($0)" }
        var facts: [String: String] = [:]
        for (key, value) in metadata { facts[key] = Self.isSecret(key) ? Self.hidden : Self.clean("\(value)") }
        self.ring.append(
            time: Date(), level: LogLine.Level(event.level), component: component ?? self.label,
            message: Self.clean("\(event.message)"), metadata: facts)
    }

    static let hidden = "<hidden>"

    private static func isSecret(_ key: String) -> Bool {
        let key = key.lowercased()
        return ["token", "secret", "password", "authorization", "credential"].contains { key.hasSuffix($0) }
    }

    /// Replaces what follows `Bearer`, and signed JSON Web Tokens, which all start with `eyJ`.
    private static func clean(_ text: String) -> String {
        guard text.contains("eyJ") || text.contains("earer ") else { return text }
        return text.replacing(/(?i:bearer )\S+/, with: "Bearer \(Self.hidden)")
            .replacing(/eyJ[A-Za-z0-9_\-]+\.[A-Za-z0-9_\-.]+/, with: Self.hidden)
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
