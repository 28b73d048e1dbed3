package import Foundation
package import Resources

/// One client connection as the live views show it.
package struct ConnectionView: Codable, Equatable, Sendable {
    package enum State: String, Codable, Sendable { case authenticating, active, draining, closed }

    package var sessionID: UInt64
    package var gateway: String
    package var listener: String
    package var virtualCluster: String?
    /// `127.0.0.1:52044`.
    package var remoteAddress: String
    package var localPort: Int
    package var principal: String?
    /// `anonymous`, `sasl_oauth_bearer`; nil while authenticating.
    package var authentication: String?
    package var clientID: String?
    /// The client software's name in ApiVersions: `librdkafka`.
    package var clientSoftwareName: String?
    package var clientSoftwareVersion: String?
    /// The broker of the upstream connection; nil on a bootstrap connection before any is chosen.
    package var upstream: String?
    package var state: State
    package var connectedAt: Date
    package var requests: UInt64
    package var bytesIn: UInt64
    package var bytesOut: UInt64
    package var denied: UInt64

    package init(
        sessionID: UInt64, gateway: String, listener: String, virtualCluster: String?, remoteAddress: String,
        localPort: Int, principal: String?, authentication: String?, clientID: String?, clientSoftwareName: String?,
        clientSoftwareVersion: String?, upstream: String?, state: State, connectedAt: Date, requests: UInt64,
        bytesIn: UInt64, bytesOut: UInt64, denied: UInt64
    ) {
        self.sessionID = sessionID
        self.gateway = gateway
        self.listener = listener
        self.virtualCluster = virtualCluster
        self.remoteAddress = remoteAddress
        self.localPort = localPort
        self.principal = principal
        self.authentication = authentication
        self.clientID = clientID
        self.clientSoftwareName = clientSoftwareName
        self.clientSoftwareVersion = clientSoftwareVersion
        self.upstream = upstream
        self.state = state
        self.connectedAt = connectedAt
        self.requests = requests
        self.bytesIn = bytesIn
        self.bytesOut = bytesOut
        self.denied = denied
    }

    package enum CodingKeys: String, CodingKey {
        case gateway, listener, principal, authentication, upstream, state, requests, denied
        case sessionID = "session_id"
        case virtualCluster = "virtual_cluster"
        case remoteAddress = "remote_address"
        case localPort = "local_port"
        case clientID = "client_id"
        case clientSoftwareName = "client_software_name"
        case clientSoftwareVersion = "client_software_version"
        case connectedAt = "connected_at"
        case bytesIn = "bytes_in"
        case bytesOut = "bytes_out"
    }
}

/// How often one principal met one verdict.
package struct DecisionCounter: Codable, Equatable, Sendable {
    /// Stands for principals, and for rules, that are not counted one by one: there is room for so many, and those that
    /// are long gone make room for others.
    package static let other = "(other)"

    package struct Key: Codable, Hashable, Sendable {
        @WireName package var gateway: String
        @WireName package var virtualCluster: String
        @WireName package var principal: String
        package var resourceType: ResourceType
        package var operation: ACLOperation
        @WireName package var rule: String
        package var verdict: Verdict

        package init(
            gateway: String, virtualCluster: String, principal: String, resourceType: ResourceType,
            operation: ACLOperation, rule: String, verdict: Verdict
        ) {
            self.gateway = gateway
            self.virtualCluster = virtualCluster
            self.principal = principal
            self.resourceType = resourceType
            self.operation = operation
            self.rule = rule
            self.verdict = verdict
        }

        package enum CodingKeys: String, CodingKey {
            case gateway, principal, operation, rule, verdict
            case virtualCluster = "virtual_cluster"
            case resourceType = "resource_type"
        }
    }

    package var key: Key
    package var count: UInt64

    package init(key: Key, count: UInt64) {
        self.key = key
        self.count = count
    }
}

/// The state of a listener or backend cluster in one word, and why.
package struct ComponentStatus: Codable, Equatable, Sendable {
    package enum State: String, Codable, Sendable {
        case up = "UP"
        case warn = "WARN"
        case down = "DOWN"
    }

    /// `listener` or `backend_cluster`.
    package var kind: String
    @WireName package var gateway: String
    @WireName package var name: String
    package var state: State
    package var reason: String?

    package init(kind: String, gateway: String, name: String, state: State, reason: String? = nil) {
        self.kind = kind
        self.gateway = gateway
        self.name = name
        self.state = state
        self.reason = reason
    }
}

/// The state of the engine at one moment. Counters are totals since the engine started.
package struct LiveSnapshot: Codable, Equatable, Sendable {
    package static let maximumDecisions = 100

    package var time: Date
    package var connections: [ConnectionView]
    package var counters: [DecisionCounter]
    /// The newest decisions, oldest first, at most ``maximumDecisions``. All that are kept: `decisions(after: 0)`.
    package var decisions: [DecisionRecord]
    package var components: [ComponentStatus]
    /// How often clients ran into each limit, those that were reached.
    package var limits: [LimitCount]

    package init(
        time: Date, connections: [ConnectionView], counters: [DecisionCounter], decisions: [DecisionRecord],
        components: [ComponentStatus], limits: [LimitCount] = []
    ) {
        self.time = time
        self.connections = connections
        self.counters = counters
        self.decisions = decisions
        self.components = components
        self.limits = limits
    }

    /// `limits` may be left out: engines before it did not count them. Limits that are not known here are passed over.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            time: try container.decode(Date.self, forKey: .time),
            connections: try container.decode([ConnectionView].self, forKey: .connections),
            counters: try container.decode([DecisionCounter].self, forKey: .counters),
            decisions: try container.decode([DecisionRecord].self, forKey: .decisions),
            components: try container.decode([ComponentStatus].self, forKey: .components),
            limits: try container.decodeIfPresent(KnownLimitCounts.self, forKey: .limits)?.counts ?? [])
    }
}
