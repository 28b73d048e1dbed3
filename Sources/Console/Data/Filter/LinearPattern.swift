/// A regular expression that takes time in proportion to the text, whatever the expression: all ways are followed at
/// once, none is tried again.
///
/// `.` `*` `+` `?` `{2,5}` `|` `( )` `[a-z]` `[^…]` `^` `$` `\d` `\w` `\s` `\b` is not there; `\` takes the next character
/// as it stands. Looks anywhere in a text; letter case does not matter for ASCII.
struct LinearPattern: Equatable, Sendable {
    struct Problem: Error, Equatable {
        var position: Int
        var message: String
    }

    enum Step: Equatable, Sendable {
        case scalar(UInt32)
        case any
        case set(ScalarSet)
        case split(Int, Int)
        case jump(Int)
        case start
        case end
        case match
    }

    struct ScalarSet: Equatable, Sendable {
        var ranges: [ClosedRange<UInt32>]
        var isInverted = false

        func contains(_ scalar: UInt32) -> Bool {
            self.ranges.contains { $0.contains(scalar) } != self.isInverted
        }
    }

    private let program: [Step]
    /// The same as a table, unless that would be large.
    private let automaton: PatternAutomaton?
    static let maximumSteps = 2000

    init(_ text: String) throws(Problem) {
        var parser = LinearPatternParser(text)
        self.program = try parser.parse()
        self.automaton = PatternAutomaton(self.program)
    }

    /// A text with `*` and `?`, found anywhere.
    init(glob text: String) {
        var program: [Step] = []
        for scalar in text.unicodeScalars {
            switch scalar {
            case "*":
                program += [.split(program.count + 1, program.count + 3), .any, .jump(program.count)]
            case "?": program.append(.any)
            default: program.append(.scalar(ASCIICase.lower(scalar.value)))
            }
        }
        self.program = program + [.match]
        self.automaton = PatternAutomaton(self.program)
    }

    func isIn(_ text: String) -> Bool {
        if let automaton = self.automaton { return automaton.isIn(text) }
        var current = Threads(count: self.program.count)
        var upcoming = Threads(count: self.program.count)
        var isFirst = true
        var rest = text.unicodeScalars.makeIterator()
        var scalar = rest.next()
        while true {
            if self.follow(0, into: &current, atStart: isFirst, atEnd: scalar == nil) { return true }
            guard let now = scalar else { return false }
            scalar = rest.next()
            let value = ASCIICase.lower(now.value)
            for place in current.places where self.accepts(place, value) {
                if self.follow(place + 1, into: &upcoming, atStart: false, atEnd: scalar == nil) { return true }
            }
            swap(&current, &upcoming)
            upcoming.removeAll()
            isFirst = false
        }
    }

    private func accepts(_ place: Int, _ value: UInt32) -> Bool {
        switch self.program[place] {
        case .scalar(let wanted): wanted == value
        case .any: true
        case .set(let set): set.contains(value)
        case .split, .jump, .start, .end, .match: false
        }
    }

    /// Adds a place and all that are reached from it without reading on.
    /// - Returns: whether the match is among them.
    private func follow(_ place: Int, into threads: inout Threads, atStart: Bool, atEnd: Bool) -> Bool {
        var open = [place]
        while let place = open.popLast() {
            guard threads.insert(place) else { continue }
            switch self.program[place] {
            case .match: return true
            case .jump(let target): open.append(target)
            case .split(let first, let second): open += [second, first]
            case .start: if atStart { open.append(place + 1) }
            case .end: if atEnd { open.append(place + 1) }
            case .scalar, .any, .set: break
            }
        }
        return false
    }

    /// Places in the program, each once.
    private struct Threads {
        private(set) var places: [Int] = []
        private var isThere: [Bool]

        init(count: Int) { self.isThere = Array(repeating: false, count: count) }

        mutating func insert(_ place: Int) -> Bool {
            if self.isThere[place] { return false }
            self.isThere[place] = true
            self.places.append(place)
            return true
        }

        mutating func removeAll() {
            for place in self.places { self.isThere[place] = false }
            self.places.removeAll(keepingCapacity: true)
        }
    }
}

/// Reads a regular expression into a program.
struct LinearPatternParser {
    private typealias Step = LinearPattern.Step
    typealias Problem = LinearPattern.Problem

    private let scalars: [UInt32]
    private var index = 0
    private var depth = 0

    init(_ text: String) { self.scalars = text.unicodeScalars.map(\.value) }

    mutating func parse() throws(Problem) -> [LinearPattern.Step] {
        let program = try self.alternatives()
        if self.index < self.scalars.count { throw self.problem("There is no '(' for this ')'.") }
        return program + [.match]
    }

    private var next: UInt32? { self.index < self.scalars.count ? self.scalars[self.index] : nil }

    private func isNext(_ character: Unicode.Scalar) -> Bool { self.next == character.value }

    private func problem(_ message: String) -> Problem { Problem(position: self.index, message: message) }

    private func checked(_ program: [LinearPattern.Step]) throws(Problem) -> [LinearPattern.Step] {
        guard program.count <= LinearPattern.maximumSteps else {
            throw self.problem("This regular expression is too long.")
        }
        return program
    }

    private static func shifted(_ program: [LinearPattern.Step], by offset: Int) -> [LinearPattern.Step] {
        program.map { step in
            switch step {
            case .split(let first, let second): .split(first + offset, second + offset)
            case .jump(let target): .jump(target + offset)
            case .scalar, .any, .set, .start, .end, .match: step
            }
        }
    }

    private mutating func alternatives() throws(Problem) -> [LinearPattern.Step] {
        var program = try self.sequence()
        while self.isNext("|") {
            self.index += 1
            let other = try self.sequence()
            let start = program.count + 2
            program =
                [.split(1, start)] + Self.shifted(program, by: 1) + [.jump(start + other.count)]
                + Self.shifted(other, by: start)
            program = try self.checked(program)
        }
        return program
    }

    private mutating func sequence() throws(Problem) -> [LinearPattern.Step] {
        var program: [LinearPattern.Step] = []
        while let next = self.next, next != 0x7C, next != 0x29 {
            let piece = try self.repeated()
            program += Self.shifted(piece, by: program.count)
            program = try self.checked(program)
        }
        return program
    }

    private mutating func repeated() throws(Problem) -> [LinearPattern.Step] {
        var piece = try self.single()
        while let next = self.next {
            switch next {
            case 0x2A: piece = Self.repeating(piece, from: 0, to: nil)  // *
            case 0x2B: piece = Self.repeating(piece, from: 1, to: nil)  // +
            case 0x3F: piece = Self.repeating(piece, from: 0, to: 1)  // ?
            case 0x7B:  // {
                guard let (low, high, end) = try self.counts() else { return piece }
                guard piece.count * max(low, high ?? 0, 1) <= LinearPattern.maximumSteps else {
                    throw self.problem("This regular expression is too long.")
                }
                piece = Self.repeating(piece, from: low, to: high)
                self.index = end - 1
            default: return piece
            }
            self.index += 1
            piece = try self.checked(piece)
        }
        return piece
    }

    private static func repeating(
        _ piece: [LinearPattern.Step], from low: Int, to high: Int?
    ) -> [LinearPattern.Step] {
        var program: [LinearPattern.Step] = []
        for _ in 0..<low { program += Self.shifted(piece, by: program.count) }
        guard let high else {
            let start = program.count
            program.append(.split(start + 1, start + piece.count + 2))
            program += Self.shifted(piece, by: start + 1)
            return program + [.jump(start)]
        }
        for _ in low..<max(low, high) {
            let start = program.count
            program.append(.split(start + 1, start + piece.count + 1))
            program += Self.shifted(piece, by: start + 1)
        }
        return program
    }

    /// `{2}`, `{2,}`, `{2,5}`; nil when the brace is just a brace.
    private func counts() throws(Problem) -> (low: Int, high: Int?, end: Int)? {
        var place = self.index + 1
        func number() -> Int? {
            var digits = ""
            while place < self.scalars.count, (0x30...0x39).contains(self.scalars[place]), digits.count < 4 {
                digits.unicodeScalars.append(Unicode.Scalar(UInt8(self.scalars[place])))
                place += 1
            }
            return Int(digits)
        }
        guard let low = number(), place < self.scalars.count else { return nil }
        var high: Int? = low
        if self.scalars[place] == 0x2C {
            place += 1
            high = number()
        }
        guard place < self.scalars.count, self.scalars[place] == 0x7D else { return nil }
        guard low <= 100, high ?? 0 <= 100 else { throw self.problem("At most 100 repetitions can be asked for.") }
        if let high, high < low { throw self.problem("The repetitions are the wrong way round.") }
        return (low, high, place + 1)
    }

    private mutating func single() throws(Problem) -> [LinearPattern.Step] {
        guard let next = self.next else { return [] }
        switch next {
        case 0x28:  // (
            self.depth += 1
            guard self.depth <= 40 else { throw self.problem("Groups nest at most 40 deep.") }
            let start = self.index
            self.index += 1
            if self.isNext("?"), self.index + 1 < self.scalars.count, self.scalars[self.index + 1] == 0x3A {
                self.index += 2
            }
            let inner = try self.alternatives()
            guard self.isNext(")") else { throw Problem(position: start, message: "This '(' has no ')'.") }
            self.index += 1
            self.depth -= 1
            return inner
        case 0x5B: return [.set(try self.set())]  // [
        case 0x2A, 0x2B, 0x3F:
            throw self.problem("There is nothing that could be repeated here.")
        default: break
        }
        self.index += 1
        switch next {
        case 0x2E: return [.any]
        case 0x5E: return [.start]
        case 0x24: return [.end]
        case 0x5C:
            guard let escaped = self.next else { throw self.problem("A character belongs behind '\\'.") }
            self.index += 1
            if let set = Self.classes[escaped] { return [.set(set)] }
            return [.scalar(ASCIICase.lower(escaped))]
        default: return [.scalar(ASCIICase.lower(next))]
        }
    }

    private static let classes: [UInt32: LinearPattern.ScalarSet] = [
        0x64: .init(ranges: [0x30...0x39]), 0x44: .init(ranges: [0x30...0x39], isInverted: true),
        0x77: .init(ranges: [0x30...0x39, 0x5F...0x5F, 0x61...0x7A]),
        0x57: .init(ranges: [0x30...0x39, 0x5F...0x5F, 0x61...0x7A], isInverted: true),
        0x73: .init(ranges: [0x09...0x0D, 0x20...0x20]),
        0x53: .init(ranges: [0x09...0x0D, 0x20...0x20], isInverted: true),
    ]

    private mutating func set() throws(Problem) -> LinearPattern.ScalarSet {
        let start = self.index
        self.index += 1
        var set = LinearPattern.ScalarSet(ranges: [])
        if self.isNext("^") {
            set.isInverted = true
            self.index += 1
        }
        var isFirst = true
        while let next = self.next, next != 0x5D || isFirst {
            isFirst = false
            self.index += 1
            var low = next
            if next == 0x5C, let escaped = self.next {
                self.index += 1
                if let named = Self.classes[escaped], !named.isInverted {
                    set.ranges += named.ranges
                    continue
                }
                low = escaped
            }
            var high = low
            if self.isNext("-"), self.index + 1 < self.scalars.count, self.scalars[self.index + 1] != 0x5D {
                high = self.scalars[self.index + 1]
                self.index += 2
                guard high >= low else { throw self.problem("This range of characters is the wrong way round.") }
            }
            set.ranges.append(low...high)
            // Texts are compared in lower case.
            let upper = max(low, 0x41)...max(min(high, 0x5A), max(low, 0x41))
            if low <= 0x5A, high >= 0x41, upper.upperBound <= 0x5A {
                set.ranges.append((upper.lowerBound | 0x20)...(upper.upperBound | 0x20))
            }
        }
        guard self.isNext("]") else { throw Problem(position: start, message: "This '[' has no ']'.") }
        self.index += 1
        return set
    }
}
