import KafkaProtocol
import Testing

@testable import Sandbox

@Suite struct `Client quotas` {
    private static func filled() -> ClientQuotas {
        var quotas = ClientQuotas()
        quotas.set("producer_byte_rate", to: 100, of: ["user": "alice"])
        quotas.set("producer_byte_rate", to: 200, of: ["user": nil])
        quotas.set("consumer_byte_rate", to: 300, of: ["user": "alice", "client-id": "app"])
        return quotas
    }

    @Test func `a filter finds entities with its parts, and when strict only with those`() {
        let quotas = Self.filled()
        #expect(quotas.matching(["user": .exactly("alice")], strict: false).count == 2)
        #expect(
            quotas.matching(["user": .exactly("alice")], strict: true).map(\.values) == [["producer_byte_rate": 100]])
        #expect(quotas.matching(["user": .standard], strict: false).map(\.values) == [["producer_byte_rate": 200]])
        #expect(quotas.matching(["user": .any], strict: false).count == 3)
        #expect(quotas.matching([:], strict: false).count == 3)
    }

    @Test func `an entity without quotas is gone`() {
        var quotas = Self.filled()
        quotas.set("producer_byte_rate", to: nil, of: ["user": nil])
        #expect(quotas.quotas.count == 2)
    }

    @Test(
        arguments: [
            ([], "producer_byte_rate", 1),
            ([("user", "a"), ("user", "b")], "producer_byte_rate", 1),
            ([("group", "a")], "producer_byte_rate", 1),
            ([("user", "")], "producer_byte_rate", 1),
            ([("ip", "127.0.0.1"), ("user", "a")], "producer_byte_rate", 1),
            ([("user", "a")], "connection_creation_rate", 1),
            ([("user", "a")], "producer_byte_rate", 0),
            ([("user", "a")], "producer_byte_rate", .infinity),
        ] as [([(type: String, name: String?)], String, Double)])
    func `what is no quota is refused`(entity: [(type: String, name: String?)], key: String, value: Double) {
        #expect(ClientQuotas.fault(in: entity, keys: [(key, value)])?.code == .invalidRequest)
    }
}

@Suite struct `SCRAM credentials` {
    @Test func `a user with a fault is left as it was`() {
        var credentials = ScramCredentials()
        let results = credentials.alter([
            .init(user: "a", mechanism: 1, iterations: 4096), .init(user: "a", mechanism: 2, iterations: 8192),
            .init(user: "b", mechanism: 1, iterations: 4096), .init(user: "b", mechanism: 2, iterations: 1),
        ])
        #expect(results.map(\.fault?.code) == [nil, .unacceptableCredential])
        #expect(credentials.users == ["a": [.sha256: 4096, .sha512: 8192]])
    }

    @Test(arguments: [
        (ScramCredentials.Change(user: "", mechanism: 1, iterations: 4096), KafkaErrorCode.unacceptableCredential),
        (.init(user: "a", mechanism: 9, iterations: 4096), .unsupportedSaslMechanism),
        (.init(user: "a", mechanism: 1, iterations: 16385), .unacceptableCredential),
        (.init(user: "a", mechanism: 1, iterations: nil), .resourceNotFound),
    ])
    func `what cannot be is refused`(change: ScramCredentials.Change, expected: KafkaErrorCode) {
        var credentials = ScramCredentials()
        #expect(credentials.alter([change]).map(\.fault?.code) == [expected])
        #expect(credentials.users.isEmpty)
    }

    @Test func `a credential is altered once in a request, and can be deleted`() {
        var credentials = ScramCredentials()
        let twice = credentials.alter([
            .init(user: "a", mechanism: 1, iterations: 4096), .init(user: "a", mechanism: 1, iterations: 4097),
        ])
        #expect(twice.map(\.fault?.code) == [.duplicateResource])
        _ = credentials.alter([.init(user: "a", mechanism: 1, iterations: 4096)])
        #expect(credentials.alter([.init(user: "a", mechanism: 1, iterations: nil)]).map(\.fault) == [nil])
        #expect(credentials.users.isEmpty)
    }
}

@Suite struct `Feature levels` {
    @Test func `a level goes down only for who says so`() {
        var features = FeatureLevels()
        #expect(
            features.fault(in: .init(name: "transaction.version", level: 1, mayDowngrade: false))?.code
                == .invalidUpdateVersion)
        let change = FeatureLevels.Change(name: "transaction.version", level: 1, mayDowngrade: true)
        #expect(features.fault(in: change) == nil)
        features.apply([change])
        #expect(features.level(of: "transaction.version") == 1)
        #expect(features.epoch == 1)
        #expect(features.fault(in: .init(name: "transaction.version", level: 3, mayDowngrade: true)) != nil)
        #expect(features.fault(in: .init(name: "nothing", level: 1, mayDowngrade: true)) != nil)
    }
}

@Suite struct `Cluster settings` {
    @Test func `what brokers are told holds for topics by another name`() {
        var settings = ClusterSettings()
        #expect(settings.topicDefaults == ["min.insync.replicas": "1"])
        settings.set(["log.retention.ms": "5", "num.io.threads": "3"], of: .init(kind: .broker, name: ""))
        #expect(settings.topicDefaults == ["retention.ms": "5"])
        settings.set(["metrics": "*"], of: .init(kind: .clientMetrics, name: "m"))
        #expect(settings.names(of: .clientMetrics) == ["m"])
        settings.set([:], of: .init(kind: .clientMetrics, name: "m"))
        #expect(settings.names(of: .clientMetrics).isEmpty)
    }

    @Test func `the oldest telemetry clients are forgotten`() {
        var clients = TelemetryClients()
        let first = KafkaUUID(high: 0, low: 1)
        for low: UInt64 in 1...1001 { clients.subscribe(KafkaUUID(high: 0, low: low), to: 7) }
        #expect(clients[first] == nil)
        #expect(clients[KafkaUUID(high: 0, low: 1001)] == 7)
    }
}
