/// What a name has to consist of, element by element.
package struct GlobElements: Equatable, Sendable {
    /// Holds no reference: matching copies elements for each character of a name.
    enum Element: Equatable, Sendable {
        case scalar(UInt32)
        /// An ASCII letter in either case; here in lower case.
        case letter(UInt32)
        case one
        case many
        /// An index into ``sets``.
        case set(Int)
    }

    private(set) var list: [Element] = []
    private var sets: [ScalarSet] = []

    init(list: [Element] = []) {
        self.list = list
    }

    mutating func append(_ element: Element) {
        // Several in a row mean no more than one.
        if element == .many, self.list.last == .many { return }
        self.list.append(element)
    }

    mutating func append(_ set: ScalarSet) {
        self.list.append(.set(self.sets.count))
        self.sets.append(set)
    }

    package func matches(_ name: String) -> Bool {
        // Called for the names of every request: decoding the bytes here is faster than iterating over scalars.
        let isMatch = name.utf8.withContiguousStorageIfAvailable { bytes in
            self.consumes(ScalarsOfUTF8(bytes: bytes)) { self.accepts($1, $0) }
        }
        return isMatch ?? self.consumes(name.unicodeScalars) { self.accepts($1.value, $0) }
    }

    /// Whether every name that `other` matches is surely matched by these.
    func covers(_ other: GlobElements) -> Bool {
        self.consumes(other.list) { self.accepts($1, of: other, $0) }
    }

    /// Matches all of `input`. Only the last `*` is ever widened, so the cost is the product of the lengths at most.
    func consumes<Input: Collection>(_ input: Input, accepts: (Element, Input.Element) -> Bool) -> Bool {
        var position = input.startIndex
        var index = 0
        var star: (index: Int, position: Input.Index)?
        while position != input.endIndex {
            if index < self.list.count, self.list[index] == .many {
                star = (index, position)
                index += 1
            } else if index < self.list.count, accepts(self.list[index], input[position]) {
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
        return self.list[index...].allSatisfy { $0 == .many }
    }

    func accepts(_ value: UInt32, _ element: Element) -> Bool {
        switch element {
        case .scalar(let own): own == value
        case .letter(let lower): value < 0x80 ? value | 0x20 == lower : ScalarSet.asciiVariant(of: value) == lower
        case .one: true
        case .many: false
        case .set(let place): self.sets[place].contains(value)
        }
    }

    /// Whether a one-character element accepts all that `theirs`, an element of another pattern, stands for.
    private func accepts(_ theirs: Element, of other: GlobElements, _ own: Element) -> Bool {
        switch (own, theirs) {
        case (_, .many): false
        case (.one, _): true
        case (_, .scalar(let value)): self.accepts(value, own)
        case (.letter, .letter): own == theirs
        case (.set(let place), .set(let otherPlace)): self.sets[place] == other.sets[otherPlace]
        case (_, .one), (_, .letter), (_, .set): false
        }
    }
}

/// The scalars of a string's bytes, which are well-formed UTF-8.
private struct ScalarsOfUTF8: Collection {
    let bytes: UnsafeBufferPointer<UInt8>

    var startIndex: Int { 0 }
    var endIndex: Int { self.bytes.count }

    subscript(position: Int) -> UInt32 {
        let first = UInt32(self.bytes[position])
        switch first {
        case ..<0x80: return first
        case ..<0xE0: return (first & 0x1F) << 6 | self.rest(position + 1)
        case ..<0xF0: return (first & 0x0F) << 12 | self.rest(position + 1) << 6 | self.rest(position + 2)
        default:
            return (first & 0x07) << 18 | self.rest(position + 1) << 12 | self.rest(position + 2) << 6
                | self.rest(position + 3)
        }
    }

    private func rest(_ position: Int) -> UInt32 { UInt32(self.bytes[position] & 0x3F) }

    func index(after position: Int) -> Int {
        switch self.bytes[position] {
        case ..<0x80: position + 1
        case ..<0xE0: position + 2
        case ..<0xF0: position + 3
        default: position + 4
        }
    }
}
