extension Evaluator {
    /// Calls a function; the receiver of a method is the first argument. The checker has seen to the count.
    func call(_ function: Function, _ arguments: [Node], _ node: Node) throws(EvaluationError) -> ExpressionValue {
        let subject = arguments[0]
        switch function {
        case .includes, .contains:
            let value = try self.value(subject)
            if case .array(let elements) = value {
                let wanted = try self.value(arguments[1])
                return .bool(elements.contains { $0.isEqual(to: wanted) })
            }
            let text = try self.text(subject, "searched")
            let part = try self.text(arguments[1], "searched for")
            return .bool(Self.occurrences(of: part.string, in: text.string, limit: 1).first != nil)
        case .startsWith:
            let text = try self.text(subject, "looked at")
            return .bool(text.string.utf8.starts(with: try self.text(arguments[1], "a prefix").string.utf8))
        case .endsWith:
            let text = try self.text(subject, "looked at")
            let suffix = try self.text(arguments[1], "a suffix").string.utf8
            return .bool(text.string.utf8.reversed().starts(with: suffix.reversed()))
        case .substring:
            return .text(try self.substring(subject, arguments))
        case .lowerAscii:
            let text = try self.text(subject, "changed")
            return .text(text.mappingASCII { 0x41...0x5A ~= $0 ? $0 + 0x20 : $0 })
        case .upperAscii:
            let text = try self.text(subject, "changed")
            return .text(text.mappingASCII { 0x61...0x7A ~= $0 ? $0 - 0x20 : $0 })
        case .split:
            return .array(try self.split(subject, arguments[1], node))
        case .join:
            return .text(try self.join(subject, arguments[1], node))
        case .size:
            return try self.size(subject)
        case .glob:
            return try self.glob(subject)
        case .string:
            let value = try self.value(subject)
            if let text = Self.text(of: value) { return .text(text) }
            throw Self.cannotConvert(value, function, node)
        case .int, .double:
            return try self.convert(subject, function, node)
        case .match, .matches:
            throw EvaluationError(column: node.column, message: "\(function.rawValue) needs a literal pattern.")
        }
    }

    private static func cannotConvert(_ value: ExpressionValue, _ function: Function, _ node: Node) -> EvaluationError {
        EvaluationError(
            column: node.column, message: "\(function.rawValue) cannot convert this \(value.typeName.dropArticle).")
    }

    private func substring(_ subject: Node, _ arguments: [Node]) throws(EvaluationError) -> ExpressionText {
        let text = try self.text(subject, "cut")
        let length = text.string.unicodeScalars.count
        func position(_ index: Int) throws(EvaluationError) -> Int {
            let number = try self.number(arguments[index])
            if case .decimal(let double) = number, double.isNaN { return 0 }
            if number.compare(to: .integer(Int128(length))) ?? 1 >= 0 { return length }
            guard case .int(let position)? = number.truncated else { return 0 }
            return min(max(0, Int(clamping: position)), length)
        }
        let first = try position(1)
        let second = arguments.count > 2 ? try position(2) : length
        return text.slice(scalars: min(first, second), max(first, second))
    }

    private func split(_ subject: Node, _ separator: Node, _ node: Node) throws(EvaluationError) -> [ExpressionValue] {
        let text = try self.text(subject, "cut")
        let mark = try self.text(separator, "cut at").string
        var cuts: [Range<Int>] = []
        if mark.isEmpty {
            var offset = 0
            for scalar in text.string.unicodeScalars.dropLast() {
                offset += scalar.utf8.count
                cuts.append(offset..<offset)
                if cuts.count >= Self.maximumParts { break }
            }
        } else {
            cuts = Self.occurrences(of: mark, in: text.string, limit: Self.maximumParts)
                .map { $0..<$0 + mark.utf8.count }
        }
        guard cuts.count < Self.maximumParts else {
            throw EvaluationError(
                column: node.column, message: "split would make more than \(Self.maximumParts) parts.")
        }
        if mark.isEmpty, text.string.isEmpty { return [] }
        var parts: [ExpressionValue] = []
        var start = 0
        for cut in cuts {
            parts.append(.text(text.slice(utf8: start..<cut.lowerBound)))
            start = cut.upperBound
        }
        parts.append(.text(text.slice(utf8: start..<text.string.utf8.count)))
        return parts
    }

    private func join(_ subject: Node, _ separator: Node, _ node: Node) throws(EvaluationError) -> ExpressionText {
        let value = try self.value(subject)
        guard case .array(let elements) = value else {
            throw EvaluationError(
                column: subject.start, message: "\(subject.source.quoted) is \(value.typeName); join joins an array.")
        }
        let mark = try self.text(separator, "put between")
        // Nothing to join: the list of an identity may be empty.
        var result = elements.isEmpty ? ExpressionText.emptyPart : ExpressionText(pattern: "")
        for (index, element) in elements.enumerated() {
            guard let text = Self.text(of: element) else {
                throw EvaluationError(
                    column: node.column, message: "join takes strings, numbers and booleans, not \(element.typeName).")
            }
            try Self.requireFits(result.string.utf8.count, text.string.utf8.count + mark.string.utf8.count, node.column)
            if index > 0 { result.append(mark) }
            result.append(text)
        }
        return result
    }

    private func size(_ subject: Node) throws(EvaluationError) -> ExpressionValue {
        switch try self.value(subject) {
        case .text(let text): return .int(Int64(clamping: text.string.unicodeScalars.count))
        case .array(let elements): return .int(Int64(clamping: elements.count))
        case .map(let entries): return .int(Int64(clamping: entries.count))
        case let value:
            throw EvaluationError(
                column: subject.start, message: "\(subject.source.quoted) is \(value.typeName) and has no size.")
        }
    }

    /// Makes patterns of literal strings.
    private func glob(_ subject: Node) throws(EvaluationError) -> ExpressionValue {
        let value = try self.value(subject)
        switch value {
        case .text: return value.markingText(literal: false)
        case .array(let elements):
            if elements.allSatisfy({ $0.stringValue != nil }) { return value.markingText(literal: false) }
            throw EvaluationError(
                column: subject.start,
                message: "glob takes strings, but \(subject.source.quoted) holds something else.")
        default:
            throw EvaluationError(
                column: subject.start,
                message: "\(subject.source.quoted) is \(value.typeName); glob takes a string or an array of strings.")
        }
    }

    private func convert(_ subject: Node, _ function: Function, _ node: Node) throws(EvaluationError) -> ExpressionValue
    {
        let value = try self.value(subject)
        let number: ExpressionNumber?
        if let text = value.stringValue {
            // Digits only: not what else Double reads, such as 'nan' and hexadecimal.
            let isDecimal = text.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
            let integer = Int64(text).map(ExpressionValue.int) ?? UInt64(text).map(ExpressionValue.uint)
            number =
                integer.flatMap(ExpressionNumber.init)
                ?? (isDecimal && function == .double ? Double(text).map(ExpressionNumber.decimal) : nil)
        } else {
            number = ExpressionNumber(value)
        }
        let result = function == .int ? number?.truncated : number.flatMap { ExpressionNumber.decimal($0.double).value }
        guard let result else { throw Self.cannotConvert(value, function, node) }
        return result
    }

    /// UTF-8 offsets where `part` occurs in `text`, not overlapping, at most `limit`; by Knuth, Morris and Pratt, so linear.
    static func occurrences(of part: String, in text: String, limit: Int) -> [Int] {
        let part = Array(part.utf8)
        if part.isEmpty { return [0] }
        var borders = [0]
        var matched = 0
        for index in part.indices.dropFirst() {
            while matched > 0, part[index] != part[matched] { matched = borders[matched - 1] }
            if part[index] == part[matched] { matched += 1 }
            borders.append(matched)
        }
        var found: [Int] = []
        matched = 0
        for (index, byte) in text.utf8.enumerated() {
            while matched > 0, byte != part[matched] { matched = borders[matched - 1] }
            if byte == part[matched] { matched += 1 }
            if matched == part.count {
                found.append(index + 1 - part.count)
                if found.count >= limit { return found }
                matched = 0
            }
        }
        return found
    }
}

extension String {
    fileprivate var dropArticle: Substring {
        self.hasPrefix("an ") ? self.dropFirst(3) : self.hasPrefix("a ") ? self.dropFirst(2) : self[...]
    }
}
