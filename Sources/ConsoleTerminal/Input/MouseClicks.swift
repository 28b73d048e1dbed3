import Console

/// A mouse report, before clicks are paired.
struct MouseReport: Equatable, Sendable {
    /// xterm's: 0 left, 1 middle, 2 right, 64 and 65 wheel; 4, 8, 16 modifiers, 32 motion.
    var button: Int
    var isPress: Bool
    /// From 0.
    var column: Int
    var row: Int
}

/// Turns presses into clicks and double clicks.
struct MouseClicks {
    static let doubleClickTime = Duration.milliseconds(400)

    private var last: (time: ContinuousClock.Instant, column: Int, row: Int)?

    mutating func action(_ report: MouseReport, at now: ContinuousClock.Instant) -> MouseAction? {
        guard report.isPress, report.column >= 0, report.row >= 0 else { return nil }
        func action(_ kind: MouseAction.Kind) -> MouseAction {
            MouseAction(kind: kind, column: report.column, row: report.row)
        }
        switch report.button & ~0b11100 {
        case 0:
            if let last = self.last, last.column == report.column, last.row == report.row,
                last.time.duration(to: now) <= Self.doubleClickTime
            {
                self.last = nil
                return action(.doubleClick)
            }
            self.last = (now, report.column, report.row)
            return action(.click)
        case 64: return action(.wheelUp)
        case 65: return action(.wheelDown)
        default: return nil
        }
    }
}
