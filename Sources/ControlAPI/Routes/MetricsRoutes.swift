internal import GatewayModel
internal import HTTPTypes
internal import Hummingbird
internal import Identity
internal import NIOCore

extension ControlAPI {
    /// `/health/metrics`, behind the admin token: it names principals.
    var metricsRoutes: RouteTable {
        var routes = RouteTable()
        routes.get("/health/metrics") { _, _ in
            let snapshot = try await self.engineClient.liveSnapshot(gateway: nil)
            return Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: MetricsText(snapshot).text)))
        }
        return routes
    }
}

/// The Prometheus text format, version 0.0.4.
struct MetricsText {
    private(set) var text = ""

    init(_ snapshot: LiveSnapshot) {
        self.family("sluice_connections", "gauge", "Client connections that are open.")
        let connections = Dictionary(grouping: snapshot.connections) { connection in
            [
                "gateway": connection.gateway, "listener": connection.listener,
                "virtual_cluster": connection.virtualCluster ?? "", "state": connection.state.rawValue,
            ]
        }
        self.samples("sluice_connections", connections.map { ($0.key, UInt64($0.value.count)) })

        self.family(
            "sluice_decisions_total", "counter", "Operations on resources that were allowed, denied or filtered.")
        self.samples(
            "sluice_decisions_total",
            snapshot.counters.map { counter in
                let key = counter.key
                return (
                    [
                        "gateway": key.gateway, "virtual_cluster": key.virtualCluster, "principal": key.principal,
                        "resource_type": key.resourceType.rawValue, "operation": key.operation.rawValue,
                        "rule": key.rule, "verdict": key.verdict.rawValue,
                    ], counter.count
                )
            })

        self.family("sluice_component_up", "gauge", "1 when a listener or backend cluster is up, also with a warning.")
        self.samples(
            "sluice_component_up",
            snapshot.components.map { component in
                (
                    ["kind": component.kind, "gateway": component.gateway, "name": component.name],
                    component.state == .down ? 0 : 1
                )
            })
    }

    private mutating func family(_ name: String, _ type: String, _ help: String) {
        self.text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    private mutating func samples(_ name: String, _ samples: [([String: String], UInt64)]) {
        let lines = samples.map { labels, value in
            let pairs = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\(Self.escaped($0.value))\"" }
            return "\(name){\(pairs.joined(separator: ","))} \(value)\n"
        }
        self.text += lines.sorted().joined()
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
