import EngineInterface
import Resources

/// Resources as screens name them.
enum ResourceText {
    /// `topic:orders`, `group:billing`, `cluster`, `txn:payments`.
    static func short(_ type: ResourceType, _ name: String) -> String {
        switch type {
        case .topic: "topic:" + name
        case .group: "group:" + name
        case .cluster: "cluster"
        case .transactionalID: "txn:" + name
        }
    }
}

/// The way in which a client signed in, for a narrow column.
enum AuthenticationText {
    static func short(_ text: String) -> String {
        switch text {
        case "anonymous": "none"
        case "sasl_oauth_bearer": "oauth"
        case "sasl_plain": "plain"
        default: text.hasPrefix("sasl_scram") ? "scram" : text
        }
    }
}

enum VerdictText {
    static func word(_ verdict: Verdict) -> String {
        switch verdict {
        case .allowed: "ALLOW"
        case .denied: "DENY"
        case .filtered: "FILTER"
        }
    }

    static func role(_ verdict: Verdict) -> Role {
        switch verdict {
        case .allowed: .decisionAllow
        case .denied: .decisionDeny
        case .filtered: .decisionUnknown
        }
    }
}

enum LevelText {
    /// Five columns at most.
    static func short(_ level: LogLine.Level) -> String {
        switch level {
        case .trace: "TRACE"
        case .debug: "DEBUG"
        case .info: "INFO"
        case .notice: "NOTE"
        case .warning: "WARN"
        case .error: "ERROR"
        case .critical: "CRIT"
        }
    }

    static func role(_ level: LogLine.Level) -> Role {
        switch level {
        case .trace, .debug: .logDebug
        case .info, .notice: .logInfo
        case .warning: .logWarn
        case .error, .critical: .logError
        }
    }
}
