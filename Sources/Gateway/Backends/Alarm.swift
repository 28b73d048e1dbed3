import Synchronization

/// A sleep that may be ended early. A ring that finds no sleeper is remembered and ends the next sleep as it begins.
///
/// One task sleeps at a time. A ring, a timer or a cancellation ends one sleep; the next is as good as the first.
final class Alarm: Sendable {
    /// Waits for so long, or throws when its task is cancelled.
    typealias Timer = @Sendable (Duration) async throws -> Void

    private struct State {
        var isRung = false
        var sleeper: CheckedContinuation<Void, Never>?

        mutating func takeSleeper() -> CheckedContinuation<Void, Never>? {
            defer { self.sleeper = nil }
            return self.sleeper
        }
    }

    private let state = Mutex(State())
    private let timer: Timer

    init(timer: @escaping Timer = { try await Task.sleep(for: $0) }) {
        self.timer = timer
    }

    func ring() {
        let sleeper = self.state.withLock { state in
            if state.sleeper == nil { state.isRung = true }
            return state.takeSleeper()
        }
        sleeper?.resume()
    }

    /// Sleeps for `shortest` in any case, and then until the alarm rings, but no longer than `longest` in all. It ends at
    /// once when its task is cancelled.
    func sleep(atLeast shortest: Duration, atMost longest: Duration) async {
        let timer = self.timer
        try? await timer(shortest)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await timer(longest - shortest) }
            group.addTask { await self.ringing() }
            await group.next()
            group.cancelAll()
        }
    }

    /// Returns when the alarm rings, or has rung since the last sleep, or the task is cancelled.
    private func ringing() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = self.state.withLock { state in
                    // A cancellation from here on finds the sleeper: it takes the lock after this.
                    if Task.isCancelled { return true }
                    if state.isRung {
                        state.isRung = false
                        return true
                    }
                    precondition(state.sleeper == nil, "Two tasks sleep with one alarm.")
                    state.sleeper = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            self.state.withLock { $0.takeSleeper() }?.resume()
        }
    }
}
