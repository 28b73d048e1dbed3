import KafkaProtocol
import NIOCore
import TestSupport
import Testing

@testable import Gateway
@testable import Sandbox

/// Every API that is offered, in every version: a broker with rules of its own, and the gateway with the same rules in
/// front of one without, give the same answers and are left in the same state.
///
/// Both brokers are the sandbox's. What has no authorizer there to compare with is in ``EquivalenceExclusion``.
@Suite struct BrokerEquivalenceTests {
    private static let apis = APITable.rows.filter { row in
        EquivalenceExclusion.of(row.api) == nil && row.versions.contains { OfferedAPIs.offers(row.api, version: $0) }
    }

    /// Requests on one connection.
    private static let steps: Int64 = 3

    private static let ruleSets: [BrokerRules] =
        [.everything, BrokerRules(rules: [])]
        + (0..<4).map { seed in
            BrokerRules.random(
                seed: seed,
                names: [
                    .topic: RequestMaker.topics, .group: BrokerWorld.groups, .cluster: ["kafka-cluster"],
                    .transactionalID: BrokerWorld.transactions,
                ])
        }

    @Test(arguments: Self.apis.map(\.api.rawValue))
    func `a broker with the same rules gives the same answers and is left in the same state`(key: Int16) throws {
        let row = try #require(APITable.row(APIKey(rawValue: key)))
        // What brokers send to one another is refused by a gateway, whatever the rules.
        let last = row.lastOffered ?? row.versions.upperBound
        for version in row.versions where version <= last && OfferedAPIs.offers(row.api, version: version) {
            for (number, rules) in Self.ruleSets.enumerated() {
                let maker = RequestMaker(
                    api: row.api, schema: try #require(MessageSchema.requests[key]), version: version,
                    random: SeededGenerator(seed: UInt64(number) << 32 | UInt64(key) << 16 | UInt64(version)))
                try EquivalenceTrial(rules: rules).run(maker, steps: Self.steps)
            }
        }
    }

    @Test func `what is not compared has a reason`() {
        let compared = Set(Self.apis.map(\.api.rawValue))
        let left = APITable.rows.map(\.api.rawValue).filter { !compared.contains($0) }
        #expect(left.sorted() == EquivalenceExclusion.all.map(\.api.rawValue).sorted())
    }
}

/// APIs that the two sides cannot be compared in.
struct EquivalenceExclusion {
    var api: APIKey
    var reason: String

    static let all: [EquivalenceExclusion] = [
        .init(api: .apiVersions, reason: "the session answers it: see ApiVersionsAnswerTests"),
        .init(api: .saslHandshake, reason: "authentication is the session's"),
        .init(api: .saslAuthenticate, reason: "authentication is the session's"),
        .init(api: .createDelegationToken, reason: "the gateway refuses tokens of the backend: see OracleExclusion"),
        .init(api: .renewDelegationToken, reason: "as CreateDelegationToken"),
        .init(api: .expireDelegationToken, reason: "as CreateDelegationToken"),
        .init(api: .describeDelegationToken, reason: "as CreateDelegationToken"),
        .init(api: .writeTxnMarkers, reason: "the sandbox does not have it"),
        .init(api: .unregisterBroker, reason: "the sandbox does not have it"),
        .init(api: .addRaftVoter, reason: "the sandbox does not have it"),
        .init(api: .removeRaftVoter, reason: "the sandbox does not have it"),
        .init(api: .streamsGroupHeartbeat, reason: "the sandbox does not have it"),
        .init(api: .streamsGroupDescribe, reason: "the sandbox does not have it"),
    ]

    static func of(_ api: APIKey) -> EquivalenceExclusion? { self.all.first { $0.api == api } }
}
