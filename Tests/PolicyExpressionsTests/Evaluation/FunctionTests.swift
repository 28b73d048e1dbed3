import PolicyExpressions
import Testing

@Suite struct FunctionTests {
    @Test(arguments: [
        "'billing.x'.startsWith('billing.') && !'billing.x'.endsWith('.dlq')", "'abcabd'.includes('abd')",
        "!'abc'.contains('C')", "'abc'.includes('')", "['a', 'b'].includes('b')", "!['a'].contains('b')",
        "'abcdef'.substring(2) == 'cdef'", "'abcdef'.substring(1, 3) == 'bc'", "'abcdef'.substring(3, 1) == 'bc'",
        "'abc'.substring(-5, 2) == 'ab'", "'abc'.substring(1, 99) == 'bc'", "'abc'.substring(7) == ''",
        "'abc'.substring(1.9) == 'bc'", "'abc'.substring(-1e300, 1e300) == 'abc'", "'é😀x'.substring(1, 2) == '😀'",
        "'x'.substring(0, 18446744073709551615) == 'x'",
        "'a-v12'.match('^(a|b)-v[0-9]+$')", "!'c-v1'.matches('^(a|b)-v[0-9]+$')", "size('abc') == 3",
        "[1, 2].size() == 2", "'abc'.size() == 3", "string(12) == '12'", "string(true) == 'true'", "string('a') == 'a'",
        "int('12') == 12", "int(3.9) == 3", "int(-3.9) == -3", "double('1.5') == 1.5", "double(2) == 2",
        "'AbÉ'.lowerAscii() == 'abÉ'", "'abé'.upperAscii() == 'ABé'", "'a,b,,c'.split(',') == ['a', 'b', '', 'c']",
        "'aé'.split('') == ['a', 'é']", "''.split(',') == ['']", "''.split('') == []", "'aaa'.split('aa') == ['', 'a']",
        "['a', 'b'].join('-') == 'a-b'", "[].join('-') == ''", "[1, true].join('') == '1true'",
        "glob('a*') == 'a*'", "glob(['a']) == ['a']",
    ])
    func `holds`(text: String) throws {
        #expect(try evaluate(text))
    }

    @Test(arguments: [
        ("int('1.5') == 1", "int cannot convert this string."), ("int('x') == 1", "int cannot convert this string."),
        ("double('nan') == 1", "double cannot convert this string."),
        ("double('0x10') == 1", "double cannot convert this string."),
        ("int(1e30) == 1", "int cannot convert this number."),
        ("[[1]].join('') == ''", "join takes strings, numbers and booleans, not an array."),
    ])
    func `what cannot be converted fails`(text: String, message: String) throws {
        #expect(try fails(text)?.hasSuffix(message) == true)
    }

    @Test func `a text cannot be blown up`() throws {
        let long = String(repeating: "a", count: 20_000)
        #expect(
            try fails("record.headers.a.split('').join(record.headers.a) == ''", headers(["a": .string(long)]))?
                .contains("more than 10000 parts") == true)
        let shorter = String(repeating: "a", count: 5_000)
        #expect(
            try fails("record.headers.a.split('').join(record.headers.a) == ''", headers(["a": .string(shorter)]))?
                .contains("longer than 1048576 bytes") == true)
    }

    @Test func `a search is linear in hostile texts`() throws {
        let text = String(repeating: "a", count: 200_000)
        let part = String(repeating: "a", count: 100_000) + "b"
        #expect(
            try evaluate(
                "record.headers.a.includes(record.headers.b)", headers(["a": .string(text), "b": .string(part)]))
                == false)
    }
}
