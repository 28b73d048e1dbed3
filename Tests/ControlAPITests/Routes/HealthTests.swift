import EngineInterface
import HTTPTypes
import Synchronization
import Testing

@testable import ControlAPI

@Suite struct HealthTests {
    private static let degraded = Readiness([
        ComponentStatus(kind: "listener", gateway: "secret-project", name: "public", state: .up),
        ComponentStatus(
            kind: "backend_cluster", gateway: "secret-project", name: "payments", state: .down, reason: "10.0.0.7:9092"),
        ComponentStatus(kind: "backend_cluster", gateway: "other", name: "payments", state: .down, reason: "gone"),
    ])

    @Test(arguments: [(Readiness(status: .ready), 200), (degraded, 200), (Readiness(status: .notReady), 503)])
    func `readiness is public`(_ readiness: Readiness, _ status: Int) async throws {
        try await TestAPI.run(readiness: readiness) { api in
            let answer = try await api.call(.get, "/health/probes/readiness", token: nil)
            #expect(answer.status == status)
            #expect(answer.object["status"] as? String == readiness.status.rawValue)
            #expect(try await api.call(.get, "/health/probes/liveness", token: nil).status == 200)
        }
    }

    @Test func `readiness says why, and names things only to who has the token`() async throws {
        try await TestAPI.run(readiness: Self.degraded) { api in
            for token in [nil, "wrong"] {
                let answer = try await api.call(.get, "/health/probes/readiness", token: token)
                #expect(answer.object["reasons"] as? [String] == ["A backend cluster is DOWN."])
            }
            let answer = try await api.get("/health/probes/readiness")
            #expect(
                answer.object["reasons"] as? [String] == [
                    "backend_cluster 'payments' of gateway 'secret-project' is DOWN: 10.0.0.7:9092",
                    "backend_cluster 'payments' of gateway 'other' is DOWN: gone",
                ])
        }
    }

    @Test func `readiness is found out once a second, however many ask`() async {
        let found = Mutex(0)
        let now = Mutex(ContinuousClock.now)
        let memory = ReadinessMemory(now: { now.withLock { $0 } }) {
            found.withLock { $0 += 1 }
            return Self.degraded
        }
        await withTaskGroup(of: Void.self) { tasks in
            for _ in 0..<50 { tasks.addTask { _ = await memory.readiness } }
        }
        #expect(found.withLock { $0 } == 1)
        now.withLock { $0 += .seconds(1) }
        #expect(await memory.readiness == Self.degraded)
        #expect(found.withLock { $0 } == 2)
    }

    @Test func `readiness is not remembered before the start`() async {
        let status = Mutex(Readiness.Status.notReady)
        let memory = ReadinessMemory { Readiness(status: status.withLock { $0 }) }
        #expect(await memory.readiness.status == .notReady)
        status.withLock { $0 = .ready }
        #expect(await memory.readiness.status == .ready)
    }

    @Test func `what may happen has its series before it does`() async throws {
        try await TestAPI.run { api in
            _ = try await Scenario(api)
            let lines = try await api.get("/health/metrics").text.split(separator: "\n").map(String.init)
            let place = #"gateway="event-gateway-quickstart",listener="example_listener""#
            for state in ["active", "authenticating", "draining"] {
                #expect(
                    lines.contains(
                        #"sluice_connections{\#(place),state="\#(state)",virtual_cluster="example_virtual_cluster"} 0"#)
                )
            }
            for (type, operation, rule, verdict) in [
                ("topic", "write", "__internal/default-deny", "denied"), ("topic", "read", "acl_policy[0]", "allowed"),
            ] {
                #expect(
                    lines.contains(
                        """
                        sluice_decisions_total{gateway="event-gateway-quickstart",operation="\(operation)",\
                        resource_type="\(type)",rule="\(rule)",verdict="\(verdict)",\
                        virtual_cluster="example_virtual_cluster"} 0
                        """))
            }
        }
    }

    @Test func `what happened takes the place of its 0`() async throws {
        try await TestAPI.run { api in
            _ = try await Scenario(api)
            api.engine.state.withLock {
                $0.snapshots = [
                    LiveSnapshot.empty.with { snapshot in
                        var connection = ConnectionView.example(1)
                        connection.gateway = "event-gateway-quickstart"
                        connection.listener = "example_listener"
                        connection.virtualCluster = "example_virtual_cluster"
                        snapshot.connections = [connection]
                    }
                ]
            }
            let lines = try await api.get("/health/metrics").text.split(separator: "\n")
                .filter { $0.hasPrefix("sluice_connections{") }
            #expect(lines.count == 3)
            #expect(lines.filter { $0.hasSuffix(" 1") }.count == 1)
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
