package import Foundation
import Synchronization

/// The newest lines of the instance's log. Any thread may append and read, each under one short lock.
package final class LogRing: Sendable {
    package static let defaultCapacity = 5_000
    /// Longer messages and facts are cut, so that the ring's size has a bound.
    package static let maximumMessageBytes = 2_048
    package static let maximumFactBytes = 1_024

    private struct State {
        /// A ring once it is full: `oldest` is then where the next line goes.
        var lines: [LogLine] = []
        var oldest = 0
        var sequence: UInt64 = 0
    }

    private let capacity: Int
    private let state = Mutex(State())

    /// - Parameter capacity: lines, at least 1.
    package init(capacity: Int = LogRing.defaultCapacity) {
        self.capacity = max(1, capacity)
    }

    package func append(
        time: Date, level: LogLine.Level, component: String, message: String, metadata: [String: String] = [:]
    ) {
        var line = LogLine(
            sequence: 0, time: time, level: level, component: component,
            message: Self.cut(message, Self.maximumMessageBytes),
            metadata: metadata.mapValues { Self.cut($0, Self.maximumFactBytes) })
        self.state.withLock { state in
            state.sequence += 1
            line.sequence = state.sequence
            if state.lines.count < self.capacity {
                state.lines.append(line)
            } else {
                state.lines[state.oldest] = line
                state.oldest = (state.oldest + 1) % self.capacity
            }
        }
    }

    /// Lines with a sequence above `sequence`, oldest first. A number that was never given out comes from before a
    /// restart: everything is new then.
    package func lines(after sequence: UInt64) -> [LogLine] {
        self.state.withLock { state in
            let after = sequence > state.sequence ? 0 : sequence
            let wanted = Int(clamping: min(UInt64(state.lines.count), state.sequence - after))
            let start = state.oldest + state.lines.count - wanted
            return (start..<start + wanted).map { state.lines[$0 % state.lines.count] }
        }
    }

    private static func cut(_ text: String, _ maximumBytes: Int) -> String {
        guard text.utf8.count > maximumBytes else { return text }
        return String(decoding: Array(text.utf8.prefix(maximumBytes)), as: UTF8.self) + "…"
    }
}
