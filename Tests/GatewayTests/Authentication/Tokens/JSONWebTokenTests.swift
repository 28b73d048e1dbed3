import Foundation
import JSON
import Testing

@testable import Gateway

private func text(_ header: String, _ claims: String, signature: String = "AAAA") -> String {
    "\(TestIssuer.base64URL(Data(header.utf8))).\(TestIssuer.base64URL(Data(claims.utf8))).\(signature)"
}

@Suite struct JSONWebTokenTests {
    @Test func `a token is taken apart`() throws {
        let token = try JSONWebToken(text(#"{"alg":"RS256","kid":"k","typ":"JWT"}"#, #"{"sub":"ali"}"#))
        #expect(token.algorithm == "RS256")
        #expect(token.keyID == "k")
        #expect(token.type == "JWT")
        #expect(token.claims == ["sub": .string("ali")])
        #expect(token.signature == [0, 0, 0])
        #expect(
            String(decoding: token.signingInput, as: UTF8.self)
                == "eyJhbGciOiJSUzI1NiIsImtpZCI6ImsiLCJ0eXAiOiJKV1QifQ.eyJzdWIiOiJhbGkifQ")
    }

    @Test(arguments: [
        ("", JSONWebTokenError.partCount(1)),
        ("a.b", .partCount(2)),
        ("a.b.c.d.e", .partCount(5)),
        (String(repeating: ".", count: 1_000), .partCount(6)),
        ("..", .notJSON(.header, reason: "the text is empty at line 1, column 1")),
        (" e30.e30.AAAA", .notBase64URL(.header)),
        ("e30=.e30.AAAA", .notBase64URL(.header)),
        ("e31.e30.AAAA", .notBase64URL(.header)),
        ("e30.e30.AAAA", .noAlgorithm),
        (text(#"{"alg":1}"#, "{}"), .notString(headerField: "alg")),
        (text(#"{"alg":"RS256","kid":1}"#, "{}"), .notString(headerField: "kid")),
        (
            text(#"{"alg":"RS256","alg":"none"}"#, "{}"),
            .notJSON(.header, reason: "the member 'alg' appears twice at line 1, column 16")
        ),
        (
            text(#"{"\u001b[2J":1,"\u001b[2J":1}"#, "{}"),
            .notJSON(.header, reason: #"the member '\u{1b}[2J' appears twice at line 1, column 16"#)
        ),
        (text(#"{"alg":"RS256"}"#, "[]"), .notJSON(.claims, reason: "it is an array")),
        (text(#"{"alg":"RS256"}"#, "{}", signature: "AAAB="), .notBase64URL(.signature)),
        (text(#"{"alg":"RS256"}"#, "{}", signature: "AB"), .notBase64URL(.signature)),
        (text(#"{"alg":"RS256"}"#, "{}", signature: "AAA+"), .notBase64URL(.signature)),
        (text(#"{"alg":"RS256"}"#, "{}", signature: "AAAAA"), .notBase64URL(.signature)),
    ])
    func `what is not a strict token is refused`(text: String, error: JSONWebTokenError) {
        #expect(throws: error) { try JSONWebToken(text) }
    }

    @Test func `a token cut at any length, or with a changed byte, never traps`() throws {
        let whole = Array(text(#"{"alg":"RS256","kid":"k"}"#, #"{"sub":"ali","exp":1800000060}"#).utf8)
        for length in whole.indices {
            _ = try? JSONWebToken(String(decoding: whole[..<length], as: UTF8.self))
            for byte: UInt8 in [0, 0x22, 0x2E, 0x41, 0x5F, 0xFF] {
                var altered = whole
                altered[length] = byte
                _ = try? JSONWebToken(String(decoding: altered, as: UTF8.self))
            }
        }
        #expect(throws: JSONWebTokenError.tooLong(bytes: JSONWebToken.maximumBytes + 1)) {
            try JSONWebToken(String(repeating: "a", count: JSONWebToken.maximumBytes + 1))
        }
    }

    @Test func `base64url has one text for each sequence of bytes`() {
        #expect(Base64URL.decode("".utf8) == [])
        #expect(Base64URL.decode("_-8".utf8) == [0xFF, 0xEF])
        #expect(Base64URL.decode("_-9".utf8) == nil)
        for first in UInt8.min...UInt8.max {
            let bytes = [first, 0x5A]
            let text = TestIssuer.base64URL(Data(bytes))
            #expect(Base64URL.decode(text.utf8) == bytes)
            let accepted = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
                .filter { Base64URL.decode((text.dropLast() + String($0)).utf8)?.last == 0x5A }
            #expect(accepted == String(text.suffix(1)))
        }
    }
}
