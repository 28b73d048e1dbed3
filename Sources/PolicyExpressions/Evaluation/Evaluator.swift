import Patterns

/// Computes a checked expression for one set of variables.
struct Evaluator {
    let variables: ExpressionVariables

    /// Bytes of a text that an expression may build.
    static let maximumTextBytes = 1 << 20
    /// Parts that `split` may make.
    static let maximumParts = 10_000

    /// A value, or the answer of a selection whose key is not there.
    enum Outcome {
        case value(ExpressionValue)
        case absent
    }

    /// The value of a part that is used: absent is an error here.
    func value(_ node: Node) throws(EvaluationError) -> ExpressionValue {
        switch try self.outcome(node) {
        case .value(let value): return value
        case .absent: throw Self.absent(node)
        }
    }

    static func absent(_ node: Node) -> EvaluationError {
        EvaluationError(
            column: node.start, message: "\(node.source.quoted) is absent; test it first, for example with has(...).")
    }

    func outcome(_ node: Node) throws(EvaluationError) -> Outcome {
        switch node.kind {
        case .constant(let value): return .value(value)
        case .variable(let path):
            var value = ExpressionValue.map(self.variables.roots)
            for name in path {
                guard case .map(let entries) = value, let entry = entries[name] else { return .absent }
                value = entry
            }
            return .value(value)
        case .member(let base, let name):
            return try self.member(base, name, node)
        case .index(let base, let index):
            return try self.element(base, index, node)
        case .has(let selection):
            return .value(.bool(self.exists(selection)))
        case .call(let function, let arguments):
            return .value(try self.call(function, arguments, node))
        case .match(let receiver, let pattern):
            guard let found = pattern.matches(try self.text(receiver, "searched").string) else {
                throw EvaluationError(
                    column: node.column, message: "\(receiver.source.quoted) is too long to search with this pattern.")
            }
            return .value(.bool(found))
        case .not(let operand):
            return .value(.bool(!(try self.bool(operand))))
        case .negate(let operand):
            let number = try self.number(operand)
            let result = ExpressionNumber.integer(0).applying(.subtract, number)?.value
            guard let result else { throw Self.overflow(node.column, "-") }
            return .value(result)
        case .logical(let logical, let operands):
            return .value(.bool(try self.logical(logical, operands)))
        case .relation(let relation, let left, let right):
            return .value(.bool(try self.relation(relation, left, right, node)))
        case .arithmetic(let first, let steps):
            var result = try self.value(first)
            for step in steps { result = try self.applying(step, to: result, self.value(step.operand)) }
            return .value(result)
        case .conditional(let test, let first, let second):
            return try self.outcome(try self.isTrue(test) ? first : second)
        case .list(let elements):
            var values: [ExpressionValue] = []
            for element in elements { values.append(try self.value(element)) }
            return .value(.array(values))
        }
    }

    // MARK: Selections

    private func member(_ base: Node, _ name: String, _ node: Node) throws(EvaluationError) -> Outcome {
        guard case .value(let value) = try self.outcome(base) else { return .absent }
        switch value {
        case .map(let entries): return Self.lookUp(name, in: entries, of: base)
        case .text(let text) where name == "length":
            return .value(.int(Int64(clamping: text.string.unicodeScalars.count)))
        case .array(let elements) where name == "length": return .value(.int(Int64(clamping: elements.count)))
        default:
            throw EvaluationError(
                column: node.column,
                message: "\(base.source.quoted) is \(value.typeName) and has no field \(name.quoted).")
        }
    }

    private func element(_ base: Node, _ index: Node, _ node: Node) throws(EvaluationError) -> Outcome {
        let container = try self.outcome(base)
        let key = try self.value(index)
        guard case .value(let value) = container else { return .absent }
        switch (value, key) {
        case (.map(let entries), .text(let name)): return Self.lookUp(name.string, in: entries, of: base)
        case (.array(let elements), _):
            guard let number = ExpressionNumber(key), case .int(let position)? = number.truncated,
                number.compare(to: .integer(Int128(position))) == 0
            else { break }
            guard let index = Int(exactly: position), elements.indices.contains(index) else { return .absent }
            return .value(elements[index])
        default: break
        }
        throw EvaluationError(
            column: node.column,
            message: "\(base.source.quoted) is \(value.typeName) and cannot be indexed by \(key.typeName).")
    }

    private static func lookUp(_ name: String, in entries: [String: ExpressionValue], of base: Node) -> Outcome {
        let value = entries.entry(name) ?? (base.holdsPaths ? ContentPath.value(at: name, in: entries) : nil)
        return value.map(Outcome.value) ?? .absent
    }

    /// `has`: a selection through something that is not there, or not a map, does not exist.
    private func exists(_ selection: Node) -> Bool {
        if case .value? = try? self.outcome(selection) { true } else { false }
    }

    // MARK: Operands

    func bool(_ node: Node) throws(EvaluationError) -> Bool {
        let value = try self.value(node)
        if case .bool(let bool) = value { return bool }
        throw EvaluationError(
            column: node.start, message: "\(node.source.quoted) is \(value.typeName) where a boolean is needed.")
    }

    func number(_ node: Node) throws(EvaluationError) -> ExpressionNumber {
        let value = try self.value(node)
        if let number = ExpressionNumber(value) { return number }
        throw EvaluationError(
            column: node.start, message: "\(node.source.quoted) is \(value.typeName) where a number is needed.")
    }

    func text(_ node: Node, _ use: String) throws(EvaluationError) -> ExpressionText {
        let value = try self.value(node)
        if case .text(let text) = value { return text }
        throw EvaluationError(
            column: node.start, message: "\(node.source.quoted) is \(value.typeName); only a string can be \(use).")
    }

    /// The test of `? :`, where more than booleans is accepted.
    private func isTrue(_ node: Node) throws(EvaluationError) -> Bool {
        guard case .value(let value) = try self.outcome(node) else { return false }
        switch value {
        case .bool(let bool): return bool
        case .null: return false
        case .text(let text): return !text.string.isEmpty
        case .int, .uint, .double: return ExpressionNumber(value).map { !$0.isZero } ?? true
        case .array, .map: return true
        }
    }

    // MARK: Operators

    /// Evaluates operands from the left; an error counts only when no operand decides alone.
    private func logical(_ logical: Syntax.Logical, _ operands: [Node]) throws(EvaluationError) -> Bool {
        let decisive = logical == .or
        var error: EvaluationError?
        for operand in operands {
            do throws(EvaluationError) {
                if try self.bool(operand) == decisive { return decisive }
            } catch let failure {
                error = error ?? failure
            }
        }
        if let error { throw error }
        return !decisive
    }

    private func relation(
        _ relation: Syntax.Relation, _ left: Node, _ right: Node, _ node: Node
    ) throws(EvaluationError) -> Bool {
        switch relation {
        case .equal, .notEqual:
            let first = try self.outcome(left)
            let second = try self.outcome(right)
            guard case .value(let a) = first else {
                if left.isData { return relation == .notEqual }
                throw Self.absent(left)
            }
            guard case .value(let b) = second else { throw Self.absent(right) }
            return a.isEqual(to: b) == (relation == .equal)
        case .isIn:
            return try self.isMember(left, of: right)
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            let (a, b) = (try self.value(left), try self.value(right))
            guard let order = Self.order(a, b) else {
                throw EvaluationError(
                    column: node.column,
                    message: "'\(relation.rawValue)' compares two numbers or two strings, not \(a.typeName) with "
                        + "\(b.typeName).")
            }
            switch relation {
            case .less: return order < 0
            case .lessOrEqual: return order <= 0
            case .greater: return order > 0
            default: return order >= 0
            }
        }
    }

    /// The order by value or by code point; nil for values without an order.
    private static func order(_ left: ExpressionValue, _ right: ExpressionValue) -> Int? {
        if case .text(let left) = left, case .text(let right) = right {
            // The order of UTF-8 is the order of code points.
            if left.string.utf8.lexicographicallyPrecedes(right.string.utf8) { return -1 }
            return left.string.hasSameScalars(as: right.string) ? 0 : 1
        }
        guard let left = ExpressionNumber(left), let right = ExpressionNumber(right) else { return nil }
        return left.compare(to: right)
    }

    /// A missing selection from the data is in nothing, and nothing is in it: the test for presence does not itself fail.
    private func isMember(_ left: Node, of right: Node) throws(EvaluationError) -> Bool {
        let first = try self.outcome(left)
        let second = try self.outcome(right)
        guard case .value(let element) = first else {
            if left.isData { return false }
            throw Self.absent(left)
        }
        guard case .value(let container) = second else {
            if right.isData { return false }
            throw Self.absent(right)
        }
        switch (container, element) {
        case (.array(let elements), _): return elements.contains { $0.isEqual(to: element) }
        case (.map(let entries), .text(let key)):
            if case .value = Self.lookUp(key.string, in: entries, of: right) { return true }
            return false
        case (.map, _):
            throw EvaluationError(
                column: left.start,
                message: "\(left.source.quoted) is \(element.typeName); the key before 'in' is a string.")
        default:
            throw EvaluationError(
                column: right.start,
                message: "\(right.source.quoted) is \(container.typeName); 'in' looks into arrays and maps.")
        }
    }

    private static func overflow(_ column: Int, _ sign: String) -> EvaluationError {
        EvaluationError(column: column, message: "The result of '\(sign)' does not fit 64 bits.")
    }

    private func applying(
        _ step: Node.Step, to left: ExpressionValue, _ right: ExpressionValue
    ) throws(EvaluationError) -> ExpressionValue {
        let sign = step.operation.rawValue
        if let a = ExpressionNumber(left), let b = ExpressionNumber(right) {
            if step.operation == .divide || step.operation == .remainder, b.isZero {
                throw EvaluationError(column: step.column, message: "'\(sign)' divides by zero.")
            }
            guard let result = a.applying(step.operation, b)?.value else { throw Self.overflow(step.column, sign) }
            return result
        }
        if step.operation == .add {
            switch (left, right) {
            case (.array(let a), .array(let b)): return .array(a + b)
            case (.text, _), (_, .text):
                if let a = Self.text(of: left), let b = Self.text(of: right) {
                    try Self.requireFits(a.string.utf8.count, b.string.utf8.count, step.column)
                    return .text(a.appending(b))
                }
            default: break
            }
        }
        throw EvaluationError(
            column: step.column, message: "'\(sign)' does not take \(left.typeName) and \(right.typeName).")
    }

    static func requireFits(_ first: Int, _ second: Int, _ column: Int) throws(EvaluationError) {
        guard first <= Self.maximumTextBytes - min(second, Self.maximumTextBytes) else {
            throw EvaluationError(
                column: column, message: "The text would be longer than \(Self.maximumTextBytes) bytes.")
        }
    }

    /// The text form of strings, numbers and booleans; nil for the rest.
    static func text(of value: ExpressionValue) -> ExpressionText? {
        switch value {
        case .text(let text): text
        case .bool(let bool): ExpressionText(pattern: bool ? "true" : "false")
        case .int, .uint, .double: ExpressionNumber(value).map { ExpressionText(pattern: $0.text) }
        case .null, .array, .map: nil
        }
    }
}
