import JSON
import Resources

/// The scopes that a token request named and was granted.
struct ScopeGrant: Equatable, Sendable {
    /// The granted scopes, in the order asked for; defaults in order of creation.
    var scopes: [AuthScope]
    /// False when the request named no scope and the scopes are the client's defaults.
    var wasRequested: Bool

    var names: [String] { self.scopes.map(\.name) }
    var ids: Set<String> { Set(self.scopes.map(\.id)) }
}

extension AuthClaim {
    /// Whether the claim belongs in a token with this grant.
    ///
    /// | `include_in_token` | `include_in_all_scopes` | `include_in_scopes` | included |
    /// | --- | --- | --- | --- |
    /// | true | true | any | always |
    /// | true | false | ids | when one of these scopes is granted |
    /// | true | false | none | when the request named no scope |
    /// | false | any | any | never |
    func isIncluded(in grant: ScopeGrant) -> Bool {
        guard self.enabled, self.includeInToken else { return false }
        if self.includeInAllScopes { return true }
        guard !self.includeInScopes.isEmpty else { return !grant.wasRequested }
        return !grant.ids.isDisjoint(with: self.includeInScopes)
    }

    /// Whether the userinfo endpoint adds the claim to those that are in the token already.
    func isAddedToUserInfo(grantedScopeIDs: Set<String>) -> Bool {
        guard self.enabled, !self.includeInToken else { return false }
        return self.includeInAllScopes || self.includeInScopes.isEmpty
            || !grantedScopeIDs.isDisjoint(with: self.includeInScopes)
    }
}

extension [AuthClaim] {
    /// Name to value; of claims with the same name the later one wins.
    var values: [String: JSONValue] {
        self.reduce(into: [:]) { $0[$1.name] = JSONValue(configured: $1.value) }
    }
}
