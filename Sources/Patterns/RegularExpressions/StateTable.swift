/// A regular expression as a table: one look-up for each scalar of a text.
///
/// A state is what Thompson's automaton knows between two scalars: the instructions that the last scalar led to, and as
/// much of that scalar as assertions ask for. What follows an assertion depends on the next scalar too, so a match shows
/// one scalar later, or at the end.
struct StateTable: Equatable, Sendable {
    /// Larger tables are not made.
    static let maximumCells = 40_000
    /// Instructions that making a table may visit: some hundredths of a second.
    static let maximumSteps = 1_000_000

    private static let found: Int32 = -1

    /// Where the intervals of scalars begin that are treated alike. The first begins at 0.
    private let starts: [UInt32]
    /// The class of each interval.
    private let classOfInterval: [Int]
    /// The class of each ASCII scalar.
    private let classOfASCII: [Int]
    /// The number of classes.
    private let width: Int
    /// State by class: the next state, or ``found``.
    private let cells: [Int32]
    /// Whether the end of the text makes a match in this state.
    private let matchesAtEnd: [Bool]

    func isFound(in text: String) -> Bool {
        var state = 0
        for scalar in text.unicodeScalars {
            let value = scalar.value
            let kind = value < 0x80 ? self.classOfASCII[Int(value)] : self.classOfInterval[self.interval(of: value)]
            let next = self.cells[state * self.width + kind]
            if next == Self.found { return true }
            state = Int(next)
        }
        return self.matchesAtEnd[state]
    }

    private func interval(of value: UInt32) -> Int { Self.interval(of: value, self.starts) }

    /// The last interval that begins no later than the value.
    private static func interval(of value: UInt32, _ starts: [UInt32]) -> Int {
        var low = 0
        var high = starts.count
        while low + 1 < high {
            let middle = low + (high - low) / 2
            if starts[middle] <= value { low = middle } else { high = middle }
        }
        return low
    }

    /// - Parameter steps: One less for each instruction that is visited.
    /// - Returns: nil when the table would be too large, or when the steps do not suffice.
    init?(_ program: Program, steps: inout Int) {
        guard let alphabet = Alphabet(program, steps: &steps) else { return nil }
        var builder = Builder(program, alphabet)
        guard builder.build(&steps) else { return nil }
        self.starts = alphabet.starts
        self.classOfInterval = alphabet.classOfInterval
        self.classOfASCII = (0..<0x80).map { alphabet.classOfInterval[Self.interval(of: $0, alphabet.starts)] }
        self.width = alphabet.representatives.count
        self.cells = builder.cells
        self.matchesAtEnd = builder.matchesAtEnd
    }

    /// The scalars in classes: a program treats all of a class alike.
    private struct Alphabet {
        private(set) var starts: [UInt32]
        private(set) var classOfInterval: [Int] = []
        /// A scalar of each class.
        private(set) var representatives: [UInt32] = []
        let asksForLines: Bool
        let asksForWords: Bool
        let asksForStart: Bool

        init?(_ program: Program, steps: inout Int) {
            var assertions: Set<PatternSyntax.Assertion> = []
            var starts: Set<UInt32> = [0]
            var looks: [Int] = []
            func add(_ ranges: [ClosedRange<UInt32>]) {
                for range in ranges { starts.formUnion([range.lowerBound, range.upperBound + 1]) }
            }
            for (index, instruction) in program.instructions.enumerated() {
                switch instruction {
                case .scalar(let value): add([value...value])
                case .set(let set): add(program.sets[set].ranges)
                case .assertion(let assertion):
                    assertions.insert(assertion)
                    continue
                case .split, .jump, .match: continue
                }
                looks.append(index)
            }
            self.asksForLines = !assertions.isDisjoint(with: [.lineStart, .lineEnd])
            self.asksForWords = !assertions.isDisjoint(with: [.wordBoundary, .notWordBoundary])
            self.asksForStart = !assertions.isDisjoint(with: [.textStart, .lineStart])
            if self.asksForLines { add([PatternSyntax.Assertion.newline...PatternSyntax.Assertion.newline]) }
            if self.asksForWords { add(ScalarSet.words) }
            self.starts = starts.sorted()
            steps -= self.starts.count * (looks.count + 1)
            guard steps > 0 else { return nil }

            var classes: [[Int]: Int] = [:]
            for start in self.starts {
                let signature = looks.filter { program.accepts(start, at: $0) } + [-1 - self.kind(of: start)]
                if let known = classes[signature] {
                    self.classOfInterval.append(known)
                } else {
                    classes[signature] = self.representatives.count
                    self.classOfInterval.append(self.representatives.count)
                    self.representatives.append(start)
                }
            }
        }

        /// What assertions can know about the scalar before a place: as a number, for each of which there is a scalar.
        func kind(of scalar: UInt32?) -> Int {
            guard let scalar else { return self.asksForStart ? 3 : 0 }
            if self.asksForLines, scalar == PatternSyntax.Assertion.newline { return 1 }
            if self.asksForWords, PatternSyntax.Assertion.isWord(scalar) { return 2 }
            return 0
        }

        /// A scalar of a kind.
        func previous(_ kind: Int) -> UInt32? {
            switch kind {
            case 1: PatternSyntax.Assertion.newline
            case 2: ScalarSet.words[0].lowerBound
            case 3: nil
            default: 0
            }
        }
    }

    /// Follows all ways through a program at once.
    private struct Builder {
        private struct State: Hashable {
            var seeds: [Int]
            var kind: Int
        }

        private let program: Program
        private let alphabet: Alphabet
        private var threads: Program.Threads
        private var numbers: [State: Int] = [:]
        private var states: [State] = []
        private(set) var cells: [Int32] = []
        private(set) var matchesAtEnd: [Bool] = []

        init(_ program: Program, _ alphabet: Alphabet) {
            self.program = program
            self.alphabet = alphabet
            self.threads = Program.Threads(program)
        }

        mutating func build(_ steps: inout Int) -> Bool {
            _ = self.number(of: State(seeds: [0], kind: self.alphabet.kind(of: nil)))
            var index = 0
            while index < self.states.count {
                let isSmall = (self.states.count + 1) * self.alphabet.representatives.count <= StateTable.maximumCells
                guard isSmall else { return false }
                let state = self.states[index]
                self.matchesAtEnd.append(self.follow(state, next: nil, &steps))
                for scalar in self.alphabet.representatives {
                    guard steps > 0 else { return false }
                    self.cells.append(self.cell(state, scalar, &steps))
                }
                index += 1
            }
            return true
        }

        private mutating func cell(_ state: State, _ scalar: UInt32, _ steps: inout Int) -> Int32 {
            if self.follow(state, next: scalar, &steps) { return StateTable.found }
            steps -= self.threads.list.count
            // A match may begin at any scalar.
            let seeds = self.threads.list.filter { self.program.accepts(scalar, at: $0) }.map { $0 + 1 } + [0]
            return Int32(self.number(of: State(seeds: seeds.sorted(), kind: self.alphabet.kind(of: scalar))))
        }

        /// - Returns: Whether the match is reached.
        private mutating func follow(_ state: State, next: UInt32?, _ steps: inout Int) -> Bool {
            self.threads.removeAll()
            let previous = self.alphabet.previous(state.kind)
            for seed in state.seeds {
                let isMatch = self.program.follow(seed, into: &self.threads, previous: previous, next: next, &steps)
                if isMatch { return true }
            }
            return false
        }

        private mutating func number(of state: State) -> Int {
            if let known = self.numbers[state] { return known }
            self.numbers[state] = self.states.count
            self.states.append(state)
            return self.states.count - 1
        }
    }
}
