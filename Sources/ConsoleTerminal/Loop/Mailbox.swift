import Foundation
import Synchronization

/// Events from other threads for the console's loop. Posting never waits for the console.
///
/// It is bounded. A replaceable event replaces an older one with the same key, other events are dropped and counted
/// when it is full, and answers to effects are always accepted.
package final class Mailbox<Event: Sendable>: Sendable {
    private struct State {
        var events: [Event] = []
        /// Places in `events`, by key.
        var places: [Int: Int] = [:]
        var dropped = 0
        /// The number of effects that have started and not ended.
        var outstanding = 0
        var isSignalled = false
        var isClosed = false
    }

    private let state = Mutex(State())
    private let capacity: Int
    private let key: @Sendable (Event) -> Int?
    /// Becomes readable when there are events.
    package let wakeDescriptor: Int32
    private let signalDescriptor: Int32

    /// - Parameters:
    ///   - capacity: The most waiting events.
    ///   - key: of an event that replaces an older one of the same kind, such as a snapshot; nil for all others.
    package init(capacity: Int = 1_024, replacing key: @escaping @Sendable (Event) -> Int? = { _ in nil }) {
        self.capacity = capacity
        self.key = key
        var ends: [Int32] = [-1, -1]
        // Without a pipe (no descriptors are left) the loop sees events at its next turn.
        if pipe(&ends) == 0 {
            for end in ends {
                _ = fcntl(end, F_SETFD, FD_CLOEXEC)
                _ = fcntl(end, F_SETFL, O_NONBLOCK)
            }
        }
        self.wakeDescriptor = ends[0]
        self.signalDescriptor = ends[1]
    }

    deinit {
        if self.wakeDescriptor >= 0 {
            Foundation.close(self.wakeDescriptor)
            Foundation.close(self.signalDescriptor)
        }
    }

    package func post(_ event: Event) {
        self.state.withLock { self.take(event, always: false, &$0) }
    }

    /// Counts an effect that has started. Its end is posted with `end`.
    package func begin() {
        self.state.withLock { $0.outstanding += 1 }
    }

    /// Posts the end of an effect with its answer, which is never dropped.
    package func end(_ event: Event? = nil) {
        self.state.withLock { state in
            state.outstanding = max(0, state.outstanding - 1)
            if let event {
                self.take(event, always: true, &state)
            } else {
                self.signal(&state)
            }
        }
    }

    private func take(_ event: Event, always: Bool, _ state: inout State) {
        if state.isClosed { return }
        let key = self.key(event)
        if let key, let place = state.places[key] {
            state.events[place] = event
        } else if state.events.count < self.capacity || always {
            if let key { state.places[key] = state.events.count }
            state.events.append(event)
        } else {
            state.dropped += 1
        }
        self.signal(&state)
    }

    private func signal(_ state: inout State) {
        guard !state.isSignalled, self.signalDescriptor >= 0 else { return }
        state.isSignalled = true
        _ = write(self.signalDescriptor, [1], 1)
    }

    /// The waiting events, the oldest first, and the number dropped since the last call.
    package func drain() -> (events: [Event], dropped: Int) {
        self.state.withLock { state in
            if state.isSignalled {
                var byte: UInt8 = 0
                _ = read(self.wakeDescriptor, &byte, 1)
                state.isSignalled = false
            }
            let result = (state.events, state.dropped)
            state.events = []
            state.places = [:]
            state.dropped = 0
            return result
        }
    }

    /// True when nothing waits and no effect is outstanding.
    package var isQuiet: Bool {
        self.state.withLock { $0.events.isEmpty && $0.outstanding == 0 }
    }

    /// Accepts no more events, because the loop has ended.
    package func close() {
        self.state.withLock { state in
            state.isClosed = true
            state.events = []
            state.places = [:]
        }
    }
}
