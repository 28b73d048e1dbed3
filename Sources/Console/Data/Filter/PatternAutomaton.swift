/// A regular expression as a table: one look a character. Made at once, when it is read.
struct PatternAutomaton: Equatable, Sendable {
    /// Where the classes of characters begin: all of a class are treated alike.
    private let boundaries: [UInt32]
    /// The class of each ASCII character.
    private let classes: [UInt16]
    private let width: Int
    /// State by class: the next state, or ``found``.
    private let table: [Int32]
    /// Whether the end of the text makes a match in this state.
    private let matchesAtEnd: [Bool]
    private let startsMatched: Bool

    private static let found: Int32 = -1
    /// Larger tables are not made: the steps are followed one by one then.
    static let maximumCells = 40_000

    func isIn(_ text: String) -> Bool {
        if self.startsMatched { return true }
        var state = 0
        for scalar in text.unicodeScalars {
            let value = ASCIICase.lower(scalar.value)
            let next = self.table[state * self.width + self.classOf(value)]
            if next == Self.found { return true }
            state = Int(next)
        }
        return self.matchesAtEnd[state]
    }

    private func classOf(_ value: UInt32) -> Int {
        value < 0x80 ? Int(self.classes[Int(value)]) : Self.classOf(value, self.boundaries)
    }

    /// How many boundaries are not above the value.
    private static func classOf(_ value: UInt32, _ boundaries: [UInt32]) -> Int {
        var low = 0
        var high = boundaries.count
        while low < high {
            let middle = low + (high - low) / 2
            if boundaries[middle] <= value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Nil when the table would be too large.
    init?(_ program: [LinearPattern.Step]) {
        let boundaries = Self.boundaries(program)
        let width = boundaries.count + 1
        let builder = Builder(program)
        let (first, startsMatched) = builder.closure([0], atStart: true, atEnd: false)
        var numbers = [first: 0]
        var states = [first]
        var table: [Int32] = []
        var matchesAtEnd: [Bool] = []
        var index = 0
        while index < states.count {
            guard (states.count + 1) * width <= Self.maximumCells else { return nil }
            let state = states[index]
            matchesAtEnd.append(builder.closure(state, atStart: index == 0, atEnd: true).isMatch)
            for kind in 0..<width {
                let representative = kind == 0 ? 0 : boundaries[kind - 1]
                let (next, isMatch) = builder.next(state, representative)
                if isMatch {
                    table.append(Self.found)
                } else if let known = numbers[next] {
                    table.append(Int32(known))
                } else {
                    numbers[next] = states.count
                    table.append(Int32(states.count))
                    states.append(next)
                }
            }
            index += 1
        }
        self.boundaries = boundaries
        self.classes = (0..<0x80).map { UInt16(Self.classOf(UInt32($0), boundaries)) }
        self.width = width
        self.table = table
        self.matchesAtEnd = matchesAtEnd
        self.startsMatched = startsMatched
    }

    private static func boundaries(_ program: [LinearPattern.Step]) -> [UInt32] {
        var values: Set<UInt32> = []
        for step in program {
            switch step {
            case .scalar(let value): values.formUnion([value, value &+ 1])
            case .set(let set):
                for range in set.ranges { values.formUnion([range.lowerBound, range.upperBound &+ 1]) }
            case .any, .split, .jump, .start, .end, .match: break
            }
        }
        values.remove(0)
        return values.sorted()
    }

    /// Follows all ways through a program at once.
    private struct Builder {
        private let program: [LinearPattern.Step]

        init(_ program: [LinearPattern.Step]) { self.program = program }

        /// The places that are reached without reading on, sorted.
        func closure(_ places: [Int], atStart: Bool, atEnd: Bool) -> (places: [Int], isMatch: Bool) {
            var seen = Set<Int>()
            var open = places
            var isMatch = false
            while let place = open.popLast() {
                guard seen.insert(place).inserted else { continue }
                switch self.program[place] {
                case .match: isMatch = true
                case .jump(let target): open.append(target)
                case .split(let first, let second): open += [first, second]
                case .start: if atStart { open.append(place + 1) }
                case .end: if atEnd { open.append(place + 1) }
                case .scalar, .any, .set: break
                }
            }
            return (seen.sorted(), isMatch)
        }

        func next(_ state: [Int], _ value: UInt32) -> (places: [Int], isMatch: Bool) {
            // A match may begin at any character.
            var places = [0]
            for place in state {
                switch self.program[place] {
                case .scalar(let wanted): if wanted == value { places.append(place + 1) }
                case .any: places.append(place + 1)
                case .set(let set): if set.contains(value) { places.append(place + 1) }
                case .split, .jump, .start, .end, .match: break
                }
            }
            return self.closure(places, atStart: false, atEnd: false)
        }
    }
}
