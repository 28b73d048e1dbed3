import Foundation
import HTTPTypes
import Hummingbird
import Identity
import ManagementHTTP
import Store
import Testing

@testable import ControlAPI

/// Writers that name the version they have read.
@Suite struct PreconditionTests {
    /// A resource of each kind, children before what they lie in.
    private struct Sample {
        var template: String
        var path: String
        /// By method.
        var bodies: [HTTPRequest.Method: String?]
    }

    private static func samples(_ api: TestAPI) async throws -> [Sample] {
        let scenario = try await Scenario(api)
        func made(_ path: String, _ body: String) async throws -> String {
            let answer = try await api.post(path, body)
            try #require(answer.status == 201, "\(path): \(answer.text)")
            return answer.id
        }
        let server = "/v1/auth-servers/\(try await made("/v1/auth-servers", #"{"name":"dev","audience":"a"}"#))"
        let scope = try await made("\(server)/scopes", #"{"name":"my-scope"}"#)
        let claim = try await made("\(server)/claims", #"{"name":"c","value":"v"}"#)
        let clientBody = #""name":"cl","grant_types":["client_credentials"],"response_types":["token"]"#
        let client = "\(server)/clients/\(try await made("\(server)/clients", "{\(clientBody)}"))"
        let secret = try await made("\(client)/secrets", "{}")
        let token = TokenRecord(
            id: "t1", serverID: String(server.split(separator: "/")[2]),
            clientID: String(client.split(separator: "/")[4]), scopes: [], createdAt: Date(),
            expiresAt: Date().addingTimeInterval(600))
        try await api.store.write { try $0.insert(token) }
        let keys = try await api.get("\(server)/keys").object["data"] as? [[String: Any]]
        let key = try #require(keys?.first?["id"] as? String)
        let gateway = "/v1/event-gateways/:gatewayId"
        let of = "/v1/auth-servers/:authServerID"
        let forward = Scenario.forwardBody(virtualCluster: scenario.virtualCluster)
        return [
            Sample(
                template: "\(gateway)/listeners/:eventGatewayListenerId/policy-chain",
                path: "\(scenario.listenerPath)/policy-chain",
                bodies: [.put: "{\"policies\":[\"\(scenario.forward)\"]}"]),
            Sample(
                template: "\(gateway)/virtual-clusters/:virtualClusterId/cluster-policy-chain",
                path: "\(scenario.virtualClusterPath)/cluster-policy-chain",
                bodies: [.put: "{\"policies\":[\"\(scenario.policy)\"]}"]),
            Sample(
                template: "\(gateway)/listeners/:eventGatewayListenerId/policies/:policyId",
                path: "\(scenario.listenerPath)/policies/\(scenario.forward)",
                bodies: [.put: forward, .patch: "{\"description\":\"x\"}", .delete: nil]),
            Sample(
                template: "\(gateway)/virtual-clusters/:virtualClusterId/cluster-policies/:policyId",
                path: "\(scenario.virtualClusterPath)/cluster-policies/\(scenario.policy)",
                bodies: [.put: Scenario.aclBody(), .patch: "{\"description\":\"x\"}", .delete: nil]),
            Sample(
                template: "\(gateway)/listeners/:eventGatewayListenerId", path: scenario.listenerPath,
                bodies: [.put: Scenario.listenerBody, .delete: nil]),
            Sample(
                template: "\(gateway)/virtual-clusters/:virtualClusterId", path: scenario.virtualClusterPath,
                bodies: [.put: Scenario.virtualClusterBody(backend: scenario.backend), .delete: nil]),
            Sample(
                template: "\(gateway)/backend-clusters/:backendClusterId", path: scenario.backendPath,
                bodies: [.put: Scenario.backendBody, .delete: nil]),
            Sample(
                template: gateway, path: scenario.gatewayPath,
                bodies: [.put: "{\"description\":\"y\"}", .patch: "{\"description\":\"x\"}", .delete: nil]),
            Sample(
                template: "\(of)/clients/:clientID/tokens/:tokenID", path: "\(client)/tokens/t1",
                bodies: [.delete: nil]),
            Sample(
                template: "\(of)/clients/:clientID/secrets/:secretID", path: "\(client)/secrets/\(secret)",
                bodies: [.patch: "{\"enabled\":false}", .delete: nil]),
            Sample(
                template: "\(of)/clients/:clientID", path: client,
                bodies: [.put: "{\(clientBody),\"client_secret\":\"abc\"}", .patch: "{\"name\":\"x\"}", .delete: nil]),
            Sample(
                template: "\(of)/claims/:claimID", path: "\(server)/claims/\(claim)",
                bodies: [.patch: "{\"value\":\"w\"}", .delete: nil]),
            Sample(
                template: "\(of)/scopes/:scopeID", path: "\(server)/scopes/\(scope)",
                bodies: [.patch: "{\"description\":\"w\"}", .delete: nil]),
            Sample(template: "\(of)/keys/:keyID", path: "\(server)/keys/\(key)", bodies: [.delete: nil]),
            Sample(template: of, path: server, bodies: [.patch: "{\"description\":\"w\"}", .delete: nil]),
        ]
    }

    @Test func `every call that changes or deletes something obeys If-Match`() async throws {
        try await TestAPI.run { api in
            let samples = try await Self.samples(api)
            for sample in samples {
                for method in [HTTPRequest.Method.put, .patch, .delete] {
                    guard let body = sample.bodies[method] else { continue }
                    let what = "\(method) \(sample.template)"
                    func call(_ ifMatch: String) async throws -> Answer {
                        try await api.call(method, sample.path, body, headers: [.ifMatch: ifMatch])
                    }
                    let tag = try #require(try await api.get(sample.path).headers[.eTag], "\(what)")
                    #expect(tag.hasPrefix("\""), "\(what): \(tag) is strong")
                    for wrong in ["\"nonsense\"", "nonsense", "W/\(tag)", "\"a\", W/\(tag)", ""] {
                        let refused = try await call(wrong)
                        #expect(refused.status == 412, "\(what) with \(wrong): \(refused.text)")
                        #expect(refused.detail.contains(tag), "\(what): \(refused.detail)")
                    }
                    let taken = try await call("\"a\", \(tag)")
                    #expect((200..<300).contains(taken.status), "\(what): \(taken.text)")
                    if method != .delete {
                        #expect((200..<300).contains(try await call("*").status), "\(what)")
                        let isChain = sample.template.hasSuffix("-chain")
                        #expect(try await call(tag).status == (isChain ? 200 : 412), "\(what) with the tag of before")
                    } else {
                        #expect(try await call("*").status == 404, "\(what): there is nothing any more")
                    }
                }
            }
        }
    }

    /// A new kind of entity comes into the list above, or fails here.
    @Test func `no resource is left out`() async throws {
        try await TestAPI.run { api in
            let control = ControlAPI(
                store: api.store, adminToken: "t", engine: api.engine, engineClient: api.engine,
                readiness: { Readiness(status: .ready) })
            let tables = control.entityRoutes
            let ofIdentity = try TestAPI.identity(api.store).addManagementRoutes(to: Router(context: APIContext.self))
            let known = Set(
                try await Self.samples(api).flatMap { sample in
                    sample.bodies.keys.map { "\($0) \(sample.template)" }
                } + ["DELETE /v1/auth-servers/:authServerID/clients/:clientID/tokens"])
            let all = Set(
                (tables.flatMap(\.changes) + ofIdentity.changes).filter { $0.method != .post }.map {
                    "\($0.method) \($0.path)"
                }
            )
            #expect(all == known)
        }
    }

    @Test func `a client that somebody else made is not replaced by a call that means to create it`() async throws {
        try await TestAPI.run { api in
            let server = try await api.post("/v1/auth-servers", #"{"name":"dev","audience":"a"}"#)
            let path = "/v1/auth-servers/\(server.id)/clients/me"
            let body =
                #"{"name":"me","grant_types":["client_credentials"],"response_types":["token"],"client_secret":"abc"}"#
            func put(_ headers: HTTPFields) async throws -> Int {
                try await api.call(.put, path, body, headers: headers).status
            }
            #expect(try await put([.ifMatch: "*"]) == 412, "there is none yet")
            #expect(try await put([.ifNoneMatch: "*"]) == 201)
            #expect(try await put([.ifNoneMatch: "*"]) == 412)
            #expect(try await put([.ifMatch: "*"]) == 200)
        }
    }

    @Test func `one that is deleted and made again is another version`() async throws {
        try await TestAPI.run { api in
            let server = try await api.post("/v1/auth-servers", #"{"name":"dev","audience":"a"}"#)
            let path = "/v1/auth-servers/\(server.id)/clients/me"
            let body =
                #"{"name":"me","grant_types":["client_credentials"],"response_types":["token"],"client_secret":"abc"}"#
            #expect(try await api.put(path, body).status == 201)
            let first = try #require(try await api.get(path).headers[.eTag])
            #expect(try await api.delete(path).status == 204)
            #expect(try await api.put(path, body).status == 201)
            #expect(try await api.get(path).headers[.eTag] != first)
        }
    }
}
