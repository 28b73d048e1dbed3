/// A regular expression that whole names are compared with, as in the subscriptions of consumer groups (KIP-848).
///
/// The syntax is RE2's as far as names need it: literals, `.`, classes, groups, alternatives, repetition, `^` and `$`.
/// It is compiled to an automaton whose states advance together, so that no pattern takes more than (its size × the
/// name's length) steps. The sandbox is the gateway's peer in tests, so it has an engine of its own on purpose: a
/// mistake in one then shows as a difference.
struct TopicPattern: Equatable {
    private static let maximumInstructions = 5_000
    private static let maximumNesting = 100

    private enum Instruction: Equatable {
        case scalar(Unicode.Scalar)
        case anything
        case oneOf(Set)
        case start
        case end
        /// Continues at both places.
        case split(Int, Int)
        case jump(Int)
        case accept
    }

    private struct Set: Equatable {
        var ranges: [ClosedRange<UInt32>] = []
        var isNegated = false

        func contains(_ scalar: Unicode.Scalar) -> Bool {
            self.ranges.contains { $0.contains(scalar.value) } != self.isNegated
        }
    }

    let text: String
    private var program: [Instruction] = []

    /// Nil when the text is not a pattern, or too large a one.
    init?(_ text: String) {
        self.text = text
        var parser = Parser(scalars: Array(text.unicodeScalars))
        guard let node = parser.alternatives(depth: 0), parser.isAtEnd, node.size < Self.maximumInstructions else {
            return nil
        }
        self.emit(node)
        self.program.append(.accept)
    }

    /// Whether the pattern matches the whole name.
    func matches(_ name: String) -> Bool {
        let scalars = Array(name.unicodeScalars)
        var current = States(count: self.program.count)
        self.add(0, to: &current, at: 0, of: scalars.count)
        for (position, scalar) in scalars.enumerated() {
            var next = States(count: self.program.count)
            for index in current.list where self.consumes(index, scalar) {
                self.add(index + 1, to: &next, at: position + 1, of: scalars.count)
            }
            current = next
        }
        return current.list.contains { self.program[$0] == .accept }
    }

    private func consumes(_ index: Int, _ scalar: Unicode.Scalar) -> Bool {
        switch self.program[index] {
        case .scalar(let wanted): wanted == scalar
        case .anything: scalar != "\n"
        case .oneOf(let set): set.contains(scalar)
        case .start, .end, .split, .jump, .accept: false
        }
    }

    private struct States {
        var list: [Int] = []
        var isMember: [Bool]

        init(count: Int) {
            self.isMember = Array(repeating: false, count: count)
        }
    }

    /// Adds a state, and those that it leads to without reading anything.
    private func add(_ start: Int, to states: inout States, at position: Int, of count: Int) {
        var pending = [start]
        while let index = pending.popLast() {
            guard !states.isMember[index] else { continue }
            states.isMember[index] = true
            switch self.program[index] {
            case .split(let left, let right): pending += [left, right]
            case .jump(let target): pending.append(target)
            case .start: if position == 0 { pending.append(index + 1) }
            case .end: if position == count { pending.append(index + 1) }
            case .scalar, .anything, .oneOf, .accept: states.list.append(index)
            }
        }
    }

    // MARK: Compiling

    private mutating func emit(_ node: Node) {
        switch node {
        case .one(let instruction):
            self.program.append(instruction)
        case .sequence(let nodes):
            for node in nodes { self.emit(node) }
        case .alternatives(let nodes):
            var jumps: [Int] = []
            for (number, node) in nodes.enumerated() {
                guard number < nodes.count - 1 else {
                    self.emit(node)
                    break
                }
                let split = self.reserve()
                self.emit(node)
                jumps.append(self.reserve())
                self.program[split] = .split(split + 1, self.program.count)
            }
            for jump in jumps { self.program[jump] = .jump(self.program.count) }
        case .repeated(let node, let minimum, let maximum):
            for _ in 0..<minimum { self.emit(node) }
            if let maximum {
                var splits: [Int] = []
                for _ in minimum..<maximum {
                    splits.append(self.reserve())
                    self.emit(node)
                }
                for split in splits { self.program[split] = .split(split + 1, self.program.count) }
            } else {
                let split = self.reserve()
                self.emit(node)
                self.program.append(.jump(split))
                self.program[split] = .split(split + 1, self.program.count)
            }
        }
    }

    private mutating func reserve() -> Int {
        self.program.append(.accept)
        return self.program.count - 1
    }

    private indirect enum Node {
        case one(Instruction)
        case sequence([Node])
        case alternatives([Node])
        case repeated(Node, minimum: Int, maximum: Int?)

        /// The most instructions that it compiles to.
        var size: Int {
            switch self {
            case .one: 1
            case .sequence(let nodes): nodes.reduce(0) { $0 + $1.size }
            case .alternatives(let nodes): nodes.reduce(0) { $0 + $1.size + 2 }
            case .repeated(let node, let minimum, let maximum):
                // Counts are at most 1000, and a node that is larger than the bound was refused before it got here.
                (node.size + 2) * (max(minimum, maximum ?? minimum) + 1)
            }
        }
    }

    // MARK: Parsing

    private struct Parser {
        private static let maximumCount = 1000

        let scalars: [Unicode.Scalar]
        private var position = 0

        init(scalars: [Unicode.Scalar]) {
            self.scalars = scalars
        }

        var isAtEnd: Bool { self.position >= self.scalars.count }

        private var next: Unicode.Scalar? { self.isAtEnd ? nil : self.scalars[self.position] }

        private mutating func take() -> Unicode.Scalar? {
            guard let next = self.next else { return nil }
            self.position += 1
            return next
        }

        private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
            guard self.next == scalar else { return false }
            self.position += 1
            return true
        }

        mutating func alternatives(depth: Int) -> Node? {
            guard depth < TopicPattern.maximumNesting else { return nil }
            var nodes: [Node] = []
            repeat {
                guard let node = self.sequence(depth: depth) else { return nil }
                nodes.append(node)
            } while self.take("|")
            return nodes.count == 1 ? nodes[0] : .alternatives(nodes)
        }

        private mutating func sequence(depth: Int) -> Node? {
            var nodes: [Node] = []
            while let next = self.next, next != "|", next != ")" {
                guard let atom = self.atom(depth: depth), let node = self.repetition(of: atom),
                    node.size < TopicPattern.maximumInstructions
                else { return nil }
                nodes.append(node)
            }
            return .sequence(nodes)
        }

        private mutating func atom(depth: Int) -> Node? {
            switch self.take() {
            case "(":
                if self.take("?"), !self.take(":") {
                    // A named group; flags are not supported.
                    guard self.take("P") || self.next == "<", self.take("<") else { return nil }
                    while let scalar = self.take(), scalar != ">" {}
                }
                let node = self.alternatives(depth: depth + 1)
                return self.take(")") ? node : nil
            case "[": return self.bracket().map { .one(.oneOf($0)) }
            case ".": return .one(.anything)
            case "^": return .one(.start)
            case "$": return .one(.end)
            case "\\": return self.escape()
            case "*", "+", "?", .none: return nil
            case .some(let scalar): return .one(.scalar(scalar))
            }
        }

        private mutating func repetition(of atom: Node) -> Node? {
            var node = atom
            var isRepeated = false
            while let next = self.next {
                let (minimum, maximum): (Int, Int?)
                switch next {
                case "*": (minimum, maximum) = (0, nil)
                case "+": (minimum, maximum) = (1, nil)
                case "?": (minimum, maximum) = (0, 1)
                case "{":
                    guard let counts = self.counts() else { return isRepeated ? nil : node }
                    (minimum, maximum) = counts
                default: return node
                }
                guard !isRepeated else { return nil }
                isRepeated = true
                self.position += 1
                // A lazy repetition matches the same whole names.
                _ = self.take("?")
                if let maximum, maximum < minimum { return nil }
                node = .repeated(node, minimum: minimum, maximum: maximum)
            }
            return node
        }

        /// `{n}`, `{n,}` or `{n,m}`; leaves the position at the closing brace. Nil, and nothing read, for any other text.
        private mutating func counts() -> (Int, Int?)? {
            let start = self.position
            self.position += 1
            if let minimum = self.number() {
                if self.next == "}" { return (minimum, minimum) }
                if self.take(",") {
                    if self.next == "}" { return (minimum, nil) }
                    if let maximum = self.number(), self.next == "}" { return (minimum, maximum) }
                }
            }
            self.position = start
            return nil
        }

        private mutating func number() -> Int? {
            var digits = ""
            while let next = self.next, ("0"..."9").contains(next), digits.count < 5 {
                digits.unicodeScalars.append(next)
                self.position += 1
            }
            return Int(digits).flatMap { $0 <= Self.maximumCount ? $0 : nil }
        }

        private mutating func escape() -> Node? {
            guard let scalar = self.take() else { return nil }
            if let set = Self.named(scalar) { return .one(.oneOf(set)) }
            if scalar == "A" { return .one(.start) }
            if scalar == "z" { return .one(.end) }
            return Self.literal(scalar).map { .one(.scalar($0)) }
        }

        /// The meaning of an escaped scalar; letters and digits without one are faults.
        private static func literal(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
            switch scalar {
            case "n": "\n"
            case "t": "\t"
            case "r": "\r"
            case "a"..."z", "A"..."Z", "0"..."9": nil
            default: scalar
            }
        }

        private static func named(_ scalar: Unicode.Scalar) -> TopicPattern.Set? {
            let digits: ClosedRange<UInt32> = 48...57
            switch scalar {
            case "d", "D": return .init(ranges: [digits], isNegated: scalar == "D")
            case "w", "W": return .init(ranges: [digits, 65...90, 95...95, 97...122], isNegated: scalar == "W")
            case "s", "S": return .init(ranges: [9...10, 12...13, 32...32], isNegated: scalar == "S")
            default: return nil
            }
        }

        private mutating func bracket() -> TopicPattern.Set? {
            var set = TopicPattern.Set()
            set.isNegated = self.take("^")
            var isFirst = true
            while let scalar = self.take() {
                if scalar == "]", !isFirst { return set }
                isFirst = false
                var low = scalar
                if scalar == "\\" {
                    guard let escaped = self.take() else { return nil }
                    if let named = Self.named(escaped), !named.isNegated {
                        set.ranges += named.ranges
                        continue
                    }
                    guard let literal = Self.literal(escaped) else { return nil }
                    low = literal
                }
                guard self.next == "-", self.position + 1 < self.scalars.count,
                    self.scalars[self.position + 1] != "]"
                else {
                    set.ranges.append(low.value...low.value)
                    continue
                }
                self.position += 1
                guard var high = self.take() else { return nil }
                if high == "\\" {
                    guard let literal = self.take().flatMap(Self.literal) else { return nil }
                    high = literal
                }
                guard low <= high else { return nil }
                set.ranges.append(low.value...high.value)
            }
            return nil
        }
    }
}
