package import Foundation
internal import GatewayModel
package import HTTPTypes
internal import Hummingbird

/// What a change answers with.
package struct ChangeAnswer: Sendable {
    package var status: HTTPResponse.Status
    /// JSON; nil for 204.
    package var body: Data?
    /// Of what is there afterwards.
    package var tag: EntityTag?
    /// Runs once the change is durable.
    package var afterwards: (@Sendable () async -> Void)?

    package init(
        _ value: some Encodable, status: HTTPResponse.Status = .ok, tag: EntityTag? = nil,
        afterwards: (@Sendable () async -> Void)? = nil
    ) throws {
        self.status = status
        self.body = try EntityCoding.encode(value)
        self.tag = tag
        self.afterwards = afterwards
    }

    private init(noContent afterwards: (@Sendable () async -> Void)?) {
        self.status = .noContent
        self.afterwards = afterwards
    }

    /// 204.
    package static func noContent(afterwards: (@Sendable () async -> Void)? = nil) -> ChangeAnswer {
        ChangeAnswer(noContent: afterwards)
    }

    /// An answer to PUT carries no tag, since what is stored is not the bytes that came (RFC 9110 §9.3.4).
    func response(to method: HTTPRequest.Method) -> Response {
        guard let body = self.body else { return Response(status: self.status) }
        var headers: HTTPFields = [.contentType: "application/json", .cacheControl: "no-store"]
        if method != .put, let tag = self.tag { headers[.eTag] = tag.text }
        return Response(
            status: self.status, headers: headers, body: ResponseBody(byteBuffer: .init(bytes: Array(body))))
    }
}
