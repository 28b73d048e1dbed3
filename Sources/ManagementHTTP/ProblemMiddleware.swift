internal import HTTPTypes
package import Hummingbird
internal import Logging
internal import Resources
package import Store

/// The outermost middleware: turns every error of a route into a problem answer and logs unexpected ones, removes the
/// body of every answer to HEAD, and answers OPTIONS about the server as a whole. What is changed meanwhile is kept
/// with where the request came from.
package struct ProblemMiddleware: RouterMiddleware {
    package typealias Context = APIContext

    package init() {}

    package func handle(
        _ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        // Load balancers ask so by default: HAProxy's `option httpchk` is OPTIONS /.
        if request.method == .options, ["/", "*"].contains(request.head.path) {
            return Response(status: .noContent, headers: [.allow: RouteTable.methods])
        }
        let origin = AuditOrigin(
            who: AuditOrigin.stranger, method: request.method.rawValue, path: request.uri.path,
            remoteAddress: context.remoteAddress, userAgent: request.headers[.userAgent])
        let response = await AuditOrigin.$current.withValue(origin) {
            await self.answer(request, context: context, next: next)
        }
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func answer(
        _ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response
    ) async -> Response {
        do {
            return try await next(request, context)
        } catch {
            let problem = Problem(error, path: request.uri.path)
            if problem.status >= 500 {
                context.logger.error(
                    "request failed",
                    metadata: [
                        "method": "\(request.method)", "path": "\(request.uri.path)",
                        "instance": "\(problem.instance)", "error": "\(error)",
                    ])
            }
            return .problem(problem)
        }
    }
}

extension Problem {
    /// - Parameter path: the request's, for the 404 of an unknown path.
    package init(_ error: any Error, path: String) {
        switch error {
        case let problem as Problem:
            self = problem
        case let body as InvalidBody:
            self = .badRequest(body.invalidParameters)
        case let error as StoreError:
            self = Problem(error)
        case let error as HTTPError where error.status == .notFound:
            self = .notFound("No resource at [\(path.prefix(200))]")
        case let error as HTTPError where error.status.code < 500:
            self = Problem(
                status: error.status.code, title: error.status.reasonPhrase, detail: error.body ?? "Refused",
                invalidParameters: error.status == .badRequest
                    ? [InvalidParameter(field: "body", rule: .invalid, reason: error.body ?? "cannot be read")] : [])
        default:
            self = .internalError()
        }
    }

    package init(_ error: StoreError) {
        switch error {
        case .taken: self = .conflict("\(error)")
        case .notFound(let kind, let id): self = .notFound(kind, id: id)
        case .referenced:
            self = .badRequest(
                InvalidParameter(field: "id", rule: .invalid, source: .path, reason: "is still in use"),
                detail: "\(error)")
        case .unreadable: self = .internalError()
        case .unavailable: self = .unavailable("The configuration store cannot serve now; the server's log says why")
        }
    }
}
