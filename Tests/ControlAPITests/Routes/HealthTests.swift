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
                        $0.counters = [.example(7, principal: "a\"b\\c\r\nd\"\u{301}"), .example(4)]
                        $0.limits = [LimitCount(.requestBytes, count: 3)]
                        $0.components = [
                            ComponentStatus(kind: "listener", gateway: "edge", name: "public", state: .down)
                        ]
                    }
                ]
            }
            #expect(try await api.call(.get, "/health/metrics", token: nil).status == 401)
            let answer = try await api.get("/health/metrics?principals=true")
            #expect(answer.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            #expect(
                answer.text == """
                    # HELP sluice_connections Client connections that are open.
                    # TYPE sluice_connections gauge
                    sluice_connections{gateway="edge",listener="public",state="active",virtual_cluster="team"} 2
                    # HELP sluice_decisions_total Operations on resources that were allowed, denied or filtered.
                    # TYPE sluice_decisions_total counter
                    sluice_decisions_total{gateway="edge",operation="write",principal="a\\"b\\\\c\r\\nd\\"\u{301}",\
                    resource_type="topic",rule="__internal/default-deny",verdict="denied",virtual_cluster="team"} 7
                    sluice_decisions_total{gateway="edge",operation="write",principal="anonymous",\
                    resource_type="topic",rule="__internal/default-deny",verdict="denied",virtual_cluster="team"} 4
                    # HELP sluice_limit_refusals_total How often clients ran into a limit or found no backend.
                    # TYPE sluice_limit_refusals_total counter
                    sluice_limit_refusals_total{limit="connections per address"} 0
                    sluice_limit_refusals_total{limit="connections per listener"} 0
                    sluice_limit_refusals_total{limit="connections"} 0
                    sluice_limit_refusals_total{limit="first request"} 0
                    sluice_limit_refusals_total{limit="idle"} 0
                    sluice_limit_refusals_total{limit="no backend"} 0
                    sluice_limit_refusals_total{limit="pattern cost"} 0
                    sluice_limit_refusals_total{limit="request bytes"} 3
                    sluice_limit_refusals_total{limit="request elements"} 0
                    # HELP sluice_component_up 1 when a listener or backend cluster is up, also with a warning.
                    # TYPE sluice_component_up gauge
                    sluice_component_up{gateway="edge",kind="listener",name="public"} 0

                    """)
        }
    }

    @Test func `metrics name no principal unless they are asked to, and count all`() async throws {
        try await TestAPI.run { api in
            api.engine.state.withLock {
                $0.snapshots = [
                    LiveSnapshot.empty.with {
                        $0.counters = (1...50).map { .example(UInt64($0), principal: "ci-\($0)") }
                    }
                ]
            }
            for path in ["/health/metrics", "/health/metrics?principals=false"] {
                let samples = try await api.get(path).text.split(separator: "\n")
                    .filter { $0.hasPrefix("sluice_decisions_total") }
                #expect(samples.count == 1)
                #expect(samples.first?.contains("principal") == false)
                #expect(samples.first?.hasSuffix(" 1275") == true)
            }
            #expect(try await api.get("/health/metrics?principals=true").text.contains(#"principal="ci-50""#))
            #expect(try await api.get("/health/metrics?principals=please").status == 400)
        }
    }
}
