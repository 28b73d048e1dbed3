import EngineInterface
import Foundation
import ResourceFixtures
import Resources
import Testing

@testable import Console

struct PastedTokenTests {
    private static func part(_ text: String) -> String {
        Data(text.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").filter { $0 != "=" }
    }

    static let token =
        part(#"{"alg":"RS256","kid":"k"}"#) + "." + part(#"{"sub":"client-7","exp":1795527651,"nbf":1795523000}"#) + "."
        + String(repeating: "Sig-_9", count: 40)

    @Test(arguments: [
        token, "  \(token)\n", "Bearer \(token)", "bearer  \(token)", "Authorization: Bearer \(token)",
        "authorization: bearer \(token)\r\nContent-Type: application/json\r\n",
        #"{"access_token":"\#(token)","token_type":"Bearer","expires_in":300}"#,
        #"{ "data": [ { "access_token": "\#(token)" } ] }"#,
        #"curl -H "Authorization: Bearer \#(token)" http://a.b.c/x"#, "export TOKEN=\(token);", "'\(token)'",
        "access_token=\(token)&token_type=Bearer", "see a.b.c and \(token), please",
    ])
    func `the token is found in what people paste`(text: String) {
        #expect(PastedToken(text).text == Self.token)
    }

    @Test(arguments: [1, 17, 64, 76, 100])
    func `lines that a terminal or a mail wrapped are joined`(width: Int) {
        var lines: [String] = []
        var rest = Substring(Self.token)
        while !rest.isEmpty {
            lines.append(String(rest.prefix(width)))
            rest = rest.dropFirst(width)
        }
        for separator in ["\n", "\r\n", "\n  "] {
            #expect(PastedToken(lines.joined(separator: separator)).text == Self.token)
        }
        #expect(PastedToken("Authorization: Bearer " + lines.joined(separator: "\n")).text == Self.token)
    }

    @Test func `an access token comes before an id token, and two tokens are not glued together`() {
        let other = Self.token + "longer"
        #expect(PastedToken(#"{"id_token":"\#(other)","access_token":"\#(Self.token)"}"#).text == Self.token)
        #expect(PastedToken(Self.token + "\n" + other).text == other)
    }

    @Test func `what was cut away is counted and shown, and what is no token stays as it is`() {
        #expect(PastedToken("Authorization: Bearer " + Self.token).cutAway == "Authorization:Bearer".count)
        #expect(PastedToken(Self.token).cutAway == 0)
        #expect(PastedToken("not a token").text == "notatoken")
        #expect(PastedToken("").text == "")
        var console = TestConsole(120, 36)
        console.send(.configuration(TestEngine.configuration))
        console.press("5")
        console.paste(#"{"access_token":"\#(Self.token)"}"#)
        #expect(console.screen.contains("characters around it cut away"))
        #expect(console.state.tokens.held?.text == Self.token)
    }

    // MARK: Age

    private static func console() -> TestConsole {
        var console = TestConsole(120, 36)
        console.send(.configuration(TestEngine.configuration))
        console.press("5")
        console.paste(Self.token)
        Self.answer(&console)
        return console
    }

    /// Answers the questions, and says how many tokens were checked.
    @discardableResult
    private static func answer(_ console: inout TestConsole) -> Int {
        var checks = 0
        for request in DecisionsScreenTests.requests(console.takeEffects()) {
            switch request.question {
            case .checkToken:
                checks += 1
                console.send(
                    DecisionsScreenTests.answer(
                        request,
                        .tokenReport(
                            TokenCheckReport(
                                accepted: false, principal: nil,
                                checks: [
                                    .init(name: "shape", outcome: .passed, detail: "Three parts."),
                                    .init(
                                        name: "key", outcome: .failed,
                                        detail: "No key with kid 'other-kid' at "
                                            + "http://localhost:9190/auth/11111111-0000-4000-8000-000000000001/jwks."),
                                    .init(name: "signature", outcome: .skipped, detail: "Not made."),
                                    .init(name: "time", outcome: .skipped, detail: "Not made."),
                                ]))))
            case .accessMatrix:
                console.send(
                    DecisionsScreenTests.answer(request, .accessMatrix(DecisionsScreenTests.matrix(false))))
            default: break
            }
        }
        return checks
    }

    @Test func `the checks are made again when the token ends and when the configuration changed`() {
        var console = Self.console()
        #expect(console.screen.contains("Checked 12:41:07Z"))
        console.advance(10)
        #expect(Self.answer(&console) == 0)
        var tree = TestEngine.configuration
        tree.typed.gateways[0].gateway.description = "changed"
        console.send(.configuration(tree))
        #expect(Self.answer(&console) == 1)
        #expect(console.screen.contains("Checked 12:41:17Z"))
        console.send(.configuration(tree))
        console.advance(1)
        #expect(Self.answer(&console) == 0)
        // At the end, and once the clocks that differ agree on it.
        let end = Date(timeIntervalSince1970: 1_795_527_651)
        for (offset, count) in [(-29.0, 1), (-1.0, 0), (1.0, 1), (29.0, 0), (31.0, 1), (90.0, 0)] {
            // A key keeps the token from being forgotten.
            console.send(.input(.key(.up)))
            console.state.tokens.usedAt = end.addingTimeInterval(offset)
            console.send(.tick(end.addingTimeInterval(offset)))
            #expect(Self.answer(&console) == count, "\(offset)")
        }
    }

    @Test func `the verdict comes first, what failed is wrapped, and the rest is folded`() {
        var console = Self.console()
        for size in [Size(columns: 80, rows: 24), Size(columns: 120, rows: 36)] {
            console.state.size = size
            let screen = console.screen
            #expect(screen.contains("REFUSED by vc-orders"))
            #expect(screen.contains("[FAIL] key: No key with kid"))
            #expect(screen.contains("/jwks."), "nothing of the reason is cut")
            #expect(screen.contains("not reached: signature, time"))
        }
    }
}
