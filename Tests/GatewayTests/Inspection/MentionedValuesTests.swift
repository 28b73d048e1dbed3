import JSON
import Policies
import Testing

@testable import Gateway

@Suite struct MentionedValuesTests {
    private static let context = SessionPrincipal(
        type: .saslOAuthBearer, name: "ali",
        claims: .object([
            "team": .string("a"), "odd name": .array([.integer(1), .string("x")]), "deep": .object(["er": .bool(true)]),
        ])
    ).authenticationContext

    @Test(arguments: [
        ("context.auth.principal.name == \"x\"", ["context.auth.principal.name is \"ali\""]),
        ("context.auth.type == 'anonymous'", ["context.auth.type is \"sasl_oauth_bearer\""]),
        ("context.auth.token.claims.team.startsWith(\"a\")", ["context.auth.token.claims.team is \"a\""]),
        ("context.auth.token.claims[\"odd name\"]", ["context.auth.token.claims[\"odd name\"] is [1, \"x\"]"]),
        (
            "context.auth.token.claims.deep.er && context.auth.token.claims.none.at == 1",
            [
                "context.auth.token.claims.deep.er is true", "context.auth.token.claims.none.at is absent",
            ]
        ),
        (
            "[context.auth.token.claims.team, context.auth.token.claims.team]",
            ["context.auth.token.claims.team is \"a\""]
        ),
        ("context.auth.", ["context.auth is absent"]),
        ("true", []),
    ])
    func `each value of the identity is found once, with what it is`(text: String, sentences: [String]) {
        #expect(MentionedValues.of(text, in: Self.context).map(\.sentence) == sentences)
    }

    @Test func `what is put into glob() is told apart`() {
        let values = MentionedValues.of(
            "[glob( context.auth.token.claims.team), context.auth.principal.name]", in: Self.context)
        #expect(values.map(\.isPattern) == [true, false])
    }
}
