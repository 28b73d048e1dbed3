import PolicyExpressions
import Testing

/// Random inputs: nothing traps, and errors point into the text.
@Suite struct RobustnessTests {
    private static let places: [ExpressionPlace] = [
        .aclCondition, .resourceNames, .parsedRecordCondition, .fieldPaths, .principalMapping, .secret,
    ]

    private static let tokens = [
        "context.auth.principal.name", "context.auth.token.claims", "context.auth.principal.metadata.x",
        "record.value.content", "record.headers", "context.certificate.subject['CN']", "vault.env", "context.auth",
        "true", "false", "null", "0", "1", "-1", "1.5", "9223372036854775807", "18446744073709551615", "1e308", "'a'",
        "'*'", "\"b\"", "''", "'x.y[0]'", "(", ")", "[", "]", "+", "-", "*", "/", "%", "==", "!=", "<", ">=", "in",
        "&&",
        "||", "!", "?", ":", ".", ",", ".x", ".length", ".size()", ".includes(", ".split('')", ".join('')",
        ".substring(",
        ".match('(a|b)*c{2,3}[^x]')", "has(", "glob(", "string(", "int(", "double(", "${", "}", "$", "[0]", "['k']",
        ".upperAscii()", " ", "\n", "é", "😀",
    ]

    private static let variables: ExpressionVariables = {
        var variables = identity(
            "ali*", metadata: ["x": [1, "a", .null, ["k": .uint(.max)]]],
            claims: ["k": "v", "x": ["length": -1.5], "list": [.double(.infinity), .double(.nan)]])
        variables.set(["record", "value", "content"], ["x": ["y": [1, 2]], "k": [true]])
        variables.set(["record", "headers"], ["k": "é"])
        variables.set(["context", "certificate", "subject"], ["CN": "etl"])
        variables.set(["vault", "env"], ["k": "v"])
        return variables
    }()

    private func exercise(_ text: String) {
        for place in Self.places {
            do throws(ExpressionError) {
                let expression = try Expression(parsing: text, for: place)
                _ = try? expression.evaluate(Self.variables)
                _ = try? expression.evaluate(ExpressionVariables())
            } catch {
                #expect((1...text.unicodeScalars.count + 1).contains(error.column), "\(text)")
                #expect(!error.message.isEmpty)
            }
        }
    }

    @Test func `sequences of random tokens`() {
        var generator = Seeded(state: 1)
        for _ in 0..<4_000 {
            let count = Int.random(in: 1...14, using: &generator)
            self.exercise((0..<count).compactMap { _ in Self.tokens.randomElement(using: &generator) }.joined())
        }
    }

    @Test func `random bytes`() {
        var generator = Seeded(state: 2)
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            self.exercise(String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test func `every prefix and every lost character of a long expression`() {
        let text =
            "context.auth.type == 'sasl_oauth_bearer' ? glob(context.auth.token.claims['topics']) : ['public-*', "
            + "context.auth.principal.name.match('^(?i:a|b{2,3})[^\\\\d]$') ? 'x' : 'y\\u00e9' + 1.5e3]"
        let scalars = Array(text.unicodeScalars)
        for index in scalars.indices {
            self.exercise(String(String.UnicodeScalarView(scalars[..<index])))
            self.exercise(String(String.UnicodeScalarView(scalars[..<index] + scalars[(index + 1)...])))
        }
    }

    @Test func `random patterns`() {
        var generator = Seeded(state: 3)
        let parts = [
            "a", "(", ")", "[", "]", "*", "+", "?", "{2,3}", "|", "^", "$", ".", "(?i)", "(?:", "[^", "-", "b", ",",
            "{",
        ]
        for _ in 0..<4_000 {
            let count = Int.random(in: 1...10, using: &generator)
            let pattern = (0..<count).compactMap { _ in parts.randomElement(using: &generator) }.joined()
            self.exercise("'aabba'.match('\(pattern)')")
        }
    }
}
