import PolicyExpressions
import Testing

@Suite struct TemplateTests {
    private func secret(_ text: String) throws -> String? {
        var variables = ExpressionVariables()
        variables.set(["vault", "env"], ["HOST": "kafka", "N": "1"])
        return try Expression(parsing: text, for: .secret).evaluate(variables).stringValue
    }

    @Test(arguments: [
        ("https://${vault.env['HOST']}:8081", "https://kafka:8081"),
        ("${env.HOST}", "kafka"),
        ("plain", "plain"),
        ("$${vault.env['HOST']}", "${vault.env['HOST']}"),
        ("a${'}'}b", "a}b"),
        ("${vault.env.HOST}${vault.env.N}", "kafka1"),
        ("${1 + 2} and ${true}", "3 and true"),
        (" x ", " x "),
        ("", ""),
    ])
    func `literal text and parts join`(text: String, expected: String) throws {
        #expect(try self.secret(text) == expected)
    }

    @Test func `an unclosed part is refused with a way out`() {
        #expect(
            fault("ab${vault.env.X", for: .secret)
                == ExpressionError(
                    column: 3, message: "'${' is not closed by '}'; write '$${' for a literal '${'."))
    }

    @Test func `a fault inside a part has its column in the whole text`() {
        #expect(fault("ab${1 = 1}", for: .secret)?.column == 7)
    }

    @Test(arguments: ["${ ['a', 'b'] }", "  ${['a', 'b']} ", "['a', 'b']"])
    func `a whole part keeps its type`(text: String) throws {
        let value = try Expression(parsing: text, for: .fieldPaths).evaluate(ExpressionVariables())
        #expect(value.isEqual(to: ["a", "b"]))
    }

    @Test func `text around a part is no array`() {
        #expect(fault("${'a'}${'b'}", for: .fieldPaths) != nil)
        #expect(fault("customer.phone", for: .principalMapping) != nil)
    }

    @Test func `a principal comes from the certificate`() throws {
        let text =
            "${ context.certificate.subject['CN'] ? context.certificate.subject['CN'] : "
            + "context.certificate.sans.uri[0] }"
        let mapping = try Expression(parsing: text, for: .principalMapping)
        var variables = ExpressionVariables()
        variables.set(["context", "certificate"], ["subject": [:], "sans": ["uri": ["spiffe://a"]]])
        #expect(try mapping.evaluate(variables).stringValue == "spiffe://a")
        variables.set(["context", "certificate", "subject"], ["CN": "etl"])
        #expect(try mapping.evaluate(variables).stringValue == "etl")
    }
}
