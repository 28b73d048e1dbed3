import PolicyExpressions
import Resources

/// A name pattern: `*` any characters, `?` one character, `[a-z]` and `[!a-z]` one of a class, `\` takes the next
/// character literally. The whole name must match; case counts. A `[` that is not closed is a character.
struct Glob: Sendable {
    enum Element: Equatable, Sendable {
        case scalar(UInt32)
        case one
        case many
        case set([ClosedRange<UInt32>], isNegated: Bool)
    }

    enum Form: Equatable, Sendable {
        case any
        case exact(String)
        /// Text before one `*` at the end.
        case prefix([UInt8])
        case general([Element])
    }

    let form: Form
    /// The pattern with what is literal escaped.
    let source: String

    static let any = Glob(pattern: "*")

    init(pattern: String) {
        self.init(ExpressionText(pattern: pattern))
    }

    init(_ text: ExpressionText) {
        var parser = GlobParser(text)
        let elements = parser.elements()
        self.source = text.runs.map { $0.isLiteral ? Self.escaped($0.string) : $0.string }.joined()
        self.form = Self.form(of: elements)
    }

    private static func escaped(_ literal: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in literal.unicodeScalars {
            if "*?[]\\".unicodeScalars.contains(scalar) { result.append("\\") }
            result.append(scalar)
        }
        return String(result)
    }

    private static func form(of elements: [Element]) -> Form {
        if elements == [.many] { return .any }
        var text = String.UnicodeScalarView()
        for (index, element) in elements.enumerated() {
            switch element {
            case .scalar(let value):
                if let scalar = Unicode.Scalar(value) { text.append(scalar) }
            case .many where index == elements.count - 1:
                return .prefix(Array(String(text).utf8))
            case .many, .one, .set:
                return .general(elements)
            }
        }
        return .exact(String(text))
    }

    /// The pattern, element by element, whatever its form.
    private var elements: [Element] {
        switch self.form {
        case .any: [.many]
        case .exact(let name): name.unicodeScalars.map { .scalar($0.value) }
        case .prefix(let bytes):
            String(decoding: bytes, as: UTF8.self).unicodeScalars.map { .scalar($0.value) } + [.many]
        case .general(let elements): elements
        }
    }

    /// Whether it may match more than one name.
    var isPattern: Bool {
        if case .exact = self.form { false } else { true }
    }

    func matches(_ name: String) -> Bool {
        switch self.form {
        case .any: true
        case .exact(let exact): exact.utf8.elementsEqual(name.utf8)
        case .prefix(let bytes): name.utf8.starts(with: bytes)
        case .general(let elements): Self.matches(elements, name)
        }
    }

    static func matches(_ elements: [Element], _ name: String) -> Bool {
        self.consumes(elements, name.unicodeScalars) { $0.accepts($1.value) }
    }

    /// Whether every name that `other` matches is surely matched by this one. May be false for odd pairs of patterns.
    func covers(_ other: Glob) -> Bool {
        if case .any = self.form { return true }
        return Self.consumes(self.elements, other.elements) { $0.accepts($1) }
    }

    /// Matches all of `input`. Only the last `*` is ever widened, so the cost is the product of the lengths at most.
    private static func consumes<Input: Collection>(
        _ pattern: [Element], _ input: Input, accepts: (Element, Input.Element) -> Bool
    ) -> Bool {
        var position = input.startIndex
        var index = 0
        var star: (index: Int, position: Input.Index)?
        while position != input.endIndex {
            if index < pattern.count, pattern[index] == .many {
                star = (index, position)
                index += 1
            } else if index < pattern.count, accepts(pattern[index], input[position]) {
                index += 1
                input.formIndex(after: &position)
            } else if let last = star {
                position = input.index(after: last.position)
                star = (last.index, position)
                index = last.index + 1
            } else {
                return false
            }
        }
        return pattern[index...].allSatisfy { $0 == .many }
    }
}

extension Glob: Hashable {
    /// The pattern decides, byte by byte: what is literal in it is escaped.
    static func == (left: Glob, right: Glob) -> Bool {
        left.source.hasSameBytes(as: right.source)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(WireName(self.source))
    }
}

extension Glob.Element {
    func accepts(_ value: UInt32) -> Bool {
        switch self {
        case .scalar(let own): own == value
        case .one: true
        case .many: false
        case .set(let ranges, let isNegated): ranges.contains { $0.contains(value) } != isNegated
        }
    }

    /// Whether this one-character element accepts all that `other`, an element of another pattern, stands for.
    func accepts(_ other: Glob.Element) -> Bool {
        switch (self, other) {
        case (_, .many): false
        case (.one, _): true
        case (_, .scalar(let value)): self.accepts(value)
        case (.set, .set): self == other
        case (_, .one), (_, .set): false
        }
    }
}
