import EngineInterface
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import ManagementHTTP
import NIOCore
import Store
import Synchronization
import Testing

@testable import Identity

/// A clock that moves when a test says so.
final class TestClock: Sendable {
    private let seconds = Mutex(1_790_000_000)

    var now: Date { Date(timeIntervalSince1970: Double(self.seconds.withLock { $0 })) }

    func advance(bySeconds seconds: Int) {
        self.seconds.withLock { $0 += seconds }
    }
}

/// Keeps every line that is logged, with its metadata.
final class LogRecorder: Sendable {
    private let lines = Mutex<[String]>([])

    var text: String { self.lines.withLock { $0.joined(separator: "\n") } }

    func add(_ line: String) {
        self.lines.withLock { $0.append(line) }
    }
}

private struct RecordingHandler: LogHandler {
    let recorder: LogRecorder
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { self.metadata[key] }
        set { self.metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        self.recorder.add("\(event.level) \(event.message) \(self.metadata) \(event.metadata ?? [:])")
    }
}

/// An identity server with its routes, and a client for them.
struct TestIdentity: Sendable {
    struct Server: Sendable {
        var id: String
        var issuer: String
        /// The issuer without scheme, host and port.
        var path: String
    }

    struct Client: Sendable {
        var id: String
        var secret: String
    }

    /// An answer, read as JSON where it is one.
    struct Answer {
        var status: HTTPResponse.Status
        var headers: HTTPFields
        var body: String

        var json: Any? { try? JSONSerialization.jsonObject(with: Data(self.body.utf8)) }
        subscript(_ name: String) -> Any? { (self.json as? [String: Any])?[name] }
        func text(_ name: String) -> String? { self[name] as? String }
        func texts(_ name: String) -> [String]? { self[name] as? [String] }

        /// The objects of a list answer.
        var data: [[String: Any]] { self["data"] as? [[String: Any]] ?? [] }

        /// `field` and `rule` of each invalid parameter.
        var faults: [String] {
            (self["invalid_parameters"] as? [[String: Any]] ?? []).map { "\($0["field"] ?? "") \($0["rule"] ?? "")" }
        }
    }

    let identity: IdentityServer
    let clock: TestClock
    let log: LogRecorder
    let client: any TestClientProtocol
    let directory: URL

    // MARK: Requests

    func send(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: String? = nil
    ) async throws -> Answer {
        let response = try await self.client.execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        return Answer(status: response.status, headers: response.headers, body: String(buffer: response.body))
    }

    func send(_ method: HTTPRequest.Method, _ path: String, json: [String: Any]) async throws -> Answer {
        let body = try JSONSerialization.data(withJSONObject: json)
        return try await self.send(
            method, path, headers: [.contentType: "application/json"], body: String(decoding: body, as: UTF8.self))
    }

    func get(_ path: String, bearer: String? = nil, origin: String? = nil) async throws -> Answer {
        var headers = HTTPFields()
        if let bearer { headers[.authorization] = "Bearer \(bearer)" }
        if let origin { headers[.origin] = origin }
        return try await self.send(.get, path, headers: headers)
    }

    func post(_ path: String, type: String, body: String) async throws -> Answer {
        try await self.send(.post, path, headers: [.contentType: type], body: body)
    }

    func form(_ path: String, _ fields: [String: String], basic: Client? = nil) async throws -> Answer {
        var headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
        if let basic {
            headers[.authorization] = "Basic " + Data("\(basic.id):\(basic.secret)".utf8).base64EncodedString()
        }
        let unreserved = CharacterSet(
            charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
        let body = fields.map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: unreserved) ?? "")"
        }
        return try await self.send(.post, path, headers: headers, body: body.joined(separator: "&"))
    }

    // MARK: Management

    func createServer(_ settings: [String: Any] = [:]) async throws -> Server {
        let body = ["name": "Test", "audience": "http://example.test"].merging(settings) { _, new in new }
        let answer = try await self.send(.post, "/v1/auth-servers", json: body)
        try #require(answer.status == .created, "\(answer.body)")
        let issuer = try #require(answer.text("issuer"))
        return Server(
            id: try #require(answer.text("id")), issuer: issuer,
            path: try #require(URLComponents(string: issuer)).path)
    }

    func create(_ collection: String, of server: Server, _ body: [String: Any]) async throws -> Answer {
        try await self.send(.post, "/v1/auth-servers/\(server.id)/\(collection)", json: body)
    }

    func patch(_ path: String, of server: Server, _ body: [String: Any]) async throws -> Answer {
        try await self.send(.patch, "/v1/auth-servers/\(server.id)/\(path)", json: body)
    }

    func createClient(of server: Server, _ settings: [String: Any] = [:]) async throws -> Client {
        let body: [String: Any] = [
            "name": "Client", "grant_types": ["client_credentials"], "response_types": ["token"],
        ]
        let answer = try await self.create("clients", of: server, body.merging(settings) { _, new in new })
        try #require(answer.status == .created, "\(answer.body)")
        return Client(id: try #require(answer.text("id")), secret: try #require(answer.text("client_secret")))
    }

    // MARK: Tokens

    func requestToken(of server: Server, _ client: Client, scope: String? = nil) async throws -> Answer {
        var fields = ["grant_type": "client_credentials", "client_id": client.id, "client_secret": client.secret]
        if let scope { fields["scope"] = scope }
        return try await self.form("\(server.path)/oauth/token", fields)
    }

    func token(of server: Server, _ client: Client, scope: String? = nil) async throws -> String {
        let answer = try await self.requestToken(of: server, client, scope: scope)
        return try #require(answer.text("access_token"), "\(answer.body)")
    }

    /// What the issuer says of a token to a gateway.
    func standing(of token: String) async throws -> TokenStanding? {
        let (header, claims) = (try self.part(0, of: token), try self.part(1, of: token))
        return try await self.identity.standings(of: [
            IssuedToken(
                issuer: claims["iss"] as? String ?? "", id: claims["jti"] as? String, keyID: header["kid"] as? String)
        ]).first
    }

    /// Has a new key sign at once.
    @discardableResult
    func rotateKey(of server: Server, signsInSeconds seconds: Int = 0) async throws -> Answer {
        try await self.create("keys", of: server, ["signs_in_seconds": seconds])
    }

    /// The header (0) or the payload (1) of a JWT, not verified.
    func part(_ index: Int, of token: String) throws -> [String: Any] {
        let parts = token.split(separator: ".")
        try #require(parts.count == 3)
        var text = parts[index].replacing("-", with: "+").replacing("_", with: "/")
        while text.count % 4 != 0 { text += "=" }
        let data = try #require(Data(base64Encoded: String(text)))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
}

extension TestIdentity {
    /// All bytes of the database and its journals.
    func storedBytes() throws -> Data {
        try FileManager.default.contentsOfDirectory(at: self.directory, includingPropertiesForKeys: nil)
            .reduce(into: Data()) { $0.append(try Data(contentsOf: $1)) }
    }
}

extension Data {
    func contains(_ other: Data) -> Bool { self.range(of: other) != nil }
}

/// Runs a test against a fresh identity server; its routes are mounted as the management API mounts them.
func withIdentity(_ test: @Sendable (TestIdentity) async throws -> Void) async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "identity-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }

    let store = try ConfigurationStore(path: directory.appending(path: "sluice.db").path)
    let clock = TestClock()
    let log = LogRecorder()
    let logger = Logger(label: "identity") { _ in RecordingHandler(recorder: log) }
    let identity = IdentityServer(
        store: store, secretBox: try #require(SecretBox(key: Data(repeating: 7, count: 32))),
        publicURL: { "http://localhost:9190" },
        ownAddresses: { [URLAuthority(host: "127.0.0.1", port: 9190), URLAuthority(host: "localhost", port: 9190)] },
        now: { clock.now }, logger: logger)

    let router = Router(context: APIContext.self)
    router.add(middleware: ProblemMiddleware())
    identity.addPublicRoutes(to: router)
    identity.addManagementRoutes(to: router)
    let application = Application(responder: router.buildResponder(), logger: logger)
    try await application.test(.router) { client in
        try await test(
            TestIdentity(identity: identity, clock: clock, log: log, client: client, directory: directory))
    }
    try store.close()
}
