package import EngineInterface
package import Foundation
package import Resources

/// An event that reaches the console.
package enum ConsoleEvent: Sendable {
    case input(InputEvent)
    /// Four times a second.
    case tick(Date)
    case feed(FeedEvent)
    case configuration(ConfigurationTree)
    case answer(Answer)
    /// `host:port` of the brokers of a sandbox that runs beside the engine.
    case sandbox([String])
    /// A theme is in use; if it cannot be used, a sentence says why.
    case theme(name: String, problem: String?)
    /// A sentence for the message line.
    case notice(String)
    /// The terminal no longer accepts four frames a second, or accepts them again.
    case link(isSlow: Bool)
    /// The engine in this process ended with this reason, and the console ends with it.
    case ended(String)
}

/// An update from the engine's live views.
package enum FeedEvent: Sendable {
    case snapshot(LiveSnapshot)
    /// Oldest first; each sequence once.
    case decisions([DecisionRecord])
    case logs([LogLine])
    /// The engine sends no updates, for this reason. The views stay and are marked stale.
    case lost(String)
}
