import Synchronization
import Testing

@testable import Gateway

/// A sleep that ends by its timer, by a ring or by a cancellation, again and again.
@Suite struct AlarmTests {
    @Test func `two sleeps in a row end by their timers, and a third by a ring`() async throws {
        let timers = ManualTimers()
        let alarm = Alarm(timer: timers.timer)
        for _ in 1...2 {
            async let sleep: Void = alarm.sleep(atLeast: .seconds(1), atMost: .seconds(60))
            await timers.expire(.seconds(1))
            await timers.expire(.seconds(59))
            await sleep
        }
        async let sleep: Void = alarm.sleep(atLeast: .seconds(1), atMost: .seconds(60))
        await timers.expire(.seconds(1))
        await timers.started(.seconds(59))
        alarm.ring()
        await sleep
    }

    @Test func `a ring while nobody sleeps ends the next sleep, and only that`() async throws {
        let timers = ManualTimers()
        let alarm = Alarm(timer: timers.timer)
        alarm.ring()
        alarm.ring()
        async let first: Void = alarm.sleep(atLeast: .zero, atMost: .seconds(60))
        await timers.expire(.zero)
        await first
        async let second: Void = alarm.sleep(atLeast: .zero, atMost: .seconds(30))
        await timers.expire(.zero)
        // The second sleep is over when its timer is, and not before.
        await timers.expire(.seconds(30))
        await second
        #expect(timers.cancelled == [.seconds(60)])
    }

    @Test func `a ring in the part of a sleep that lasts in any case is remembered`() async throws {
        let timers = ManualTimers()
        let alarm = Alarm(timer: timers.timer)
        async let sleep: Void = alarm.sleep(atLeast: .seconds(1), atMost: .seconds(60))
        await timers.started(.seconds(1))
        alarm.ring()
        await timers.expire(.seconds(1))
        await sleep
        #expect(timers.expired == [.seconds(1)])
    }

    @Test func `a cancelled sleep ends, and the next one is as good as ever`() async throws {
        let timers = ManualTimers()
        let alarm = Alarm(timer: timers.timer)
        let sleeper = Task { await alarm.sleep(atLeast: .zero, atMost: .seconds(60)) }
        await timers.expire(.zero)
        sleeper.cancel()
        await sleeper.value
        async let sleep: Void = alarm.sleep(atLeast: .zero, atMost: .seconds(30))
        await timers.expire(.zero)
        await timers.expire(.seconds(30))
        await sleep
        #expect(timers.expired == [.zero, .zero, .seconds(30)])
    }

    @Test func `rings and timers from everywhere at once end every sleep`() async throws {
        let alarm = Alarm()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for _ in 0..<200 { await alarm.sleep(atLeast: .zero, atMost: .microseconds(50)) }
            }
            for _ in 0..<3 {
                group.addTask {
                    for _ in 0..<200 {
                        alarm.ring()
                        await Task.yield()
                    }
                }
            }
        }
    }
}

/// Timers that end when a test says so.
final class ManualTimers: Sendable {
    private struct Running {
        var id: Int
        var duration: Duration
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var made = 0
        var running: [Running] = []
        var expired: [Duration] = []
        var cancelled: [Duration] = []
        var watchers: [(duration: Duration, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var expired: [Duration] { self.state.withLock { $0.expired } }
    var cancelled: [Duration] { self.state.withLock { $0.cancelled } }

    var timer: Alarm.Timer {
        { [self] duration in
            let id = self.state.withLock { state in
                state.made += 1
                return state.made
            }
            try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                    let watchers = self.state.withLock { state in
                        if Task.isCancelled {
                            state.cancelled.append(duration)
                            continuation.resume(throwing: CancellationError())
                            return [CheckedContinuation<Void, Never>]()
                        }
                        state.running.append(Running(id: id, duration: duration, continuation: continuation))
                        let found = state.watchers.filter { $0.duration == duration }
                        state.watchers.removeAll { $0.duration == duration }
                        return found.map(\.continuation)
                    }
                    watchers.forEach { $0.resume() }
                }
            } onCancel: {
                let found = self.state.withLock { state -> Running? in
                    guard let index = state.running.firstIndex(where: { $0.id == id }) else { return nil }
                    state.cancelled.append(duration)
                    return state.running.remove(at: index)
                }
                found?.continuation.resume(throwing: CancellationError())
            }
        }
    }

    /// Waits until a timer of this length runs.
    func started(_ duration: Duration) async {
        await withCheckedContinuation { continuation in
            let isRunning = self.state.withLock { state in
                if state.running.contains(where: { $0.duration == duration }) { return true }
                state.watchers.append((duration, continuation))
                return false
            }
            if isRunning { continuation.resume() }
        }
    }

    /// Waits until a timer of this length runs, and ends it.
    func expire(_ duration: Duration) async {
        await self.started(duration)
        let found = self.state.withLock { state -> Running? in
            guard let index = state.running.firstIndex(where: { $0.duration == duration }) else { return nil }
            state.expired.append(duration)
            return state.running.remove(at: index)
        }
        found?.continuation.resume()
    }
}
