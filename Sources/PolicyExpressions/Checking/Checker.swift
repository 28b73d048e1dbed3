/// Resolves names and types of a parsed expression for a place and compiles it.
struct Checker {
    /// A compiled part with what is known of it.
    struct Checked {
        var node: Node
        var type: StaticType
        /// Set while the part is a variable or leads to one.
        var variable: (schema: VariableSchema, path: String)?

        init(_ node: Node, _ type: StaticType) {
            self.node = node
            self.type = type
        }
    }

    let place: ExpressionPlace
    let scalars: [Unicode.Scalar]

    func check(_ syntax: Syntax) throws(ExpressionError) -> Checked {
        switch syntax.kind {
        case .literal(let value):
            let type: StaticType = value == .null ? .null : ExpressionNumber(value) == nil ? .bool : .number
            return self.checked(.constant(value), type, syntax)
        case .string(let value, _):
            return self.checked(.constant(.string(value)), .string, syntax)
        case .identifier(let name):
            return try self.root(name, syntax)
        case .member(let base, let name):
            return try self.member(base, name, syntax)
        case .index(let base, let index):
            return try self.index(base, index, syntax)
        case .call(let name, let arguments):
            return try self.call(name, arguments, syntax)
        case .method(let receiver, let name, let arguments):
            return try self.method(receiver, name, arguments, syntax)
        case .not(let operand):
            let operand = try self.check(operand)
            try self.require(operand, .bool, "'!' takes a boolean", at: syntax.column)
            return self.checked(.not(operand.node), .bool, syntax)
        case .negate(let operand):
            let operand = try self.check(operand)
            try self.require(operand, .number, "'-' takes a number", at: syntax.column)
            return self.checked(.negate(operand.node), .number, syntax)
        case .logical(let logical, let operands):
            let sign = logical == .and ? "&&" : "||"
            var nodes: [Node] = []
            for operand in operands {
                let operand = try self.check(operand)
                try self.require(operand, .bool, "'\(sign)' takes booleans", at: operand.node.start)
                nodes.append(operand.node)
            }
            return self.checked(.logical(logical, nodes), .bool, syntax)
        case .relation(let relation, let left, let right):
            return try self.relation(relation, left, right, syntax)
        case .arithmetic(let first, let steps):
            return try self.arithmetic(first, steps, syntax)
        case .conditional(let test, let first, let second):
            let test = try self.check(test)
            let (first, second) = (try self.check(first), try self.check(second))
            return self.checked(
                .conditional(test.node, first.node, second.node), first.type.joined(with: second.type), syntax)
        case .list(let elements):
            var nodes: [Node] = []
            var type: StaticType?
            for element in elements {
                let element = try self.check(element)
                nodes.append(element.node)
                type = type.map { $0.joined(with: element.type) } ?? element.type
            }
            return self.checked(.list(nodes), .array(type ?? .any), syntax)
        }
    }

    /// Refuses a whole expression whose result cannot be what the place wants.
    func requireResult(_ checked: Checked, _ wanted: StaticType) throws(ExpressionError) {
        guard !checked.type.mayBe(wanted) else { return }
        let hint =
            wanted == .array(.string) && checked.type == .string
            ? "write it in '[' and ']'" : wanted == .bool ? "compare it with something" : "change the expression"
        throw ExpressionError(
            column: checked.node.start,
            message: "\(checked.node.source.quoted) is \(checked.type.name), but \(self.place.name) must give "
                + "\(wanted.name); \(hint).")
    }

    // MARK: Helpers

    func checked(_ kind: Node.Kind, _ type: StaticType, _ syntax: Syntax) -> Checked {
        let source = String(String.UnicodeScalarView(self.scalars[syntax.range]))
        return Checked(
            Node(kind: kind, column: syntax.column, start: syntax.range.lowerBound + 1, source: source), type)
    }

    func require(
        _ checked: Checked, _ wanted: StaticType, _ rule: String, at column: Int
    ) throws(ExpressionError) {
        guard !checked.type.mayBe(wanted) else { return }
        throw ExpressionError(
            column: column, message: "\(rule), but \(checked.node.source.quoted) is \(checked.type.name).")
    }

    // MARK: Variables

    private func root(_ name: String, _ syntax: Syntax) throws(ExpressionError) -> Checked {
        guard let schema = VariableSchema.root.fields?[name] else {
            throw self.unknownVariable(name, at: syntax.range.lowerBound + 1)
        }
        try self.requireOffered(schema, name, at: syntax.column)
        var checked = self.checked(.variable(VariableSchema.expansion(of: name)), schema.type, syntax)
        checked.variable = (schema, name)
        return checked
    }

    private func unknownVariable(_ path: String, at column: Int) -> ExpressionError {
        let offered = self.place.variables
        let hint: String
        if let function = Function.functions.first(where: { $0.rawValue == path }) {
            hint = "'\(function.rawValue)' is a function: write \(function.rawValue)(...)"
        } else if let suggestion = VariableSchema.suggestion(for: path, offered: offered) {
            hint = "did you mean '\(suggestion)'?"
        } else {
            hint = self.offer
        }
        let end = hint.hasSuffix("?") ? "" : "."
        return ExpressionError(column: column, message: "Unknown variable \(path.quoted); \(hint)\(end)")
    }

    private var offer: String {
        "\(self.place.name) offers \(VariableSchema.names(offered: self.place.variables).joined(separator: ", "))"
    }

    private func requireOffered(
        _ schema: VariableSchema, _ path: String, at column: Int
    ) throws(ExpressionError) {
        guard schema.group.isDisjoint(with: self.place.variables) else { return }
        throw ExpressionError(column: column, message: "\(path.quoted) is not available here; \(self.offer).")
    }

    /// `a.b['c']` as `a.b.c`, when all its parts are names.
    private func dottedPath(_ syntax: Syntax) -> String? {
        switch syntax.kind {
        case .identifier(let name): return name
        case .member(let base, let name): return self.dottedPath(base).map { "\($0).\(name)" }
        case .index(let base, let index):
            guard case .string(let name, _) = index.kind else { return nil }
            return self.dottedPath(base).map { "\($0).\(name)" }
        default: return nil
        }
    }

    private func requireKnownRoot(_ syntax: Syntax) throws(ExpressionError) {
        guard let path = self.dottedPath(syntax), let root = path.split(separator: ".").first,
            VariableSchema.root.fields?[String(root)] == nil
        else { return }
        throw self.unknownVariable(path, at: syntax.range.lowerBound + 1)
    }

    private func member(_ base: Syntax, _ name: String, _ syntax: Syntax) throws(ExpressionError) -> Checked {
        try self.requireKnownRoot(syntax)
        let base = try self.check(base)
        if base.variable?.schema.fields == nil, name == "length" {
            switch base.type {
            case .string, .array: return self.checked(.member(base.node, name), .number, syntax)
            case .any, .map: break
            case .bool, .number, .null:
                throw ExpressionError(
                    column: syntax.column, message: "\(base.node.source.quoted) is \(base.type.name) and has no length."
                )
            }
        }
        return try self.selection(base, name, .member(base.node, name), syntax)
    }

    private func index(_ base: Syntax, _ index: Syntax, _ syntax: Syntax) throws(ExpressionError) -> Checked {
        try self.requireKnownRoot(syntax)
        let base = try self.check(base)
        let index = try self.check(index)
        let kind = Node.Kind.index(base.node, index.node)
        if case .constant(let value) = index.node.kind, let name = value.stringValue {
            return try self.selection(base, name, kind, syntax)
        }
        switch base.type {
        case .array(let element):
            try self.require(index, .number, "The index of an array is a number", at: index.node.start)
            return self.checked(kind, element, syntax)
        case .map(let element):
            try self.require(index, .string, "The key of a map is a string", at: index.node.start)
            return self.dataSelection(base, self.checked(kind, element, syntax))
        case .any:
            guard index.type.mayBe(.number) || index.type.mayBe(.string) else {
                throw ExpressionError(
                    column: index.node.start, message: "An index is a number or a string, not \(index.type.name).")
            }
            return self.dataSelection(base, self.checked(kind, .any, syntax))
        case .bool, .number, .string, .null:
            throw ExpressionError(
                column: syntax.column, message: "\(base.node.source.quoted) is \(base.type.name) and has no elements.")
        }
    }

    /// `base.name` and `base['name']`.
    private func selection(
        _ base: Checked, _ name: String, _ kind: Node.Kind, _ syntax: Syntax
    ) throws(ExpressionError) -> Checked {
        if let (schema, path) = base.variable, let fields = schema.fields {
            let path = "\(path).\(name)"
            guard let field = fields[name] else { throw self.unknownVariable(path, at: syntax.range.lowerBound + 1) }
            try self.requireOffered(field, path, at: syntax.range.lowerBound + 1)
            var checked = self.checked(kind, field.type, syntax)
            checked.variable = (field, path)
            checked.node.isData = field.isData
            checked.node.holdsPaths = path == "record.value.content"
            return checked
        }
        switch base.type {
        case .map(let element): return self.dataSelection(base, self.checked(kind, element, syntax))
        case .any: return self.dataSelection(base, self.checked(kind, .any, syntax))
        case .array, .bool, .number, .string, .null:
            throw ExpressionError(
                column: syntax.column,
                message: "\(base.node.source.quoted) is \(base.type.name) and has no field \(name.quoted).")
        }
    }

    private func dataSelection(_ base: Checked, _ selection: Checked) -> Checked {
        var selection = selection
        selection.node.isData = base.node.isData
        return selection
    }
}
