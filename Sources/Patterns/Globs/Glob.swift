/// A name pattern: `*` any characters, `?` one character, `[a-z]` and `[!a-z]` one of a class, `\` takes the next
/// character literally. The whole name must match. A `[` that is not closed is a character.
package struct Glob: Sendable {
    package enum Form: Equatable, Sendable {
        case any
        case exact(String)
        /// Text before one `*` at the end.
        case prefix([UInt8])
        case general(GlobElements)
    }

    /// A part of a pattern.
    package struct Part: Equatable, Sendable {
        package var text: String
        /// Whether nothing in it means more than itself.
        package var isLiteral: Bool

        package init(_ text: String, isLiteral: Bool) {
            self.text = text
            self.isLiteral = isLiteral
        }
    }

    /// How a pattern is read.
    package struct Options: Equatable, Sendable {
        /// Whether a letter stands for both its cases. Otherwise case counts.
        package var ignoresCase = false
        /// Whether `[a-z]` is a class. Otherwise `[` is a character.
        package var hasClasses = true

        package init(ignoresCase: Bool = false, hasClasses: Bool = true) {
            self.ignoresCase = ignoresCase
            self.hasClasses = hasClasses
        }
    }

    package let form: Form
    /// The pattern with what is literal escaped.
    package let source: String
    private let options: Options

    package static let any = Glob(pattern: "*")

    package init(pattern: String, options: Options = Options()) {
        self.init([Part(pattern, isLiteral: false)], options: options)
    }

    /// A glob that matches just this text.
    package init(literal text: String, options: Options = Options()) {
        self.init([Part(text, isLiteral: true)], options: options)
    }

    package init(_ parts: [Part], options: Options = Options()) {
        var parser = GlobParser(parts, options)
        let elements = parser.elements()
        self.source = parts.map { $0.isLiteral ? Self.escaped($0.text) : $0.text }.joined()
        self.options = options
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

    private static func form(of elements: GlobElements) -> Form {
        if elements.list == [.many] { return .any }
        var text = String.UnicodeScalarView()
        for (index, element) in elements.list.enumerated() {
            switch element {
            case .scalar(let value):
                if let scalar = Unicode.Scalar(value) { text.append(scalar) }
            case .many where index == elements.list.count - 1:
                return .prefix(Array(String(text).utf8))
            case .many, .one, .letter, .set:
                return .general(elements)
            }
        }
        return .exact(String(text))
    }

    /// The pattern, element by element, whatever its form.
    private var elements: GlobElements {
        switch self.form {
        case .any: GlobElements(list: [.many])
        case .exact(let name): GlobElements(list: name.unicodeScalars.map { .scalar($0.value) })
        case .prefix(let bytes):
            GlobElements(
                list: String(decoding: bytes, as: UTF8.self).unicodeScalars.map { .scalar($0.value) } + [.many])
        case .general(let elements): elements
        }
    }

    /// Whether it may match more than one name.
    package var isPattern: Bool {
        if case .exact = self.form { false } else { true }
    }

    package func matches(_ name: String) -> Bool {
        switch self.form {
        case .any: true
        case .exact(let exact): exact.utf8.elementsEqual(name.utf8)
        case .prefix(let bytes): name.utf8.starts(with: bytes)
        case .general(let elements): elements.matches(name)
        }
    }

    /// Whether every name that `other` matches is surely matched by this one. May be false for odd pairs of patterns.
    package func covers(_ other: Glob) -> Bool {
        if case .any = self.form { return true }
        return self.elements.covers(other.elements)
    }
}

extension Glob: Hashable {
    /// The pattern decides, byte by byte: what is literal in it is escaped.
    package static func == (left: Glob, right: Glob) -> Bool {
        left.source.utf8.elementsEqual(right.source.utf8) && left.options == right.options
    }

    package func hash(into hasher: inout Hasher) {
        var source = self.source
        source.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        // Ends the text, so that neighbours in a hash do not run into one another. UTF-8 has no such byte.
        hasher.combine(0xFF as UInt8)
    }
}
