import HTTPTypes
import Hummingbird
import Resources

/// Cross-origin answers for the origins that an auth server trusts (Fetch standard, "CORS protocol").
///
/// Credentials are not allowed: a browser sends client credentials in the body or in `Authorization`, never a cookie.
struct CORS: Sendable {
    let trusted: Set<WebOrigin>

    init(server: AuthServer) {
        self.trusted = Set(server.trustedOrigins.compactMap { WebOrigin($0) })
    }

    /// Adds the headers that let the page at `origin` read the response, if it is trusted.
    func allow(_ origin: String?, in headers: inout HTTPFields) {
        headers[.vary] = "Origin"
        guard let origin, let parsed = WebOrigin(origin), self.trusted.contains(parsed) else { return }
        headers[.accessControlAllowOrigin] = origin
    }

    /// The answer to a preflight request.
    func preflight(_ origin: String?) -> Response {
        var headers = HTTPFields()
        self.allow(origin, in: &headers)
        if headers[.accessControlAllowOrigin] != nil {
            headers[.accessControlAllowMethods] = "GET, POST"
            headers[.accessControlAllowHeaders] = "authorization, content-type"
            headers[.accessControlMaxAge] = "600"
        }
        return Response(status: .noContent, headers: headers)
    }
}
