/// When the next tick is due. A pure value: time is handed in.
///
/// News come four times a second and bring a tick along, so that one turn of the loop does for both; without news ticks
/// come by themselves.
struct TickPacer {
    typealias Instant = ContinuousClock.Instant

    static let interval = Duration.milliseconds(300)
    static let intervalWithNews = Duration.milliseconds(200)

    private var last: Instant?

    /// When one comes by itself; nil is at once.
    var next: Instant? { self.last?.advanced(by: Self.interval) }

    /// Whether to tick now. After a stop or a long frame the missed ticks are not made up for.
    mutating func isDue(at now: Instant, withNews: Bool) -> Bool {
        if let last, now < last.advanced(by: withNews ? Self.intervalWithNews : Self.interval) { return false }
        self.last = now
        return true
    }
}
