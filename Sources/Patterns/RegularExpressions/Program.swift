/// A regular expression as instructions: Thompson's automaton.
struct Program: Equatable, Sendable {
    enum Instruction: Equatable, Sendable {
        case scalar(UInt32)
        /// An index into ``sets``.
        case set(Int)
        case assertion(PatternSyntax.Assertion)
        case split(Int, Int)
        case jump(Int)
        case match
    }

    private(set) var instructions: [Instruction] = []
    private(set) var sets: [ScalarSet] = []

    init(_ syntax: PatternSyntax) {
        self.emit(syntax)
        self.instructions.append(.match)
    }

    private mutating func emit(_ syntax: PatternSyntax) {
        switch syntax {
        case .scalar(let value): self.instructions.append(.scalar(value))
        case .set(let set):
            self.instructions.append(.set(self.sets.count))
            self.sets.append(set)
        case .assertion(let assertion): self.instructions.append(.assertion(assertion))
        case .sequence(let items):
            for item in items { self.emit(item) }
        case .alternatives(let items): self.emitAlternatives(items)
        case .repeated(let item, let minimum, let maximum):
            for _ in 0..<minimum { self.emit(item) }
            self.emitFree(item, rounds: maximum.map { $0 - minimum })
        }
    }

    private mutating func emitAlternatives(_ items: [PatternSyntax]) {
        var jumps: [Int] = []
        for (index, item) in items.enumerated() {
            guard index < items.count - 1 else {
                self.emit(item)
                break
            }
            let split = self.reserve()
            self.emit(item)
            jumps.append(self.reserve())
            self.instructions[split] = .split(split + 1, self.instructions.count)
        }
        for jump in jumps { self.instructions[jump] = .jump(self.instructions.count) }
    }

    /// The rounds of a repetition beyond its minimum; nil: without end.
    private mutating func emitFree(_ item: PatternSyntax, rounds: Int?) {
        var splits: [Int] = []
        for _ in 0..<(rounds ?? 1) {
            splits.append(self.reserve())
            self.emit(item)
        }
        if rounds == nil { self.instructions.append(.jump(splits[0])) }
        for split in splits { self.instructions[split] = .split(split + 1, self.instructions.count) }
    }

    private mutating func reserve() -> Int {
        self.instructions.append(.match)
        return self.instructions.count - 1
    }

    /// The instructions that wait for the next scalar, each once.
    struct Threads {
        fileprivate(set) var list: [Int] = []
        fileprivate var stack: [Int] = []
        private var round: [Int]
        private var current = 1

        init(_ program: Program) {
            self.round = Array(repeating: 0, count: program.instructions.count)
        }

        fileprivate mutating func insert(_ index: Int) -> Bool {
            guard self.round[index] != self.current else { return false }
            self.round[index] = self.current
            return true
        }

        mutating func removeAll() {
            self.list.removeAll(keepingCapacity: true)
            self.stack.removeAll(keepingCapacity: true)
            self.current += 1
        }
    }

    /// Follows all that needs no scalar from `start`: at most each instruction once until the threads are emptied.
    ///
    /// - Parameters:
    ///   - previous: The scalar before this place; nil at the start of the text.
    ///   - next: The scalar after it; nil at the end.
    ///   - steps: One less for each instruction that is visited.
    /// - Returns: Whether the match is reached.
    func follow(
        _ start: Int, into threads: inout Threads, previous: UInt32?, next: UInt32?, _ steps: inout Int
    ) -> Bool {
        threads.stack.append(start)
        while let index = threads.stack.popLast() {
            steps -= 1
            guard threads.insert(index) else { continue }
            switch self.instructions[index] {
            case .match:
                return true
            case .jump(let target):
                threads.stack.append(target)
            case .split(let first, let second):
                threads.stack.append(second)
                threads.stack.append(first)
            case .assertion(let assertion):
                if assertion.holds(previous: previous, next: next) { threads.stack.append(index + 1) }
            case .scalar, .set:
                threads.list.append(index)
            }
        }
        return false
    }

    /// Whether an instruction that waits for a scalar accepts this one.
    func accepts(_ scalar: UInt32, at index: Int) -> Bool {
        switch self.instructions[index] {
        case .scalar(let value): scalar == value
        case .set(let set): self.sets[set].contains(scalar)
        case .assertion, .split, .jump, .match: false
        }
    }
}

extension PatternSyntax.Assertion {
    static let newline: UInt32 = 0x0A

    func holds(previous: UInt32?, next: UInt32?) -> Bool {
        switch self {
        case .textStart: previous == nil
        case .textEnd: next == nil
        case .lineStart: previous == nil || previous == Self.newline
        case .lineEnd: next == nil || next == Self.newline
        case .wordBoundary: Self.isWord(previous) != Self.isWord(next)
        case .notWordBoundary: Self.isWord(previous) == Self.isWord(next)
        }
    }

    /// RE2's `\w`.
    static func isWord(_ scalar: UInt32?) -> Bool {
        guard let scalar else { return false }
        return ScalarSet.words.contains { $0.contains(scalar) }
    }
}
