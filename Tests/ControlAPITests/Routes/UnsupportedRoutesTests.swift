import HTTPTypes
import Testing

@testable import ControlAPI

@Suite struct UnsupportedRoutesTests {
    private static func path(_ collection: UnsupportedCollection, _ scenario: Scenario) -> String {
        collection.path.replacing(":gatewayId", with: scenario.gateway)
            .replacing(":virtualClusterId", with: scenario.virtualCluster)
    }

    @Test func `what is not supported yet is an empty list, and refused with a sentence`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            for collection in UnsupportedCollection.all {
                let path = Self.path(collection, scenario)
                let list = try await api.get(path)
                #expect(list.status == 200, "\(path)")
                #expect(list.data.isEmpty && list.array.isEmpty)
                if case .pages = collection.shape { #expect(list.page["size"] as? Int == 10, "\(path)") }
                let made = try await api.post(path, #"{"name":"x"}"#)
                #expect(made.status == 400, "\(path)")
                #expect(made.detail == "\(collection.plural) are not supported yet")
                #expect(made.faults == ["body invalid"])
                let one = try await api.get("\(path)/some")
                #expect(one.status == 404)
                #expect(one.detail == "No \(collection.kind) [some]")
            }
        }
    }

    @Test func `orders of what is not supported are empty, and below what is not there is nothing`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            for phase in ["produce", "consume"] {
                let chain = "\(scenario.virtualClusterPath)/\(phase)-policy-chain"
                #expect(try await api.get(chain).object["policies"] as? [String] == [])
                #expect(try await api.put(chain, #"{"policies":[]}"#).status == 400)
                let none = "\(scenario.gatewayPath)/virtual-clusters/none/\(phase)-policies"
                #expect(try await api.get(none).status == 404)
                #expect(try await api.post(none, "{}").status == 404)
            }
            #expect(try await api.get("/v1/event-gateways/none/static-keys").status == 404)
            #expect(try await api.get("\(scenario.gatewayPath)/nodes/n/status").status == 404)
            #expect(try await api.call(.get, "/v2/directories", token: nil).status == 401)
        }
    }
}
