/// The time of the next tick. It is a pure value: time is passed in.
///
/// Engine updates arrive four times a second and are combined with a tick, so that one turn handles both. Without
/// updates, ticks have their own time.
struct TickPacer {
    typealias Instant = ContinuousClock.Instant

    static let interval = Duration.milliseconds(300)
    static let intervalWithNews = Duration.milliseconds(200)

    private var last: Instant?

    /// The time of a tick without updates; nil is at once.
    var next: Instant? { self.last?.advanced(by: Self.interval) }

    /// Whether a tick is due now. Ticks that were missed in a stop or a long frame are not repeated.
    mutating func isDue(at now: Instant, withNews: Bool) -> Bool {
        if let last, now < last.advanced(by: withNews ? Self.intervalWithNews : Self.interval) { return false }
        self.last = now
        return true
    }
}
