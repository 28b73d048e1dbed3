import Testing

@testable import Gateway

@Suite struct NamedPrincipalsTests {
    @Test(arguments: [
        ("context.auth.principal.name == 'billing'", ["billing"]),
        ("context.auth.principal.name==\"a b\" || context.auth.principal.name == 'c'", ["a b", "c"]),
        ("context.auth.principal.name != 'billing'", []), ("context.auth.principal.name == 'it\\'s'", []),
        ("context.auth.principal.name == context.auth.type", []), ("context.auth.principal.name == 'open", []),
        ("context.auth.type == 'anonymous'", []), ("", []),
    ])
    func `the names that a condition compares with are found`(condition: String, names: [String]) {
        #expect(NamedPrincipals.of(condition) == names)
    }
}
