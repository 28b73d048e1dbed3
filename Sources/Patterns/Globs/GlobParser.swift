/// Reads the elements of a ``Glob``. In its literal parts nothing means more than itself.
struct GlobParser {
    private let scalars: [(value: Unicode.Scalar, isLiteral: Bool)]
    private let ignoresCase: Bool
    private var position = 0
    /// Set once a `[` was found without its `]`: there is none for later ones either.
    private var hasNoMoreSets: Bool

    init(_ parts: [Glob.Part], _ options: Glob.Options) {
        self.scalars = parts.flatMap { part in part.text.unicodeScalars.map { ($0, part.isLiteral) } }
        self.ignoresCase = options.ignoresCase
        self.hasNoMoreSets = !options.hasClasses
    }

    mutating func elements() -> [Glob.Element] {
        var elements: [Glob.Element] = []
        while self.position < self.scalars.count {
            let (scalar, isLiteral) = self.scalars[self.position]
            if isLiteral {
                elements.append(self.character())
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
                elements.append(self.set() ?? self.character())
            default:
                elements.append(self.character())
            }
        }
        return elements
    }

    private mutating func character() -> Glob.Element {
        let value = self.take()
        guard self.ignoresCase else { return .scalar(value) }
        let set = ScalarSet(ranges: [value...value], ignoresCase: true)
        return set.ranges == [value...value] ? .scalar(value) : .set(set)
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
                return .set(ScalarSet(ranges: ranges, isNegated: isNegated, ignoresCase: self.ignoresCase))
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
