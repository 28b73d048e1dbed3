import Console
import EngineInterface
import Foundation
import Resources

/// Brings what the engine shows to the console: snapshots four times a second, decisions and log lines once each, the
/// configuration when it changed.
struct ConsoleFeed: Sendable {
    let engine: any EngineClient
    let configuration: ConfigurationLoader
    let deliver: @Sendable (ConsoleEvent) -> Void
    var period = Duration.milliseconds(250)
    var configurationPeriod = Duration.seconds(2)

    /// Runs until the task is cancelled.
    func run() async {
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await self.watchEngine() }
            tasks.addTask { await self.watchConfiguration() }
        }
    }

    private func watchEngine() async {
        let clock = ContinuousClock()
        var pace = DecisionPace()
        var decisions: UInt64?
        var logs: UInt64 = 0
        var heard: Date?
        var hasDelivered = false
        while !Task.isCancelled {
            let next = clock.now + self.period
            var news: [FeedEvent] = []
            do {
                // Read first: what comes meanwhile is a frame of the next turn.
                let freshness = self.engine.freshness
                let snapshot = try await self.engine.liveSnapshot(gateway: nil, decisions: 0)
                // An engine elsewhere that was not heard since is not shown as if it were.
                if freshness == nil || freshness != heard || !hasDelivered { news.append(.snapshot(snapshot)) }
                heard = freshness
                hasDelivered = true
                // All that is kept, and from then on at a pace.
                let limit = decisions == nil ? .none : pace.limit(at: clock.now)
                let newDecisions = try await self.engine.decisions(
                    after: decisions ?? 0, gateway: nil, limit: limit)
                if decisions == nil { decisions = 0 } else { pace.spend(newDecisions) }
                if let last = newDecisions.last {
                    decisions = last.sequence
                    news.append(.decisions(newDecisions))
                }
                let newLogs = try await self.engine.logs(after: logs)
                if let last = newLogs.last {
                    logs = last.sequence
                    news.append(.logs(newLogs))
                }
            } catch {
                if Task.isCancelled { return }
                hasDelivered = false
                news.append(.lost("\(error)"))
            }
            // Together: the console draws them in one frame.
            for event in news { self.deliver(.feed(event)) }
            try? await clock.sleep(until: next, tolerance: .milliseconds(20))
        }
    }

    private func watchConfiguration() async {
        let clock = ContinuousClock()
        var known: ConfigurationTree?
        var tag: String?
        while !Task.isCancelled {
            if let found = try? await self.configuration.load(unlessAt: tag) {
                tag = found.tag
                if found.tree != known {
                    known = found.tree
                    self.deliver(.configuration(found.tree))
                }
            }
            try? await clock.sleep(for: self.configurationPeriod)
        }
    }
}
