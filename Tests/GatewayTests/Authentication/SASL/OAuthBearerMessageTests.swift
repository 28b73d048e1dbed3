import Testing

@testable import Gateway

private func parse(_ text: String) throws(OAuthBearerMessageError) -> OAuthBearerMessage {
    try OAuthBearerMessage(parsing: Array(text.replacing("^", with: "\u{1}").utf8))
}

@Suite struct OAuthBearerMessageTests {
    @Test func `a message gives its token, authorization id and extensions`() throws {
        let message = try parse("n,a=us=3Der=2C1,^auth=Bearer a.b-_c.d^host=kafka.example^traceId=x y^^")
        #expect(message.token == BearerToken("a.b-_c.d"))
        #expect(message.authorizationID == "us=er,1")
        #expect(message.extensions == ["host": "kafka.example", "traceId": "x y"])
    }

    @Test(arguments: ["n,,^auth=Bearer t^^", "y,,^auth=bearer  t^^", "n,,^k=^auth=BEARER t^^"])
    func `a scheme's case, spaces after it and empty extensions are free`(text: String) throws {
        #expect(try parse(text).token == BearerToken("t"))
    }

    @Test(arguments: [
        ("", OAuthBearerMessageError.truncated(needed: "its header")),
        ("p=tls-unique,,^auth=Bearer t^^", .channelBinding),
        ("x,,^auth=Bearer t^^", .badHeader(offset: 0)),
        ("n^", .badHeader(offset: 1)),
        ("n,b=x,^auth=Bearer t^^", .badAuthorizationID(offset: 2)),
        ("n,a=,^auth=Bearer t^^", .badAuthorizationID(offset: 4)),
        ("n,a=x=2c,^auth=Bearer t^^", .badAuthorizationID(offset: 5)),
        ("n,a=x\n,^auth=Bearer t^^", .badAuthorizationID(offset: 5)),
        ("n,,auth=Bearer t^^", .badAuthorizationID(offset: 3)),
        ("n,,^^", .noCredentials),
        ("n,,^^auth=Bearer t^^", .trailingBytes(15)),
        ("n,,^host=x^^", .noCredentials),
        ("n,,^auth=Bearer t^", .truncated(needed: "its closing 0x01")),
        ("n,,^auth=Bearer t", .truncated(needed: "the 0x01 after 'auth'")),
        ("n,,^auth", .truncated(needed: "the '=' of a pair")),
        ("n,,^=x^^", .badKey(offset: 4)),
        ("n,,^a1=x^^", .badKey(offset: 5)),
        ("n,,^auth=Bearer t^auth=Bearer u^^", .repeatedKey("auth")),
        ("n,,^k=1^k=2^auth=Bearer t^^", .repeatedKey("k")),
        ("n,,^k=\u{7F}^auth=Bearer t^^", .badValue(key: "k", offset: 6)),
        ("n,,^auth=Basic t^^", .notBearer),
        ("n,,^auth=Bearert^^", .notBearer),
        ("n,,^auth=^^", .notBearer),
        ("n,,^auth=Bearer ^^", .emptyToken),
        ("n,,^auth=Bearer a b^^", .badTokenCharacter),
        ("n,,^auth=Bearer t^^x", .trailingBytes(1)),
    ])
    func `what the grammar does not allow is refused`(text: String, error: OAuthBearerMessageError) {
        #expect(throws: error) { try parse(text) }
    }

    @Test func `a message cut at any length is refused`() throws {
        let whole = Array("n,a=ali,\u{1}auth=Bearer a.b.c\u{1}key=value\u{1}\u{1}".utf8)
        #expect(try OAuthBearerMessage(parsing: whole).token == BearerToken("a.b.c"))
        for length in whole.indices {
            #expect(throws: OAuthBearerMessageError.self) { try OAuthBearerMessage(parsing: Array(whole[..<length])) }
        }
    }

    @Test func `any bytes are a message or an error`() {
        var generator = SeededGenerator(seed: 7)
        let alphabet = Array("ny,a=\u{1}auth=Bearer x".utf8) + [0, 0x7F, 0xFF]
        var errors = 0
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0
            }
            do throws(OAuthBearerMessageError) {
                _ = try OAuthBearerMessage(parsing: bytes)
            } catch {
                errors += 1
                #expect("\(error)".hasPrefix("The OAUTHBEARER message is malformed: "))
            }
        }
        #expect(errors > 19_000)
    }

    @Test func `size and number of extensions are bounded`() {
        let long = "n,,^auth=Bearer " + String(repeating: "a", count: OAuthBearerMessage.maximumBytes) + "^^"
        #expect(throws: OAuthBearerMessageError.tooLong(bytes: long.utf8.count)) { try parse(long) }
        let keys = (0...OAuthBearerMessage.maximumExtensions).map { "k" + String(repeating: "a", count: $0) + "=1^" }
        #expect(throws: OAuthBearerMessageError.tooManyExtensions) { try parse("n,,^" + keys.joined() + "^") }
    }

    @Test func `what a message says of a key is short, however long the key`() {
        let key = String(repeating: "k", count: 100_000)
        for text in ["n,,^\(key)=1^\(key)=2^^", "n,,^\(key)=\u{0}^^", "n,,^\(key)=1"] {
            let error = #expect(throws: OAuthBearerMessageError.self) { try parse(text) }
            let sentence = error.map { "\($0)" } ?? ""
            #expect(sentence.contains("kkk") && sentence.utf8.count < 200)
        }
    }

    @Test func `the server's answer is the JSON of RFC 7628`() {
        #expect(OAuthBearerServerError(status: .invalidToken).json == #"{"status":"invalid_token"}"#)
        #expect(
            OAuthBearerServerError(
                status: .insufficientScope, scope: "a \"b\"\n",
                openIDConfiguration: "https://x/.well-known/openid-configuration"
            ).json
                == #"{"status":"insufficient_scope","scope":"a \"b\"\n","openid-configuration":"https://x/.well-known/openid-configuration"}"#
        )
    }
}

/// SplitMix64: the same numbers in every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        self.state = seed
    }

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var z = self.state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
