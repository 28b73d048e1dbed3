import Foundation
import JSON
import Resources

/// A line of the details pane.
struct DetailLine: Equatable, Sendable {
    /// Empty on lines that go on.
    var label: String
    var text: String
    var role: Role

    init(_ label: String, _ text: String, _ role: Role = .base) {
        self.label = label
        self.text = text
        self.role = role
    }

    static let widestLabel = 20

    /// How wide the column of labels is.
    static func labelWidth(of lines: [DetailLine]) -> Int {
        min(Self.widestLabel, lines.map(\.label.count).reduce(10, max))
    }
}

extension MapScreen {
    /// What is known of an entity, most telling first.
    static func details(_ node: MapNode, _ state: ConsoleState) -> [DetailLine] {
        var lines: [DetailLine] = []
        for advice in node.advice.sorted(by: { $0.level > $1.level }) {
            switch advice.level {
            case .failure: lines.append(DetailLine("DOWN", advice.text, .stateDown))
            case .warning: lines.append(DetailLine("WARN", advice.text, .stateWarn))
            case .note: lines.append(DetailLine("note", advice.text, .muted))
            }
        }
        if let own = state.data.configuration.node(node.key) {
            if own.fields["enabled"] == .bool(true) { lines.append(DetailLine("state", "on")) }
            if own.fields["enabled"] == .bool(false) { lines.append(DetailLine("state", "off; Space turns it on")) }
            if let entity = Self.entity(node.key, state) { lines += Self.facts(entity, state) }
            lines += MapFieldText.lines(own, without: Self.told(of: own))
            lines += Self.common(own, state)
        }
        lines.append(DetailLine("id", node.entityID, .muted))
        return lines
    }

    enum Entity {
        case backend(BackendCluster)
        case virtual(VirtualClusterConfiguration)
        case clusterPolicy(ClusterPolicy)
        case listener(ListenerConfiguration)
        case listenerPolicy(ListenerPolicy, Listener)
        case identity(ConfigurationTree.Identity)
        case scope(AuthScope)
        case claim(AuthClaim, ConfigurationTree.Identity)
        case client(AuthClient, ConfigurationTree.Identity)
    }

    private static func entity(_ key: EntityKey, _ state: ConsoleState) -> Entity? {
        let gateway = state.data.gatewayConfiguration
        let identity = state.data.configuration.identities.first { $0.server.name == key.path.first }
        func index(_ names: [String?]) -> Int? { PolicyNames.names(names).firstIndex(of: key.name) }
        switch key.kind {
        case .gateway: return nil
        case .backendCluster:
            return gateway?.backendClusters.first { $0.name == key.name }.map(Entity.backend)
        case .virtualCluster:
            return gateway?.virtualClusters.first { $0.virtualCluster.name == key.name }.map(Entity.virtual)
        case .clusterPolicy:
            let policies =
                gateway?.virtualClusters.first { $0.virtualCluster.name == key.parent?.name }?.clusterPolicies ?? []
            return index(policies.map(\.name)).map { .clusterPolicy(policies[$0]) }
        case .listener:
            return gateway?.listeners.first { $0.listener.name == key.name }.map(Entity.listener)
        case .listenerPolicy:
            guard let entry = gateway?.listeners.first(where: { $0.listener.name == key.parent?.name }) else {
                return nil
            }
            return index(entry.policies.map(\.name)).map { .listenerPolicy(entry.policies[$0], entry.listener) }
        case .authServer: return identity.map(Entity.identity)
        case .scope: return identity?.scopes.first { $0.name == key.name }.map(Entity.scope)
        case .claim:
            return identity.flatMap { identity in
                identity.claims.first { $0.name == key.name }.map { .claim($0, identity) }
            }
        case .client:
            guard let identity, let index = identity.clientNames.firstIndex(of: key.name)
            else { return nil }
            return .client(identity.clients[index], identity)
        default: return nil
        }
    }

    /// The fields that ``facts(_:_:)`` tells of, in words of its own; the other fields are shown as they are.
    private static func told(of node: EntityNode) -> Set<String> {
        let told = Self.toldByKind[node.kind] ?? []
        return told.union(node.fields.string("type").flatMap { Self.toldByType[$0] } ?? [])
    }

    /// The fields that are told in other words, by the type of a policy.
    private static let toldByType: [String: Set<String>] = [
        ACLConfiguration.policyType.name: ["type", "config"], ForwardConfiguration.policyType.name: ["type", "config"],
    ]

    private static let toldByKind: [EntityKind: Set<String>] = [
        .backendCluster: [
            "bootstrap_servers", "authentication", "tls", "metadata_update_interval_seconds",
            BackendCluster.anonymousFlag,
        ],
        .virtualCluster: ["destination", "dns_label", "acl_mode", "authentication"],
        .clusterPolicy: ["condition"],
        .listener: ["addresses", "ports"],
        .authServer: ["audience", "signing_algorithm"],
        .scope: ["default"],
        .claim: ["value", "include_in_token", "include_in_all_scopes", "include_in_scopes"],
        .client: ["id", "grant_types", "response_types", "access_token_duration", "allow_all_scopes", "allow_scopes"],
    ]

    private static func facts(_ entity: Entity, _ state: ConsoleState) -> [DetailLine] {
        switch entity {
        case .backend(let cluster):
            return cluster.bootstrapServers.enumerated().map { DetailLine($0 == 0 ? "bootstrap" : "", $1) } + [
                DetailLine("sign-in", "anonymous"), DetailLine("tls", cluster.tls.enabled ? "on" : "off"),
                DetailLine("metadata", "every \(cluster.metadataUpdateIntervalSeconds) s"),
            ]
                + (cluster.insecureAllowAnonymousVirtualClusterAuth
                    ? [DetailLine("anonymous", "virtual clusters may let it in")] : [])
        case .virtual(let entry):
            let cluster = entry.virtualCluster
            var lines = [
                DetailLine("backend", cluster.destination.name), DetailLine("dns label", cluster.dnsLabel),
                DetailLine("acl mode", cluster.aclMode.rawValue),
            ]
            for rule in cluster.authentication {
                switch rule {
                case .anonymous: lines.append(DetailLine("sign-in", "anonymous"))
                case .oauthBearer(let rule):
                    lines.append(DetailLine("sign-in", "oauth_bearer"))
                    lines.append(DetailLine("  keys", rule.jwks.endpoint))
                    lines.append(DetailLine("  issuer", rule.validate?.issuer ?? "(any)"))
                    let audiences = rule.validate?.audiences?.map(\.name) ?? []
                    lines.append(
                        DetailLine("  audience", audiences.isEmpty ? "(any)" : audiences.joined(separator: " ")))
                }
            }
            lines.append(DetailLine("policies", "\(entry.clusterPolicies.count)"))
            lines += Self.traffic(state.map.facts.virtualClusters[cluster.name])
            return lines
        case .clusterPolicy(let policy):
            var lines = [DetailLine("when", policy.condition.flatMap { $0.isEmpty ? nil : $0 } ?? "always")]
            for (index, rule) in policy.rules.enumerated() {
                let name = RuleName.name(policy: policy.name ?? policy.id, rule: index)
                let operations = rule.operations.map(\.name.rawValue).joined(separator: " ")
                lines.append(
                    DetailLine(
                        "rule", "\(name)  \(rule.action.rawValue) \(rule.resourceType.rawValue)",
                        rule.action == .allow ? .decisionAllow : .decisionDeny))
                lines.append(DetailLine("", operations))
                lines.append(DetailLine("", Self.text(rule.resourceNames), .accent))
            }
            return lines
        case .listener(let entry):
            let listener = entry.listener
            var lines = [
                DetailLine("addresses", listener.addresses.joined(separator: " ")),
                DetailLine("ports", "\(listener.portText)  (\(listener.portCount))"), DetailLine("tls", "off"),
            ]
            for policy in entry.policies {
                guard let mapping = policy.portMapping else { continue }
                lines.append(DetailLine("leads to", mapping.destination.name))
                lines += Self.mapping(mapping, listener)
            }
            lines += Self.traffic(state.map.facts.listeners[listener.name])
            return lines
        case .listenerPolicy(let policy, let listener):
            guard let mapping = policy.portMapping else { return [] }
            return [
                DetailLine("leads to", mapping.destination.name), DetailLine("by", PortMappingConfiguration.typeName),
            ] + Self.mapping(mapping, listener)
        case .identity(let identity):
            let server = identity.server
            let users = MapTree.users(of: server, state.data.configuration.gateways)
            return [
                DetailLine("issuer", server.issuer), DetailLine("audience", server.audience),
                DetailLine("keys", server.jwksURI), DetailLine("signs with", server.signingAlgorithm.rawValue),
                DetailLine("used by", users.isEmpty ? "no virtual cluster" : users.joined(separator: " ")),
                DetailLine(
                    "has",
                    "\(identity.scopes.count) scopes, \(identity.claims.count) claims, \(identity.clients.count) clients"
                ),
            ]
        case .scope(let scope):
            return [DetailLine("granted", scope.isDefault ? "by default" : "when asked for")]
        case .claim(let claim, let identity):
            let scopes = identity.scopes.filter { claim.includeInScopes.contains($0.id) }.map(\.name)
            return [
                DetailLine("value", "(\(claim.value.count) characters; y shows it)"),
                DetailLine("in tokens", claim.includeInToken ? "yes" : "no"),
                DetailLine(
                    "scopes", claim.includeInAllScopes ? "all" : scopes.isEmpty ? "none" : scopes.joined(separator: " ")
                ),
            ]
        case .client(let client, let identity):
            let scopes = identity.scopes.filter { client.allowScopes.contains($0.id) }.map(\.name)
            return [
                DetailLine("client id", client.id),
                DetailLine("grants", client.grantTypes.joined(separator: " ")),
                DetailLine(
                    "scopes", client.allowAllScopes ? "all" : scopes.isEmpty ? "none" : scopes.joined(separator: " ")),
                DetailLine("token", "lives \(client.accessTokenDuration) s"),
            ]
        }
    }

    private static func mapping(_ config: PortMappingConfiguration, _ listener: Listener) -> [DetailLine] {
        let mapping = PortMappingView(listener: listener, config: config)
        var lines: [DetailLine] = []
        if let port = mapping.bootstrapPort {
            lines.append(DetailLine("bootstrap", HostPort(host: config.advertisedHost, port: port).description))
        }
        if let first = mapping.brokerPorts.first, let last = mapping.brokerPorts.last {
            let lastID = Int(config.minBrokerID) + mapping.brokerPorts.count - 1
            lines.append(
                DetailLine(
                    "brokers",
                    "\(config.minBrokerID)-\(lastID) at \(HostPort(host: config.advertisedHost, port: first))-\(last)"))
        }
        return lines
    }

    private static func traffic(_ traffic: MapFacts.Traffic?) -> [DetailLine] {
        let traffic = traffic ?? MapFacts.Traffic()
        var text = NumberText.grouped(UInt64(traffic.connections))
        if traffic.foreign > 0 { text += "  (\(NumberText.grouped(UInt64(traffic.foreign))) from other hosts)" }
        var lines = [DetailLine("conns", text)]
        let top = traffic.principals.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(3)
        for (index, entry) in top.enumerated() {
            lines.append(
                DetailLine(index == 0 ? "  as" : "", "\(entry.key)  \(NumberText.grouped(UInt64(entry.value)))"))
        }
        return lines
    }

    /// What every kind may have.
    private static func common(_ node: EntityNode, _ state: ConsoleState) -> [DetailLine] {
        var lines: [DetailLine] = []
        if let text = node.fields.string("description"), !text.isEmpty { lines.append(DetailLine("about", text)) }
        if case .object(let labels)? = node.fields["labels"], !labels.keys.isEmpty {
            lines.append(DetailLine("labels", MapFieldText.text(.object(labels))))
        }
        guard let updatedAt = node.entity?.updatedAt else { return lines }
        let age = state.now.timeIntervalSince(updatedAt)
        lines.append(DetailLine("changed", "\(NumberText.clock(updatedAt))Z, \(NumberText.age(age)) ago", .muted))
        return lines
    }

    static func text(_ names: ResourceNames) -> String {
        switch names {
        case .globs(let globs): globs.joined(separator: " ")
        case .expression(let text): text
        }
    }
}
