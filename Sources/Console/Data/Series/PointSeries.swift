/// One value a second, for an hour. Seconds without news are `nan`, so that a graph shows a gap and no zero.
struct PointSeries: Equatable, Sendable {
    static let capacity = 3600

    private var points: [Float] = []
    /// The second of the newest point, since 1970.
    private(set) var last: Int?

    /// - Parameter seconds: how many seconds the value is the average of; up to 3 are filled with it.
    mutating func append(_ value: Double, at second: Int, over seconds: Int = 1) {
        let missing = self.last.map { max(0, min(second - $0 - 1, Self.capacity)) } ?? 0
        if let last = self.last, second <= last { return }
        let filler = missing < 3 && seconds > 1 ? Float(value) : .nan
        for _ in 0..<missing { self.push(filler) }
        self.push(Float(value))
        self.last = second
    }

    /// Grows to its bound, then forgets a quarter at once: cheaper than one by one.
    private mutating func push(_ value: Float) {
        if self.points.count >= Self.capacity * 5 / 4 { self.points.removeFirst(self.points.count - Self.capacity) }
        self.points.append(value)
    }

    var isEmpty: Bool { self.points.isEmpty }

    /// The newest value; nil when the newest second had none.
    var current: Double? { self.points.last.flatMap { $0.isNaN ? nil : Double($0) } }

    /// Seconds in one of `columns` points over a window.
    static func share(of seconds: Int, columns: Int) -> Int { max(1, (seconds + columns - 1) / max(1, columns)) }

    /// The newest `seconds` and no more, in at most `columns` points: a second each, or the average of equal shares;
    /// `nan` where nothing is known.
    func values(seconds: Int, columns: Int) -> [Double] {
        guard columns > 0, seconds > 0 else { return [] }
        let share = Self.share(of: seconds, columns: columns)
        guard share > 1 else { return self.points.suffix(min(seconds, columns)).map(Double.init) }
        // Shares are counted from absolute seconds, so that a column does not change its content as time passes.
        let count = (seconds + share - 1) / share
        let recent = self.points.suffix(share * count)
        let end = self.last ?? 0
        var sums: [(sum: Double, count: Int)] = []
        var bucket = Int.min
        for (offset, point) in recent.enumerated() {
            let second = end - (recent.count - 1 - offset)
            if second / share != bucket {
                bucket = second / share
                sums.append((0, 0))
            }
            if !point.isNaN {
                sums[sums.count - 1].sum += Double(point)
                sums[sums.count - 1].count += 1
            }
        }
        return sums.suffix(count).map { $0.count == 0 ? .nan : $0.sum / Double($0.count) }
    }

    /// Over the newest `seconds`, leaving out the newest `skipping`; nil without any point.
    func average(seconds: Int, skipping: Int = 0) -> Double? {
        let known = self.points.dropLast(skipping).suffix(max(0, seconds)).filter { !$0.isNaN }
        guard !known.isEmpty else { return nil }
        return Double(known.reduce(0, +)) / Double(known.count)
    }

    func peak(seconds: Int) -> Double {
        Double(self.points.suffix(max(0, seconds)).reduce(0) { $1.isNaN ? $0 : max($0, $1) })
    }

    /// Points that hold a value, of the newest `seconds`.
    func known(seconds: Int) -> Int { self.points.suffix(max(0, seconds)).count { !$0.isNaN } }
}
