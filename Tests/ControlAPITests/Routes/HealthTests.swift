import GatewayModel
import HTTPTypes
import Synchronization
import Testing

@testable import ControlAPI

@Suite struct HealthTests {
    @Test(arguments: [
        (Readiness(status: .ready), 200), (Readiness(status: .degraded, reasons: ["backend cluster [b] is down"]), 200),
        (Readiness(status: .notReady), 503),
    ])
    func `readiness is public and says why`(_ readiness: Readiness, _ status: Int) async throws {
        try await TestAPI.run(readiness: readiness) { api in
            let answer = try await api.call(.get, "/health/probes/readiness", token: nil)
            #expect(answer.status == status)
            #expect(answer.object["status"] as? String == readiness.status.rawValue)
            #expect(answer.object["reasons"] as? [String] == readiness.reasons)
            #expect(try await api.call(.get, "/health/probes/liveness", token: nil).status == 200)
        }
    }

    @Test func `metrics need the token and are Prometheus text`() async throws {
        try await TestAPI.run { api in
            api.engine.state.withLock {
                $0.snapshots = [
                    LiveSnapshot.empty.with {
                        $0.connections = [.example(1), .example(2)]
                        $0.counters = [.example(7, principal: "a\"b\\c\nd")]
                        $0.components = [
                            ComponentStatus(kind: "listener", gateway: "edge", name: "public", state: .down)
                        ]
                    }
                ]
            }
            #expect(try await api.call(.get, "/health/metrics", token: nil).status == 401)
            let answer = try await api.get("/health/metrics")
            #expect(answer.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            #expect(
                answer.text == """
                    # HELP sluice_connections Client connections that are open.
                    # TYPE sluice_connections gauge
                    sluice_connections{gateway="edge",listener="public",state="active",virtual_cluster="team"} 2
                    # HELP sluice_decisions_total Operations on resources that were allowed, denied or filtered.
                    # TYPE sluice_decisions_total counter
                    sluice_decisions_total{gateway="edge",operation="write",principal="a\\"b\\\\c\\nd",\
                    resource_type="topic",rule="__internal/default-deny",verdict="denied",virtual_cluster="team"} 7
                    # HELP sluice_component_up 1 when a listener or backend cluster is up, also with a warning.
                    # TYPE sluice_component_up gauge
                    sluice_component_up{gateway="edge",kind="listener",name="public"} 0

                    """)
        }
    }
}
