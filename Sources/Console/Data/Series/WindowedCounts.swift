/// The number of events in each of the four windows, in sixty points a window. Seconds without an event cost nothing.
struct WindowedCounts: Equatable, Sendable {
    static let points = 60

    /// Window by window.
    private var slots = [Float](repeating: 0, count: TimeWindow.allCases.count * Self.points)
    private var first: Int
    private var last: Int

    /// - Parameter second: since 1970; nothing is known before it.
    init(from second: Int) {
        self.first = second
        self.last = second
    }

    private static func step(_ window: TimeWindow) -> Int { window.seconds / Self.points }

    private static func base(_ window: TimeWindow) -> Int {
        (TimeWindow.allCases.firstIndex(of: window) ?? 0) * Self.points
    }

    private static func slot(_ index: Int) -> Int { ((index % Self.points) + Self.points) % Self.points }

    mutating func add(_ count: Double, at second: Int) {
        let second = max(second, self.last)
        for window in TimeWindow.allCases {
            let base = Self.base(window)
            let from = self.last / Self.step(window)
            let to = second / Self.step(window)
            if to > from {
                for index in max(from + 1, to - Self.points + 1)...to { self.slots[base + Self.slot(index)] = 0 }
            }
            self.slots[base + Self.slot(to)] += Float(count)
        }
        self.last = second
    }

    /// Events a second, oldest first; one value for each point since the first, sixty at most.
    func rates(_ window: TimeWindow, at now: Int) -> [Double] {
        let step = Self.step(window)
        return self.counts(window, at: now).map { $0 / Double(step) }
    }

    func total(_ window: TimeWindow, at now: Int) -> Double { self.counts(window, at: now).reduce(0, +) }

    private func counts(_ window: TimeWindow, at now: Int) -> [Double] {
        let step = Self.step(window)
        let base = Self.base(window)
        let newest = max(now, self.last) / step
        let known = self.last / step
        let oldest = max(newest - Self.points + 1, self.first / step)
        guard oldest <= newest else { return [] }
        return (oldest...newest).map { index in
            index > known || index <= known - Self.points ? 0 : Double(self.slots[base + Self.slot(index)])
        }
    }
}
