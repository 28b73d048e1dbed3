package import GatewayModel
package import HTTPTypes
package import Hummingbird

/// The routes of one part of the API. Mounted, a path also answers 405 to the methods it does not have.
///
///     var routes = RouteTable()
///     routes.get("/v1/auth-servers") { request, context in ... }
///     routes.mount(on: router)
package struct RouteTable: Sendable {
    package typealias Handler = @Sendable (Request, APIContext) async throws -> Response

    private struct Route: Sendable {
        var method: HTTPRequest.Method
        var path: String
        var handler: Handler
    }

    private var routes: [Route] = []
    /// Those of the routes that are changes.
    package internal(set) var changes: [ChangeRoute] = []

    package init() {}

    package mutating func on(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping Handler) {
        self.routes.append(Route(method: method, path: path, handler: handler))
    }

    package mutating func get(_ path: String, _ handler: @escaping Handler) { self.on(.get, path, handler) }
    package mutating func post(_ path: String, _ handler: @escaping Handler) { self.on(.post, path, handler) }
    package mutating func put(_ path: String, _ handler: @escaping Handler) { self.on(.put, path, handler) }
    package mutating func patch(_ path: String, _ handler: @escaping Handler) { self.on(.patch, path, handler) }
    package mutating func delete(_ path: String, _ handler: @escaping Handler) { self.on(.delete, path, handler) }

    package func mount(on router: some RouterMethods<APIContext>) {
        for route in self.routes {
            router.on(RouterPath(route.path), method: route.method, use: route.handler)
        }
        for (path, routes) in Dictionary(grouping: self.routes, by: \.path) {
            let allowed = routes.map(\.method.rawValue).sorted()
            for method: HTTPRequest.Method in [.get, .post, .put, .patch, .delete, .head, .options]
            where !allowed.contains(method.rawValue) {
                router.on(RouterPath(path), method: method) { _, _ in
                    Response.problem(
                        .methodNotAllowed(method.rawValue, allowed: allowed),
                        headers: [.allow: allowed.joined(separator: ", ")])
                }
            }
        }
    }
}

extension APIContext {
    /// A segment of the path that the route captures.
    /// - Throws: ``Problem`` 404 when the route has no such capture.
    package func pathParameter(_ name: String) throws(Problem) -> String {
        guard let value = self.parameters.get(name) else { throw .notFound("No resource here") }
        return value
    }
}
