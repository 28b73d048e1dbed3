import EngineInterface
import Foundation
import ResourceFixtures
import Resources

@testable import Console

/// An engine of a test: what it would send, second by second, without chance.
struct TestEngine {
    var time = TestConsole.start
    var connections: [ConnectionView] = []
    var counters: [DecisionCounter.Key: UInt64] = [:]
    var components: [ComponentStatus] = []
    private(set) var sequence: UInt64 = 0
    private(set) var logSequence: UInt64 = 0

    static let gatewayName = "edge-1"

    // MARK: What is in it

    mutating func connect(
        _ address: String, principal: String?, cluster: String = "vc-orders", listener: String = "example_listener",
        software: (String, String)? = ("librdkafka", "2.6.1"), age: Double = 0, clientID: String? = nil
    ) {
        let id = UInt64(self.connections.count + 1)
        self.connections.append(
            ConnectionView(
                sessionID: id, gateway: Self.gatewayName, listener: listener, virtualCluster: cluster,
                remoteAddress: address, localPort: 19_092, principal: principal,
                authentication: principal.map { $0 == "anonymous" ? "anonymous" : "sasl_oauth_bearer" },
                clientID: clientID, clientSoftwareName: software?.0, clientSoftwareVersion: software?.1,
                upstream: "kafka1:9092", state: principal == nil ? .authenticating : .active,
                connectedAt: self.time.addingTimeInterval(-age), requests: 0, bytesIn: 0, bytesOut: 0, denied: 0))
    }

    mutating func flow(_ address: String, bytesIn: UInt64 = 0, bytesOut: UInt64 = 0, denied: UInt64 = 0) {
        guard let index = self.connections.firstIndex(where: { $0.remoteAddress == address }) else { return }
        self.connections[index].bytesIn += bytesIn
        self.connections[index].bytesOut += bytesOut
        self.connections[index].denied += denied
        self.connections[index].requests += 3
    }

    mutating func count(
        _ verdict: Verdict, _ principal: String, _ operation: ACLOperation, _ type: ResourceType = .topic,
        rule: String? = nil, times: UInt64
    ) {
        let key = DecisionCounter.Key(
            gateway: Self.gatewayName, virtualCluster: "vc-orders", principal: principal, resourceType: type,
            operation: operation, rule: rule ?? Self.rule(verdict), verdict: verdict)
        self.counters[key, default: 0] += times
    }

    private static func rule(_ verdict: Verdict) -> String {
        verdict == .allowed ? "acl_policy[0]" : "__internal/default-deny"
    }

    mutating func decision(
        _ verdict: Verdict, _ principal: String, _ operation: ACLOperation, _ type: ResourceType, _ name: String,
        rule: String? = nil, reason: String? = nil, session: UInt64 = 1, api: String = "Metadata", after: Double = 0
    ) -> DecisionRecord {
        self.sequence += 1
        let noun = type == .cluster ? "the cluster" : "\(type.rawValue) \"\(name)\""
        return DecisionRecord(
            sequence: self.sequence, eventLoop: 0, ordinal: self.sequence, time: self.time.addingTimeInterval(after),
            gateway: Self.gatewayName,
            virtualCluster: "vc-orders", principal: principal,
            authentication: principal == "anonymous" ? "anonymous" : "sasl_oauth_bearer", sessionID: session,
            remoteAddress: self.connections.first { $0.sessionID == session }?.remoteAddress,
            clientID: self.connections.first { $0.sessionID == session }?.clientID, api: api,
            resourceType: type, resourceName: name, operation: operation, verdict: verdict,
            rule: rule ?? Self.rule(verdict),
            reason: reason
                ?? (verdict == .allowed
                    ? "acl_policy[0] allows \(operation.rawValue) on topics matching \"products*\"."
                    : "No rule allows \(operation.rawValue) on \(noun)."))
    }

    mutating func log(
        _ level: LogLine.Level, _ component: String, _ message: String, _ metadata: [String: String] = [:]
    ) -> LogLine {
        self.logSequence += 1
        return LogLine(
            sequence: self.logSequence, time: self.time, level: level, component: component, message: message,
            metadata: metadata)
    }

    var snapshot: LiveSnapshot {
        LiveSnapshot(
            time: self.time, connections: self.connections,
            counters: self.counters.map { DecisionCounter(key: $0.key, count: $0.value) }
                .sorted { "\($0.key)" < "\($1.key)" },
            decisions: [], components: self.components)
    }

    static let gateway = Gateway(
        id: "gw-1", name: Self.gatewayName, description: "", labels: ["env": "prod"], createdAt: TestConsole.start,
        updatedAt: TestConsole.start)

    static var configuration: ConfigurationTree {
        let stamp = TestConsole.start
        let cluster = VirtualCluster(
            id: "vc-1", name: "vc-orders", destination: Reference(id: "bc-1", name: "default_backend_cluster"),
            authentication: [], aclMode: .enforceOnGateway, dnsLabel: "vc-orders", createdAt: stamp, updatedAt: stamp)
        let listener = Listener(
            id: "ls-1", name: "example_listener", addresses: ["0.0.0.0"],
            ports: [PortSpecification(range: 19_092...19_095, text: "19092-19095")], createdAt: stamp,
            updatedAt: stamp)
        return ConfigurationTree(gateways: [
            GatewayConfiguration(
                gateway: Self.gateway, virtualClusters: [VirtualClusterConfiguration(virtualCluster: cluster)],
                listeners: [ListenerConfiguration(listener: listener)])
        ])
    }

    // MARK: A busy minute

    /// Clients of four principals, one of them denied more and more, for `seconds`.
    static func busy(_ console: inout TestConsole, seconds: Int = 130) -> TestEngine {
        var engine = TestEngine()
        engine.time = TestConsole.start.addingTimeInterval(-Double(seconds))
        console.send(.tick(engine.time))
        console.send(.configuration(Self.configuration))
        engine.components = [
            ComponentStatus(kind: "listener", gateway: Self.gatewayName, name: "example_listener", state: .up),
            ComponentStatus(
                kind: "backend_cluster", gateway: Self.gatewayName, name: "default_backend_cluster", state: .up),
            ComponentStatus(
                kind: "backend_cluster", gateway: Self.gatewayName, name: "archive_cluster", state: .down,
                reason: "archive1:9092: connection refused"),
        ]
        engine.connect(
            "10.0.4.17:53122", principal: "svc-orders", software: ("apache-kafka-java", "3.8.0"), age: 11_040,
            clientID: "orders-writer")
        engine.connect(
            "10.0.4.18:40112", principal: "svc-orders", software: ("apache-kafka-java", "3.8.0"), age: 11_040,
            clientID: "orders-writer")
        engine.connect("10.0.7.3:51990", principal: "svc-billing", age: 1260, clientID: "billing")
        engine.connect(
            "10.1.2.8:60021", principal: "ci-runner", cluster: "vc-ci", software: ("sarama", "1.47"), age: 240,
            clientID: "sarama")
        for second in 0..<seconds {
            engine.time.addTimeInterval(1)
            let wave = UInt64(10 + (second * 7) % 23)
            if second == seconds - 8 {
                engine.connect(
                    "10.0.9.44:33518", principal: "anonymous", software: ("kcat", "1.7.1"), clientID: "rdkafka")
                engine.connect("10.0.9.45:33520", principal: nil, software: nil)
            }
            engine.flow("10.0.4.17:53122", bytesIn: 180_000 * wave, bytesOut: 60_000 * wave)
            engine.flow("10.0.4.18:40112", bytesIn: 160_000 * wave, bytesOut: 55_000 * wave)
            engine.flow("10.0.7.3:51990", bytesIn: 41_000 * wave, bytesOut: 450_000 * wave)
            engine.flow("10.1.2.8:60021", bytesIn: 12_000, bytesOut: 3_100)
            engine.count(.allowed, "svc-orders", .write, times: 180 * wave)
            engine.count(.allowed, "svc-billing", .read, times: 35 * wave)
            engine.count(.allowed, "ci-runner", .describe, times: 12)
            var records = [
                engine.decision(
                    .allowed, "svc-orders", .write, .topic, "products-topic", session: 1, api: "Produce", after: -0.9)
            ]
            if second % 40 == 39 {
                engine.count(.denied, "ci-runner", .alter, rule: "acl_ci[3]", times: 1)
                engine.flow("10.1.2.8:60021", denied: 1)
                records.append(
                    engine.decision(
                        .denied, "ci-runner", .alter, .topic, "ci-results", rule: "acl_ci[3]",
                        reason: "acl_ci[3] denies alter on topics matching \"ci-*\".", session: 4, api: "AlterConfigs",
                        after: -0.8))
            }
            if second >= seconds - 8 {
                engine.count(.denied, "anonymous", .write, times: 5)
                engine.count(.denied, "anonymous", .describe, times: 2)
                engine.flow("10.0.9.44:33518", denied: 7)
                for index in 0..<7 {
                    let isDescribe = index < 2
                    records.append(
                        engine.decision(
                            .denied, "anonymous", isDescribe ? .describe : .write, .topic,
                            isDescribe ? "products-topic" : "orders.v1", session: 5,
                            api: isDescribe ? "Metadata" : "Produce", after: -0.7 + Double(index) / 100))
                }
                records.append(
                    engine.decision(
                        .filtered, "anonymous", .describe, .topic, "products-audit", session: 5, after: -0.5))
            }
            console.send(.tick(engine.time))
            console.send(.feed(.snapshot(engine.snapshot)))
            console.send(.feed(.decisions(records)))
        }
        engine.time = TestConsole.start.addingTimeInterval(-55)
        var lines = [
            engine.log(.info, "listener", "bound", ["listener": "example_listener", "port": "19092-19095"]),
            engine.log(.warning, "backend", "cannot connect", ["broker": "archive1:9092", "attempt": "14"]),
            engine.log(.debug, "session", "closed", ["sessionID": "7"]),
        ]
        engine.time = TestConsole.start.addingTimeInterval(-5)
        lines.append(
            engine.log(
                .error, "jwks", "cannot fetch keys; the cached ones stay in use",
                ["url": "https://auth.example/dev/jwks", "error": "timeout after 5 s", "age": "11 min"]))
        lines.append(engine.log(.info, "acl", "many denials", ["principal": "anonymous", "rate": "7/s"]))
        console.send(.feed(.logs(lines)))
        engine.time = TestConsole.start
        console.send(.tick(engine.time))
        return engine
    }

    /// A console of this size on a busy engine.
    static func console(
        _ size: Size = Size(columns: 80, rows: 24), _ glyphs: Glyphs = .ascii,
        options: ConsoleOptions = ConsoleOptions()
    ) -> TestConsole {
        var console = Self.busyConsole
        console.state.size = size
        console.state.glyphs = glyphs
        console.state.options = options
        console.state.writableProduction = ["gw-1"]
        return console
    }

    /// Made once: two minutes take a while.
    private static let busyConsole = {
        var console = TestConsole()
        _ = Self.busy(&console)
        _ = console.takeEffects()
        return console
    }()
}
