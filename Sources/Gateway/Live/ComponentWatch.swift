import EngineInterface
import Logging
import Resources
import Synchronization

/// Writes a line to the log whenever the state of a listener or backend cluster changes.
final class ComponentWatch: Sendable {
    private struct ID: Hashable {
        var kind: String
        @WireName var gateway: String
        @WireName var name: String
    }

    private let logger: Logger
    private let known = Mutex<[ID: ComponentStatus]>([:])

    init(logger: Logger) {
        self.logger = logger.component("component")
    }

    /// - Parameter statuses: The statuses of all components.
    func observe(_ statuses: [ComponentStatus]) {
        let current = Dictionary(
            statuses.map { (ID(kind: $0.kind, gateway: $0.gateway, name: $0.name), $0) }, uniquingKeysWith: { $1 })
        let before = self.known.withLock { known in
            defer { known = current }
            return known
        }
        for status in statuses {
            let old = before[ID(kind: status.kind, gateway: status.gateway, name: status.name)]
            guard old?.state != status.state || old?.reason != status.reason else { continue }
            self.log(status)
        }
    }

    private func log(_ status: ComponentStatus) {
        let level: Logger.Level =
            switch status.state {
            case .up: .info
            case .warn: .warning
            case .down: .error
            }
        var metadata: Logger.Metadata = ["gateway": "\(status.gateway)"]
        metadata[status.kind == "listener" ? "listener" : "backendCluster"] = "\(status.name)"
        metadata["reason"] = status.reason.map { "\($0)" }
        let kind = status.kind.replacing("_", with: " ")
        self.logger.log(level: level, "\(kind) is \(status.state.rawValue)", metadata: metadata)
    }
}

extension Logger {
    /// The metadata key for a line's component; ``RingLogHandler`` makes ``LogLine/component`` of it.
    static let componentKey = "component"

    /// The same logger for one part of the engine.
    func component(_ name: String) -> Logger {
        var logger = self
        logger[metadataKey: Self.componentKey] = "\(name)"
        return logger
    }
}
