import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// The management API and the identity endpoints as a script would call them.
struct ManagementClient: Sendable {
    /// `http://127.0.0.1:PORT`.
    var base: String
    /// The admin token; nil sends no `Authorization`.
    var token: String?

    /// Fails at once when nobody listens: tests that kill the server must not wait for another attempt.
    static let http: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    struct Answer: Sendable, CustomStringConvertible {
        var status: Int
        var contentType: String
        var headers: [String: String]
        var text: String

        /// The body; `.null` when it is empty or no JSON.
        var json: JSON { (try? JSON(text: self.text)) ?? .null }

        var description: String { "\(self.status) \(self.text)" }
    }

    /// - Parameter path: from `/` on, or a whole URL.
    func send(
        _ method: String, _ path: String, body: JSON? = nil, form: [String: String]? = nil,
        headers: [String: String] = [:]
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: path.hasPrefix("http") ? path : self.base + path)
        request.method = .init(rawValue: method)
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: body.text))
        } else if let form {
            request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
            request.body = .bytes(ByteBuffer(string: Self.encode(form: form)))
        }
        let response = try await Self.http.execute(request, timeout: .seconds(20))
        let content = try await response.body.collect(upTo: 16 * 1024 * 1024)
        return Answer(
            status: Int(response.status.code), contentType: response.headers.first(name: "Content-Type") ?? "",
            headers: Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first },
            text: String(buffer: content))
    }

    func get(_ path: String) async throws -> Answer { try await self.send("GET", path) }
    func post(_ path: String, _ body: JSON) async throws -> Answer { try await self.send("POST", path, body: body) }
    func put(_ path: String, _ body: JSON) async throws -> Answer { try await self.send("PUT", path, body: body) }
    func delete(_ path: String) async throws -> Answer { try await self.send("DELETE", path) }

    /// Creates a resource.
    /// - Returns: the resource as answered.
    /// - Throws: `Unexpected` unless the answer is 201.
    func create(_ path: String, _ body: JSON) async throws -> JSON {
        let answer = try await self.post(path, body)
        guard answer.status == 201 else { throw Unexpected(request: "POST \(path)", answer: answer) }
        return answer.json
    }

    /// An answer with another status than the test needs to go on.
    struct Unexpected: Error, CustomStringConvertible {
        var request: String
        var answer: Answer

        var description: String { "\(self.request) answered \(self.answer)" }
    }

    private static func encode(form: [String: String]) -> String {
        let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~"))
        return form.sorted { $0.key < $1.key }.map { key, value in
            [key, value].map { $0.addingPercentEncoding(withAllowedCharacters: allowed) ?? "" }.joined(separator: "=")
        }.joined(separator: "&")
    }
}
