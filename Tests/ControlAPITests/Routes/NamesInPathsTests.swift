import EngineInterface
import HTTPTypes
import Resources
import Synchronization
import Testing

@testable import ControlAPI

@Suite struct NamesInPathsTests {
    private static func world(_ api: TestAPI, gateway: String, cluster: String) async throws -> (String, String) {
        let gatewayID = try await api.post("/v1/event-gateways", #"{"name":"\#(gateway)"}"#).id
        let path = "/v1/event-gateways/\(gatewayID)"
        let backend = try await api.post("\(path)/backend-clusters", Scenario.backendBody).id
        let body = Scenario.virtualClusterBody(backend: backend).replacing("example_virtual_cluster", with: cluster)
        let made = try await api.post("\(path)/virtual-clusters", body)
        try #require(made.status == 201, "\(made.text)")
        return (gatewayID, made.id)
    }

    @Test func `a name is percent-decoded once`() async throws {
        try await TestAPI.run { api in
            for (gateway, cluster) in [
                ("Edge One", "Team Analytics"), ("Édge+1", "日本 'a' team"), ("at:9-5", "a+b"),
            ] {
                _ = try await Self.world(api, gateway: gateway, cluster: cluster)
                for scope in ["-", PathSegment.encoded(gateway)] {
                    let path = "/v1/event-gateways/\(scope)/virtual-clusters/\(PathSegment.encoded(cluster))/topics"
                    #expect(try await api.get(path).status == 200, "\(path)")
                }
            }
            let twice = try await api.get("/v1/event-gateways/-/virtual-clusters/Team%2520Analytics/topics")
            #expect(twice.status == 404)
            #expect(twice.detail == "No virtual cluster [Team%20Analytics]")
        }
    }

    @Test(arguments: ["a%2Fb", "a%2fb", "a%00b", "a%", "a%4", "a%zz", "a%ff"])
    func `what is no name in a path is refused`(_ segment: String) async throws {
        try await TestAPI.run { api in
            for path in [
                "/v1/event-gateways/\(segment)", "/v1/event-gateways/-/virtual-clusters/\(segment)/topics",
                "/v1/event-gateways/\(segment)/listeners", "/v1/event-gateways/-/connections/\(segment)",
            ] {
                let method: HTTPRequest.Method = path.contains("connections") ? .delete : .get
                let answer = try await api.call(method, path)
                #expect(answer.status == 400, "\(path)")
                #expect(answer.faults.first?.hasSuffix(" invalid") == true)
            }
        }
    }

    @Test func `ids are found in any case, anywhere in a path or a body`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            func shouted(_ path: String) -> String {
                path.split(separator: "/").map { isUUID(String($0)) ? $0.uppercased() : String($0) }
                    .joined(separator: "/")
            }
            for path in [
                scenario.gatewayPath, scenario.backendPath, scenario.virtualClusterPath, scenario.listenerPath,
                "\(scenario.listenerPath)/policies/\(scenario.forward)", "\(scenario.gatewayPath)/listeners",
                "\(scenario.virtualClusterPath)/cluster-policies/\(scenario.policy)",
                "\(scenario.virtualClusterPath)/cluster-policy-chain", "\(scenario.virtualClusterPath)/topics",
                "\(scenario.gatewayPath)/decisions",
            ] {
                let answer = try await api.get("/" + shouted(path))
                #expect(answer.status == 200, "\(path)")
                #expect(try await api.get(path).text == answer.text, "\(path)")
            }
            let second = try await api.post(
                "/" + shouted("\(scenario.virtualClusterPath)/cluster-policies")
                    + "?before=\(scenario.policy.uppercased())", Scenario.aclBody(name: "second"))
            #expect(second.status == 201)
            let move = try await api.post(
                "/" + shouted("\(scenario.virtualClusterPath)/cluster-policies/\(scenario.policy)/move"),
                #"{"index":0}"#)
            #expect(move.status == 204)
            let chain = try await api.get("\(scenario.virtualClusterPath)/cluster-policy-chain")
            #expect(chain.object["policies"] as? [String] == [scenario.policy, second.id])
            let question = try await api.post(
                "/v1/event-gateways/-/access-matrix",
                #"{"virtual_cluster":"\#(scenario.virtualCluster.uppercased())","subject":{"type":"anonymous"}}"#)
            #expect(question.status == 200)
        }
    }

    @Test func `a name that several have is refused, and each is found by its id or its gateway`() async throws {
        try await TestAPI.run { api in
            let (gateway, first) = try await Self.world(api, gateway: "one", cluster: "team")
            let (_, second) = try await Self.world(api, gateway: "two", cluster: "team")
            let answer = try await api.get("/v1/event-gateways/-/virtual-clusters/team/topics")
            #expect(answer.status == 400)
            #expect(answer.detail == "There are several virtual clusters [team]: [\(first)], [\(second)]")
            #expect(answer.faults == ["virtualClusterId invalid"])
            let body =
                #"{"virtual_cluster":"team","subject":{"type":"anonymous"},"resource_type":"topic","#
                + #""resource_name":"t","operation":"read"}"#
            for call in ["access-matrix", "explain"] {
                let question = try await api.post("/v1/event-gateways/-/\(call)", body)
                #expect(question.status == 400)
                #expect(question.faults == ["virtual_cluster invalid"])
                #expect(try await api.post("/v1/event-gateways/two/\(call)", body).status == 200)
            }
            for path in [
                "one/virtual-clusters/team", "-/virtual-clusters/\(second)", "\(gateway)/virtual-clusters/team",
            ] {
                #expect(try await api.get("/v1/event-gateways/\(path)/topics").status == 200)
            }
            #expect(api.engine.state.withLock { $0.questions.map(\.virtualCluster) } == [second])
        }
    }
}
