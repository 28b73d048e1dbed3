import EngineInterface
import Resources
import Synchronization
import Testing

@testable import ControlAPI

@Suite struct InspectionRoutesTests {
    private static let anonymous = #""subject":{"type":"anonymous"}"#

    @Test func `the matrix is asked with the virtual cluster's id, by name or id`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            for path in [scenario.gatewayPath, "/v1/event-gateways/-"] {
                for name in ["example_virtual_cluster", scenario.virtualCluster] {
                    let answer = try await api.post(
                        "\(path)/access-matrix", #"{"virtual_cluster":"\#(name)",\#(Self.anonymous)}"#)
                    #expect(answer.status == 200, "\(answer.text)")
                    #expect(answer.object["principal"] as? String == "ali")
                    #expect(answer.object["warnings"] as? [String] == ["mind the gap"])
                }
            }
            let asked = api.engine.state.withLock { $0.matrixQuestions }
            #expect(asked.map(\.virtualCluster) == Array(repeating: scenario.virtualCluster, count: 4))
            #expect(asked.allSatisfy { $0.rules == .inForce && $0.resources == nil })
        }
    }

    @Test func `rules that stand alone need no virtual cluster`() async throws {
        try await TestAPI.run { api in
            let answer = try await api.post(
                "/v1/event-gateways/-/access-matrix",
                #"{"virtual_cluster":"",\#(Self.anonymous),"rules":{"type":"only","policies":[]}}"#)
            #expect(answer.status == 200, "\(answer.text)")
            let needed = try await api.post(
                "/v1/event-gateways/-/access-matrix", #"{"virtual_cluster":"",\#(Self.anonymous)}"#)
            #expect(needed.status == 404)
        }
    }

    @Test func `an explanation carries its steps`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let answer = try await api.post(
                "\(scenario.gatewayPath)/explain",
                """
                {"virtual_cluster":"example_virtual_cluster",\(Self.anonymous),"resource_type":"transactional_id",\
                "resource_name":"t","operation":"write"}
                """)
            #expect(answer.status == 200)
            #expect(answer.object["allowed"] as? Bool == false)
            let steps = answer.object["steps"] as? [[String: Any]]
            #expect(steps?.first?["details"] as? [String] == ["names none"])
            let question = api.engine.state.withLock { $0.questions.first }
            #expect(question?.resourceType == .transactionalID)
        }
    }

    @Test(arguments: [
        (#"{"subject":{"type":"anonymous"}}"#, "virtual_cluster required"),
        (#"{"virtual_cluster":"x","subject":{}}"#, "subject.type required"),
        (#"{"virtual_cluster":"x","subject":{"type":"king"}}"#, "subject.type invalid"),
        (#"{"virtual_cluster":7,"subject":{"type":"anonymous"}}"#, "virtual_cluster type"),
        (
            #"{"virtual_cluster":"x","subject":{"type":"anonymous"},"resources":[{"type":"topic"}]}"#,
            "resources[0].name required"
        ),
        ("{", "body invalid"), ("[]", "body type"),
    ])
    func `a body that is wrong is a 400 that names the place`(body: String, fault: String) async throws {
        try await TestAPI.run { api in
            let answer = try await api.post("/v1/event-gateways/-/access-matrix", body)
            #expect(answer.status == 400)
            #expect(answer.faults == [fault], "\(answer.text)")
        }
    }

    @Test(arguments: [
        (EngineClientError.Kind.notFound, 404), (.invalid, 400), (.unavailable, 503),
    ])
    func `the engine's errors become problems with its sentence`(kind: EngineClientError.Kind, status: Int)
        async throws
    {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            api.engine.state.withLock { $0.failure = EngineClientError("The backend sleeps.", kind: kind) }
            let answer = try await api.get("\(scenario.virtualClusterPath)/groups")
            #expect(answer.status == status)
            #expect(answer.detail == "The backend sleeps.")
            let probe = try await api.post(
                "\(scenario.gatewayPath)/probe", #"{"virtual_cluster":"example_virtual_cluster"}"#)
            #expect(probe.status == status)
        }
    }

    @Test func `topics and groups of a virtual cluster are listed and topics made`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let path = "/v1/event-gateways/-/virtual-clusters/example_virtual_cluster"
            #expect(try await api.get("\(path)/topics").array.first?["physical_name"] as? String == "orders")
            #expect(try await api.get("\(path)/groups").array.first?["group_id"] as? String == "workers")
            #expect(try await api.post("\(path)/topics", #"{"name":"t","partitions":3}"#).status == 204)
            #expect(try await api.post("\(path)/topics", #"{"name":"u"}"#).status == 204)
            #expect(
                api.engine.state.withLock { $0.createdTopics }
                    == ["t/3/\(scenario.virtualCluster)", "u/1/\(scenario.virtualCluster)"])
            let wrong = try await api.post("\(path)/topics", #"{"partitions":0,"replicas":2}"#)
            #expect(wrong.faults == ["name required", "partitions min", "replicas unknown_property"])
            #expect(try await api.get("/v1/event-gateways/-/virtual-clusters/nope/topics").status == 404)
        }
    }

    @Test func `probes and reachability are asked as they are written`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let probe = try await api.post(
                "\(scenario.gatewayPath)/probe", #"{"virtual_cluster":"example_virtual_cluster","token":"a.b.c"}"#)
            #expect(probe.object["predicted_topics"] as? [String] == ["orders"])
            let asked = api.engine.state.withLock { $0.probes }
            #expect(asked == [ProbeQuestion(virtualCluster: scenario.virtualCluster, token: "a.b.c")])
            let port = try await api.post(
                "/v1/event-gateways/-/reachability", #"{"type":"port","address":"127.0.0.1","port":19092}"#)
            #expect(port.object["reachable"] as? Bool == false)
            #expect(api.engine.state.withLock { $0.targets } == [.port(address: "127.0.0.1", port: 19092)])
        }
    }

    @Test func `log lines are listed after a sequence`() async throws {
        try await TestAPI.run { api in
            api.engine.state.withLock { $0.logs = (1...3).map(LogLine.example) }
            let answer = try await api.get("/v1/event-gateways/-/logs?after=1")
            #expect(answer.array.compactMap { $0["sequence"] as? Int } == [2, 3])
            #expect(answer.array.first?["component"] as? String == "listener")
            #expect(try await api.get("/v1/event-gateways/-/logs?after=-1").faults == ["after is_integer"])
            #expect(try await api.get("/v1/event-gateways/nope/logs").status == 404)
        }
    }

    @Test func `a connection is closed once, and only through its own gateway`() async throws {
        try await TestAPI.run { api in
            let gateway = try await api.post("/v1/event-gateways", #"{"name":"edge"}"#).id
            api.engine.state.withLock { $0.snapshots = [LiveSnapshot.empty.with { $0.connections = [.example(4)] }] }
            #expect(try await api.delete("/v1/event-gateways/\(gateway)/connections/4").status == 204)
            #expect(try await api.delete("/v1/event-gateways/\(gateway)/connections/5").status == 404)
            #expect(try await api.delete("/v1/event-gateways/\(gateway)/connections/x").status == 404)
            #expect(try await api.delete("/v1/event-gateways/-/connections/5").status == 204)
            #expect(try await api.delete("/v1/event-gateways/-/connections/404").status == 404)
            #expect(api.engine.state.withLock { $0.closed } == [4, 5, 404])
        }
    }

    @Test func `all gateways can be watched at once`() async throws {
        try await TestAPI.run { api in
            api.engine.state.withLock { $0.snapshotsLeft = 2 }
            let answer = try await api.get("/v1/event-gateways/-/live")
            #expect(answer.status == 200)
            #expect(answer.text.contains("event: snapshot\n"))
        }
    }
}
