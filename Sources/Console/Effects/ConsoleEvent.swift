package import EngineInterface
package import Foundation
package import Resources

/// Everything that reaches the console.
package enum ConsoleEvent: Sendable {
    case input(InputEvent)
    /// Four times a second.
    case tick(Date)
    case feed(FeedEvent)
    case configuration(ConfigurationTree)
    case answer(Answer)
    /// `host:port` of the brokers of a sandbox that runs beside the engine.
    case sandbox([String])
    /// A theme is in use now, or could not be: with a sentence.
    case theme(name: String, problem: String?)
    /// Something to say in the message line.
    case notice(String)
    /// The terminal cannot keep up with four frames a second, or keeps up again.
    case link(isSlow: Bool)
    /// The engine in this process ended, and why: the console ends with it.
    case ended(String)
}

/// What comes from the engine's live views.
package enum FeedEvent: Sendable {
    case snapshot(LiveSnapshot)
    /// Oldest first; each sequence once.
    case decisions([DecisionRecord])
    case logs([LogLine])
    /// No news from the engine, and why. What was shown stays, as stale.
    case lost(String)
}
