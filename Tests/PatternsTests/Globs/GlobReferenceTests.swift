import Testing

@testable import Patterns

@Suite struct GlobReferenceTests {
    /// One piece of a pattern made at random, with what it means.
    private enum Piece {
        case character(Unicode.Scalar, text: String)
        case one
        case many
        case set([Unicode.Scalar], isNegated: Bool)

        static func random(using random: inout SeededGenerator) -> Piece {
            let scalar = GlobReferenceTests.alphabet.randomElement(using: &random) ?? "a"
            switch Int.random(in: 0..<10, using: &random) {
            case 0...3:
                let isEscaped = "*?[]\\".unicodeScalars.contains(scalar) || Bool.random(using: &random)
                return .character(scalar, text: isEscaped ? "\\\(scalar)" : String(scalar))
            case 4, 5: return .one
            case 6, 7: return .many
            default:
                let other = GlobReferenceTests.alphabet.randomElement(using: &random) ?? "b"
                return .set([scalar, other], isNegated: Bool.random(using: &random))
            }
        }

        var text: String {
            switch self {
            case .character(_, let text): text
            case .one: "?"
            case .many: "*"
            case .set(let members, let isNegated):
                "[\(isNegated ? "!" : "")\(members.map { "\\\($0)" }.joined())]"
            }
        }
    }

    private static let alphabet: [Unicode.Scalar] = ["a", "b", "B", "*", "[", "]", "\\", "-", "é"]

    private static func lower(_ scalar: Unicode.Scalar) -> String { scalar.properties.lowercaseMapping }

    /// Tries every way, one after the other.
    private static func matches(_ pieces: ArraySlice<Piece>, _ name: ArraySlice<Unicode.Scalar>, caseless: Bool) -> Bool
    {
        func isSame(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
            caseless ? Self.lower(left) == Self.lower(right) : left == right
        }
        guard let piece = pieces.first else { return name.isEmpty }
        let rest = pieces.dropFirst()
        if case .many = piece {
            return (0...name.count).contains { Self.matches(rest, name.dropFirst($0), caseless: caseless) }
        }
        guard let scalar = name.first else { return false }
        let isAccepted =
            switch piece {
            case .character(let own, _): isSame(own, scalar)
            case .one: true
            case .many: false
            case .set(let members, let isNegated): members.contains { isSame($0, scalar) } != isNegated
            }
        return isAccepted && Self.matches(rest, name.dropFirst(), caseless: caseless)
    }

    @Test(arguments: [false, true])
    func `random globs match as the reference does`(caseless: Bool) {
        var random = SeededGenerator(seed: caseless ? 11 : 12)
        var found = 0
        for _ in 0..<1_500 {
            let pieces = (0..<Int.random(in: 0...6, using: &random)).map { _ in Piece.random(using: &random) }
            let pattern = pieces.map(\.text).joined()
            let glob = Glob(pattern: pattern, options: .init(ignoresCase: caseless))
            for _ in 0..<6 {
                let name = random.text(of: Self.alphabet, upTo: 6)
                let expected = Self.matches(pieces[...], Array(name.unicodeScalars)[...], caseless: caseless)
                #expect(glob.matches(name) == expected, "\(pattern) for \(name)")
                if expected { found += 1 }
            }
        }
        #expect(found > 500)
    }

    @Test func `what covers a glob matches all that it matches`() {
        var random = SeededGenerator(seed: 13)
        var covers = 0
        for _ in 0..<4_000 {
            let wide = (0..<Int.random(in: 0...4, using: &random)).map { _ in Piece.random(using: &random).text }
                .joined()
            let narrow = (0..<Int.random(in: 0...4, using: &random)).map { _ in Piece.random(using: &random).text }
                .joined()
            let (outer, inner) = (Glob(pattern: wide), Glob(pattern: narrow))
            guard outer.covers(inner) else { continue }
            covers += 1
            for _ in 0..<10 {
                let name = random.text(of: Self.alphabet, upTo: 5)
                #expect(!inner.matches(name) || outer.matches(name), "\(wide) over \(narrow) for \(name)")
            }
        }
        #expect(covers > 200)
    }
}
