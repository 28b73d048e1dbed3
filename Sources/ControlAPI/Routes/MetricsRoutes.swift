internal import GatewayModel
internal import HTTPTypes
internal import Hummingbird
internal import Identity
internal import NIOCore

extension ControlAPI {
    /// `/health/metrics`, behind the admin token: it names gateways and rules.
    ///
    /// Principals come from tokens and have no end, so that a series for each would fill whatever scrapes them: they are
    /// left out, unless `?principals=true` asks for them. Those that are counted together are then named `(other)`.
    var metricsRoutes: RouteTable {
        var routes = RouteTable()
        routes.get("/health/metrics") { request, _ in
            let namesPrincipals = try request.principalsWanted
            let snapshot = try await self.engineClient.liveSnapshot(gateway: nil, decisions: 0)
            return Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(
                    byteBuffer: ByteBuffer(string: MetricsText(snapshot, namesPrincipals: namesPrincipals).text)))
        }
        return routes
    }
}

extension Request {
    fileprivate var principalsWanted: Bool {
        get throws {
            switch self.queryItems["principals"] {
            case nil, "false": return false
            case "true": return true
            case .some:
                throw Problem.badRequest(
                    InvalidParameter(
                        field: "principals", rule: .isBoolean, source: .query, reason: "must be true or false"))
            }
        }
    }
}

/// The Prometheus text format, version 0.0.4.
struct MetricsText {
    private(set) var text = ""

    init(_ snapshot: LiveSnapshot, namesPrincipals: Bool = false) {
        self.family("sluice_connections", "gauge", "Client connections that are open.")
        let connections = Dictionary(grouping: snapshot.connections) { connection in
            [
                "gateway": WireName(connection.gateway), "listener": WireName(connection.listener),
                "virtual_cluster": WireName(connection.virtualCluster ?? ""),
                "state": WireName(connection.state.rawValue),
            ]
        }
        self.samples(
            "sluice_connections", connections.map { ($0.key.mapValues(\.text), UInt64($0.value.count)) })

        self.family(
            "sluice_decisions_total", "counter", "Operations on resources that were allowed, denied or filtered.")
        var decisions: [DecisionCounter.Key: UInt64] = [:]
        for counter in snapshot.counters {
            var key = counter.key
            if !namesPrincipals { key.principal = "" }
            decisions[key, default: 0] += counter.count
        }
        self.samples(
            "sluice_decisions_total",
            decisions.map { key, count in
                var labels = [
                    "gateway": key.gateway, "virtual_cluster": key.virtualCluster,
                    "resource_type": key.resourceType.rawValue, "operation": key.operation.rawValue,
                    "rule": key.rule, "verdict": key.verdict.rawValue,
                ]
                if namesPrincipals { labels["principal"] = key.principal }
                return (labels, count)
            })

        self.family("sluice_limit_refusals_total", "counter", "How often clients ran into a limit or found no backend.")
        let limits = Dictionary(snapshot.limits.map { ($0.limit, $0.count) }, uniquingKeysWith: +)
        self.samples(
            "sluice_limit_refusals_total",
            LimitKind.allCases.map { (["limit": $0.rawValue], limits[$0] ?? 0) })

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
        self.text += lines.sortedByBytes().joined()
    }

    /// By scalars: a quotation mark with an accent on it is one character, and still a quotation mark in the text.
    private static func escaped(_ value: String) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
