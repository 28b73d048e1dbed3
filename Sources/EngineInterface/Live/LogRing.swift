package import Foundation
import Resources
import Synchronization

/// The newest lines of the instance's log. Any thread may append and read, each under one short lock.
package final class LogRing: Sendable {
    package static let defaultCapacity = 5_000
    /// The bytes of all lines together: many long lines push the oldest out before there are ``defaultCapacity``.
    package static let defaultMaximumBytes = 8 * 1024 * 1024
    /// Longer messages and facts are cut, so that the ring's size has a bound.
    package static let maximumMessageBytes = 2_048
    package static let maximumFactBytes = 1_024
    package static let maximumFacts = 32

    private struct State {
        /// The line with sequence `n` lies at `(n - 1) % capacity` while it is kept.
        var lines: [LogLine?] = []
        var sequence: UInt64 = 0
        var count = 0
        var bytes = 0
    }

    private let capacity: Int
    private let maximumBytes: Int
    private let state = Mutex(State())

    /// - Parameter capacity: lines, at least 1.
    /// - Parameter maximumBytes: of all lines together. The newest line is kept in any case.
    package init(capacity: Int = LogRing.defaultCapacity, maximumBytes: Int = LogRing.defaultMaximumBytes) {
        self.capacity = max(1, capacity)
        self.maximumBytes = maximumBytes
    }

    package func append(
        time: Date, level: LogLine.Level, component: String, message: String, metadata: [String: String] = [:]
    ) {
        var facts: [String: String] = [:]
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }).prefix(Self.maximumFacts) {
            facts[OutsideText.cut(key)] = OutsideText.cut(value, maximumBytes: Self.maximumFactBytes)
        }
        var line = LogLine(
            sequence: 0, time: time, level: level, component: OutsideText.cut(component),
            message: OutsideText.cut(message, maximumBytes: Self.maximumMessageBytes), metadata: facts)
        self.state.withLock { state in
            if state.count == self.capacity { self.removeOldest(&state) }
            state.sequence += 1
            line.sequence = state.sequence
            let place = self.place(of: state.sequence)
            if place == state.lines.count {
                state.lines.append(line)
            } else {
                state.lines[place] = line
            }
            state.count += 1
            state.bytes += line.bytes
            while state.bytes > self.maximumBytes, state.count > 1 { self.removeOldest(&state) }
        }
    }

    private func place(of sequence: UInt64) -> Int { Int((sequence - 1) % UInt64(self.capacity)) }

    private func removeOldest(_ state: inout State) {
        let place = self.place(of: state.sequence - UInt64(state.count) + 1)
        state.bytes -= state.lines[place]?.bytes ?? 0
        state.lines[place] = nil
        state.count -= 1
    }

    /// Lines with a sequence above `sequence`, oldest first. A number that was never given out comes from before a
    /// restart: everything is new then.
    package func lines(after sequence: UInt64) -> [LogLine] {
        self.state.withLock { state in
            let after = sequence > state.sequence ? 0 : sequence
            let wanted = min(UInt64(state.count), state.sequence - after)
            let first = state.sequence - wanted + 1
            return (first..<first + wanted).compactMap { state.lines[self.place(of: $0)] }
        }
    }
}

extension LogLine {
    /// About what the line takes in memory.
    fileprivate var bytes: Int {
        self.metadata.reduce(128 + self.component.utf8.count + self.message.utf8.count) { sum, fact in
            sum + 64 + fact.key.utf8.count + fact.value.utf8.count
        }
    }
}
