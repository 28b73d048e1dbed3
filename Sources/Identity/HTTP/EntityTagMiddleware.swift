internal import Foundation
internal import HTTPTypes
package import Hummingbird
package import Store

/// Marks entities that are read with an `ETag`, and answers 304 to who has that one already (RFC 9110, sections
/// 8.8.3 and 13.1.2).
///
/// The tag is that of all entities together: 304 to one list says that nothing was changed in any.
package struct EntityTagMiddleware: RouterMiddleware {
    package typealias Context = APIContext

    private let store: ConfigurationStore

    package init(store: ConfigurationStore) {
        self.store = store
    }

    package func handle(
        _ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        guard request.method == .get || request.method == .head else { return try await next(request, context) }
        // Before the handler reads: what it reads is at least as new.
        let tag = "W/\"\(self.store.tag)\""
        var response = try await next(request, context)
        guard response.status == .ok else { return response }
        if let known = request.headers[.ifNoneMatch], Self.matches(known, tag) {
            return Response(status: .notModified, headers: [.eTag: tag])
        }
        response.headers[.eTag] = tag
        return response
    }

    /// Compares weakly with each of a list of tags; `*` is whatever there is.
    private static func matches(_ list: String, _ tag: String) -> Bool {
        list.split(separator: ",").contains { item in
            let item = item.trimmingCharacters(in: .whitespaces)
            return item == "*" || item == tag || "W/" + item == tag
        }
    }
}
