internal import HTTPTypes
package import Hummingbird
internal import Store

/// Lets only requests with the admin token through; what they change is kept under the token's name.
package struct BearerMiddleware: RouterMiddleware {
    package typealias Context = APIContext

    private let token: AdminToken

    package init(token: String) {
        self.token = AdminToken(token)
    }

    package func handle(
        _ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        do {
            try self.token.check(request.headers[.authorization])
        } catch {
            return .problem(error)
        }
        var origin = AuditOrigin.current ?? .system
        origin.who = self.token.name
        return try await AuditOrigin.$current.withValue(origin) { try await next(request, context) }
    }
}
