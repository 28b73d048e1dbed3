import PolicyExpressions
import Testing

@Suite struct OperatorTests {
    @Test(arguments: [
        "true || false && false", "!false && true", "1 + 2 * 3 == 7", "(1 + 2) * 3 == 9", "10 - 2 - 3 == 5",
        "7 / 2 == 3", "-7 / 2 == -3", "7 % 4 == 3", "7.5 % 2 == 1.5", "7 / 2.0 == 3.5", "- -1 == 1", "3 == 3.0",
        "(1 < 2) == true ? true : false", "false ? false : true ? true : false", "'a' + 'b' == 'ab'",
        "'n' + 1 == 'n1'", "1 + 'n' == '1n'", "'t' + true == 'ttrue'", "'d' + 1.50 == 'd1.5'", "'i' + 2.0 == 'i2'",
        "[1] + [2, 3] == [1, 2, 3]", "'a' < 'b'", "'B' < 'a'", "'ab' >= 'a'", "2 in [1, 2.0]", "!('x' in ['a'])",
        "1 != '1'", "null == null", "null != false", "[1, [2]] == [1.0, [2]]", "'\\u00e9\\t\\/\\\"' == 'é\t/\"'",
        "\"it's\" == 'it\\'s'", "'\\ud83d\\ude00' == '😀'", "'\\u00e9' != 'e\\u0301'", "1e3 == 1000", "2.5E-1 == 0.25",
        "9223372036854775808 > 9223372036854775807", "18446744073709551615 == 18446744073709551614 + 1",
        "-9223372036854775808 < 0", "9007199254740993 != 9007199254740992.0", "9223372036854775807 < 1e19",
        "'' ? false : true", "0 ? false : true", "null ? false : true", "[] ? true : false", "'0' ? true : false",
        "\n  true\n  &&\ttrue ", "[1, 2][1] == 2", "'abc'.length == 3", "[1, 2].length == 2", "'😀é'.length == 2", "",
        "  ",
    ])
    func `holds`(text: String) throws {
        #expect(try evaluate(text))
    }

    @Test(arguments: [
        ("1 / 0 == 1", "Column 3: '/' divides by zero."),
        ("1 % 0 == 1", "Column 3: '%' divides by zero."),
        ("1.0 / 0 == 1", "Column 5: '/' divides by zero."),
        ("18446744073709551615 + 1 == 0", "Column 22: The result of '+' does not fit 64 bits."),
        ("18446744073709551615 * 18446744073709551615 == 0", "Column 22: The result of '*' does not fit 64 bits."),
        ("-18446744073709551615 == 0", "Column 1: The result of '-' does not fit 64 bits."),
        ("1e308 * 10 == 0", "Column 7: The result of '*' does not fit 64 bits."),
    ])
    func `arithmetic that has no result fails`(text: String, message: String) throws {
        #expect(try fails(text) == message)
    }

    @Test(arguments: [
        ("record.value.content.n > 3", "'>' compares two numbers or two strings, not a string with a number."),
        ("record.value.content.n", "must give true or false, not a string."),
        ("!record.value.content.n", "'record.value.content.n' is a string where a boolean is needed."),
        ("record.value.content.n.x == 1", "'record.value.content.n' is a string and has no field 'x'."),
        ("'a' in record.value.content.n", "is a string; 'in' looks into arrays and maps."),
        ("-record.value.content.n == 1", "is a string where a number is needed."),
        ("record.value.content.n[0] == 'x'", "is a string and cannot be indexed by a number."),
    ])
    func `a value of the wrong type fails without being shown`(text: String, message: String) throws {
        let error = try #require(try fails(text, content(["n": "s3cret"])))
        #expect(error.contains(message))
        #expect(!error.contains("s3cret"))
    }

    @Test(arguments: [
        ("false && record.value.content.n > 3", false), ("record.value.content.n > 3 && false", false),
        ("true || record.value.content.n > 3", true), ("record.value.content.n > 3 || true", true),
        ("record.value.content.n > 3 && record.value.content.n > 4 && false", false),
    ])
    func `the side that decides alone absorbs an error`(text: String, expected: Bool) throws {
        #expect(try evaluate(text, content(["n": "7"])) == expected)
    }

    @Test(arguments: [
        "true && record.value.content.n > 3", "record.value.content.n > 3 || false", "record.value.content.n > 3",
    ])
    func `an error that decides is an error`(text: String) throws {
        #expect(try fails(text, content(["n": "7"])) != nil)
    }

    @Test func `only the chosen branch is evaluated`() throws {
        #expect(try evaluate("true ? true : 1 / 0 == 1"))
        #expect(try evaluate("1 / 1 == 2 ? 1 / 0 == 1 : true"))
    }
}
