/// A regular expression made at random, with the slow and obvious meaning: all places where it may end.
indirect enum ExpressionReference {
    case character(Unicode.Scalar)
    case dot
    case digit
    case set([Unicode.Scalar], isNegated: Bool)
    case start, end, boundary, notBoundary
    case sequence([ExpressionReference])
    case alternatives([ExpressionReference])
    case repeated(ExpressionReference, Int, Int?)

    static let alphabet: [Unicode.Scalar] = ["a", "b", "B", "_", "-", "7", "é", "\n"]

    static func random(depth: Int, using random: inout SeededGenerator) -> ExpressionReference {
        func character() -> Unicode.Scalar { Self.alphabet.randomElement(using: &random) ?? "a" }
        func children() -> [ExpressionReference] {
            (0..<Int.random(in: 0...3, using: &random)).map { _ in Self.random(depth: depth - 1, using: &random) }
        }
        switch Int.random(in: 0..<(depth > 0 ? 16 : 9), using: &random) {
        case 0...3: return .character(character())
        case 4: return .dot
        case 5: return .digit
        case 6, 7:
            let members = (0..<Int.random(in: 1...3, using: &random)).map { _ in character() }
            return .set(members, isNegated: Bool.random(using: &random))
        case 8: return [.start, .end, .boundary, .notBoundary].randomElement(using: &random) ?? .start
        case 9...11: return .sequence(children())
        case 12, 13: return .alternatives(children())
        default:
            let item = Self.random(depth: depth - 1, using: &random)
            let minimum = Int.random(in: 0...3, using: &random)
            let maximum = Bool.random(using: &random) ? nil : minimum + Int.random(in: 0...2, using: &random)
            return .repeated(item, minimum, maximum)
        }
    }

    /// As a pattern.
    var text: String {
        switch self {
        case .character(let scalar): Self.quoted(scalar)
        case .dot: "."
        case .digit: "\\d"
        case .set(let members, let isNegated): "[\(isNegated ? "^" : "")\(members.map(Self.quoted).joined())]"
        case .start: "^"
        case .end: "$"
        case .boundary: "\\b"
        case .notBoundary: "\\B"
        case .sequence(let items): "(?:\(items.map(\.text).joined()))"
        case .alternatives(let items): "(\(items.map(\.text).joined(separator: "|")))"
        case .repeated(let item, 0, nil): "(?:\(item.text))*"
        case .repeated(let item, 1, nil): "(\(item.text))+?"
        case .repeated(let item, 0, 1): "(?:\(item.text))?"
        case .repeated(let item, let minimum, let maximum):
            "(?:\(item.text)){\(minimum)\(maximum == minimum ? "" : ",\(maximum.map(String.init) ?? "")")}"
        }
    }

    private static func quoted(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "-", "_": "\\\(scalar)"
        default: String(scalar)
        }
    }

    /// The places where a match that begins at `start` may end.
    func ends(_ text: [Unicode.Scalar], from start: Int) -> Set<Int> {
        func one(_ isAccepted: (Unicode.Scalar) -> Bool) -> Set<Int> {
            start < text.count && isAccepted(text[start]) ? [start + 1] : []
        }
        func isWord(_ index: Int) -> Bool {
            text.indices.contains(index)
                && (text[index].isASCII && text[index].properties.isAlphabetic
                    || ("0"..."9").contains(text[index]) || text[index] == "_")
        }
        let isBoundary = isWord(start - 1) != isWord(start)
        switch self {
        case .character(let scalar): return one { $0 == scalar }
        case .dot: return one { $0 != "\n" }
        case .digit: return one { ("0"..."9").contains($0) }
        case .set(let members, let isNegated): return one { members.contains($0) != isNegated }
        case .start: return start == 0 ? [start] : []
        case .end: return start == text.count ? [start] : []
        case .boundary: return isBoundary ? [start] : []
        case .notBoundary: return isBoundary ? [] : [start]
        case .sequence(let items):
            return items.reduce([start]) { places, item in
                places.reduce(into: []) { $0.formUnion(item.ends(text, from: $1)) }
            }
        case .alternatives(let items):
            // No branch at all is written as one that is empty.
            return items.isEmpty ? [start] : items.reduce(into: []) { $0.formUnion($1.ends(text, from: start)) }
        case .repeated(let item, let minimum, let maximum):
            // More rounds than there are places reach nothing new.
            let rounds = maximum ?? minimum + text.count + 1
            var places: Set<Int> = [start]
            var ends: Set<Int> = minimum == 0 ? places : []
            for round in 0..<rounds {
                places = places.reduce(into: []) { $0.formUnion(item.ends(text, from: $1)) }
                if round + 1 >= minimum { ends.formUnion(places) }
            }
            return ends
        }
    }

    func isFound(in text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        return (0...scalars.count).contains { !self.ends(scalars, from: $0).isEmpty }
    }

    func isWhole(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        return self.ends(scalars, from: 0).contains(scalars.count)
    }
}
