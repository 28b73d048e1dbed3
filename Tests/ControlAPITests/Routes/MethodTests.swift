import HTTPTypes
import Testing

@testable import ControlAPI

/// What HTTP asks of every resource.
@Suite struct MethodTests {
    /// Every kind of path there is.
    private static func paths(_ scenario: Scenario) -> [String] {
        [
            "/health/probes/liveness", "/health/probes/readiness", "/health/metrics", "/v1/audit",
            "/v1/event-gateways", scenario.gatewayPath, "\(scenario.gatewayPath)/listeners", scenario.listenerPath,
            "\(scenario.listenerPath)/policies", "\(scenario.listenerPath)/policy-chain",
            "\(scenario.virtualClusterPath)/topics", "\(scenario.gatewayPath)/live",
            "\(scenario.gatewayPath)/decisions",
            "\(scenario.gatewayPath)/static-keys", "/v2/directories", "/v1/event-gateways/none",
        ]
    }

    @Test func `HEAD answers as GET does, without the body`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            for path in Self.paths(scenario) where !path.hasSuffix("/live") {
                let get = try await api.get(path)
                let head = try await api.call(.head, path)
                #expect(head.status == get.status, "\(path)")
                #expect(head.text.isEmpty, "\(path)")
                #expect(head.headers[.contentType] == get.headers[.contentType], "\(path)")
            }
            // A stream that is not begun takes no place.
            for _ in 0..<40 { #expect(try await api.call(.head, "\(scenario.gatewayPath)/live").status == 200) }
        }
    }

    @Test func `refusals of HEAD have no body either`() async throws {
        try await TestAPI.run { api in
            for (path, token, status) in [
                ("/v1/event-gateways", nil, 401), ("/v1/nothing", TestAPI.token, 404),
                ("/v1/event-gateways/-/explain", TestAPI.token, 405),
            ] as [(String, String?, Int)] {
                let answer = try await api.call(.head, path, token: token)
                #expect(answer.status == status)
                #expect(answer.text.isEmpty)
            }
        }
    }

    @Test func `OPTIONS names the methods there are`() async throws {
        try await TestAPI.run { api in
            let scenario = try await Scenario(api)
            for path in Self.paths(scenario) {
                let answer = try await api.call(.options, path)
                #expect(answer.status == 204, "\(path)")
                #expect(answer.headers[.allow]?.contains("OPTIONS") == true, "\(path)")
                #expect(answer.headers[.allow]?.contains("GET, HEAD") == true, "\(path)")
            }
            #expect(
                try await api.call(.options, scenario.listenerPath).headers[.allow] == "DELETE, GET, HEAD, OPTIONS, PUT"
            )
            #expect(try await api.call(.options, "/health/probes/liveness", token: nil).status == 204)
            #expect(try await api.call(.options, "/", token: nil).status == 204)
            #expect(try await api.call(.options, "/v1/nothing").status == 404)
        }
    }

    @Test func `a method that no path has is 405`() async throws {
        try await TestAPI.run { api in
            let answer = try await api.call(.trace, "/v1/event-gateways")
            #expect(answer.status == 405)
            #expect(answer.headers[.allow] == "GET, HEAD, OPTIONS, POST")
        }
    }
}
