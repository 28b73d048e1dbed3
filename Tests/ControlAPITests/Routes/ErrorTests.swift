import EngineInterface
import HTTPTypes
import Hummingbird
import ManagementHTTP
import Store
import Synchronization
import Testing

@testable import ControlAPI

@Suite struct ErrorTests {
    private static let problemType = "application/problem+json"

    @Test func `a call without the admin token is refused and told how to authenticate`() async throws {
        try await TestAPI.run { api in
            for (token, headers, detail) in [
                (nil, [:], "The header Authorization: Bearer <admin token> is missing"),
                ("wrong", [:], "The token is not this instance's admin token; it is in the file admin-token"),
                (nil, [.authorization: "Basic abc"], "The header Authorization must be Bearer <admin token>"),
                (nil, [.authorization: "Bearer"], "The header Authorization must be Bearer <admin token>"),
            ] as [(String?, HTTPFields, String)] {
                let answer = try await api.call(.get, "/v1/event-gateways", token: token, headers: headers)
                #expect(answer.status == 401)
                #expect(answer.headers[.wwwAuthenticate] == #"Bearer realm="sluice""#)
                #expect(answer.headers[.contentType] == Self.problemType)
                #expect(answer.detail == detail)
            }
            #expect(try await api.call(.get, "//v1//event-gateways", token: nil).status == 401)
        }
    }

    @Test func `an unknown path is 404 in problem form`() async throws {
        try await TestAPI.run { api in
            let answer = try await api.get("/v1/nothing")
            #expect(answer.status == 404)
            #expect(answer.headers[.contentType] == Self.problemType)
            #expect(answer.object["type"] as? String == "https://httpstatuses.com/404")
            #expect((answer.object["instance"] as? String)?.hasPrefix("kong:trace:") == true)
        }
    }

    @Test func `a method that a path lacks is 405 with those it has`() async throws {
        try await TestAPI.run { api in
            let answer = try await api.delete("/v1/event-gateways")
            #expect(answer.status == 405)
            #expect(answer.headers[.allow] == "GET, HEAD, OPTIONS, POST")
            #expect(answer.detail == "[DELETE] is not possible here; allowed: GET, HEAD, OPTIONS, POST")
            #expect(try await api.call(.post, "/health/probes/liveness", token: nil).status == 405)
        }
    }

    @Test func `text that is no JSON is refused with the place`() async throws {
        try await TestAPI.run { api in
            let answer = try await api.post("/v1/event-gateways", "{\"name\": \"edge\",\n  oops}")
            #expect(answer.status == 400)
            #expect(
                answer.detail
                    == "The body is not valid JSON at line 2, column 3: expected a member name in quotes")
            #expect(answer.faults == ["body invalid"])
        }
    }

    @Test func `a body that is too large is 413`() async throws {
        try await TestAPI.run { api in
            let answer = try await api.post("/v1/event-gateways", String(repeating: " ", count: (1 << 20) + 1))
            #expect(answer.status == 413)
            #expect(answer.headers[.contentType] == Self.problemType)
        }
    }

    @Test func `unknown and wrong fields are listed together`() async throws {
        try await TestAPI.run { api in
            let gateway = try await api.post("/v1/event-gateways", #"{"name":"edge"}"#).id
            let answer = try await api.post(
                "/v1/event-gateways/\(gateway)/virtual-clusters",
                """
                {"dns_label": "Bad_Label", "acl_mode": "strict", "destination": {"name": "orders-east"}, "colour": 1,
                 "authentication": [{"type": "anonymous", "mediation": "terminate"}]}
                """)
            #expect(answer.status == 400)
            #expect(
                answer.faults == [
                    "name required", "destination missing_reference", "dns_label matches_regex", "acl_mode enum",
                    "authentication[0].mediation unknown_property", "colour unknown_property",
                ])
            #expect(answer.reasons.contains("no backend cluster [orders-east]"))
        }
    }

    @Test func `an unknown id anywhere in the path is 404`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let other = try await api.post("/v1/event-gateways", #"{"name":"other"}"#).id
            for path in [
                "/v1/event-gateways/none", "/v1/event-gateways/none/listeners",
                "\(scenario.gatewayPath)/listeners/none",
                "/v1/event-gateways/\(other)/listeners/\(scenario.listener)",
                "/v1/event-gateways/\(other)/listeners/\(scenario.listener)/policies",
                "\(scenario.listenerPath)/policies/none", "\(scenario.virtualClusterPath)/cluster-policies/none",
                "\(scenario.gatewayPath)/virtual-clusters/none/cluster-policy-chain", "/v1/event-gateways/none/live",
                "/v1/event-gateways/none/decisions",
            ] {
                #expect(try await api.get(path).status == 404, "\(path)")
            }
            #expect(try await api.delete("\(scenario.gatewayPath)/backend-clusters/none").status == 404)
            #expect(try await api.put("\(scenario.gatewayPath)/listeners/none", Scenario.listenerBody).status == 404)
        }
    }

    @Test func `a name that is taken is 409`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let gateway = try await api.post("/v1/event-gateways", #"{"name":"event-gateway-quickstart"}"#)
            #expect(gateway.status == 409)
            #expect(gateway.detail == "A gateway with the name [event-gateway-quickstart] exists already")
            let backend = try await api.post("\(scenario.gatewayPath)/backend-clusters", Scenario.backendBody)
            #expect(backend.status == 409)
            let label = Scenario.virtualClusterBody(backend: scenario.backend)
                .replacing("example_virtual_cluster", with: "another")
            let cluster = try await api.post("\(scenario.gatewayPath)/virtual-clusters", label)
            #expect(cluster.status == 409)
            #expect(cluster.detail == "A virtual cluster with the dns_label [vcluster-1] exists already")
            let policy = try await api.post("\(scenario.virtualClusterPath)/cluster-policies", Scenario.aclBody())
            #expect(policy.status == 409)
        }
    }

    @Test func `failures inside are told without what they are`() async throws {
        struct Secret: Error, CustomStringConvertible { var description: String { "inner secret" } }
        var routes = RouteTable()
        routes.get("/fail", APIOperation("fail", "Fails.", tag: "Test", .noContent)) { _, _ in throw Secret() }
        try await TestAPI.run(publicRoutes: routes) { api in
            let answer = try await api.get("/fail")
            #expect(answer.status == 500)
            #expect(!answer.text.contains("secret"))
            try api.store.close()
            let unavailable = try await api.get("/v1/event-gateways")
            #expect(unavailable.status == 503)
            #expect(!unavailable.text.contains("SQL"))
        }
    }

    @Test func `an expression's fault is named with its column`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            let answer = try await api.post(
                "\(scenario.virtualClusterPath)/cluster-policies",
                Scenario.aclBody(name: "second", condition: "context.auth.principal.nam == 1", names: #""[1 +""#))
            #expect(answer.status == 400)
            #expect(answer.faults == ["condition invalid", "config.rules[0].resource_names invalid"])
            #expect(answer.reasons.allSatisfy { $0.hasPrefix("column ") })
        }
    }

    @Test func `a listener with more ports than files are free is refused with the number`() async throws {
        try await TestAPI.run { api in
            let gateway = try await api.post("/v1/event-gateways", #"{"name": "edge"}"#).object["id"] as? String
            api.engine.state.withLock {
                $0.refusal = ListenerBindError(
                    listener: "wide", failures: [], shortage: .init(needed: 901, free: 125, maximum: 128))
            }
            let path = "/v1/event-gateways/\(gateway ?? "")/listeners"
            let body = #"{"name": "wide", "addresses": ["127.0.0.1"], "ports": ["20000-20900"]}"#
            let answer = try await api.post(path, body)
            #expect(answer.status == 400)
            #expect(answer.detail == "Listener [wide] has too many ports")
            #expect(answer.faults == ["ports max"])
            let reason = (answer.object["invalid_parameters"] as? [[String: Any]])?.first?["reason"] as? String
            #expect(reason?.contains("needs [901] more sockets") == true)
            #expect(reason?.contains("[125] are free") == true)
            #expect(try await api.get(path).object["data"] as? [String] == [])
        }
    }

    @Test func `a refusal of many ports lists a hundred`() async throws {
        try await TestAPI.run { api in
            let gateway = try await api.post("/v1/event-gateways", #"{"name": "edge"}"#).object["id"] as? String
            api.engine.state.withLock { $0.busyPorts = Set(stride(from: 20_000, through: 20_900, by: 2)) }
            let answer = try await api.post(
                "/v1/event-gateways/\(gateway ?? "")/listeners",
                #"{"name": "wide", "addresses": ["::1"], "ports": ["20000-20900"]}"#)
            #expect(answer.status == 400)
            #expect(answer.faults.count == 100)
            #expect(answer.detail.hasSuffix("the first [100] of [451] faults are listed"))
            let reason = (answer.object["invalid_parameters"] as? [[String: Any]])?.first?["reason"] as? String
            #expect(reason == "cannot bind [::1]:20000: address already in use")
        }
    }
}
