import Foundation
import HTTPTypes
import Hummingbird
import Logging
import ManagementHTTP
import Resources
import Store

/// The public endpoints of an auth server, below its issuer URL: metadata, keys, tokens.
///
/// Errors leave here as RFC 6749 JSON. What is logged names the auth server and the error code, never a parameter.
struct PublicEndpoints: Sendable {
    let identity: IdentityCore

    typealias Answer =
        @Sendable (_ request: Request, _ context: APIContext, _ server: AuthServer) async throws ->
        Response

    var table: RouteTable {
        var routes = RouteTable()
        self.add([(.get, .metadata("OpenID"))], "/.well-known/openid-configuration", to: &routes, answer: self.metadata)
        self.add(
            [(.get, .metadata("OAuth"))], "/.well-known/oauth-authorization-server", to: &routes, answer: self.metadata)
        self.add([(.get, .keySet)], "/.well-known/jwks", to: &routes, answer: self.keySet)
        self.add([(.post, .token)], "/oauth/token", to: &routes, answer: self.token)
        self.add([(.post, .introspect)], "/introspect", to: &routes, answer: self.introspect)
        self.add([(.post, .revoke)], "/revoke", to: &routes, answer: self.revoke)
        self.add(
            [(.get, .userInfo("getUserInfo")), (.post, .userInfo("postUserInfo"))], "/userinfo", to: &routes,
            answer: self.userInfo)
        return routes
    }

    private func add(
        _ methods: [(HTTPRequest.Method, APIOperation)], _ path: String, to routes: inout RouteTable,
        answer: @escaping Answer
    ) {
        let path = "/:issuerID/auth\(path)"
        for (method, operation) in methods {
            routes.on(method, path, operation) { request, context in
                try await self.respond(to: request, context: context, answer: answer)
            }
        }
        routes.options(path) { request, context in
            CORS(server: try await self.server(context)).preflight(request.headers[.origin])
        }
    }

    /// The auth server whose issuer the path begins with.
    ///
    /// - Throws: ``Problem`` 404.
    private func server(_ context: APIContext) async throws -> AuthServer {
        let issuerID = try context.pathText("issuerID")
        guard let server = try await self.identity.store.read({ try $0.authServer(issuerPath: "/\(issuerID)/auth") })
        else { throw Problem.notFound("issuer", id: issuerID) }
        return server
    }

    private func respond(
        to request: Request, context: APIContext, answer: Answer
    ) async throws -> Response {
        let server = try await self.server(context)
        var response: Response
        do {
            response = try await answer(request, context, server)
        } catch let error as OAuthError {
            self.identity.logger.debug(
                "token request refused",
                metadata: [
                    "authServer": "\(server.name)", "path": "\(request.uri.path)", "error": "\(error.code.rawValue)",
                ])
            response = OAuthResponse.error(error)
        } catch let error as SecretVerifier.Overloaded {
            response = OAuthResponse.error(
                OAuthError(
                    code: .temporarilyUnavailable, description: "Too many clients authenticate at once; try again.",
                    retryAfterSeconds: error.retryAfterSeconds))
        } catch {
            // A store error names entities; of any other only the type is safe to write down.
            let reason = (error as? StoreError)?.description ?? "\(type(of: error))"
            self.identity.logger.error(
                "token request failed",
                metadata: ["authServer": "\(server.name)", "path": "\(request.uri.path)", "error": "\(reason)"])
            response = OAuthResponse.error(
                OAuthError(code: .serverError, description: "The identity server failed; its log says why."))
        }
        CORS(server: server).allow(request.headers[.origin], in: &response.headers)
        return response
    }
}
