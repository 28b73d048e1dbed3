extension AuthenticationRule {
    /// Whether every client that `other` let in may stay under this rule, as who it is.
    ///
    /// What decides is where the keys are, what tokens have to say, and which claims name the client. How long a key set
    /// is kept, or may take to come, decides nothing, and a rule that demands less than before still admits everyone.
    package func admitsAll(of other: AuthenticationRule) -> Bool {
        switch (self, other) {
        case (.anonymous, .anonymous): true
        case (.oauthBearer(let rule), .oauthBearer(let other)): rule.admitsAll(of: other)
        case (.anonymous, .oauthBearer), (.oauthBearer, .anonymous): false
        }
    }
}

extension OAuthBearerRule {
    fileprivate func admitsAll(of other: OAuthBearerRule) -> Bool {
        self.jwks.endpoint.hasSameBytes(as: other.jwks.endpoint)
            && self.subjectClaim == other.subjectClaim && self.scopeClaim == other.scopeClaim
            && (self.issuer == nil || self.issuer == other.issuer) && self.takesAudiences(of: other)
    }

    private func takesAudiences(of other: OAuthBearerRule) -> Bool {
        // A rule that names no audience takes every token.
        self.audiences.isEmpty || !other.audiences.isEmpty && other.audiences.isSubset(of: self.audiences)
    }

    private var issuer: WireName? { self.validate?.issuer.map { WireName($0) } }
    private var audiences: Set<WireName> { Set((self.validate?.audiences ?? []).map { WireName($0.name) }) }
    private var subjectClaim: WireName { WireName(self.claimsMapping?.sub ?? "sub") }
    private var scopeClaim: WireName { WireName(self.claimsMapping?.scope ?? "scope") }
}
