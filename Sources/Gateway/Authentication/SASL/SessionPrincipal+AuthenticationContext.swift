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
        case .int(let int): self = .int(int)
        case .uint(let uint): self = .uint(uint)
        case .double(let double): self = .double(double)
        case .string(let string): self = .string(string)
        case .array(let elements): self = .array(elements.map(ExpressionValue.init))
        case .object(let members): self = .map(members.mapValues(ExpressionValue.init))
        }
    }
}
