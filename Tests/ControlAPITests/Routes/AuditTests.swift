import Foundation
import HTTPTypes
import Store
import Synchronization
import Testing

@testable import ControlAPI

@Suite struct AuditTests {
    private static func changes(_ api: TestAPI, _ query: String = "page[size]=100") async throws -> [[String: Any]] {
        let answer = try await api.get("/v1/audit?\(query)")
        try #require(answer.status == 200, "\(answer.text)")
        return answer.data
    }

    private static func text(_ change: [String: Any], _ fields: String...) -> String {
        fields.map { change[$0] as? String ?? "-" }.joined(separator: " ")
    }

    @Test func `every change is kept with who, what, and the values before and after`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let policy = "\(scenario.virtualClusterPath)/cluster-policies/\(scenario.policy)"
            let patch = try await api.call(
                .patch, policy, #"{"description":"opened"}"#, headers: [.userAgent: "sluice/0.1.0 apply"])
            #expect(patch.status == 200)
            #expect(try await api.delete(policy).status == 204)

            let changes = try await Self.changes(api)
            #expect(
                changes.map { Self.text($0, "who", "method", "action", "entity", "entity_name") } == [
                    "admin DELETE deleted cluster policy acl_policy", "admin PATCH changed cluster policy acl_policy",
                    "admin POST created cluster policy acl_policy", "admin POST created listener policy forward",
                    "admin POST created listener example_listener",
                    "admin POST created virtual cluster example_virtual_cluster",
                    "admin POST created backend cluster default_backend_cluster",
                    "admin POST created gateway event-gateway-quickstart",
                ])
            let changed = changes[1]
            #expect(
                Self.text(changed, "path", "entity_id", "user_agent")
                    == "\(policy) \(scenario.policy) sluice/0.1.0 apply")
            #expect(
                Self.text(changed, "gateway_id", "version_before", "version_after")
                    == "\(scenario.gateway) v1.6 v1.7")
            #expect((changed["before"] as? [String: Any])?["description"] as? String == "")
            #expect((changed["after"] as? [String: Any])?["description"] as? String == "opened")
            #expect((changes[0]["before"] as? [String: Any])?["id"] as? String == scenario.policy)
            #expect(changes[0]["after"] is NSNull)
            #expect(changes[2]["before"] is NSNull)
            #expect(changes.last.map { Self.text($0, "version_before", "version_after") } == "- v1.1")
        }
    }

    @Test func `orders, closed connections and new topics are changes too`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let second = try await api.post(
                "\(scenario.virtualClusterPath)/cluster-policies", Scenario.aclBody(name: "second")
            ).id
            let order = #"{"policies":["\#(second)","\#(scenario.policy)"]}"#
            #expect(try await api.put("\(scenario.virtualClusterPath)/cluster-policy-chain", order).status == 200)
            #expect(try await api.delete("/v1/event-gateways/-/connections/7").status == 204)
            #expect(try await api.post("\(scenario.virtualClusterPath)/topics", #"{"name":"orders"}"#).status == 204)
            let changes = try await Self.changes(api, "page[size]=3")
            #expect(
                changes.map { Self.text($0, "action", "entity", "entity_id") } == [
                    "created topic orders", "closed connection 7",
                    "reordered cluster policy chain \(scenario.virtualCluster)",
                ])
            #expect((changes[2]["after"] as? [String: Any])?["policies"] as? [String] == [second, scenario.policy])
        }
    }

    @Test func `what is refused is no change`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let before = try await Self.changes(api).count
            #expect(try await api.post("/v1/event-gateways", "{}").status == 400)
            #expect(try await api.post("/v1/event-gateways", #"{"name":"event-gateway-quickstart"}"#).status == 409)
            #expect(try await api.delete(scenario.backendPath).status == 400)
            #expect(try await api.call(.delete, scenario.gatewayPath, token: nil).status == 401)
            #expect(try await api.delete("/v1/event-gateways/-/connections/404").status == 404)
            api.engine.state.withLock { $0.busyPorts = [20_000] }
            let busy = Scenario.listenerBody.replacing("19092-19095", with: "20000")
                .replacing("example_listener", with: "busy")
            #expect(try await api.post("\(scenario.gatewayPath)/listeners", busy).status == 400)
            #expect(try await Self.changes(api).count == before)
        }
    }

    @Test func `changes are paged and filtered as other lists are`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let answer = try await api.get("/v1/audit?page[size]=2&page[number]=2")
            #expect(answer.data.map { $0["entity"] as? String } == ["listener", "virtual cluster"])
            #expect(answer.page["total"] as? Int == 6)
            for (query, count) in [
                ("filter[entity][eq]=listener", 1), ("filter[entity][contains]=POLICY", 2),
                ("filter[entity_id][eq]=\(scenario.listener.uppercased())", 1), ("filter[who][eq]=admin", 6),
                ("filter[who][eq]=nobody", 0), ("filter[action]=created&filter[method]=POST", 6),
                ("filter[path][contains]=cluster-policies", 1), ("page[number]=900000000000000000&page[size]=100", 0),
            ] {
                #expect(try await Self.changes(api, query).count == count, "\(query)")
            }
            for (query, fault) in [
                ("filter[action]=exploded", "enum"), ("filter[method]=GET", "enum"),
                ("filter[gateway_id]=x", "is_uuid"),
                ("filter[colour]=red", "unknown_property"), ("sort=who", "invalid"),
            ] {
                let answer = try await api.get("/v1/audit?\(query)")
                #expect(answer.status == 400)
                #expect(answer.faults.first?.hasSuffix(" " + fault) == true, "\(query)")
            }
            #expect(try await api.call(.get, "/v1/audit", token: nil).status == 401)
        }
    }

    @Test func `each change is told once, when it is durable`() async throws {
        try await TestAPI.run { api in
            let told = Mutex<[String]>([])
            api.store.observeAudit { records in
                told.withLock { $0 += records.map { "\($0.change.action) \($0.change.entity) by \($0.origin.who)" } }
            }
            _ = try await Scenario(api)
            #expect(
                told.withLock { $0 }.first == "created gateway by admin" && told.withLock { $0 }.count == 6)
        }
    }
}
