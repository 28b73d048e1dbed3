/// A run of colours between two or three stops.
struct Gradient: Equatable, Sendable {
    var stops: [ThemeColour]

    /// The colour at a fraction, mixed in CIELAB: 0 is the first stop and 1 the last. Stops that are the terminal's own
    /// cannot be mixed, so the nearest stop is used. Nil without stops.
    func colour(at fraction: Double) -> ThemeColour? {
        guard let last = self.stops.indices.last else { return nil }
        let place = min(1, max(0, fraction)) * Double(last)
        let lower = min(Int(place), last)
        let upper = min(lower + 1, last)
        guard let start = self.stops[lower].rgb, let end = self.stops[upper].rgb else {
            return self.stops[min(Int(place.rounded()), last)]
        }
        let rest = place - Double(lower)
        if rest == 0 || start == end { return self.stops[lower] }
        return .rgb(Lab(start).mixed(with: Lab(end), fraction: rest).rgb)
    }

    /// `count` colours from the first stop to the last.
    func colours(_ count: Int) -> [ThemeColour] {
        guard count > 1 else { return self.colour(at: 0).map { [$0] } ?? [] }
        return (0..<count).compactMap { self.colour(at: Double($0) / Double(count - 1)) }
    }
}
