import EngineInterface
import Resources
import Testing

@testable import ControlAPI

@Suite struct PolicyChainTests {
    /// Two more policies behind the scenario's, by name.
    private func policies(_ api: TestAPI, _ scenario: Scenario) async throws -> [String] {
        var ids = [scenario.policy]
        for name in ["second", "third"] {
            ids.append(
                try await api.post("\(scenario.virtualClusterPath)/cluster-policies", Scenario.aclBody(name: name)).id)
        }
        return ids
    }

    private func chain(_ api: TestAPI, _ scenario: Scenario) async throws -> [String]? {
        try await api.get("\(scenario.virtualClusterPath)/cluster-policy-chain").object["policies"] as? [String]
    }

    @Test func `a list of policies is a bare array in chain order`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let ids = try await self.policies(api, scenario)
            let list = try await api.get("\(scenario.virtualClusterPath)/cluster-policies")
            #expect(list.array.compactMap { $0["id"] as? String } == ids)
            #expect(try await self.chain(api, scenario) == ids)
            let none = try await api.get("\(scenario.virtualClusterPath)/cluster-policies?filter[parent_policy_id]=x")
            #expect(none.text == "[]")
        }
    }

    @Test func `a policy is put before or after another`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let ids = try await self.policies(api, scenario)
            let path = "\(scenario.virtualClusterPath)/cluster-policies"
            let before = try await api.post("\(path)?before=\(ids[0])", Scenario.aclBody(name: "b1")).id
            let after = try await api.post("\(path)?after=\(ids[1])", Scenario.aclBody(name: "a1")).id
            #expect(try await self.chain(api, scenario) == [before, ids[0], ids[1], after, ids[2]])
            let applied = api.engine.applied.last?.gateways.first?.virtualClusters.first?.clusterPolicies
            #expect(applied?.map(\.id) == [before, ids[0], ids[1], after, ids[2]])
            let both = try await api.post("\(path)?before=\(ids[0])&after=\(ids[1])", Scenario.aclBody(name: "x1"))
            #expect(both.faults == ["before invalid", "after invalid"])
            let unknown = try await api.post("\(path)?before=none", Scenario.aclBody(name: "x1"))
            #expect(unknown.faults == ["before missing_reference"])
        }
    }

    @Test func `a policy moves to an index, past the end means the end`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let ids = try await self.policies(api, scenario)
            let path = "\(scenario.virtualClusterPath)/cluster-policies"
            #expect(try await api.post("\(path)/\(ids[2])/move", #"{"index":0}"#).status == 204)
            #expect(try await self.chain(api, scenario) == [ids[2], ids[0], ids[1]])
            #expect(try await api.post("\(path)/\(ids[2])/move", #"{"index":99}"#).status == 204)
            #expect(try await self.chain(api, scenario) == ids)
            #expect(try await api.post("\(path)/\(ids[0])/move", #"{"index":-1}"#).faults == ["index min"])
        }
    }

    @Test func `a chain is set as a whole, with exactly its policies`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let ids = try await self.policies(api, scenario)
            let path = "\(scenario.virtualClusterPath)/cluster-policy-chain"
            let reversed = Array(ids.reversed())
            let body = { (ids: [String]) in "{\"policies\":[\(ids.map { "\"\($0)\"" }.joined(separator: ","))]}" }
            #expect(try await api.put(path, body(reversed)).object["policies"] as? [String] == reversed)
            #expect(try await self.chain(api, scenario) == reversed)
            #expect(try await api.put(path, body([ids[0]])).faults == ["policies invalid"])
            #expect(try await api.put(path, body([ids[0], ids[0], ids[1]])).faults == ["policies[1] invalid"])
            #expect(try await self.chain(api, scenario) == reversed)
        }
    }

    @Test func `a patch changes what it names, a put resets the rest`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let path = "\(scenario.virtualClusterPath)/cluster-policies/\(scenario.policy)"
            let patched = try await api.patch(path, #"{"enabled":false,"description":"off"}"#)
            #expect(patched.status == 200)
            #expect(patched.object["enabled"] as? Bool == false)
            #expect(patched.object["name"] as? String == "acl_policy")
            #expect(try await api.patch(path, #"{"type":"acls"}"#).faults == ["type unknown_property"])
            let replaced = try await api.put(path, Scenario.aclBody())
            #expect(replaced.object["enabled"] as? Bool == true)
            #expect(replaced.object["description"] as? String == "")
        }
    }

    @Test func `one policy of a listener may map ports`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let body = Scenario.forwardBody(virtualCluster: scenario.virtualCluster)
            let second = try await api.post(
                "\(scenario.listenerPath)/policies", body.replacing("\"forward\"", with: "\"other\""))
            #expect(second.faults == ["config.type invalid"])
            #expect(try await api.put("\(scenario.listenerPath)/policies/\(scenario.forward)", body).status == 200)
            let withCondition = body.replacing("\"name\"", with: "\"condition\":\"true\",\"name\"")
            #expect(
                try await api.put("\(scenario.listenerPath)/policies/\(scenario.forward)", withCondition).faults
                    == ["condition unknown_property"])
        }
    }

    @Test func `a policy is deleted`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let path = "\(scenario.virtualClusterPath)/cluster-policies/\(scenario.policy)"
            #expect(try await api.delete(path).status == 204)
            #expect(try await api.delete(path).status == 404)
            #expect(try await self.chain(api, scenario) == [])
        }
    }
}
