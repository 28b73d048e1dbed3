import EngineInterface
import Resources
import Testing

@testable import ControlAPI

@Suite struct ResourceTests {
    @Test func `put replaces, and what is left out goes back to its default`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let body = Scenario.backendBody.replacing(
                "\"tls\"", with: "\"description\":\"text\",\"metadata_update_interval_seconds\":5,\"tls\"")
            let changed = try await api.put(scenario.backendPath, body)
            #expect(changed.status == 200)
            #expect(changed.object["description"] as? String == "text")
            let again = try await api.put(scenario.backendPath, Scenario.backendBody).object
            #expect(again["description"] as? String == "")
            #expect(again["metadata_update_interval_seconds"] as? Int == 60)
            #expect(again["id"] as? String == scenario.backend)
            #expect(again["created_at"] as? String == changed.object["created_at"] as? String)
        }
    }

    @Test func `a gateway's put and patch change only what they name`() async throws {
        try await TestAPI.run { api in
            let path = "/v1/event-gateways"
            let id = try await api.post(path, #"{"name":"edge","description":"east","labels":{"env":"prod"}}"#).id
            let put = try await api.put("\(path)/\(id)", #"{"name":"edge-2"}"#)
            #expect(put.status == 200)
            #expect(put.object["name"] as? String == "edge-2")
            #expect(put.object["description"] as? String == "east")
            #expect(put.object["labels"] as? [String: String] == ["env": "prod"])
            let patch = try await api.patch("\(path)/\(id)", #"{"description":null}"#)
            #expect(patch.object["description"] as? String == "")
            #expect(patch.object["name"] as? String == "edge-2")
            #expect(patch.object["version"] as? String == "v1.3")
        }
    }

    @Test func `renaming a target keeps the references to it`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let body = Scenario.backendBody.replacing("default_backend_cluster", with: "renamed")
            #expect(try await api.put(scenario.backendPath, body).status == 200)
            let cluster = try await api.get(scenario.virtualClusterPath).object
            #expect(cluster["destination"] as? [String: String] == ["id": scenario.backend, "name": "renamed"])
            let applied = api.engine.applied.last?.gateways.first?.virtualClusters.first?.virtualCluster
            #expect(applied?.destination.name == "renamed")
        }
    }

    @Test func `what is in use cannot be deleted, and the answer names the user`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let backend = try await api.delete(scenario.backendPath)
            #expect(backend.status == 400)
            #expect(backend.faults == ["backendClusterId invalid"])
            #expect(
                backend.detail
                    == "The backend cluster [default_backend_cluster] is still used by the virtual cluster "
                    + "[example_virtual_cluster]")
            let cluster = try await api.delete(scenario.virtualClusterPath)
            #expect(cluster.status == 400)
            #expect(
                cluster.detail
                    == "The virtual cluster [example_virtual_cluster] is still used by the policy [forward] of listener "
                    + "[example_listener]")
        }
    }

    @Test func `deleting in the right order leaves nothing, and so does deleting the gateway at once`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            for path in [scenario.listenerPath, scenario.virtualClusterPath, scenario.backendPath] {
                let answer = try await api.delete(path)
                #expect(answer.status == 204)
                #expect(answer.text.isEmpty)
                #expect(try await api.get(path).status == 404)
            }
            #expect(try await api.delete(scenario.gatewayPath).status == 204)
            let second = try await Scenario(api)
            #expect(try await api.delete(second.gatewayPath).status == 204)
            #expect(api.engine.applied.last?.gateways == [])
        }
    }

    @Test func `an anonymous rule needs the backend's permission`() async throws {
        try await TestAPI.run { api in
            let gateway = try await api.post("/v1/event-gateways", #"{"name":"edge"}"#).id
            let path = "/v1/event-gateways/\(gateway)"
            let backend = try await api.post(
                "\(path)/backend-clusters",
                Scenario.backendBody.replacing("virtual_cluster_auth\":true", with: "virtual_cluster_auth\":false")
            ).id
            let answer = try await api.post(
                "\(path)/virtual-clusters", Scenario.virtualClusterBody(backend: backend))
            #expect(answer.status == 400)
            #expect(answer.faults == ["authentication[0] invalid"])
        }
    }

    @Test func `the permission cannot be taken back while an anonymous rule needs it`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let without = Scenario.backendBody.replacing(
                "\"insecure_allow_anonymous_virtual_cluster_auth\":true,", with: "")
            let answer = try await api.put(scenario.backendPath, without)
            #expect(answer.status == 400)
            #expect(answer.faults == ["insecure_allow_anonymous_virtual_cluster_auth invalid"])
            let oauth = #"{"type":"oauth_bearer","mediation":"terminate","jwks":{"endpoint":"http://localhost/jwks"}}"#
            let cluster = try await api.put(
                scenario.virtualClusterPath,
                Scenario.virtualClusterBody(backend: scenario.backend, authentication: oauth))
            #expect(cluster.status == 200)
            #expect(try await api.put(scenario.backendPath, without).status == 200)
        }
    }

    @Test func `ports are checked across all gateways`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let other = try await api.post("/v1/event-gateways", #"{"name":"other"}"#).id
            let answer = try await api.post(
                "/v1/event-gateways/\(other)/listeners",
                #"{"name":"second","addresses":["127.0.0.1"],"ports":["19095-19097"]}"#)
            #expect(answer.status == 400)
            #expect(answer.faults == ["ports invalid"])
            #expect(answer.reasons == ["[19095] on [127.0.0.1] belongs to the listener [example_listener] already"])
            let same = try await api.put(scenario.listenerPath, Scenario.listenerBody)
            #expect(same.status == 200, "a listener does not clash with itself")
        }
    }

    @Test func `lists are paged, filtered and linked`() async throws {
        try await TestAPI.run { api in
            for name in ["orders-a", "orders-b", "ORDERS-c", "payments"] {
                _ = try await api.post("/v1/event-gateways", "{\"name\":\"\(name)\"}")
            }
            let first = try await api.get("/v1/event-gateways?page[size]=2&filter[name][contains]=order")
            #expect(first.status == 200)
            #expect(first.data.count == 2)
            let next = try #require(first.page["next"] as? String)
            let second = try await api.get(next)
            #expect(second.data.count == 1)
            #expect(second.page["next"] is String == false)
            let names = Set((first.data + second.data).compactMap { $0["name"] as? String })
            #expect(names == ["orders-a", "orders-b", "ORDERS-c"])
            let bad = try await api.get("/v1/event-gateways?page[after]=zzz&page[size]=1000&filter[x]=1")
            #expect(bad.status == 400)
            #expect(bad.faults == ["page[after] invalid", "page[size] max", "filter[x] unknown_property"])
        }
    }

    @Test func `clusters and listeners are filtered by what they lead to`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            func count(_ path: String) async throws -> Int {
                try await api.get("\(scenario.gatewayPath)/\(path)").data.count
            }
            #expect(try await count("virtual-clusters?filter[backend_cluster_id][eq]=\(scenario.backend)") == 1)
            let shouted = scenario.backend.uppercased()
            #expect(try await count("virtual-clusters?filter[backend_cluster_id][eq]=\(shouted)") == 1)
            #expect(try await count("virtual-clusters?filter[backend_cluster_id][eq]=\(scenario.listener)") == 0)
            #expect(try await count("listeners?filter[virtual_cluster_id][eq]=\(scenario.virtualCluster)") == 1)
            #expect(try await count("listeners?filter[virtual_cluster_id][eq]=\(scenario.listener)") == 0)
            for query in [
                "virtual-clusters?filter[backend_cluster_id]=none", "listeners?filter[virtual_cluster_id][eq]=",
            ] {
                let answer = try await api.get("\(scenario.gatewayPath)/\(query)")
                #expect(answer.status == 400)
                #expect(answer.faults.first?.hasSuffix("is_uuid") == true)
            }
        }
    }
}
