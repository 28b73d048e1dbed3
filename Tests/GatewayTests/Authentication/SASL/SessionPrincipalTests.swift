import JSON
import Policies
import PolicyExpressions
import Testing

@testable import Gateway

@Suite struct SessionPrincipalTests {
    @Test func `policies see type, name and all claims`() {
        let principal = SessionPrincipal(
            type: .saslOAuthBearer, name: "ali",
            claims: .object([
                "s": .string("x"), "n": .null, "b": .bool(true), "i": .integer(-1), "u": .unsigned(.max),
                "d": .number(0.5),
                "a": .array([.integer(1), .object([:])]),
            ]))
        #expect(
            principal.authenticationContext
                == AuthenticationContext(
                    type: "sasl_oauth_bearer", principalName: "ali",
                    claims: .map([
                        "s": "x", "n": .null, "b": .bool(true), "i": .int(-1), "u": .uint(.max), "d": .double(0.5),
                        "a": .array([.int(1), .map([:])]),
                    ])))
        #expect(SessionPrincipal.anonymous.authenticationContext == .anonymous)
    }
}
