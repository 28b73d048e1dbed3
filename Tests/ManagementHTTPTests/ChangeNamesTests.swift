import JSON
import Testing

@testable import ManagementHTTP

@Suite struct ChangeNamesTests {
    private struct Made: Encodable {
        var id = "7"
        var issuer = "http://a"
    }

    private static func resolved(_ text: String) throws -> String? {
        var names = ChangeNames(declared: ["gw"])
        names.learn("gw", from: try ChangeAnswer(Made()))
        let input = ChangeInput(parameters: ["text": text], query: QueryItems(nil), body: .null)
        return try names.resolved(input)?.parameters["text"]
    }

    @Test(arguments: [
        ("{gw}", "7"), ("a{gw}b{gw.issuer}", "a7bhttp://a"), ("{{gw}}", "{7}"), ("{gw", "{gw"), ("}{gw}{", "}7{"),
        ("a{2} {other} {}", "a{2} {other} {}"), ("{gw {gw}", "{gw 7"), ("é{gw}é", "é7é"), ("", ""),
    ])
    func `names stand for what was made, and all else stays`(text: String, expected: String) throws {
        #expect(try Self.resolved(text) == expected)
    }

    @Test func `a field that the answer has not is refused, and one that no answer can have is text`() throws {
        #expect(throws: Problem.self) { try Self.resolved("{gw.nothing}") }
        let long = "{gw.\(String(repeating: "x", count: 65))}"
        #expect(try Self.resolved(long) == long)
    }

    /// A time that grows with the square of the length would be hours.
    @Test(.timeLimit(.minutes(1)), arguments: ["{", "{a", "{gw.", "{gw.\u{e9}"])
    func `a text of many braces is read in a time that grows with its length`(piece: String) throws {
        let text = String(repeating: piece, count: 300_000)
        #expect(try Self.resolved(text) == text)
    }
}
