/// How many decisions one look may bring.
package struct DecisionLimit: Equatable, Sendable {
    /// Denied and filtered ones: the oldest are brought first, the others by the next looks.
    package var refusals: Int
    /// Allowed ones: the newest are brought, the others never.
    package var allowances: Int

    package static let none = DecisionLimit(refusals: .max, allowances: .max)

    package init(refusals: Int, allowances: Int) {
        self.refusals = refusals
        self.allowances = allowances
    }
}

/// Keeps a tail of decisions at a pace that costs the engine little, whatever its clients do.
///
/// Two token buckets: a burst comes whole, a flood comes in part. Counters stay exact; what was passed over shows in the
/// decisions' ordinals.
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

    private var refusals = Bucket(burst: 2_048, perSecond: 1_000)
    private var allowances = Bucket(burst: 512, perSecond: 100)
    private var last: ContinuousClock.Instant?

    package init() {}

    /// What a look at `instant` may bring.
    package mutating func limit(at instant: ContinuousClock.Instant) -> DecisionLimit {
        if let last {
            self.refusals.fill(instant - last)
            self.allowances.fill(instant - last)
        }
        self.last = instant
        return DecisionLimit(refusals: Int(self.refusals.tokens), allowances: Int(self.allowances.tokens))
    }

    /// Takes what a look brought off the buckets.
    package mutating func spend(_ records: [DecisionRecord]) {
        let allowed = records.count { $0.verdict == .allowed }
        self.allowances.tokens -= Double(allowed)
        self.refusals.tokens -= Double(records.count - allowed)
    }
}
