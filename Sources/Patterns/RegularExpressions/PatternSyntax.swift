/// A regular expression as parsed.
indirect enum PatternSyntax: Sendable {
    enum Assertion: Hashable, Sendable {
        case textStart, textEnd, lineStart, lineEnd, wordBoundary, notWordBoundary
    }

    case scalar(UInt32)
    case set(ScalarSet)
    case assertion(Assertion)
    case sequence([PatternSyntax])
    case alternatives([PatternSyntax])
    /// `maximum` nil: without end. Made by ``repeating(minimum:maximum:)`` only.
    case repeated(PatternSyntax, minimum: Int, maximum: Int?)

    /// The pattern so many times in a row.
    ///
    /// Repetitions of nothing and repetitions that say nothing more than the one below are left out: each that remains
    /// adds to the size, so that the size bounds the time to compile, and the depth.
    func repeating(minimum: Int, maximum: Int?) -> PatternSyntax {
        if self.size == 0 || (minimum, maximum) == (1, 1) { return self }
        if maximum == 0 { return .sequence([]) }
        if case .repeated(let item, let inner, let innerMaximum) = self,
            Self.isSign(minimum, maximum), Self.isSign(inner, innerMaximum)
        {
            return .repeated(
                item, minimum: min(inner, minimum), maximum: maximum == 1 && innerMaximum == 1 ? 1 : nil)
        }
        return .repeated(self, minimum: minimum, maximum: maximum)
    }

    /// Whether the bounds are those of `*`, `+` or `?`.
    private static func isSign(_ minimum: Int, _ maximum: Int?) -> Bool {
        minimum <= 1 && (maximum == nil || maximum == 1)
    }

    /// Instructions that this compiles to, or more; `Int.max` when it is out of all bounds.
    var size: Int {
        switch self {
        case .scalar, .set, .assertion: return 1
        case .sequence(let items): return Self.sum(items)
        case .alternatives(let items): return Self.sum(items, each: 2)
        case .repeated(let item, let minimum, let maximum):
            // Each round beyond the minimum has a branch around it; an endless one also a jump back.
            let (one, overflow) = item.size.addingReportingOverflow(1)
            let (fixed, tooManyFixed) = item.size.multipliedReportingOverflow(by: minimum)
            let (free, tooManyFree) = one.multipliedReportingOverflow(by: maximum.map { $0 - minimum } ?? 1)
            let (all, more) = fixed.addingReportingOverflow(free)
            return overflow || tooManyFixed || tooManyFree || more || all == Int.max
                ? Int.max : all + (maximum == nil ? 1 : 0)
        }
    }

    private static func sum(_ items: [PatternSyntax], each extra: Int = 0) -> Int {
        items.reduce(0) { total, item in
            let (part, overflow) = item.size.addingReportingOverflow(extra)
            let (sum, more) = total.addingReportingOverflow(part)
            return overflow || more ? Int.max : sum
        }
    }
}
