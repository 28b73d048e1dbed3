import Foundation
import JSON
import Resources
import Testing

@testable import Identity

@Suite struct ClaimTests {
    private static let epoch = Date(timeIntervalSince1970: 0)

    private func claim(
        inToken: Bool, inAllScopes: Bool, scopes: [String], enabled: Bool = true, name: String = "c",
        value: String = "v"
    ) -> AuthClaim {
        AuthClaim(
            id: UUID().uuidString, name: name, value: value, includeInToken: inToken, includeInAllScopes: inAllScopes,
            includeInScopes: scopes, enabled: enabled, createdAt: Self.epoch, updatedAt: Self.epoch)
    }

    private func grant(_ ids: [String], requested: Bool) -> ScopeGrant {
        ScopeGrant(
            scopes: ids.map { AuthScope(id: $0, name: "name-\($0)", createdAt: Self.epoch, updatedAt: Self.epoch) },
            wasRequested: requested)
    }

    @Test func `a claim for all scopes is always in the token`() {
        let claim = self.claim(inToken: true, inAllScopes: true, scopes: [])
        #expect(claim.isIncluded(in: self.grant([], requested: false)))
        #expect(claim.isIncluded(in: self.grant(["1"], requested: true)))
    }

    @Test func `a claim for some scopes is in the token when one of them is granted`() {
        let claim = self.claim(inToken: true, inAllScopes: false, scopes: ["1", "2"])
        #expect(claim.isIncluded(in: self.grant(["3", "2"], requested: true)))
        #expect(!claim.isIncluded(in: self.grant(["3"], requested: true)))
        #expect(!claim.isIncluded(in: self.grant([], requested: false)))
    }

    @Test func `a claim for no scope is in the token when none was requested`() {
        let claim = self.claim(inToken: true, inAllScopes: false, scopes: [])
        #expect(claim.isIncluded(in: self.grant([], requested: false)))
        #expect(claim.isIncluded(in: self.grant(["1"], requested: false)))
        #expect(!claim.isIncluded(in: self.grant(["1"], requested: true)))
    }

    @Test(arguments: [true, false]) func `a claim that is not for tokens is never in one`(allScopes: Bool) {
        let claim = self.claim(inToken: false, inAllScopes: allScopes, scopes: ["1"])
        #expect(!claim.isIncluded(in: self.grant(["1"], requested: true)))
        #expect(!claim.isIncluded(in: self.grant([], requested: false)))
    }

    @Test func `a disabled claim is nowhere`() {
        let inToken = self.claim(inToken: true, inAllScopes: true, scopes: [], enabled: false)
        let elsewhere = self.claim(inToken: false, inAllScopes: true, scopes: [], enabled: false)
        #expect(!inToken.isIncluded(in: self.grant([], requested: false)))
        #expect(!elsewhere.isAddedToUserInfo(grantedScopeIDs: []))
    }

    @Test(arguments: [
        ("test", JSONValue.string("test")), ("42", .integer(42)), ("-1.5", .number(-1.5)), ("true", .bool(true)),
        ("{\"level\": 3}", .object(["level": .integer(3)])), ("[\"a\",null]", .array([.string("a"), .null])),
        ("\"quoted\"", .string("quoted")), ("007", .string("007")), ("{broken", .string("{broken")),
    ])
    func `a configured value that is JSON keeps its type, other text is a string`(text: String, value: JSONValue) {
        #expect(JSONValue(configured: text) == value)
    }

    @Test func `of claims with one name the later wins`() {
        let claims = [
            self.claim(inToken: true, inAllScopes: true, scopes: [], value: "first"),
            self.claim(inToken: true, inAllScopes: true, scopes: [], value: "second"),
        ]
        #expect(claims.values == ["c": .string("second")])
    }
}

@Suite struct ScopeGrantTests {
    private static let epoch = Date(timeIntervalSince1970: 0)

    private let scopes = [
        AuthScope(id: "1", name: "read", isDefault: true, createdAt: epoch, updatedAt: epoch),
        AuthScope(id: "2", name: "write", createdAt: epoch, updatedAt: epoch),
        AuthScope(id: "3", name: "off", isDefault: true, enabled: false, createdAt: epoch, updatedAt: epoch),
    ]

    private func client(all: Bool, allowed: [String] = []) -> AuthClient {
        AuthClient(
            id: "client", name: "Client", grantTypes: ["client_credentials"], responseTypes: ["token"],
            allowAllScopes: all, allowScopes: allowed, createdAt: Self.epoch, updatedAt: Self.epoch)
    }

    @Test func `requested scopes are granted in the order asked for, once each`() throws {
        let grant = try ScopeGrant(requested: "write read  write", client: self.client(all: true), scopes: self.scopes)
        #expect(grant.names == ["write", "read"])
        #expect(grant.wasRequested)
    }

    @Test func `without a request the allowed default scopes are granted`() throws {
        let all = try ScopeGrant(requested: nil, client: self.client(all: true), scopes: self.scopes)
        #expect(all.names == ["read"])
        #expect(!all.wasRequested)
        let none = try ScopeGrant(requested: "", client: self.client(all: false, allowed: ["2"]), scopes: self.scopes)
        #expect(none.names.isEmpty)
    }

    @Test(arguments: ["write", "off", "unknown", "read write", "re\"ad", "é"])
    func `a scope that is unknown, disabled or not allowed is an invalid scope`(requested: String) {
        let error = #expect(throws: OAuthError.self) {
            try ScopeGrant(
                requested: requested, client: self.client(all: false, allowed: ["1", "3"]), scopes: self.scopes)
        }
        #expect(error?.code == .invalidScope)
    }
}
