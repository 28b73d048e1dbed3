/// What went wrong with a token request, in the words of RFC 6749 §5.2 and RFC 6750 §3.1.
///
/// Descriptions are fixed sentences: no secret and nothing that a client sent is repeated, except scope names that have
/// been checked to be scope tokens.
struct OAuthError: Error, Equatable {
    enum Code: String, CaseIterable {
        case invalidRequest = "invalid_request"
        case invalidClient = "invalid_client"
        case invalidScope = "invalid_scope"
        case unauthorizedClient = "unauthorized_client"
        case unsupportedGrantType = "unsupported_grant_type"
        case unsupportedTokenType = "unsupported_token_type"
        /// RFC 6750: the bearer token at the userinfo endpoint.
        case invalidToken = "invalid_token"
        /// For answers that RFC 6749 has no word for at this endpoint: 503 or 429 with Retry-After.
        case temporarilyUnavailable = "temporarily_unavailable"
        case serverError = "server_error"
    }

    var code: Code
    var description: String
    /// For the one case where the code alone does not say it: a body that is too large.
    var isTooLarge = false
    /// For `temporarily_unavailable`: when to try again.
    var retryAfterSeconds = 1
    /// For `temporarily_unavailable`: the client asks too often, rather than all of them together.
    var isRateLimit = false

    /// RFC 6585 §4.
    static func tooManyRequests(_ description: String) -> OAuthError {
        OAuthError(code: .temporarilyUnavailable, description: description, isRateLimit: true)
    }

    static func invalidRequest(_ description: String) -> OAuthError {
        OAuthError(code: .invalidRequest, description: description)
    }

    static func invalidClient(_ description: String) -> OAuthError {
        OAuthError(code: .invalidClient, description: description)
    }

    static func invalidScope(_ description: String) -> OAuthError {
        OAuthError(code: .invalidScope, description: description)
    }

    static func invalidToken(_ description: String) -> OAuthError {
        OAuthError(code: .invalidToken, description: description)
    }

    /// HTTP status: 401 for a client or a bearer token that is not known, 400 for most.
    var status: Int {
        switch self.code {
        case .invalidClient, .invalidToken: 401
        case .temporarilyUnavailable: self.isRateLimit ? 429 : 503
        case .serverError: 500
        case .invalidRequest: self.isTooLarge ? 413 : 400
        case .invalidScope, .unauthorizedClient, .unsupportedGrantType, .unsupportedTokenType: 400
        }
    }

    /// `WWW-Authenticate`, which every 401 carries (RFC 9110 §11.6.1).
    var challenge: String? {
        switch self.code {
        case .invalidClient:
            "Basic realm=\"sluice\", charset=\"UTF-8\""
        case .invalidToken:
            "Bearer realm=\"sluice\", error=\"invalid_token\", error_description=\"\(self.description)\""
        default:
            nil
        }
    }
}
