import KafkaProtocol
import NIOCore
import NIOEmbedded
import Resources
import Testing

@testable import Gateway

/// Which broker decides what a client is offered. The port of these clients stands for node 1.
@Suite struct BrokerChoiceTests {
    private static func offer(metadata: Int16) -> ApiVersionsResponse {
        var answer = SessionFixture.offer
        for index in answer.apiKeys.indices where answer.apiKeys[index].apiKey == APIKey.metadata.rawValue {
            answer.apiKeys[index].maxVersion = metadata
        }
        return answer
    }

    private static func address(_ host: String) -> BrokerAddress { .init(host: host, port: 9092) }

    private static func ask(_ client: EmbeddedChannel) throws {
        try client.writeInbound(
            KafkaFrame.encodeRequest(ApiVersionsRequest(), version: 0, correlationID: 1, clientID: "test"))
    }

    private static func metadataOffered(_ fixture: SessionFixture, _ client: EmbeddedChannel) throws -> Int16? {
        try Self.ask(client)
        var frame = try fixture.frameSent(to: client)
        frame.moveReaderIndex(forwardBy: 4)
        let answer = try ApiVersionsResponse(from: &frame, version: 0)
        return answer.apiKeys.first { $0.apiKey == APIKey.metadata.rawValue }?.maxVersion
    }

    @Test func `a client is offered what the broker of its port has`() throws {
        let fixture = try SessionFixture(rules: [])
        defer { fixture.finish() }
        let directory = fixture.session.virtualCluster.monitor.directory
        directory.update { $0.brokers = [1: Self.address("one"), 2: Self.address("two")] }
        directory.learn(Self.offer(metadata: 12), at: Self.address("two"))
        directory.learn(Self.offer(metadata: 9), at: Self.address("one"))
        #expect(try Self.metadataOffered(fixture, fixture.client) == 9)
        // A client that comes after an upgrade is offered more.
        directory.learn(Self.offer(metadata: 11), at: Self.address("one"))
        #expect(try Self.metadataOffered(fixture, try fixture.connectAnother()) == 11)
    }

    @Test func `a client waits while its own broker was not asked, whatever the others offer`() throws {
        let fixture = try SessionFixture(rules: [])
        defer { fixture.finish() }
        let directory = fixture.session.virtualCluster.monitor.directory
        directory.update { $0.brokers = [1: Self.address("one"), 2: Self.address("two")] }
        directory.learn(Self.offer(metadata: 12), at: Self.address("two"))
        try Self.ask(fixture.client)
        #expect(try SessionFixture.sent(fixture.client).readableBytes == 0)
        guard case .backend? = fixture.session.wait else {
            Issue.record("The session does not wait.")
            return
        }
    }

    @Test func `the port of a broker that has left closes connections`() throws {
        let fixture = try SessionFixture(rules: [])
        defer { fixture.finish() }
        let directory = fixture.session.virtualCluster.monitor.directory
        directory.update { $0.brokers = [1: Self.address("one"), 2: Self.address("two")] }
        directory.update { $0.brokers = [2: Self.address("two")] }
        directory.learn(Self.offer(metadata: 12), at: Self.address("two"))
        try Self.ask(fixture.client)
        #expect(try SessionFixture.sent(fixture.client).readableBytes == 0)
        #expect(!fixture.client.isActive)
    }
}
