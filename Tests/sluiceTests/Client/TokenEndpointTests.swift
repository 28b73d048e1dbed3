import Foundation
import HTTPTypes
import Hummingbird
import JSON
import Synchronization
import Testing

@testable import sluice

@Suite struct TokenEndpointTests {
    /// What a server answers by `METHOD path`; everything else is 404. `BASE` stands for its own URL.
    private func serving<Result: Sendable>(
        _ answers: [String: (status: HTTPResponse.Status, body: String)],
        _ body: @escaping @Sendable (_ url: String) async throws -> Result
    ) async throws -> Result {
        let router = Router()
        let respond: @Sendable (Request, BasicRequestContext) -> Response = { request, _ in
            let host = request.head.authority ?? ""
            let answer = answers["\(request.method.rawValue) \(request.uri.path)"] ?? (.notFound, "{}")
            let text = answer.body.replacing("BASE", with: "http://\(host)")
            return Response(
                status: answer.status, headers: [.contentType: "application/json"],
                body: .init(byteBuffer: ByteBuffer(string: text)))
        }
        router.get("**", use: respond)
        router.post("**", use: respond)
        return try await TestServer.run(router, body)
    }

    private func fetch(_ source: TokenEndpoint.Source) async throws -> String {
        try await TokenEndpoint(source).fetch(
            clientID: "ci", clientSecret: "s3", scope: nil, warn: { _ in }
        ).accessToken
    }

    private func failure(_ source: TokenEndpoint.Source) async -> CommandFailure? {
        do {
            _ = try await self.fetch(source)
            return nil
        } catch { return error as? CommandFailure }
    }

    private static let token = (
        status: HTTPResponse.Status.ok, body: #"{"access_token":"aa.bb.cc","token_type":"Bearer"}"#
    )

    @Test(arguments: [
        "/tenant/v2/.well-known/openid-configuration", "/.well-known/oauth-authorization-server/tenant/v2",
        "/.well-known/openid-configuration/tenant/v2", "/tenant/v2/.well-known/oauth-authorization-server",
    ])
    func `the endpoint is read from the issuer's metadata, wherever that is`(location: String) async throws {
        let metadata = (
            status: HTTPResponse.Status.ok, body: #"{"issuer":"BASE/tenant/v2","token_endpoint":"BASE/x/token"}"#
        )
        try await self.serving(["GET \(location)": metadata, "POST /x/token": Self.token]) { url async throws in
            #expect(try await self.fetch(.issuer(url + "/tenant/v2/")) == "aa.bb.cc")
        }
    }

    @Test func `without metadata it is where this product has it, and what was asked is told`() async throws {
        try await self.serving(["POST /oauth/token": Self.token]) { url async throws in
            #expect(try await self.fetch(.issuer(url)) == "aa.bb.cc")
            let failure = try #require(await self.failure(.issuer(url + "/t")))
            for part in [
                "\(url)/t/oauth/token answered with status 404",
                "\(url)/t/.well-known/openid-configuration answered status 404",
                "--token-endpoint",
            ] { #expect(failure.message.contains(part), "\(failure.message)") }
            #expect(failure.exitCode == 1)
            #expect(!failure.message.contains("s3"))
        }
    }

    @Test func `the endpoint itself can be named`() async throws {
        try await self.serving(["POST /x": Self.token]) { url async throws in
            #expect(try await self.fetch(.address(url + "/x")) == "aa.bb.cc")
        }
        let failure = try #require(await self.failure(.address("x://y")))
        #expect(failure.exitCode == 2)
    }

    @Test(arguments: ["/application/o/token/", "/token?p=b2c_1_flow", "/token/?a=b&c=/"])
    func `the endpoint is called as it is written`(target: String) async throws {
        let calls = Mutex<[String]>([])
        let router = Router()
        router.post("**") { request, _ in
            calls.withLock { $0.append(request.head.path ?? "") }
            return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: Self.token.body)))
        }
        router.get("**") { request, _ in
            let base = "http://\(request.head.authority ?? "")"
            let metadata = #"{"issuer":"\#(base)","token_endpoint":"\#(base)\#(target)"}"#
            return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: metadata)))
        }
        try await TestServer.run(router) { url async throws in
            #expect(try await self.fetch(.address(url + target)) == "aa.bb.cc")
            #expect(try await self.fetch(.issuer(url)) == "aa.bb.cc")
        }
        #expect(calls.withLock { $0 } == [target, target])
    }

    @Test func `what is no endpoint is refused with the rule`() async throws {
        let failure = try #require(await self.failure(.address("https://h/token#x")))
        #expect(
            failure.message
                == "'https://h/token#x' is no URL of a token endpoint: it must be an http or https URL without a user name or a "
                + "fragment, such as https://auth.example.com/tenant.")
        let issuer = try #require(await self.failure(.issuer("https://h?x=1")))
        #expect(issuer.message.contains("without a user name, a query or a fragment"), "\(issuer.message)")
    }

    @Test func `a secret that others can read is said before it is sent`() async throws {
        let warnings = Mutex<[String]>([])
        // A name that is never known (RFC 6761, section 6.4): nothing is sent anywhere.
        _ = try? await TokenEndpoint(.address("http://auth.invalid/token?p=x")).fetch(
            clientID: "ci", clientSecret: "s3", scope: nil, warn: { text in warnings.withLock { $0.append(text) } })
        let all = warnings.withLock { $0 }
        #expect(all.count == 1)
        #expect(all.first?.contains("goes to http://auth.invalid/token without encryption") == true, "\(all)")
    }

    @Test func `metadata of another issuer is refused`() async throws {
        let metadata = (
            status: HTTPResponse.Status.ok, body: #"{"issuer":"https://evil\u001b[31m","token_endpoint":"BASE/t"}"#
        )
        try await self.serving(["GET /.well-known/openid-configuration": metadata, "POST /t": Self.token]) {
            url async throws in
            let failure = try #require(await self.failure(.issuer(url)))
            #expect(failure.message.contains(#"its issuer is 'https://evil\u{1b}[31m', and \#(url) was asked for"#))
        }
    }

    @Test func `a refusal is told in the server's words, made harmless, and has a status of its own`() async throws {
        let refusal = (
            status: HTTPResponse.Status.unauthorized,
            body: #"{"error":"invalid_client","error_description":"no\n\u001b]0;x\u0007"}"#
        )
        try await self.serving(["POST /oauth/token": refusal]) { url async throws in
            let failure = try #require(await self.failure(.issuer(url)))
            #expect(
                failure.message
                    == #"The token endpoint \#(url)/oauth/token refused (invalid_client: no\n\u{1b}]0;x\u{7})."#)
            #expect(failure.exitCode == 3)
        }
    }

    @Test func `a token that no header can carry is refused`() async throws {
        try await self.serving(["POST /t": (.ok, #"{"access_token":"a\u001b[31m"}"#)]) { url async throws in
            let failure = try #require(await self.failure(.address(url + "/t")))
            #expect(failure.message.contains("characters that no token may have"))
        }
    }

    @Test func `a server that is not there is told with its address and the reason`() async throws {
        let failure = try #require(await self.failure(.issuer("http://127.0.0.1:1/t")))
        #expect(
            failure.message
                == "The issuer's metadata at http://127.0.0.1:1/t/.well-known/openid-configuration cannot be reached: the "
                + "connection is refused, nothing listens there.")
        #expect(failure.exitCode == 1)
    }

    @Test func `an encrypted issuer does not send a secret to an endpoint in clear`() throws {
        let issuer = try #require(ServerAddress("https://h/t"))
        func read(_ endpoint: String) throws(CommandFailure) -> String {
            let document = JSONValue.object(["issuer": .string("https://h/t"), "token_endpoint": .string(endpoint)])
            return try IssuerMetadata(document, of: issuer, from: "LOCATION").tokenEndpoint.url
        }
        #expect(try read("https://other/token") == "https://other/token")
        #expect(try read("https://other/o/token/?p=b2c") == "https://other/o/token/?p=b2c")
        for endpoint in ["http://h/token", "other/token", "file:///etc/passwd", "", "https://h/token#x"] {
            #expect(throws: CommandFailure.self) { try read(endpoint) }
        }
    }
}
