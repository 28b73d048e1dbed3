/// A regular expression that answers whether it matches anywhere in a text, in time linear in the text.
///
/// All states of Thompson's automaton advance together, so no pattern makes it backtrack. The program has at most
/// ``maximumSize`` instructions.
struct RegularExpression: Sendable {
    private enum Instruction: Sendable {
        case scalar(UInt32)
        case set(Int)
        case assertion(PatternSyntax.Assertion)
        case split(Int, Int)
        case jump(Int)
        case match
    }

    static let maximumSize = 2_000
    /// Instructions times scalars that one match may visit.
    static let maximumWork = 20_000_000

    private var program: [Instruction] = []
    private var sets: [ScalarSet] = []

    /// - Parameter maximumSize: instructions that the pattern may take.
    init(parsing pattern: String, maximumSize: Int = Self.maximumSize) throws(PatternError) {
        let syntax = try PatternParser.parse(pattern)
        if syntax.size > maximumSize {
            throw PatternError(
                offset: 0, message: "The pattern is too large; use fewer alternatives or smaller counts.",
                isTooLarge: true)
        }
        self.emit(syntax)
        self.program.append(.match)
    }

    private mutating func emit(_ syntax: PatternSyntax) {
        switch syntax {
        case .scalar(let value): self.program.append(.scalar(value))
        case .set(let set):
            self.program.append(.set(self.sets.count))
            self.sets.append(set)
        case .assertion(let assertion): self.program.append(.assertion(assertion))
        case .sequence(let items):
            for item in items { self.emit(item) }
        case .alternatives(let items):
            var jumps: [Int] = []
            for (index, item) in items.enumerated() {
                if index == items.count - 1 {
                    self.emit(item)
                } else {
                    let split = self.reserve()
                    self.emit(item)
                    jumps.append(self.reserve())
                    self.program[split] = .split(split + 1, self.program.count)
                }
            }
            for jump in jumps { self.program[jump] = .jump(self.program.count) }
        case .repeated(let item, let minimum, let maximum):
            for _ in 0..<minimum { self.emit(item) }
            if let maximum {
                var splits: [Int] = []
                for _ in minimum..<maximum {
                    splits.append(self.reserve())
                    self.emit(item)
                }
                for split in splits { self.program[split] = .split(split + 1, self.program.count) }
            } else {
                let split = self.reserve()
                self.emit(item)
                self.program.append(.jump(split))
                self.program[split] = .split(split + 1, self.program.count)
            }
        }
    }

    private mutating func reserve() -> Int {
        self.program.append(.match)
        return self.program.count - 1
    }

    /// Whether the pattern matches anywhere in `text`; nil when the text is too long to say.
    func matches(_ text: String) -> Bool? {
        let (work, overflow) = text.utf8.count.multipliedReportingOverflow(by: self.program.count)
        guard !overflow, work <= Self.maximumWork else { return nil }
        var steps = Int.max
        return self.matches(text, steps: &steps)
    }

    /// As ``matches(_:)``, for as many steps as are left: one for each instruction that is visited.
    /// - Returns: nil when they do not suffice to say.
    func matches(_ text: String, steps: inout Int) -> Bool? {
        var current = Threads(capacity: self.program.count)
        var following = Threads(capacity: self.program.count)
        let ignoresCase = self.sets.contains(where: \.ignoresCase)
        var previous: Unicode.Scalar?
        var scalars = text.unicodeScalars.makeIterator()
        var next = scalars.next()
        while true {
            if self.add(0, to: &current, previous: previous, next: next, &steps) { return true }
            guard let scalar = next else { return false }
            guard steps > 0 else { return nil }
            next = scalars.next()
            let variants = ignoresCase ? ScalarSet.caseVariants(of: scalar) : []
            for index in current.list {
                let advances: Bool
                switch self.program[index] {
                case .scalar(let value): advances = scalar.value == value
                case .set(let set): advances = self.sets[set].contains(scalar.value, variants: variants)
                case .assertion, .split, .jump, .match: advances = false
                }
                steps -= 1
                if advances, self.add(index + 1, to: &following, previous: scalar, next: next, &steps) { return true }
            }
            swap(&current, &following)
            following.removeAll()
            previous = scalar
        }
    }

    /// The instructions that wait for the next scalar, each once.
    private struct Threads {
        var list: [Int] = []
        var stack: [Int] = []
        private var round: [Int]
        private var current = 1

        init(capacity: Int) {
            self.round = Array(repeating: 0, count: capacity)
        }

        mutating func insert(_ index: Int) -> Bool {
            guard self.round[index] != self.current else { return false }
            self.round[index] = self.current
            return true
        }

        mutating func removeAll() {
            self.list.removeAll(keepingCapacity: true)
            self.current += 1
        }
    }

    /// Follows all that needs no scalar from `start`. True when the match is reached.
    private func add(
        _ start: Int, to threads: inout Threads, previous: Unicode.Scalar?, next: Unicode.Scalar?,
        _ steps: inout Int
    ) -> Bool {
        threads.stack.append(start)
        while let index = threads.stack.popLast() {
            steps -= 1
            guard threads.insert(index) else { continue }
            switch self.program[index] {
            case .match:
                return true
            case .jump(let target):
                threads.stack.append(target)
            case .split(let first, let second):
                threads.stack.append(second)
                threads.stack.append(first)
            case .assertion(let assertion):
                if Self.holds(assertion, previous: previous, next: next) { threads.stack.append(index + 1) }
            case .scalar, .set:
                threads.list.append(index)
            }
        }
        return false
    }

    private static func holds(
        _ assertion: PatternSyntax.Assertion, previous: Unicode.Scalar?, next: Unicode.Scalar?
    ) -> Bool {
        switch assertion {
        case .textStart: previous == nil
        case .textEnd: next == nil
        case .lineStart: previous == nil || previous == "\n"
        case .lineEnd: next == nil || next == "\n"
        case .wordBoundary: self.isWord(previous) != self.isWord(next)
        case .notWordBoundary: self.isWord(previous) == self.isWord(next)
        }
    }

    private static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
        scalar?.isNamePart ?? false
    }
}
