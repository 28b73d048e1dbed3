import PolicyExpressions
import Testing

@Suite struct LiteralTextTests {
    /// The names with literal parts in `<` and `>`.
    private func names(_ text: String, _ variables: ExpressionVariables) throws -> [String] {
        try Expression(parsing: text, for: .resourceNames).evaluateTexts(variables).map { text in
            text.runs.map { $0.isLiteral ? "<\($0.string)>" : $0.string }.joined()
        }
    }

    @Test(
        arguments: [
            ("[context.auth.principal.name + '-*']", ["<ali*>-*"]),
            ("['x-' + context.auth.principal.name + '-' + context.auth.principal.name]", ["x-<ali*>-<ali*>"]),
            ("[context.auth.principal.name + context.auth.principal.name]", ["<ali*ali*>"]),
            ("[glob(context.auth.principal.name) + '-*']", ["ali*-*"]),
            ("glob(context.auth.token.claims['topics'])", ["a*", "b"]),
            ("context.auth.token.claims.topics", ["<a*>", "<b>"]),
            ("context.auth.token.claims.topics + ['c*']", ["<a*>", "<b>", "c*"]),
            ("[context.auth.principal.name.substring(2) + '*']", ["<i*>*"]),
            ("[('x*' + context.auth.principal.name).substring(1, 4)]", ["*<al>"]),
            ("[context.auth.principal.name.upperAscii()]", ["<ALI*>"]),
            ("context.auth.token.claims.csv.split(',')", ["<p*>", "<q>"]),
            ("[context.auth.token.claims.topics.join('|*|')]", ["<a*>|*|<b>"]),
            ("[string(context.auth.principal.name)]", ["<ali*>"]),
            ("[context.auth.type == 'sasl_oauth_bearer' ? context.auth.principal.name : 'x']", ["<ali*>"]),
            ("context.auth.type == 'x' ? glob(context.auth.token.claims['topics']) : ['public-*']", ["public-*"]),
            ("[context.auth.token.claims.deep.a[0]]", ["<d?>"]),
            ("[context.auth.principal.metadata.team + '.*']", ["<[x]>.*"]),
            ("['*' + '']", ["*"]),
            ("[]", []),
        ] as [(String, [String])])
    func `the mark follows the characters`(text: String, expected: [String]) throws {
        let variables = identity(
            "ali*", metadata: ["team": "[x]"],
            claims: ["topics": ["a*", "b"], "csv": "p*,q", "deep": ["a": ["d?"]]])
        #expect(try self.names(text, variables) == expected)
    }

    @Test(arguments: [
        ("[context.auth.token.claims.p + '*']", "'context.auth.token.claims.p' is absent"),
        ("context.auth.token.claims.p", "'context.auth.token.claims.p' is absent"),
        ("[context.auth.token.claims.n]", "must give an array of strings; one element is a number."),
        ("context.auth.token.claims.n", "must give an array of strings, not a number."),
        ("glob(context.auth.token.claims.n)", "glob takes a string or an array of strings."),
        ("context.auth.token.claims.many", "must give at most 50 strings, not 51."),
    ])
    func `names that are none fail`(text: String, message: String) throws {
        let many = ExpressionValue.array(Array(repeating: "x", count: 51))
        let error = #expect(throws: EvaluationError.self) {
            try self.names(text, identity("a", claims: ["n": 1, "many": many]))
        }
        #expect(error?.description.contains(message) == true)
    }
}
