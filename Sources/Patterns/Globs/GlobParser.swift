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

    mutating func elements() -> GlobElements {
        var elements = GlobElements()
        while self.position < self.scalars.count {
            let (scalar, isLiteral) = self.scalars[self.position]
            switch scalar {
            case "*" where !isLiteral:
                self.position += 1
                elements.append(.many)
            case "?" where !isLiteral:
                self.position += 1
                elements.append(.one)
            case "[" where !isLiteral:
                if let set = self.set() { elements.append(set) } else { self.character(into: &elements) }
            default:
                self.character(into: &elements)
            }
        }
        return elements
    }

    private mutating func character(into elements: inout GlobElements) {
        let value = self.take()
        guard self.ignoresCase else { return elements.append(.scalar(value)) }
        let set = ScalarSet(ranges: [value...value], ignoresCase: true)
        if set.ranges == [value...value] {
            elements.append(.scalar(value))
        } else if value < 0x80 {
            elements.append(.letter(value | 0x20))
        } else {
            elements.append(set)
        }
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

    private mutating func set() -> ScalarSet? {
        guard !self.hasNoMoreSets else { return nil }
        let start = self.position
        self.position += 1
        let isNegated = self.isPattern("!", at: self.position) || self.isPattern("^", at: self.position)
        if isNegated { self.position += 1 }
        var ranges: [ClosedRange<UInt32>] = []
        while self.position < self.scalars.count {
            if !ranges.isEmpty, self.isPattern("]", at: self.position) {
                self.position += 1
                return ScalarSet(ranges: ranges, isNegated: isNegated, ignoresCase: self.ignoresCase)
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
