internal import Crypto
internal import Foundation
internal import GatewayModel
internal import HTTPTypes
package import Hummingbird

/// Lets only requests with the admin token through.
package struct BearerMiddleware: RouterMiddleware {
    package typealias Context = APIContext

    private let tokenDigest: SHA256Digest

    package init(token: String) {
        self.tokenDigest = SHA256.hash(data: Data(token.utf8))
    }

    package func handle(
        _ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        guard let header = request.headers[.authorization] else {
            return .problem(.unauthorized("The header Authorization: Bearer <admin token> is missing"))
        }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            return .problem(.unauthorized("The header Authorization must be Bearer <admin token>"))
        }
        // Digests compare in constant time and hide the token's length.
        guard SHA256.hash(data: Data(parts[1].utf8)) == self.tokenDigest else {
            return .problem(
                .unauthorized("The token is not this instance's admin token; it is in the file admin-token"))
        }
        return try await next(request, context)
    }
}
