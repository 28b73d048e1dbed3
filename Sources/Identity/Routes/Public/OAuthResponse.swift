import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The answers of the public endpoints.
enum OAuthResponse {
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok, cached: Bool = false) throws
        -> Response
    {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return self.json(bytes: try encoder.encode(value), status: status, cached: cached)
    }

    /// - Parameter cached: Whether others may keep the answer for a while. What holds a token is `no-store` and,
    ///   for HTTP/1.0 caches, `Pragma: no-cache` (RFC 6749 §5.1).
    static func json(bytes: Data, status: HTTPResponse.Status = .ok, cached: Bool = false) -> Response {
        var headers: HTTPFields = [.contentType: "application/json"]
        headers[.cacheControl] = cached ? "public, max-age=60" : "no-store"
        if !cached, let pragma = HTTPField.Name("Pragma") { headers[pragma] = "no-cache" }
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    static func error(_ error: OAuthError) -> Response {
        let body = ["error": error.code.rawValue, "error_description": error.description]
        // A dictionary of strings always encodes.
        let bytes = (try? JSONEncoder().encode(body)) ?? Data()
        var response = self.json(bytes: bytes, status: .init(code: error.status))
        if let challenge = error.challenge { response.headers[.wwwAuthenticate] = challenge }
        if error.code == .temporarilyUnavailable { response.headers[.retryAfter] = "\(error.retryAfterSeconds)" }
        return response
    }
}
