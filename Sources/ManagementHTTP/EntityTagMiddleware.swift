internal import HTTPTypes
package import Hummingbird
package import Store

/// Marks what is read with an `ETag`, and answers 304 to a client that has that state already (RFC 9110 §8.8.3 and
/// §13.1.2).
///
/// An entity's route sets the strong tag of the entity, and that is kept. Lists get a weak tag, which is that of all
/// entities together: 304 to one list says that nothing was changed in any.
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
        let ofAll = EntityTag(self.store.tag, isWeak: true)
        var response = try await next(request, context)
        guard response.status == .ok else { return response }
        let text = response.headers[.eTag] ?? ofAll.text
        if let known = request.headers[.ifNoneMatch].map(EntityTagList.init),
            case .tags(let tags) = EntityTagList(text), known == .any || tags.contains(where: known.matchesWeakly)
        {
            return Response(status: .notModified, headers: [.eTag: text])
        }
        response.headers[.eTag] = text
        return response
    }
}
