import EngineInterface
import Resources

/// Something about an entity that its owner likely does not know.
struct MapAdvice: Equatable, Sendable {
    enum Level: Int, Comparable, Sendable {
        /// Worth knowing.
        case note
        /// Likely a mistake.
        case warning
        /// Nothing works because of it.
        case failure

        static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    var level: Level
    /// A sentence.
    var text: String

    init(_ level: Level, _ text: String) {
        self.level = level
        self.text = text
    }
}

/// Finds what an experienced operator would remark on in a configuration.
struct MapAdvisor {
    var gateway: GatewayConfiguration
    var facts: MapFacts
    var isProduction: Bool
    /// Node ids of the brokers behind a virtual cluster, as far as they were seen; by its name.
    var brokers: [String: Set<Int32>]

    // MARK: Backend clusters

    func advice(_ cluster: BackendCluster) -> [MapAdvice] {
        var advice: [MapAdvice] = []
        if let component = self.facts.component(.backendCluster, cluster.name), component.state != .up {
            advice.append(
                MapAdvice(
                    component.state == .down ? .failure : .warning,
                    component.state == .down
                        ? "Unreachable: \(component.reason ?? "no reason is known")."
                        : "\(component.reason ?? "The engine sees a problem")."))
        }
        if !self.gateway.virtualClusters.contains(where: { $0.virtualCluster.destination.id == cluster.id }) {
            advice.append(MapAdvice(.note, "No virtual cluster uses it, so it is not connected. a adds one."))
        }
        if !cluster.tls.enabled, self.isProduction {
            advice.append(MapAdvice(.note, "Traffic to the brokers is plaintext."))
        }
        return advice
    }

    // MARK: Virtual clusters

    func advice(_ entry: VirtualClusterConfiguration) -> [MapAdvice] {
        let cluster = entry.virtualCluster
        var advice: [MapAdvice] = []
        let backend = self.gateway.backendClusters.first { $0.id == cluster.destination.id }
        if let backend, let component = self.facts.component(.backendCluster, backend.name), component.state == .down {
            advice.append(MapAdvice(.failure, "Its backend cluster '\(backend.name)' is unreachable."))
        }
        let leading = self.gateway.listeners.filter { listener in
            listener.policies.contains { $0.enabled && $0.portMapping?.destination.id == cluster.id }
        }
        if leading.isEmpty {
            advice.append(MapAdvice(.warning, "No listener leads here: clients cannot reach it. a adds one."))
        }
        let policies = entry.clusterPolicies.filter(\.enabled)
        switch cluster.aclMode {
        case .enforceOnGateway:
            if policies.isEmpty {
                advice.append(
                    MapAdvice(
                        .warning,
                        "acl_mode is enforce_on_gateway and no policy is on: it denies everything. a adds one."))
            }
        case .passthrough:
            if cluster.allowsAnonymous {
                advice.append(
                    MapAdvice(
                        .warning,
                        "Anonymous clients get in and acl_mode is passthrough: anybody may do all that the backend lets "
                            + "the gateway do."))
            }
            if !policies.isEmpty {
                advice.append(
                    MapAdvice(.warning, "acl_mode is passthrough: its acls policies have no effect."))
            }
        }
        if cluster.allowsAnonymous, cluster.aclMode == .enforceOnGateway {
            advice.append(MapAdvice(.note, "Anonymous clients get in; the policies decide what they may do."))
        }
        let rules = ACLConfiguration(rules: policies.flatMap(\.rules))
        if cluster.aclMode == .enforceOnGateway, rules.readsTopicsWithoutGroups {
            advice.append(
                MapAdvice(
                    .warning,
                    "READ on topics is allowed, but no rule allows READ on a group: consumer groups are refused."))
        }
        for case .oauthBearer(let rule) in cluster.authentication {
            if rule.validate?.audiences?.isEmpty ?? true {
                advice.append(MapAdvice(.note, "Audience unchecked: a token made for another service is accepted too."))
            }
            if rule.validate?.issuer == nil {
                advice.append(
                    MapAdvice(.note, "Issuer unchecked: any token signed by a key of the key set is accepted."))
            }
        }
        return advice
    }

    // MARK: Listeners

    func advice(_ entry: ListenerConfiguration) -> [MapAdvice] {
        let listener = entry.listener
        var advice: [MapAdvice] = []
        let component = self.facts.component(.listener, listener.name)
        let hasForward = entry.policies.contains(where: \.enabled)
        if let component, component.state != .up, hasForward || component.state == .down {
            advice.append(
                MapAdvice(
                    component.state == .down ? .failure : .warning,
                    "\(component.reason ?? "The engine sees a problem")."))
        }
        if entry.policies.isEmpty {
            advice.append(MapAdvice(.warning, "It has no policy: connections are refused. a adds one."))
        } else if !hasForward {
            advice.append(MapAdvice(.warning, "Its policies are off: connections are refused."))
        }
        let traffic = self.facts.listeners[listener.name] ?? MapFacts.Traffic()
        let isLocal = listener.addresses.allSatisfy { Self.isLocalName($0) }
        for policy in entry.policies where policy.enabled {
            advice += self.advice(policy, of: listener, isLocal: isLocal, foreign: traffic.foreign)
        }
        if !isLocal {
            if traffic.foreign > 0 || self.isProduction {
                advice.append(
                    MapAdvice(.warning, "Plaintext: tokens and records cross the network unencrypted."))
            } else {
                advice.append(MapAdvice(.note, "Plaintext: fine on this host, not across a network."))
            }
        }
        return advice
    }

    private func advice(
        _ policy: ListenerPolicy, of listener: Listener, isLocal: Bool, foreign: Int
    ) -> [MapAdvice] {
        var advice: [MapAdvice] = []
        guard let config = policy.portMapping else { return advice }
        if Self.isLocalName(config.advertisedHost) {
            if foreign > 0 {
                let count = NumberText.grouped(UInt64(foreign))
                let clients = foreign == 1 ? "1 client connects" : "\(count) clients connect"
                let told = foreign == 1 ? "is told" : "are told"
                let which = foreign == 1 ? "the client itself" : "the clients themselves"
                advice.append(
                    MapAdvice(
                        .warning,
                        "\(clients) from other hosts and \(told) '\(config.advertisedHost)', which there means "
                            + "\(which)."))
            } else if !isLocal {
                advice.append(
                    MapAdvice(
                        .warning,
                        "Advertised host '\(config.advertisedHost)': clients on other hosts cannot reach it, though the "
                            + "listener is open to them."))
            }
        }
        let mapping = PortMappingView(listener: listener, config: config)
        guard
            let cluster = self.gateway.virtualClusters.first(where: { $0.virtualCluster.id == config.destination.id }),
            let backend = self.gateway.backendClusters.first(where: { $0.id == cluster.virtualCluster.destination.id })
        else { return advice }
        let seen = self.brokers[cluster.virtualCluster.name] ?? []
        let outside = seen.filter { mapping.port(of: $0) == nil }.sorted()
        if !outside.isEmpty {
            let ids = outside.prefix(4).map(String.init).joined(separator: ", ")
            advice.append(
                MapAdvice(
                    .warning,
                    "min_broker_id \(config.minBrokerID) with \(mapping.brokerPorts.count) broker ports leaves out "
                        + "broker \(ids): clients cannot reach its partitions."))
        } else if mapping.brokerPorts.count < max(backend.bootstrapServers.count, seen.count) {
            let brokers = max(backend.bootstrapServers.count, seen.count)
            let missing = brokers - mapping.brokerPorts.count
            advice.append(
                MapAdvice(
                    .warning,
                    "\(listener.portCount) ports for \(mapping.bootstrapPort == nil ? "" : "1 bootstrap and ")"
                        + "\(brokers) brokers: \(missing) more \(missing == 1 ? "is" : "are") needed."))
        }
        return advice
    }

    // MARK: Policies

    func advice(_ policy: ClusterPolicy, of cluster: VirtualCluster) -> [MapAdvice] {
        var advice: [MapAdvice] = []
        if policy.rules.isEmpty { advice.append(MapAdvice(.note, "It has no rules.")) }
        if cluster.aclMode == .passthrough {
            advice.append(MapAdvice(.warning, "acl_mode is passthrough: it has no effect."))
        }
        return advice
    }

    static func isLocalName(_ host: String) -> Bool {
        host == "localhost" || host.hasPrefix("127.") || host == "::1" || host == "[::1]"
            || host.hasSuffix(".localhost")
    }
}

/// Which port stands for which broker.
struct PortMappingView: Equatable, Sendable {
    var bootstrapPort: Int?
    var brokerPorts: [Int]
    var minBrokerID: Int32

    init(listener: Listener, config: PortMappingConfiguration) {
        var ports = listener.allPorts
        if config.bootstrapPort == .atStart, !ports.isEmpty { self.bootstrapPort = ports.removeFirst() }
        self.brokerPorts = ports
        self.minBrokerID = config.minBrokerID
    }

    func port(of broker: Int32) -> Int? {
        let (index, overflow) = Int(broker).subtractingReportingOverflow(Int(self.minBrokerID))
        return !overflow && self.brokerPorts.indices.contains(index) ? self.brokerPorts[index] : nil
    }
}

extension Listener {
    /// `19092-19095, 29092`.
    var portText: String { self.ports.map { PortSpecification.text($0.range) }.joined(separator: ", ") }

    var portCount: Int { self.ports.reduce(0) { $0 + $1.range.count } }
}
