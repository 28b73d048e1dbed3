import Testing

@testable import Patterns

@Suite struct ExpressionReferenceTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `random patterns match as the reference does`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var found = 0
        var compared = 0
        for _ in 0..<400 {
            let reference = ExpressionReference.random(depth: 3, using: &random)
            let expression = try RegularExpression(parsing: reference.text)
            let table = expression.tabulated()
            let whole = try NamePattern(reference.text)
            for _ in 0..<8 {
                let text = random.text(of: ExpressionReference.alphabet, upTo: 7)
                let expected = reference.isFound(in: text)
                #expect(expression.isFound(in: text) == expected, "\(reference.text) in \(text.debugDescription)")
                #expect(table.isFound(in: text) == expected, "\(reference.text) in \(text.debugDescription)")
                let isWhole = whole.matching([text], steps: .max) == [text]
                #expect(isWhole == reference.isWhole(text), "\(reference.text) for \(text.debugDescription)")
                compared += 1
                if expected { found += 1 }
            }
        }
        // Both answers are frequent, so that neither is compared in vain.
        #expect(found > compared / 10 && found < compared * 9 / 10, "\(found) of \(compared)")
    }

    @Test func `no text traps, and where it is refused is in it`() {
        let pieces = [
            "a", "é", "(", ")", "(?:", "(?i", "(?P<n>", "[", "[^", "]", "[:alpha:]", "*", "+", "?", "|", "{2}", "{2,",
            "{,3}", "}", "\\", "\\d", "\\x{", "\\x41", "-", "^", "$", ".", "\\b", "\\1", "99999999999999999999",
            "\u{0}",
        ]
        var random = SeededGenerator(seed: 20_261_130)
        for round in 0..<6_000 {
            let text = (0..<Int.random(in: 0...12, using: &random))
                .map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }.joined()
            let options = RegularExpression.Options(
                ignoresCase: round % 2 == 0, dotMatchesNewline: round % 3 == 0, isLenient: round % 5 < 2)
            do throws(PatternError) {
                let expression = try RegularExpression(parsing: text, options: options)
                let name = random.text(of: ExpressionReference.alphabet, upTo: 10)
                #expect(expression.tabulated().isFound(in: name) == expression.isFound(in: name), "\(text) in \(name)")
            } catch {
                #expect((0...text.unicodeScalars.count).contains(error.offset), "\(text)")
                #expect(error.message.last == ".", "\(error.message)")
            }
        }
    }
}
