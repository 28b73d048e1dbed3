import Foundation
import PolicyExpressions
import Testing

@Suite struct ExpressionValueTests {
    @Test func `JSON becomes values`() throws {
        let json = #"{"s":"x","t":true,"i":-3,"u":18446744073709551615,"d":1.5,"n":null,"a":[1,[false]],"m":{"k":"v"}}"#
        let value = try JSONDecoder().decode(ExpressionValue.self, from: Data(json.utf8))
        #expect(
            value == [
                "s": "x", "t": true, "i": -3, "u": .uint(.max), "d": 1.5, "n": .null, "a": [1, [false]],
                "m": ["k": "v"],
            ])
    }

    @Test func `values become JSON again`() throws {
        let value: ExpressionValue = [
            "s": "x", "t": true, "i": -3, "u": .uint(.max), "d": 1.5, "n": .null, "a": [1, []],
        ]
        let data = try JSONEncoder().encode(value)
        #expect(try JSONDecoder().decode(ExpressionValue.self, from: data) == value)
    }

    @Test func `equality of the language ignores marks and number forms`() {
        #expect(ExpressionValue.int(3).isEqual(to: .double(3)))
        #expect(ExpressionValue.text(ExpressionText(literal: "a")).isEqual(to: "a"))
        #expect(ExpressionValue.text(ExpressionText(literal: "a")) != "a")
        #expect(!ExpressionValue.double(.nan).isEqual(to: .double(.nan)))
        #expect(!ExpressionValue.int(1).isEqual(to: true))
    }
}
