import EngineInterface
import Foundation
import JSON
import KafkaProtocol
import Logging
import NIOCore
import NIOEmbedded
import Resources
import Testing

@testable import Gateway

/// Changes of the configuration and the connections of clients: a change ends those that it makes wrong, and no other.
@Suite struct UnconcernedChangeTests {
    /// A change of one field. `ends`: whether a session that was let in before has to end.
    struct Change: Sendable, CustomStringConvertible {
        var field: String
        var ends = false
        var apply: @Sendable (inout GatewayConfiguration) -> Void

        var description: String { self.field }

        static func backend(
            _ field: String, ends: Bool = false, _ change: @escaping @Sendable (inout BackendCluster) -> Void
        ) -> Change {
            Change(field: "BackendCluster." + field, ends: ends) { change(&$0.backendClusters[0]) }
        }

        static func virtual(
            _ field: String, ends: Bool = false, _ change: @escaping @Sendable (inout VirtualCluster) -> Void
        ) -> Change {
            Change(field: "VirtualCluster." + field, ends: ends) { change(&$0.virtualClusters[0].virtualCluster) }
        }

        static func listener(
            _ field: String, ends: Bool = false, _ change: @escaping @Sendable (inout Listener) -> Void
        ) -> Change {
            Change(field: "Listener." + field, ends: ends) { change(&$0.listeners[0].listener) }
        }

        static func forward(
            _ field: String, ends: Bool = false, _ change: @escaping @Sendable (inout ListenerPolicy) -> Void
        ) -> Change {
            Change(field: "ListenerPolicy." + field, ends: ends) { change(&$0.listeners[0].policies[0]) }
        }

        static func policy(
            _ field: String, _ change: @escaping @Sendable (inout ClusterPolicy) -> Void
        ) -> Change {
            Change(field: "ClusterPolicy." + field) { change(&$0.virtualClusters[0].clusterPolicies[0]) }
        }

        static func rule(
            _ field: String, ends: Bool = false, _ change: @escaping @Sendable (inout OAuthBearerRule) -> Void
        ) -> Change {
            Change(field: "VirtualCluster.authentication " + field, ends: ends) { configuration in
                var rule = UnconcernedChangeTests.rule
                change(&rule)
                configuration.virtualClusters[0].virtualCluster.authentication[1] = .oauthBearer(rule)
            }
        }
    }

    static let later = Date(timeIntervalSince1970: 1_000)

    /// Each field of each entity, but for ids and the time at which it was made.
    static let changes: [Change] = [
        Change(field: "Gateway.name") { $0.gateway.name = "renamed" },
        Change(field: "Gateway.description") { $0.gateway.description = "other words" },
        Change(field: "Gateway.minRuntimeVersion") { $0.gateway.minRuntimeVersion = "1.1" },
        Change(field: "Gateway.labels") { $0.gateway.labels = ["a": "b"] },
        Change(field: "Gateway.updatedAt") { $0.gateway.updatedAt = Self.later },

        .backend("name") { $0.name = "renamed" },
        .backend("description") { $0.description = "other words" },
        .backend("bootstrapServers", ends: true) { $0.bootstrapServers = ["elsewhere:9092"] },
        .backend("bootstrapServers, in another order") { $0.bootstrapServers.reverse() },
        // There is one way to sign in to a backend.
        .backend("authentication") { $0.authentication = .anonymous },
        .backend("insecureAllowAnonymousVirtualClusterAuth") { $0.insecureAllowAnonymousVirtualClusterAuth = true },
        .backend("tls", ends: true) { $0.tls = BackendTLS(enabled: true) },
        .backend("metadataUpdateIntervalSeconds") { $0.metadataUpdateIntervalSeconds = 45 },
        .backend("labels") { $0.labels = ["a": "b"] },
        .backend("updatedAt") { $0.updatedAt = Self.later },

        .virtual("name") { $0.name = "renamed" },
        .virtual("description") { $0.description = "other words" },
        .virtual("destination", ends: true) { $0.destination = Reference(id: "b2", name: "another") },
        .virtual("destination, by its new name") { $0.destination.name = "renamed" },
        .virtual("authentication", ends: true) { $0.authentication = [.anonymous] },
        .virtual("authentication, in another order") { $0.authentication.reverse() },
        .virtual("authentication, one more") {
            $0.authentication.append(.oauthBearer(.init(jwks: JWKSSource(endpoint: "http://other/keys"))))
        },
        .virtual("authentication, one fewer that let others in") { $0.authentication.removeFirst() },
        .virtual("aclMode") { $0.aclMode = .passthrough },
        .virtual("dnsLabel") { $0.dnsLabel = "renamed" },
        .virtual("labels") { $0.labels = ["a": "b"] },
        .virtual("updatedAt") { $0.updatedAt = Self.later },

        .rule("timeout") { $0.jwks.timeout = "20s" },
        .rule("cache expiration") { $0.jwks.cacheExpiration = "2h" },
        .rule("endpoint", ends: true) { $0.jwks.endpoint = "http://other/keys" },
        .rule("issuer", ends: true) { $0.validate?.issuer = "other" },
        .rule("no issuer any more") { $0.validate?.issuer = nil },
        .rule("one more audience") { $0.validate?.audiences?.append(.init(name: "c")) },
        .rule("audiences in another order") { $0.validate?.audiences?.reverse() },
        .rule("one audience fewer", ends: true) { $0.validate?.audiences?.removeLast() },
        .rule("no audience any more") { $0.validate?.audiences = nil },
        .rule("no audience any more, as a list") { $0.validate?.audiences = [] },
        .rule("another spelling of an audience", ends: true) {
            $0.validate?.audiences = [.init(name: "caf\u{65}\u{301}"), .init(name: "b")]
        },
        .rule("subject", ends: true) { $0.claimsMapping?.sub = "client_id" },
        .rule("scope", ends: true) { $0.claimsMapping?.scope = "scp" },
        .rule("the default claims by their names") { $0.claimsMapping = ClaimsMapping(sub: "sub", scope: "scope") },

        .listener("name") { $0.name = "renamed" },
        .listener("description") { $0.description = "other words" },
        .listener("addresses", ends: true) { $0.addresses = ["127.0.0.2"] },
        .listener("addresses, one more") { $0.addresses.append("127.0.0.2") },
        .listener("ports", ends: true) { $0.ports = [PortSpecification(range: 29_390...29_393)] },
        .listener("ports, one more") { $0.ports.append(PortSpecification(range: 29_390...29_390)) },
        .listener("labels") { $0.labels = ["a": "b"] },
        .listener("updatedAt") { $0.updatedAt = Self.later },

        .forward("name") { $0.name = "renamed" },
        .forward("description") { $0.description = "other words" },
        .forward("enabled", ends: true) { $0.enabled = false },
        .forward("labels") { $0.labels = ["a": "b"] },
        .forward("config, destination", ends: true) {
            $0.portMapping?.destination = Reference(id: "v2", name: "another")
        },
        .forward("config, destination by its new name") { $0.portMapping?.destination.name = "renamed" },
        .forward("config, advertised host") { $0.portMapping?.advertisedHost = "other" },
        .forward("config, bootstrap port") {
            $0.portMapping?.bootstrapPort = PortMappingConfiguration.BootstrapPort.none
        },
        .forward("config, lowest broker") { $0.portMapping?.minBrokerID = 1 },
        .forward("updatedAt") { $0.updatedAt = Self.later },

        .policy("name") { $0.name = "renamed" },
        .policy("description") { $0.description = "other words" },
        .policy("enabled") { $0.enabled = false },
        .policy("labels") { $0.labels = ["a": "b"] },
        .policy("condition") { $0.condition = "false" },
        .policy("config") { $0.config = .acls(ACLConfiguration(rules: [])) },
        .policy("updatedAt") { $0.updatedAt = Self.later },
    ]

    private static let rule = OAuthBearerRule(
        jwks: JWKSSource(endpoint: "http://127.0.0.1/keys"),
        validate: TokenValidation(issuer: "issuer", audiences: [.init(name: "caf\u{E9}"), .init(name: "b")]),
        claimsMapping: ClaimsMapping())

    private static var configuration: GatewayConfiguration {
        let now = Date(timeIntervalSince1970: 0)
        func backend(_ id: String, _ name: String) -> BackendCluster {
            BackendCluster(
                id: id, name: name, bootstrapServers: ["one:9092", "two:9092"], createdAt: now, updatedAt: now)
        }
        func virtual(_ id: String, _ name: String, _ rules: [AuthenticationRule]) -> VirtualCluster {
            VirtualCluster(
                id: id, name: name, destination: Reference(id: "b1", name: "backend"), authentication: rules,
                aclMode: .enforceOnGateway, dnsLabel: name, createdAt: now, updatedAt: now)
        }
        let policy = ClusterPolicy(
            id: "p", name: "acl",
            config: .acls(ACLConfiguration(rules: [OracleWorld.rule(.topic, .allow, .read, "*")])), createdAt: now,
            updatedAt: now)
        let forward = ListenerPolicy(
            id: "f",
            config: .forward(
                .portMapping(
                    PortMappingConfiguration(
                        destination: Reference(id: "v1", name: "clients"), advertisedHost: "gateway.test"))),
            createdAt: now, updatedAt: now)
        return GatewayConfiguration(
            gateway: Gateway(id: "g", name: "gateway", createdAt: now, updatedAt: now),
            backendClusters: [backend("b1", "backend"), backend("b2", "another")],
            virtualClusters: [
                .init(
                    virtualCluster: virtual("v1", "clients", [.anonymous, .oauthBearer(Self.rule)]),
                    clusterPolicies: [policy]),
                .init(virtualCluster: virtual("v2", "another", [.anonymous, .oauthBearer(Self.rule)])),
            ],
            listeners: [
                .init(
                    listener: Listener(
                        id: "l", name: "listener", addresses: ["127.0.0.1"],
                        ports: [PortSpecification(range: 29_290...29_293)], createdAt: now, updatedAt: now),
                    policies: [forward])
            ])
    }

    /// A session that a token let in, of a gateway whose configuration changes.
    private final class World {
        let session: Session
        private let client: EmbeddedChannel
        private let context: LoopContext
        private let keys: JWKSCache
        private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        private var revision: UInt64 = 1
        private(set) var compiled: RuntimeCompiler.Result

        init(_ configuration: GatewayConfiguration) throws {
            let loop = EmbeddedEventLoop()
            self.client = EmbeddedChannel(loop: loop)
            self.keys = JWKSCache(fetch: { _, _ in throw BackendUnreachable(reason: "no issuer") }, logger: self.logger)
            self.context = LoopContext(loop: loop, index: 0, epoch: Date(), logger: self.logger)
            self.context.turnTime = .hours(1)
            self.compiled = RuntimeCompiler(
                previous: .empty, monitors: [:], keys: self.keys, logger: self.logger, nextLoop: { loop }
            ).compile(EngineConfiguration(revision: 1, gateways: [configuration]))
            self.context.apply(self.compiled.runtime)
            try Session.accept(
                self.client, on: BindingKey(address: "127.0.0.1", port: 29_291), context: self.context)
            try self.client.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
            self.session = try #require(self.context.sessions.values.first)
            self.letIn()
        }

        /// As after the last answer to a token that is good for an hour. The session waits for an answer of the broker.
        private func letIn() {
            let now = Date()
            _ = self.session.sasl.handshakeReceived(mechanism: "OAUTHBEARER", version: 1, now: now)
            _ = self.session.sasl.authenticateReceived(Array("n,,\u{1}auth=Bearer a.b.c\u{1}\u{1}".utf8))
            let token = AcceptedToken(principalName: "alice", claims: [:], expiresAt: now.addingTimeInterval(3_600))
            _ = self.session.sasl.tokenValidated(.accepted(token), now: now)
            self.session.isAuthenticated = true
            self.session.authenticationRule = .oauthBearer(UnconcernedChangeTests.rule)
            self.session.installRules()
            self.session.inFlight.requestForwarded(
                correlationID: 1, plan: .init(purpose: .client(.passThrough), api: .joinGroup, version: 5))
        }

        func become(_ configuration: GatewayConfiguration) {
            self.revision += 1
            let loop = self.context.loop
            self.compiled = RuntimeCompiler(
                previous: self.compiled.runtime, monitors: self.compiled.monitors, keys: self.keys,
                logger: self.logger, nextLoop: { loop }
            ).compile(EngineConfiguration(revision: self.revision, gateways: [configuration]))
            self.context.apply(self.compiled.runtime)
        }

        func finish() {
            self.compiled.monitors.values.forEach { $0.stop() }
            _ = try? self.client.finish(acceptAlreadyClosed: true)
        }
    }

    @Test(arguments: changes)
    func `a change of one field ends a session only if it concerns it`(change: Change) throws {
        var configuration = Self.configuration
        let world = try World(configuration)
        defer { world.finish() }
        change.apply(&configuration)
        world.become(configuration)
        #expect((world.session.isDraining || world.session.isClosing) == change.ends)
        // And there is no way back for one that ends, nor harm in the way back for one that does not.
        world.become(Self.configuration)
        #expect((world.session.isDraining || world.session.isClosing) == change.ends)
    }

    @Test(arguments: 0..<20)
    func `no sequence of changes that do not concern a session ends it`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var configuration = Self.configuration
        let world = try World(configuration)
        defer { world.finish() }
        for _ in 0..<30 {
            guard let change = Self.changes.filter({ !$0.ends }).randomElement(using: &random) else { continue }
            // A changed rule stands where the table expects it.
            configuration.virtualClusters[0].virtualCluster.authentication =
                Self.configuration.virtualClusters[0].virtualCluster.authentication
            change.apply(&configuration)
            world.become(configuration)
            #expect(!world.session.isDraining && !world.session.isClosing, "\(change)")
        }
    }

    @Test func `every field of every entity is in the table`() {
        let configuration = Self.configuration
        let entities: [Any] = [
            configuration.gateway, configuration.backendClusters[0], configuration.virtualClusters[0].virtualCluster,
            configuration.virtualClusters[0].clusterPolicies[0], configuration.listeners[0].listener,
            configuration.listeners[0].policies[0],
        ]
        // Both policies are of one generic type.
        let names = ["Gateway", "BackendCluster", "VirtualCluster", "ClusterPolicy", "Listener", "ListenerPolicy"]
        let fixed: Set<String> = ["id", "createdAt", "type", "parentPolicyID"]
        for (name, entity) in zip(names, entities) {
            for label in Mirror(reflecting: entity).children.compactMap(\.label) where !fixed.contains(label) {
                // The forwarding policy has no condition.
                if name == "ListenerPolicy", label == "condition" { continue }
                #expect(
                    Self.changes.contains { $0.field.prefix { $0 != "," && $0 != " " } == "\(name).\(label)" },
                    "\(name).\(label)")
            }
        }
    }

    @Test func `what a backend cluster is called and how often it is asked changes in the monitor that runs`() throws {
        var configuration = Self.configuration
        let world = try World(configuration)
        defer { world.finish() }
        let before = try #require(world.compiled.monitors["b1"])
        configuration.gateway.name = "Edge"
        configuration.backendClusters[0].name = "renamed"
        configuration.backendClusters[0].metadataUpdateIntervalSeconds = 45
        world.become(configuration)
        let after = try #require(world.compiled.monitors["b1"])
        #expect(after === before)
        #expect(after.cluster == configuration.backendClusters[0])
        let statuses = ComponentStatuses.all(of: world.compiled.runtime, failures: [:], gateway: nil)
        #expect(Set(statuses.map(\.gateway)) == ["Edge"])
        #expect(statuses.filter { $0.kind == "backend_cluster" }.map(\.name) == ["renamed"])
    }
}
