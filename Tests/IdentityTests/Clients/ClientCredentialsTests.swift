import Foundation
import Testing

@testable import Identity

@Suite struct ClientCredentialsTests {
    private func form(_ text: String) throws -> FormParameters {
        try FormParameters(parsing: Array(text.utf8))
    }

    private func basic(_ pair: String) -> String {
        "Basic " + Data(pair.utf8).base64EncodedString()
    }

    @Test func `a form carries id and secret`() throws {
        let credentials = try ClientCredentials(authorization: nil, form: form("client_id=a%2Db&client_secret=s+1"))
        #expect(credentials == ClientCredentials(clientID: "a-b", secrets: ["s 1"]))
    }

    /// RFC 6749 encodes both; curl, librdkafka and Java by default do not.
    @Test(arguments: [
        ("id:se%3Acret%2b+x", ["se:cret+ x", "se%3Acret%2b+x"]), ("id:a+b%41c", ["a bAc", "a+b%41c"]),
        ("id:100%zz", ["100%zz"]), ("id:%", ["%"]), ("id:%ff", ["%ff"]), ("id:plain", ["plain"]),
        ("id:with:colon", ["with:colon"]), ("id:\u{e9}+", ["\u{e9} ", "\u{e9}+"]),
    ])
    func `the secret of HTTP Basic is read form-encoded, and as it is`(pair: String, secrets: [String]) throws {
        let credentials = try ClientCredentials(authorization: self.basic(pair), form: form(""))
        #expect(credentials == ClientCredentials(clientID: "id", secrets: secrets))
    }

    @Test func `bytes that are not UTF-8 are broken credentials`() throws {
        let header = "Basic " + Data("id:".utf8 + [0xFF, 0xFE]).base64EncodedString()
        let form = try self.form("")
        let error = #expect(throws: OAuthError.self) { try ClientCredentials(authorization: header, form: form) }
        #expect(error?.code == .invalidClient)
    }

    @Test func `the name of the Basic scheme is not case-sensitive`() throws {
        let credentials = try ClientCredentials(authorization: "bASIC   aWQ6cw==", form: form("client_id=id"))
        #expect(credentials == ClientCredentials(clientID: "id", secrets: ["s"]))
    }

    @Test(arguments: ["Bearer abc", "Basic", "Basic !!!", "Basic aWQ=", "Basic OnM=", "Basic aWQ6"])
    func `a broken Authorization header is an invalid client`(header: String) throws {
        let form = try self.form("")
        let error = #expect(throws: OAuthError.self) {
            try ClientCredentials(authorization: header, form: form)
        }
        #expect(error?.code == .invalidClient)
    }

    @Test func `two ways at once are an invalid request`() throws {
        let form = try self.form("client_id=id&client_secret=s")
        let error = #expect(throws: OAuthError.self) {
            try ClientCredentials(authorization: self.basic("id:s"), form: form)
        }
        #expect(error?.code == .invalidRequest)
    }

    @Test func `a client_id other than that of HTTP Basic is an invalid request`() throws {
        let form = try self.form("client_id=other")
        let error = #expect(throws: OAuthError.self) {
            try ClientCredentials(authorization: self.basic("id:s"), form: form)
        }
        #expect(error?.code == .invalidRequest)
    }

    @Test(arguments: [
        ("", OAuthError.Code.invalidClient), ("client_id=id", .invalidClient),
        ("client_id=id&client_secret=", .invalidClient), ("client_secret=s", .invalidRequest),
    ])
    func `credentials that are left out are named`(body: String, code: OAuthError.Code) throws {
        let form = try self.form(body)
        let error = #expect(throws: OAuthError.self) { try ClientCredentials(authorization: nil, form: form) }
        #expect(error?.code == code)
    }
}

@Suite struct FormParametersTests {
    @Test func `names and values are decoded`() throws {
        let form = try FormParameters(parsing: Array("a%20b=c+d%C3%A9&empty=&bare&&x=1=2".utf8))
        #expect(form["a b"] == "c dé")
        #expect(form["empty"] == nil)
        #expect(form["bare"] == nil)
        #expect(form["x"] == "1=2")
    }

    @Test(arguments: ["a=1&a=2", "a=1&a=1", "a&a", "a=%", "a=%4", "a=%zz", "%ff=1", "a=%C3"])
    func `a repeated parameter or a broken escape is an invalid request`(body: String) {
        let error = #expect(throws: OAuthError.self) { try FormParameters(parsing: Array(body.utf8)) }
        #expect(error?.code == .invalidRequest)
    }
}
