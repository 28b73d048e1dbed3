internal import Foundation
package import HTTPTypes
package import Hummingbird
internal import JSON
internal import NIOCore

extension Response {
    /// An answer in JSON, dates in RFC 3339 with milliseconds.
    package static func json(
        _ value: some Encodable, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) throws -> Response {
        try .json(value, status: status, headers: headers, contentType: "application/json")
    }

    /// An entity with its tag.
    package static func json(_ value: some Encodable, tag: EntityTag) throws -> Response {
        try .json(value, headers: [.eTag: tag.text])
    }

    package static var noContent: Response { Response(status: .noContent) }

    private static func json(
        _ value: some Encodable, status: HTTPResponse.Status, headers: HTTPFields, contentType: String
    ) throws -> Response {
        let data = try EntityCoding.encode(value)
        var headers = headers
        headers[.contentType] = contentType
        headers[.cacheControl] = headers[.cacheControl] ?? "no-store"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
    }

    /// The problem as `application/problem+json`. A 401 says how to authenticate.
    package static func problem(_ problem: Problem, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        if problem.status == 401, headers[.wwwAuthenticate] == nil {
            headers[.wwwAuthenticate] = #"Bearer realm="sluice""#
        }
        let status = HTTPResponse.Status(code: problem.status)
        let answer = try? Response.json(
            problem, status: status, headers: headers, contentType: "application/problem+json")
        return answer ?? Response(status: status, headers: headers)
    }
}
