/// A string that knows which of its parts are literal in a glob.
///
/// Text of an expression is a pattern; a string from `context.auth.*` is literal until `glob(x)` frees it. The mark follows
/// the characters through every operation, so `name + '-*'` is a literal name before a pattern. Offsets are in UTF-8.
package struct ExpressionText: Sendable {
    package private(set) var string: String
    /// Ascending, not empty, not touching each other.
    private(set) var literalRanges: [Range<Int>]
    /// Whether a part of it came from an identity and is empty: beside a wildcard such a part would widen the pattern.
    package private(set) var hasEmptyPart: Bool

    private init(_ string: String, literalRanges: [Range<Int>], hasEmptyPart: Bool = false) {
        self.string = string
        self.literalRanges = literalRanges
        self.hasEmptyPart = hasEmptyPart
    }

    package init(pattern string: String) {
        self.init(string, literalRanges: [])
    }

    package init(literal string: String) {
        self.init(
            string, literalRanges: string.isEmpty ? [] : [0..<string.utf8.count], hasEmptyPart: string.isEmpty)
    }

    /// The empty text in the place of values of an identity that are not there.
    static let emptyPart = ExpressionText(literal: "")

    /// A part of a text that is literal, or a pattern, as a whole.
    package struct Run: Equatable, Sendable {
        package var string: String
        package var isLiteral: Bool
    }

    /// The parts in order.
    package var runs: [Run] {
        var runs: [Run] = []
        var position = 0
        let bytes = Array(self.string.utf8)
        func append(_ range: Range<Int>, isLiteral: Bool) {
            guard !range.isEmpty else { return }
            runs.append(Run(string: String(decoding: bytes[range], as: UTF8.self), isLiteral: isLiteral))
        }
        for range in self.literalRanges {
            append(position..<range.lowerBound, isLiteral: false)
            append(range, isLiteral: true)
            position = range.upperBound
        }
        append(position..<bytes.count, isLiteral: false)
        return runs
    }

    var asPattern: ExpressionText {
        ExpressionText(self.string, literalRanges: [], hasEmptyPart: self.hasEmptyPart)
    }
    var asLiteral: ExpressionText { ExpressionText(literal: self.string) }

    package mutating func append(_ other: ExpressionText) {
        let offset = self.string.utf8.count
        for range in other.literalRanges {
            let moved = range.lowerBound + offset..<range.upperBound + offset
            if let last = self.literalRanges.last, last.upperBound == moved.lowerBound {
                self.literalRanges[self.literalRanges.count - 1] = last.lowerBound..<moved.upperBound
            } else {
                self.literalRanges.append(moved)
            }
        }
        self.string += other.string
        if other.hasEmptyPart { self.hasEmptyPart = true }
    }

    func appending(_ other: ExpressionText) -> ExpressionText {
        var result = self
        result.append(other)
        return result
    }

    /// The bytes in `range`, which must lie on scalar boundaries.
    func slice(utf8 range: Range<Int>) -> ExpressionText {
        let start = self.string.utf8.index(self.string.startIndex, offsetBy: range.lowerBound)
        let end = self.string.utf8.index(start, offsetBy: range.count)
        let ranges = self.literalRanges.compactMap { literal -> Range<Int>? in
            let part = literal.clamped(to: range)
            return part.isEmpty ? nil : part.lowerBound - range.lowerBound..<part.upperBound - range.lowerBound
        }
        // An empty part of an identity's value is as empty as an empty value.
        let isEmptyPart = range.isEmpty && !self.literalRanges.isEmpty
        return ExpressionText(
            String(self.string[start..<end]), literalRanges: ranges,
            hasEmptyPart: self.hasEmptyPart || isEmptyPart)
    }

    /// The scalars from `lower` up to but not including `upper`, cut to what there is.
    func slice(scalars lower: Int, _ upper: Int) -> ExpressionText {
        let scalars = self.string.unicodeScalars
        let start = scalars.index(scalars.startIndex, offsetBy: lower, limitedBy: scalars.endIndex) ?? scalars.endIndex
        let end = scalars.index(start, offsetBy: upper - lower, limitedBy: scalars.endIndex) ?? scalars.endIndex
        let utf8 = self.string.utf8
        let offset = utf8.distance(from: utf8.startIndex, to: start)
        return self.slice(utf8: offset..<offset + utf8.distance(from: start, to: end))
    }

    /// Both ASCII cases have one byte a letter, so the marks stay where they are.
    func mappingASCII(_ transform: (UInt8) -> UInt8) -> ExpressionText {
        let bytes = self.string.utf8.map { $0 < 0x80 ? transform($0) : $0 }
        return ExpressionText(
            String(decoding: bytes, as: UTF8.self), literalRanges: self.literalRanges,
            hasEmptyPart: self.hasEmptyPart)
    }
}

extension ExpressionText: Equatable {
    /// Equal code points and equal marks. Unlike `String`, canonically equivalent texts are not equal.
    package static func == (left: ExpressionText, right: ExpressionText) -> Bool {
        left.string.hasSameScalars(as: right.string) && left.literalRanges == right.literalRanges
    }
}

extension String {
    /// Equality by code point: the language compares texts so, `String` by canonical equivalence.
    func hasSameScalars(as other: String) -> Bool {
        self.utf8.elementsEqual(other.utf8)
    }
}
