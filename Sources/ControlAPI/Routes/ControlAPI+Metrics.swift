internal import EngineInterface
internal import HTTPTypes
internal import Hummingbird
internal import ManagementHTTP
internal import NIOCore
internal import Policies
internal import Resources
internal import Store

extension ControlAPI {
    /// `/health/metrics`, behind the admin token: it names gateways and rules.
    ///
    /// Principals come from tokens and have no end, so that a series for each would fill whatever scrapes them: they are
    /// left out, unless `?principals=true` asks for them. Those that are counted together are then named `(other)`.
    var metricsRoutes: RouteTable {
        var routes = RouteTable()
        let operation = APIOperation(
            "getMetrics", "Metrics, in the text format of Prometheus.", tag: "Health",
            parameters: [APIOperation.Parameter("principals", .boolean, "Whether series name principals.")],
            APIOperation.Answer(200, "Metrics.", APIOperation.Content(type: "text/plain", schema: .string)))
        routes.get("/health/metrics", operation) { request, _ in
            let namesPrincipals = try request.principalsWanted
            let configuration = try await self.store.loadEngineConfiguration()
            let snapshot = try await self.engineClient.liveSnapshot(gateway: nil, decisions: 0)
            return Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(
                    byteBuffer: ByteBuffer(
                        string: MetricsText(snapshot, configuration, namesPrincipals: namesPrincipals).text)))
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
///
/// What the configuration lets happen has its series from the start, with 0: a rate is known only from the second sample
/// on, and an alert about a series that is not there does not fire.
struct MetricsText {
    private(set) var text = ""

    init(_ snapshot: LiveSnapshot, _ configuration: EngineConfiguration, namesPrincipals: Bool = false) {
        self.family("sluice_connections", "gauge", "Client connections that are open.")
        let connections = Dictionary(grouping: snapshot.connections) { connection in
            [
                "gateway": WireName(connection.gateway), "listener": WireName(connection.listener),
                "virtual_cluster": WireName(connection.virtualCluster ?? ""),
                "state": WireName(connection.state.rawValue),
            ]
        }
        var counts = Dictionary(uniqueKeysWithValues: Self.connectionKeys(configuration).map { ($0, UInt64(0)) })
        for (labels, open) in connections { counts[labels] = UInt64(open.count) }
        self.samples("sluice_connections", counts.map { ($0.key.mapValues(\.text), $0.value) })

        self.family(
            "sluice_decisions_total", "counter", "Operations on resources that were allowed, denied or filtered.")
        var decisions: [DecisionCounter.Key: UInt64] = [:]
        // Principals are known only when they come.
        if !namesPrincipals { for key in Self.decisionKeys(configuration) { decisions[key] = 0 } }
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

    /// The connections that there may be: by listener, to where it leads.
    private static func connectionKeys(_ configuration: EngineConfiguration) -> Set<[String: WireName]> {
        var keys: Set<[String: WireName]> = []
        for gateway in configuration.gateways {
            for listener in gateway.listeners {
                let cluster = listener.policies.first { $0.enabled }?.portMapping?.destination.name ?? ""
                for state: ConnectionView.State in [.authenticating, .active, .draining] {
                    keys.insert([
                        "gateway": WireName(gateway.gateway.name), "listener": WireName(listener.listener.name),
                        "virtual_cluster": WireName(cluster), "state": WireName(state.rawValue),
                    ])
                }
            }
        }
        return keys
    }

    /// The decisions that there may be: by each rule, and by the one that denies what no rule allows.
    private static func decisionKeys(_ configuration: EngineConfiguration) -> Set<DecisionCounter.Key> {
        var keys: Set<DecisionCounter.Key> = []
        for gateway in configuration.gateways {
            for cluster in gateway.virtualClusters where cluster.virtualCluster.aclMode == .enforceOnGateway {
                func add(_ type: ResourceType, _ operation: ACLOperation, _ rule: String, _ verdict: Verdict) {
                    keys.insert(
                        DecisionCounter.Key(
                            gateway: gateway.gateway.name, virtualCluster: cluster.virtualCluster.name, principal: "",
                            resourceType: type, operation: operation, rule: rule, verdict: verdict))
                }
                for type in ResourceType.allCases {
                    for operation in type.supportedOperations {
                        add(type, operation, ACLRuleSet.defaultDenyName, .denied)
                    }
                }
                for policy in cluster.clusterPolicies where policy.enabled {
                    for (index, rule) in policy.rules.enumerated() {
                        let operations = rule.operations.map(\.name)
                        for operation in operations.contains(.all) ? rule.resourceType.supportedOperations : operations
                        {
                            add(
                                rule.resourceType, operation, "\(policy.name ?? policy.id)[\(index)]",
                                rule.action == .allow ? .allowed : .denied)
                        }
                    }
                }
            }
        }
        return keys
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
