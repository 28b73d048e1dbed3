import PolicyExpressions
import Testing

@Suite struct ExpressionErrorTests {
    @Test(arguments: [
        ("context.auth.type ==", 21, "The text ends where a value is expected."),
        ("true and false", 6, "Found 'and' (write '&&') where an operator or the end is expected."),
        ("1 = 1", 3, "'=' assigns nothing here; write '==' to compare."),
        ("1 === 1", 3, "'===' is not an operator; write '=='."),
        ("true & false", 6, "'&' is not an operator; write '&&'."),
        ("'abc", 1, "The string has no closing '."),
        ("'a\\q' == ''", 3, "'\\q' is not an escape; write '\\\\' for a backslash itself."),
        ("'\\ud800' == ''", 2, "'\\u' takes four hexadecimal digits that make a character, such as \\u00e9."),
        ("${true}", 1, "'${' is for templates; write the expression here without '${' and '}'."),
        ("1 < 2 < 3", 7, "Comparisons do not chain: '<' follows '<'; join two with '&&'."),
        ("(true", 6, "The text ends where ')' for the '(' at column 1 is expected."),
        ("[1, 2", 6, "The text ends where ',' or ']' is expected."),
        ("true ? 1", 9, "The text ends where ':' and the other branch of '?' is expected."),
        ("#", 1, "'#' does not belong in an expression."),
        ("\u{1}", 1, "'U+1' does not belong in an expression."),
        ("12a == 1", 3, "A number ends before 'a'; names do not start with a digit."),
        ("99999999999999999999 > 1", 1, "The number 99999999999999999999 is too large: 64 bits are the limit."),
        ("in == 1", 1, "Found 'in' where a value is expected."),
        ("record.headers.'x'", 16, "Found the string 'x' where a name after '.' is expected."),
        ("true true", 6, "Found 'true' where an operator or the end is expected."),
    ])
    func `a text that does not parse says where and what`(text: String, column: Int, message: String) {
        #expect(fault(text) == ExpressionError(column: column, message: message))
    }

    @Test(arguments: [
        (
            "context.auth.principal.nmae == 'x'", 1,
            "Unknown variable 'context.auth.principal.nmae'; did you mean 'context.auth.principal.name'?"
        ),
        (
            "true && principal.metadata.team == 'x'", 9,
            "Unknown variable 'principal.metadata.team'; did you mean 'context.auth.principal.metadata.team'?"
        ),
        (
            "foo", 1,
            "Unknown variable 'foo'; the condition of an acls policy offers context.auth.principal.id, "
                + "context.auth.principal.metadata, context.auth.principal.name, context.auth.token.claims, "
                + "context.auth.type."
        ),
        (
            "context.topic.name == 'x'", 1,
            "'context.topic' is not available here; the condition of an acls policy offers context.auth.principal.id, "
                + "context.auth.principal.metadata, context.auth.principal.name, context.auth.token.claims, "
                + "context.auth.type."
        ),
        (
            "context.auth.principal.name", 1,
            "'context.auth.principal.name' is a string, but the condition of an acls policy must give a boolean; "
                + "compare it with something."
        ),
        ("context.auth.type.startWith('a')", 19, "Unknown method 'startWith'; did you mean 'startsWith'?"),
        ("upper('a') == 'A'", 1, "Unknown function 'upper'; there are has, glob, size, string, int, double."),
        ("context.auth.type.length() > 1", 19, "'length' takes no '()'; write '.length'."),
        ("context.auth.type.includes() ", 19, "includes takes 1 argument, not 0."),
        ("context.auth.type.substring(1, 2, 3) == ''", 19, "substring takes 1 or 2 arguments, not 3."),
        ("context.auth.type.includes(1)", 28, "includes looks for a string, but '1' is a number."),
        (
            "context.auth.principal.metadata.x + null == ''", 35,
            "'+' adds numbers, or joins strings or arrays, but here stand a value and null ('null')."
        ),
        ("1 && true", 1, "'&&' takes booleans, but '1' is a number."),
        ("!'x'", 1, "'!' takes a boolean, but ''x'' is a string."),
        ("'a' < 1", 5, "'<' compares two numbers or two strings, not a string with a number."),
        (
            "'a' in context.auth.type", 5,
            "'in' looks into arrays and maps, but 'context.auth.type' is a string; use includes(...)."
        ),
        ("context.auth.type - 1 == 0", 19, "'-' takes numbers, but here stand a string and a number ('1')."),
        ("context.auth.type.name == 'x'", 19, "'context.auth.type' is a string and has no field 'name'."),
        (
            "has(true)", 5,
            "has asks whether a selection exists, such as has(context.auth.principal.id); 'true' is not one."
        ),
        (
            "context.auth.type.match(context.auth.type)", 38,
            "The pattern of match must be a string literal, so that it can be checked now."
        ),
        (
            "context.auth.type.match('a(b')", 27,
            "In the pattern 'a(b': '(' has no ')'; write '\\(' for the character."
        ),
        (
            "context.auth.type.matches('\\u0041(?=b)')", 34,
            "In the pattern 'A(?=b)': Look-around '(?=' is not supported: patterns are RE2's."
        ),
    ])
    func `an expression that cannot work says where and what`(text: String, column: Int, message: String) {
        #expect(fault(text, for: .aclCondition) == ExpressionError(column: column, message: message))
    }

    @Test func `an error describes itself with its column`() {
        #expect(fault("1 = 1")?.description == "Column 3: '=' assigns nothing here; write '==' to compare.")
    }

    @Test func `a string for names is told to stand in brackets`() {
        let text = "context.auth.principal.name + '-*'"
        #expect(
            fault(text, for: .resourceNames)?.message
                == "'\(text)' is a string, but resource_names of an acls rule must give an array of strings; "
                + "write it in '[' and ']'.")
    }

    @Test(arguments: [
        (ExpressionPlace.aclCondition, "record.headers['x'] == '1'"),
        (.resourceNames, "[context.topic.name]"),
        (.aliasCondition, "record.value.content.x == 1"),
        (.recordCondition, "record.value.validated"),
        (.fieldPaths, "[record.value.schema.format]"),
        (.principalMapping, "context.auth.principal.name"),
        (.secret, "${record.headers['x']}"),
        (.aclCondition, "vault.env['X'] == ''"),
    ])
    func `a variable that the place does not offer is refused`(place: ExpressionPlace, text: String) {
        #expect(fault(text, for: place)?.message.contains("is not available here") == true)
    }

    @Test func `a text of a thousand characters passes and one more does not`() {
        let filler = String(repeating: " ", count: 996)
        #expect(fault("true" + filler) == nil)
        #expect(
            fault("true " + filler)
                == ExpressionError(column: 1001, message: "The text is longer than 1000 characters."))
    }

    @Test(arguments: [
        String(repeating: "(", count: 64) + "true", String(repeating: "[", count: 500),
        String(repeating: "!", count: 70) + "true", "context" + String(repeating: ".a", count: 80),
        String(repeating: "true ? true : ", count: 70) + "true",
    ])
    func `deep nesting is refused`(text: String) {
        #expect(fault(text) != nil)
    }

    @Test func `long chains of one operator are not deep`() throws {
        #expect(try evaluate(Array(repeating: "true", count: 120).joined(separator: " && ")))
        #expect(try evaluate(Array(repeating: "1", count: 200).joined(separator: " + ") + " == 200"))
        let nested = String(repeating: "(", count: 60) + "true" + String(repeating: ")", count: 60)
        #expect(try evaluate(nested))
    }
}
