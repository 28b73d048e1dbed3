/// A token that is parsed once for all rules that judge it.
struct ParsedToken: Sendable {
    /// The parts, or the reason why there are none, which is the same for every rule.
    let result: Result<JSONWebToken, TokenRejection>

    init(_ token: BearerToken) {
        do throws(TokenRejection) {
            self.result = .success(try Self.parse(token))
        } catch {
            self.result = .failure(error)
        }
    }

    private static func parse(_ token: BearerToken) throws(TokenRejection) -> JSONWebToken {
        let jwt: JSONWebToken
        do throws(JSONWebTokenError) {
            jwt = try JSONWebToken(token.text)
        } catch {
            throw .malformed(error)
        }
        // Explicit types keep tokens made for other purposes apart (RFC 8725 §3.11); most issuers say JWT or nothing.
        if let type = jwt.type?.lowercased(), type.hasSuffix("+jwt"), type != "at+jwt", type != "application/at+jwt" {
            throw .wrongType(type)
        }
        return jwt
    }
}
