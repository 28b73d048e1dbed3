import Patterns

extension Checker {
    func relation(
        _ relation: Syntax.Relation, _ left: Syntax, _ right: Syntax, _ syntax: Syntax
    ) throws(ExpressionError) -> Checked {
        let (left, right) = (try self.check(left), try self.check(right))
        switch relation {
        case .equal, .notEqual: break
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            let numbers = left.type.mayBe(.number) && right.type.mayBe(.number)
            let strings = left.type.mayBe(.string) && right.type.mayBe(.string)
            guard numbers || strings else {
                throw ExpressionError(
                    column: syntax.column,
                    message: "'\(relation.rawValue)' compares two numbers or two strings, not \(left.type.name) with "
                        + "\(right.type.name).")
            }
        case .isIn:
            switch right.type {
            case .any, .array: break
            case .map: try self.require(left, .string, "The key before 'in' is a string", at: left.node.start)
            case .string:
                throw ExpressionError(
                    column: syntax.column,
                    message: "'in' looks into arrays and maps, but \(right.node.source.quoted) is a string; use "
                        + "includes(...).")
            case .bool, .number, .null:
                throw ExpressionError(
                    column: syntax.column,
                    message: "'in' looks into arrays and maps, but \(right.node.source.quoted) is \(right.type.name).")
            }
        }
        return self.checked(.relation(relation, left.node, right.node), .bool, syntax)
    }

    func arithmetic(
        _ first: Syntax, _ steps: [Syntax.Step], _ syntax: Syntax
    ) throws(ExpressionError) -> Checked {
        let first = try self.check(first)
        var type = first.type
        var nodes: [Node.Step] = []
        for step in steps {
            let operand = try self.check(step.operand)
            guard let result = Self.result(of: step.operation, type, operand.type) else {
                let takes =
                    step.operation == .add
                    ? "adds numbers, or joins strings or arrays" : "takes numbers"
                throw ExpressionError(
                    column: step.column,
                    message: "'\(step.operation.rawValue)' \(takes), but here stand \(type.name) and "
                        + "\(operand.type.name) (\(operand.node.source.quoted)).")
            }
            type = result
            nodes.append(Node.Step(operation: step.operation, column: step.column, operand: operand.node))
        }
        return self.checked(.arithmetic(first.node, nodes), type, syntax)
    }

    /// nil when no values of these types go together.
    private static func result(
        of operation: Syntax.Arithmetic, _ left: StaticType, _ right: StaticType
    ) -> StaticType? {
        guard operation == .add else { return left.mayBe(.number) && right.mayBe(.number) ? .number : nil }
        switch (left, right) {
        case (.number, .number): return .number
        case (.string, .string), (.string, .number), (.string, .bool), (.number, .string), (.bool, .string):
            return .string
        case (.array, .array): return left.joined(with: right)
        case (.any, .string), (.string, .any): return .string
        case (.any, .array), (.array, .any): return .array(.any)
        case (.any, .null), (.any, .map), (.null, .any), (.map, .any): return nil
        case (.any, _), (_, .any): return .any
        default: return nil
        }
    }

    // MARK: Calls

    func call(_ name: String, _ arguments: [Syntax], _ syntax: Syntax) throws(ExpressionError) -> Checked {
        if name == "has" {
            guard arguments.count == 1 else {
                throw ExpressionError(column: syntax.column, message: "has takes one selection, such as has(a.b).")
            }
            let argument = try self.check(arguments[0])
            switch argument.node.kind {
            case .member, .index: return self.checked(.has(argument.node), .bool, syntax)
            default:
                throw ExpressionError(
                    column: arguments[0].column,
                    message: "has asks whether a selection exists, such as has(context.auth.principal.id); "
                        + "\(argument.node.source.quoted) is not one.")
            }
        }
        guard let function = Function.functions.first(where: { $0.rawValue == name }) else {
            throw self.unknown("function", name, among: ["has"] + Function.functions.map(\.rawValue), at: syntax.column)
        }
        try self.requireCount(of: arguments, function, isMethod: false, at: syntax.column)
        var checked: [Checked] = []
        for argument in arguments { checked.append(try self.check(argument)) }
        return try self.function(function, checked, syntax)
    }

    func method(
        _ receiver: Syntax, _ name: String, _ arguments: [Syntax], _ syntax: Syntax
    ) throws(ExpressionError) -> Checked {
        let receiver = try self.check(receiver)
        guard let function = Function.methods.first(where: { $0.rawValue == name }) else {
            if name == "length" {
                throw ExpressionError(column: syntax.column, message: "'length' takes no '()'; write '.length'.")
            }
            throw self.unknown("method", name, among: Function.methods.map(\.rawValue), at: syntax.column)
        }
        try self.requireCount(of: arguments, function, isMethod: true, at: syntax.column)
        if function == .match || function == .matches {
            return try self.match(receiver, arguments[0], function, syntax)
        }
        var checked = [receiver]
        for argument in arguments { checked.append(try self.check(argument)) }
        return try self.function(function, checked, syntax)
    }

    private func unknown(_ kind: String, _ name: String, among names: [String], at column: Int) -> ExpressionError {
        let near = names.map { ($0, editDistance($0.lowercased(), name.lowercased())) }.min { $0.1 < $1.1 }
        let hint =
            near.flatMap { $0.1 <= 2 ? "did you mean '\($0.0)'?" : nil }
            ?? "there are \(names.joined(separator: ", "))."
        return ExpressionError(column: column, message: "Unknown \(kind) \(name.quoted); \(hint)")
    }

    private func requireCount(
        of arguments: [Syntax], _ function: Function, isMethod: Bool, at column: Int
    ) throws(ExpressionError) {
        let counts = function.argumentCounts(isMethod: isMethod)
        guard !counts.contains(arguments.count) else { return }
        let wanted =
            counts.lowerBound == counts.upperBound
            ? "\(counts.lowerBound)" : "\(counts.lowerBound) or \(counts.upperBound)"
        let noun = counts.upperBound == 1 ? "argument" : "arguments"
        throw ExpressionError(
            column: column, message: "\(function.rawValue) takes \(wanted) \(noun), not \(arguments.count).")
    }

    private func match(
        _ receiver: Checked, _ pattern: Syntax, _ function: Function, _ syntax: Syntax
    ) throws(ExpressionError) -> Checked {
        try self.require(receiver, .string, "\(function.rawValue) searches a string", at: syntax.column)
        guard case .string(let text, let columns) = pattern.kind else {
            throw ExpressionError(
                column: pattern.column,
                message: "The pattern of \(function.rawValue) must be a string literal, so that it can be checked now.")
        }
        do {
            let expression = try RegularExpression(parsing: text)
            return self.checked(.match(receiver.node, expression), .bool, syntax)
        } catch {
            let column = error.offset < columns.count ? columns[error.offset] : pattern.range.upperBound
            throw ExpressionError(column: column, message: "In the pattern \(text.quoted): \(error.message)")
        }
    }

    /// Checks the types of arguments, the receiver first.
    private func function(
        _ function: Function, _ arguments: [Checked], _ syntax: Syntax
    ) throws(ExpressionError) -> Checked {
        let name = function.rawValue
        func require(_ index: Int, _ type: StaticType, _ role: String) throws(ExpressionError) {
            try self.require(arguments[index], type, "\(name) \(role)", at: arguments[index].node.start)
        }
        func requireOne(of types: [StaticType], _ role: String) throws(ExpressionError) {
            guard !types.contains(where: { arguments[0].type.mayBe($0) }) else { return }
            throw ExpressionError(
                column: syntax.column,
                message: "\(name) \(role), but \(arguments[0].node.source.quoted) is \(arguments[0].type.name).")
        }
        let type: StaticType
        switch function {
        case .includes, .contains:
            try requireOne(of: [.string, .array(.any)], "searches a string or an array")
            if arguments[0].type == .string { try require(1, .string, "looks for a string") }
            type = .bool
        case .startsWith, .endsWith:
            try requireOne(of: [.string], "looks at a string")
            try require(1, .string, "looks for a string")
            type = .bool
        case .substring:
            try requireOne(of: [.string], "cuts a string")
            for index in 1..<arguments.count { try require(index, .number, "takes positions") }
            type = .string
        case .lowerAscii, .upperAscii:
            try requireOne(of: [.string], "changes a string")
            type = .string
        case .split:
            try requireOne(of: [.string], "cuts a string")
            try require(1, .string, "cuts at a string")
            type = .array(.string)
        case .join:
            try requireOne(of: [.array(.any)], "joins an array")
            try require(1, .string, "joins with a string")
            type = .string
        case .size:
            try requireOne(of: [.string, .array(.any), .map(.any)], "counts a string, an array or a map")
            type = .number
        case .glob:
            try requireOne(of: [.string, .array(.string)], "takes a string or an array of strings")
            type = arguments[0].type
        case .string:
            try requireOne(of: [.string, .number, .bool], "takes a string, a number or a boolean")
            type = .string
        case .int, .double:
            try requireOne(of: [.string, .number], "takes a number or a string")
            type = .number
        case .match, .matches:
            throw ExpressionError(column: syntax.column, message: "\(name) is a method: write text.\(name)('...').")
        }
        return self.checked(.call(function, arguments.map(\.node)), type, syntax)
    }
}
