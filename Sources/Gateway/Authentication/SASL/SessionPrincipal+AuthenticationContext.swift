import JSON
import Policies
import PolicyExpressions

extension SessionPrincipal {
    /// The principal as policies see it: `context.auth.*`.
    var authenticationContext: AuthenticationContext {
        AuthenticationContext(
            type: self.type.rawValue, principalName: self.name, claims: self.claims.map(ExpressionValue.init))
    }
}

extension ExpressionValue {
    /// The same value in the expression language.
    init(_ value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool(let bool): self = .bool(bool)
        case .integer(let int): self = .int(int)
        case .unsigned(let uint): self = .uint(uint)
        case .number(let double): self = .double(double)
        case .string(let string): self = .string(string)
        case .array(let elements): self = .array(elements.map(ExpressionValue.init))
        case .object(let members):
            self = .map(members.reduce(into: [:]) { $0[$1.key] = ExpressionValue($1.value) })
        }
    }
}
