import PolicyExpressions

/// Reads the elements of a ``Glob``. Marked parts of the text are literal: nothing in them means more than itself.
struct GlobParser {
    private let scalars: [(value: Unicode.Scalar, isLiteral: Bool)]
    private var position = 0
    /// Set once a `[` was found without its `]`: there is none for later ones either.
    private var hasNoMoreSets = false

    init(_ text: ExpressionText) {
        self.scalars = text.runs.flatMap { run in run.string.unicodeScalars.map { ($0, run.isLiteral) } }
    }

    mutating func elements() -> [Glob.Element] {
        var elements: [Glob.Element] = []
        while self.position < self.scalars.count {
            let (scalar, isLiteral) = self.scalars[self.position]
            if isLiteral {
                elements.append(.scalar(self.take()))
                continue
            }
            switch scalar {
            case "*":
                self.position += 1
                if elements.last != .many { elements.append(.many) }
            case "?":
                self.position += 1
                elements.append(.one)
            case "[":
                elements.append(self.set() ?? .scalar(self.take()))
            default:
                elements.append(.scalar(self.take()))
            }
        }
        return elements
    }

    /// The next character, past a backslash that takes it literally. A backslash at the end is itself.
    private mutating func take() -> UInt32 {
        let (scalar, isLiteral) = self.scalars[self.position]
        self.position += 1
        guard scalar == "\\", !isLiteral, self.position < self.scalars.count else { return scalar.value }
        self.position += 1
        return self.scalars[self.position - 1].value.value
    }

    private func isPattern(_ scalar: Unicode.Scalar, at index: Int) -> Bool {
        index < self.scalars.count && self.scalars[index].value == scalar && !self.scalars[index].isLiteral
    }

    private mutating func set() -> Glob.Element? {
        guard !self.hasNoMoreSets else { return nil }
        let start = self.position
        self.position += 1
        let isNegated = self.isPattern("!", at: self.position) || self.isPattern("^", at: self.position)
        if isNegated { self.position += 1 }
        var ranges: [ClosedRange<UInt32>] = []
        while self.position < self.scalars.count {
            if !ranges.isEmpty, self.isPattern("]", at: self.position) {
                self.position += 1
                return .set(ranges, isNegated: isNegated)
            }
            let low = self.take()
            var high = low
            if self.isPattern("-", at: self.position), self.position + 1 < self.scalars.count,
                !self.isPattern("]", at: self.position + 1)
            {
                self.position += 1
                high = self.take()
            }
            // A range in the wrong order holds its two ends.
            ranges += low <= high ? [low...high] : [low...low, high...high]
        }
        self.position = start
        self.hasNoMoreSets = true
        return nil
    }
}
