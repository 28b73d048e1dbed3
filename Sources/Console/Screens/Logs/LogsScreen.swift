import EngineInterface
import Foundation
import JSON

/// The instance's log.
struct LogsScreen: Screen {
    static let place = Place.logs

    var tail = TailState()
    var level = LogLine.Level.info
    var isWrapping = false
    var isTimeRelative = false
    var pausedAt: Date?
    private var filter: Filter?
    private var shownLevel = LogLine.Level.info
    private var checkedAt = Date.distantPast

    static func line(under state: ConsoleState) -> LogLine? { state.logs.tail.selected.flatMap { state.data.logs[$0] } }

    // MARK: Events

    static func arrived(_ state: inout ConsoleState) { Self.look(&state) }

    static func dataChanged(_ state: inout ConsoleState) {
        guard state.place == .logs else { return }
        Self.look(&state)
    }

    static func filterChanged(_ state: inout ConsoleState) { Self.look(&state) }

    static func look(_ state: inout ConsoleState) {
        let buffer = state.data.logs
        let filter = state.filter(of: .logs)
        let isDue = filter?.dependsOnTime == true && state.now.timeIntervalSince(state.logs.checkedAt) >= 2
        if filter != state.logs.filter || state.logs.level != state.logs.shownLevel || isDue {
            state.logs.filter = filter
            state.logs.shownLevel = state.logs.level
            state.logs.checkedAt = state.now
            state.logs.tail.matches.restart()
        }
        let level = state.logs.level
        var matches = state.logs.tail.matches
        state.logs.tail.matches = MatchList()
        for number in max(matches.next, buffer.first)..<max(matches.next, buffer.first, buffer.end) {
            guard let line = buffer[number] else { continue }
            if line.level >= level, filter?.matches(line, now: state.now) ?? true { matches.append(number) }
        }
        matches.looked(upTo: buffer.end)
        matches.removeGone(before: buffer.first) { _ in false }
        state.logs.tail.matches = matches
    }

    static func move(_ motion: Motion, _ state: inout ConsoleState) {
        if motion == .last, state.logs.tail.isPaused { return Self.togglePause(&state) }
        state.logs.tail.move(motion, visibleRows: Self.visibleRows(state))
    }

    /// Rows that surely fit, because wrapped lines take more than one.
    static func visibleRows(_ state: ConsoleState) -> Int {
        let rows = LogsLayout(state, area: state.bodyArea).rows.rows
        return max(1, state.logs.isWrapping ? rows / 2 : rows)
    }

    static func enter(_ state: inout ConsoleState) {
        guard let line = Self.line(under: state) else { return state.say("No line is under the cursor.") }
        state.logs.tail.stay(visibleRows: Self.visibleRows(state))
        let lines = Self.allOf(line, columns: max(20, state.bodyArea.columns - 4))
        state.show(.text(TextOverlay(title: "Log line \(line.sequence)", lines: lines)))
    }

    /// The line with its facts, nothing cut.
    static func allOf(_ line: LogLine, columns: Int) -> [TextOverlay.Line] {
        var lines: [TextOverlay.Line] = [
            .field("time", Timestamp.text(line.time)),
            .field("level", line.level.rawValue, role: LevelText.role(line.level)),
            .field("component", line.component), .init(""),
        ]
        lines += TextOverlay.Line.wrapped(line.message, columns: columns)
        if !line.metadata.isEmpty {
            lines.append(.init(""))
            let width = min(24, (line.metadata.keys.map(\.count).max() ?? 0) + 2)
            for (key, value) in line.metadata.sorted(by: { $0.key < $1.key }) {
                let texts = CellText.wrapped(CellText.sanitised(value), columns: max(8, columns - width))
                for (index, text) in texts.enumerated() {
                    lines.append(.field(index == 0 ? CellText.sanitised(key) : "", text, width: width))
                }
            }
        }
        return lines
    }

    static func leave(_ state: inout ConsoleState) -> Bool {
        if state.logs.tail.isPaused {
            Self.togglePause(&state)
            return true
        }
        guard !state.logs.tail.isFollowing else { return false }
        state.logs.tail.follow()
        return true
    }

    static func togglePause(_ state: inout ConsoleState) {
        if state.logs.tail.isPaused {
            state.logs.tail.resume()
            state.logs.pausedAt = nil
        } else {
            state.logs.tail.pause(at: state.data.logs.end)
            state.logs.pausedAt = state.now
        }
    }

    /// The number of lines since the pause, for the title row; nil while the place is live.
    static func pausedNews(_ state: ConsoleState) -> Int? { state.logs.tail.isPaused ? state.logs.tail.newer : nil }

    // MARK: Words

    static func statusLine(_ state: ConsoleState) -> String {
        let problems = state.data.logs.problems(since: state.now.addingTimeInterval(-900))
        let missed = state.data.logs.missed
        let counts = "\(problems.errors) ERROR \(problems.warnings) WARN in 15 min"
        let keys = problems.errors > 0 ? "   n next error   N previous error" : ""
        return counts + keys + (missed > 0 ? "   \(missed) lines not shown" : "")
    }

    static func copyText(_ state: ConsoleState) -> (text: String, what: String)? {
        Self.line(under: state).map { (PlainText.line($0), "the line") }
    }

    static func document(_ state: ConsoleState) -> (title: String, text: String)? {
        let tail = state.logs.tail
        guard tail.count > 0 else { return nil }
        let lines = (0..<tail.count).compactMap { tail.matches[$0].flatMap { state.data.logs[$0] } }
        return ("Log", lines.map(PlainText.line).joined(separator: "\n"))
    }
}
