import KafkaProtocol
import NIOCore
import NIOEmbedded
import Resources
import Testing

@testable import Gateway

/// The versions that clients of 2017 and 2018 send.
@Suite struct OldClientTests {
    struct Client: CustomTestStringConvertible, Sendable {
        var name: String
        /// Of ApiVersions.
        var asks: Int16
        var sends: [APIKey: Int16]
        var testDescription: String { self.name }
    }

    static let clients = [
        // Its ListOffsets and OffsetCommit are versions 0 and 1, which no broker of Kafka 4 takes either: it writes, and
        // reads from given offsets.
        Client(
            name: "librdkafka 0.11", asks: 0,
            sends: [
                .produce: 3, .fetch: 4, .metadata: 2, .offsetFetch: 1, .findCoordinator: 0, .joinGroup: 0,
                .heartbeat: 0,
                .leaveGroup: 0, .syncGroup: 0, .describeGroups: 0, .listGroups: 0,
            ]),
        Client(
            name: "Java 2.1", asks: 2,
            sends: [
                .produce: 7, .fetch: 10, .listOffsets: 4, .metadata: 7, .offsetCommit: 6, .offsetFetch: 5,
                .findCoordinator: 2, .joinGroup: 3, .heartbeat: 2, .leaveGroup: 2, .syncGroup: 2, .describeGroups: 2,
                .listGroups: 2, .createTopics: 3, .deleteTopics: 3, .deleteRecords: 1, .initProducerId: 1,
                .offsetForLeaderEpoch: 2, .addPartitionsToTxn: 1, .addOffsetsToTxn: 1, .endTxn: 1, .txnOffsetCommit: 2,
                .describeConfigs: 2, .alterConfigs: 1, .alterReplicaLogDirs: 1, .describeLogDirs: 1,
                .createPartitions: 1, .deleteGroups: 1,
            ]),
        Client(
            name: "kafka-python 1.4", asks: 0,
            sends: [
                .produce: 5, .fetch: 4, .listOffsets: 1, .metadata: 1, .offsetCommit: 2, .offsetFetch: 1,
                .findCoordinator: 0, .joinGroup: 2, .heartbeat: 1, .leaveGroup: 1, .syncGroup: 1, .createTopics: 3,
                .deleteTopics: 3, .describeConfigs: 2, .describeGroups: 3, .listGroups: 2,
            ]),
    ]

    @Test(arguments: Self.clients, [true, false])
    func `an old client is offered the versions that it sends, in an answer that it can read`(
        client: Client, enforces: Bool
    ) throws {
        var body = ApiVersionsAnswer(
            backend: SessionFixture.offer, mode: enforces ? .enforceOnGateway : .passthrough
        ).body(requestVersion: client.asks)
        let answer = try ApiVersionsResponse(from: &body, version: client.asks)
        #expect(body.readableBytes == 0)
        let offer = OfferedVersions(backend: SessionFixture.offer, enforcesACLs: enforces)
        for (api, version) in client.sends {
            let row = try #require(answer.apiKeys.first { $0.apiKey == api.rawValue }, "\(api)")
            #expect(row.minVersion <= version && version <= row.maxVersion, "\(api) v\(version)")
            #expect(offer.contains(api, version: version), "\(api) v\(version)")
        }
    }

    /// From the first question to a record written: what goes to the broker, and what comes back.
    @Test func `an old producer finds the brokers of its listener and writes to one of them`() throws {
        let fixture = try SessionFixture(rules: [OracleWorld.rule(.topic, .allow, .write, "orders")])
        defer { fixture.finish() }
        fixture.knowsBackend()

        try fixture.client.writeInbound(
            KafkaFrame.encodeRequest(ApiVersionsRequest(), version: 0, correlationID: 1, clientID: "rdkafka"))
        var offered = try SessionFixture.sent(fixture.client)
        #expect(offered.readMultipleIntegers(as: (Int32, Int32).self)?.1 == 1)
        #expect(try ApiVersionsResponse(from: &offered, version: 0).errorCode == 0)

        var metadata = MetadataRequest()
        metadata.topics = ["orders", "secret"].map { name in
            var topic = MetadataRequest.MetadataRequestTopic()
            topic.name = name
            return topic
        }
        try fixture.client.writeInbound(
            KafkaFrame.encodeRequest(metadata, version: 2, correlationID: 2, clientID: "rdkafka"))
        // Version 2 cannot forbid creation: the topic that may not be made is asked about apart.
        let asked = try #require(try fixture.questionAsked())
        #expect(asked.topics?.map(\.name) == ["orders"])
        #expect(!asked.allowAutoTopicCreation)
        var known = MetadataResponse()
        known.topics = [.init()]
        known.topics[0].name = "orders"
        try fixture.answer(known, version: 13, correlationID: fixture.lastCorrelationID)
        var forwarded = try fixture.frameSent(to: fixture.broker)
        let header = try KafkaFrame.decodeRequestHeader(&forwarded)
        #expect(header.requestApiVersion == 2)
        #expect(try MetadataRequest(from: &forwarded, version: 2).topics == [])
        var cluster = MetadataResponse()
        cluster.brokers = [Int32(1), 2].map { id in
            var broker = MetadataResponse.MetadataResponseBroker()
            broker.nodeId = id
            broker.host = "backend.internal"
            broker.port = 9092
            return broker
        }
        try fixture.answer(cluster, version: 2, correlationID: 2)
        var told = try fixture.frameSent(to: fixture.client)
        told.moveReaderIndex(forwardBy: 4)
        let view = try MetadataResponse(from: &told, version: 2)
        #expect(view.brokers.map(\.host) == ["127.0.0.1", "127.0.0.1"])
        #expect(view.brokers.map(\.port) == [29_291, 29_292])
        #expect(view.topics.map(\.name) == ["orders", "secret"])
        #expect(view.topics.map(\.errorCode) == [0, 29])

        let records = LargeProduceTests.frame(["orders"], version: 3, batchBytes: 100)
        try fixture.client.writeInbound(records)
        #expect(try SessionFixture.sent(fixture.broker) == records)
    }
}
