package import HTTPTypes
package import Hummingbird
import Resources

/// The routes of one part of the API. Mounted, a path also answers HEAD and OPTIONS, and 405 to the methods it does not
/// have.
///
///     var routes = RouteTable()
///     routes.get("/v1/audit", APIOperation("listAuditRecords", …)) { request, context in ... }
///     routes.mount(on: router)
package struct RouteTable: Sendable {
    package typealias Handler = @Sendable (Request, APIContext) async throws -> Response

    private struct Route: Sendable {
        var method: HTTPRequest.Method
        var path: String
        /// nil for what every path answers.
        var operation: APIOperation?
        var handler: Handler
    }

    private var routes: [Route] = []
    /// Those of the routes that are changes.
    package internal(set) var changes: [ChangeRoute] = []

    package init() {}

    package mutating func on(
        _ method: HTTPRequest.Method, _ path: String, _ operation: APIOperation, _ handler: @escaping Handler
    ) {
        self.routes.append(Route(method: method, path: path, operation: operation, handler: handler))
    }

    /// Answers OPTIONS in the path's own way.
    package mutating func options(_ path: String, _ handler: @escaping Handler) {
        self.routes.append(Route(method: .options, path: path, operation: nil, handler: handler))
    }

    /// The routes as the API's description has them.
    var described: [(method: HTTPRequest.Method, path: String, operation: APIOperation)] {
        self.routes.compactMap { route in route.operation.map { (route.method, route.path, $0) } }
    }

    /// The routes behind ``EntityTagMiddleware``: what is read has a tag.
    package var conditional: RouteTable {
        var table = self
        for index in table.routes.indices where table.routes[index].method == .get {
            table.routes[index].operation = table.routes[index].operation?.conditional()
        }
        return table
    }

    /// Adds all routes of another table, changes included.
    package mutating func add(_ other: RouteTable) {
        self.routes += other.routes
        self.changes += other.changes
    }

    package mutating func get(_ path: String, _ operation: APIOperation, _ handler: @escaping Handler) {
        self.on(.get, path, operation, handler)
    }
    package mutating func post(_ path: String, _ operation: APIOperation, _ handler: @escaping Handler) {
        self.on(.post, path, operation, handler)
    }
    package mutating func put(_ path: String, _ operation: APIOperation, _ handler: @escaping Handler) {
        self.on(.put, path, operation, handler)
    }
    package mutating func patch(_ path: String, _ operation: APIOperation, _ handler: @escaping Handler) {
        self.on(.patch, path, operation, handler)
    }
    package mutating func delete(_ path: String, _ operation: APIOperation, _ handler: @escaping Handler) {
        self.on(.delete, path, operation, handler)
    }

    /// The methods that this server knows, for OPTIONS about the server as a whole.
    static let methods = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"

    /// Every path answers what HTTP asks of each resource, too: HEAD as GET (RFC 9110, section 9.3.2; the body falls away
    /// in ``ProblemMiddleware``), OPTIONS with the methods there are (section 9.3.7), and 405 with them to the others.
    package func mount(on router: some RouterMethods<APIContext>) {
        for (path, routes) in Dictionary(grouping: self.routes, by: \.path) {
            var handlers = Dictionary(uniqueKeysWithValues: routes.map { ($0.method, $0.handler) })
            if let get = handlers[.get], handlers[.head] == nil { handlers[.head] = get }
            let options: Handler = handlers[.options] ?? { @Sendable _, _ in .noContent }
            let allowed = Set(handlers.keys).union([.options]).map(\.rawValue).sorted()
            let allow = allowed.joined(separator: ", ")
            handlers[.options] = { request, context in
                var response = try await options(request, context)
                response.headers[.allow] = allow
                return response
            }
            for method: HTTPRequest.Method in [.get, .head, .post, .put, .patch, .delete, .options, .trace] {
                let handler: Handler =
                    handlers[method] ?? { @Sendable _, _ in
                        .problem(.methodNotAllowed(method.rawValue, allowed: allowed), headers: [.allow: allow])
                    }
                router.on(RouterPath(path), method: method, use: handler)
            }
        }
    }
}

extension APIContext {
    /// The id that a segment of the path holds, decoded; a UUID in lower case, as ids are stored.
    /// - Throws: ``Problem`` 404 when the route has no such capture, 400 when the segment cannot be decoded.
    package func pathParameter(_ name: String) throws(Problem) -> String {
        canonicalID(try self.pathText(name))
    }

    /// The text that a segment of the path holds, decoded: a name, or an id whose letters have a case.
    /// - Throws: as ``pathParameter(_:)``.
    package func pathText(_ name: String) throws(Problem) -> String {
        guard let segment = self.parameters.get(name) else { throw .notFound("No resource here") }
        do throws(PathSegment.Fault) {
            return try PathSegment.decoded(segment)
        } catch {
            let reason =
                switch error {
                case .malformed: "is not percent-encoded UTF-8"
                case .slash: "must not hold %2F: what has a slash in its name goes by its id here"
                case .zero: "must not hold %00"
                }
            throw .badRequest(
                InvalidParameter(field: name, rule: .invalid, source: .path, reason: reason),
                detail: "The part [\(segment.prefix(100))] of the path \(reason)")
        }
    }
}
