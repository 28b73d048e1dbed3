import EngineInterface
import Resources
import Store
import Synchronization
import Testing

@testable import ControlAPI

@Suite struct ScenarioTests {
    @Test func `the scenario's calls build what the engine is then given`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let last = try #require(api.engine.applied.last)
            #expect(api.engine.applied.map(\.revision) == Array(1...6))
            #expect(last == (try await api.store.loadEngineConfiguration()))
            let gateway = try #require(last.gateways.first)
            #expect(gateway.gateway.name == "event-gateway-quickstart")
            #expect(gateway.backendClusters.map(\.bootstrapServers.count) == [3])
            let cluster = try #require(gateway.virtualClusters.first)
            #expect(
                cluster.virtualCluster.destination == Reference(id: scenario.backend, name: "default_backend_cluster"))
            #expect(cluster.clusterPolicies.map(\.id) == [scenario.policy])
            #expect(cluster.clusterPolicies.first?.condition == #"context.auth.principal.name == "CLIENT_ID""#)
            let listener = try #require(gateway.listeners.first)
            #expect(listener.listener.allPorts == [19092, 19093, 19094, 19095])
            #expect(listener.policies.map(\.portMapping?.destination.id) == [scenario.virtualCluster])
        }
    }

    @Test func `answers show defaults, references with names, and dates`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let backend = try await api.get(scenario.backendPath).object
            #expect(backend["metadata_update_interval_seconds"] as? Int == 60)
            #expect(backend["description"] as? String == "")
            #expect(backend["created_at"] as? String == backend["updated_at"] as? String)
            let cluster = try await api.get(scenario.virtualClusterPath).object
            #expect(
                cluster["destination"] as? [String: String]
                    == ["id": scenario.backend, "name": "default_backend_cluster"])
            let forward = try await api.get("\(scenario.listenerPath)/policies/\(scenario.forward)").object
            #expect((forward["config"] as? [String: Any])?["bootstrap_port"] as? String == "at_start")
            #expect(forward["parent_policy_id"] != nil)
            #expect(forward["enabled"] as? Bool == true)
            let gateway = try await api.get(scenario.gatewayPath).object
            #expect(gateway["nodes_total"] as? Int == 1)
            #expect(gateway["virtual_clusters_total"] as? Int == 1)
            #expect(gateway["version"] as? String == "v1.6")
            #expect(gateway["min_runtime_version"] as? String == "1.2")
        }
    }

    @Test func `a busy port refuses the listener, names the port, and leaves nothing`() async throws {
        try await TestAPI.run { api in
            let gateway = try await api.post("/v1/event-gateways", #"{"name":"edge"}"#).id
            api.engine.state.withLock { $0.busyPorts = [19093] }
            let answer = try await api.post("/v1/event-gateways/\(gateway)/listeners", Scenario.listenerBody)
            #expect(answer.status == 400)
            #expect(answer.faults == ["ports invalid"])
            #expect(answer.reasons == ["cannot bind 0.0.0.0:19093: address already in use"])
            #expect(answer.detail == "Listener [example_listener] cannot bind its ports")
            // Ports in a row are one fault.
            api.engine.state.withLock { $0.busyPorts = [19092, 19094, 19095] }
            let row = try await api.post("/v1/event-gateways/\(gateway)/listeners", Scenario.listenerBody)
            #expect(
                row.reasons == [
                    "cannot bind 0.0.0.0:19092: address already in use",
                    "cannot bind 0.0.0.0:19094-19095: address already in use",
                ])
            #expect(try await api.get("/v1/event-gateways/\(gateway)/listeners").data.isEmpty)
            #expect(api.engine.applied.count == 1)
        }
    }

    @Test func `a listener's ports are bound before it is stored, policies need no binding`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let prepared = api.engine.state.withLock { $0.prepared }
            #expect(prepared.map { $0.gateways.first?.listeners.map(\.listener.id) } == [[scenario.listener]])
        }
    }
}
