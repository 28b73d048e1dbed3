package import Foundation
package import HTTPTypes
internal import Hummingbird
internal import JSON
package import Store

/// What a change answers with.
package struct ChangeAnswer: Sendable {
    package var status: HTTPResponse.Status
    /// JSON; nil for 204.
    package var body: Data?
    /// Of what is there afterwards.
    package var tag: EntityTag?
    /// Judges the entity once all changes of the request are made.
    package var finalCheck: FinalCheck?
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

/// What a change must fulfil together with all others of its request, in whatever order they come: two listeners may swap
/// their ports.
package struct FinalCheck: Sendable {
    /// The entity's id.
    package var id: String
    /// Throws what a change throws. It is given the ids of what later changes check: those are compared with this one,
    /// and not the other way round, so that a conflict is reported once.
    package var run: @Sendable (StoreSnapshot, _ checkedLater: Set<String>) throws -> Void

    package init(id: String, run: @escaping @Sendable (StoreSnapshot, _ checkedLater: Set<String>) throws -> Void) {
        self.id = id
        self.run = run
    }
}
