/// The most decisions of each verdict that one poll may return.
package struct DecisionLimit: Equatable, Sendable {
    /// Denied decisions: the oldest are returned first, the others by the next polls.
    package var denials: Int
    /// Filtered decisions: only the newest are returned, because one listing may leave out thousands of names.
    package var filtered: Int
    /// Allowed decisions: only the newest are returned.
    package var allowances: Int

    package static let none = DecisionLimit(denials: .max, filtered: .max, allowances: .max)

    package init(denials: Int, filtered: Int, allowances: Int) {
        self.denials = denials
        self.filtered = filtered
        self.allowances = allowances
    }
}

extension DecisionLimit {
    /// What a view shows that has room for so many: the newest, where nothing pushes the newest denials out of one half.
    ///
    /// - Parameter elements: oldest first.
    package static func newest<Element>(
        _ maximum: Int, of elements: [Element], verdict: (Element) -> Verdict
    ) -> [Element] {
        guard elements.count > maximum else { return elements }
        var denials = min(maximum / 2, elements.count { verdict($0) == .denied })
        var others = max(0, maximum) - denials
        var kept: [Element] = []
        for element in elements.reversed() {
            if denials > 0, verdict(element) == .denied {
                denials -= 1
            } else if others > 0 {
                others -= 1
            } else {
                continue
            }
            kept.append(element)
        }
        return kept.reversed()
    }
}

/// Keeps a tail of decisions at a pace that costs the engine little, whatever its clients do.
///
/// Three token buckets: a burst comes whole, a flood comes in part, and none takes from another. Counters stay exact; what
/// was passed over shows in the decisions' ordinals.
package struct DecisionPace: Sendable {
    /// Tokens that are added each second, up to `burst`.
    private struct Bucket {
        var burst: Double
        var perSecond: Double
        var tokens: Double

        init(burst: Double, perSecond: Double) {
            self.burst = burst
            self.perSecond = perSecond
            self.tokens = burst
        }

        mutating func fill(_ elapsed: Duration) {
            self.tokens = min(self.burst, self.tokens + self.perSecond * max(0, elapsed / .seconds(1)))
        }
    }

    private var denials = Bucket(burst: 2_048, perSecond: 1_000)
    private var filtered = Bucket(burst: 512, perSecond: 100)
    private var allowances = Bucket(burst: 512, perSecond: 100)
    private var last: ContinuousClock.Instant?

    package init() {}

    /// The decisions that a poll at `instant` may return.
    package mutating func limit(at instant: ContinuousClock.Instant) -> DecisionLimit {
        if let last {
            self.denials.fill(instant - last)
            self.filtered.fill(instant - last)
            self.allowances.fill(instant - last)
        }
        self.last = instant
        return DecisionLimit(
            denials: Int(self.denials.tokens), filtered: Int(self.filtered.tokens),
            allowances: Int(self.allowances.tokens))
    }

    /// Removes the returned decisions' tokens from the buckets.
    package mutating func spend(_ records: [DecisionRecord]) {
        for record in records {
            switch record.verdict {
            case .denied: self.denials.tokens -= 1
            case .filtered: self.filtered.tokens -= 1
            case .allowed: self.allowances.tokens -= 1
            }
        }
    }
}
