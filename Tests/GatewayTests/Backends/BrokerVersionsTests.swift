import KafkaProtocol
import NIOCore
import NIOEmbedded
import Resources
import Testing

@testable import Gateway

/// Answers to ApiVersions that are made once for a broker.
@Suite struct BrokerVersionsTests {
    private static func offer(metadata: Int16) -> ApiVersionsResponse {
        var answer = SessionFixture.offer
        for index in answer.apiKeys.indices where answer.apiKeys[index].apiKey == APIKey.metadata.rawValue {
            answer.apiKeys[index].maxVersion = metadata
        }
        return answer
    }

    private static func address(_ port: Int) -> BrokerAddress { .init(host: "broker", port: port) }

    @Test(arguments: ACLMode.allCases, Array(Int16(-1)...6) + [.max, .min])
    func `the answer is the one made anew, with the client's correlation id`(mode: ACLMode, version: Int16) {
        let offer = Self.offer(metadata: 11)
        let versions = BrokerVersions(offer)
        let body = ApiVersionsAnswer(backend: offer, mode: mode).body(requestVersion: version)
        for correlationID: Int32 in [0, 7, -1, .max] {
            let frame = versions.answer(
                requestVersion: version, enforcesACLs: mode == .enforceOnGateway, correlationID: correlationID)
            #expect(
                frame
                    == ResponseFrame.make(
                        body: body, api: .apiVersions, version: 0, correlationID: correlationID))
        }
        #expect(
            versions.offered(enforcesACLs: mode == .enforceOnGateway)
                == OfferedVersions(backend: offer, enforcesACLs: mode == .enforceOnGateway))
    }

    @Test func `brokers that offer the same share it, and one that offers something else does not`() {
        let directory = BackendDirectory()
        directory.learn(Self.offer(metadata: 12), at: Self.address(1))
        directory.learn(Self.offer(metadata: 12), at: Self.address(2))
        directory.learn(Self.offer(metadata: 9), at: Self.address(3))
        var versions = directory.snapshot.versions
        #expect(versions[Self.address(1)] === versions[Self.address(2)])
        #expect(versions[Self.address(1)] !== versions[Self.address(3)])
        directory.learn(Self.offer(metadata: 12), at: Self.address(3))
        versions = directory.snapshot.versions
        #expect(versions[Self.address(1)] === versions[Self.address(3)])
    }

    @Test func `a client is told again on its connection what it was told, without another answer being made`() throws {
        let fixture = try SessionFixture(rules: [])
        defer { fixture.finish() }
        fixture.knowsBackend()
        for correlationID: Int32 in 1...3 {
            try fixture.client.writeInbound(
                KafkaFrame.encodeRequest(ApiVersionsRequest(), version: 0, correlationID: correlationID, clientID: "t"))
            var frame = try fixture.frameSent(to: fixture.client)
            #expect(frame.readInteger(as: Int32.self) == correlationID)
            #expect(
                frame
                    == ApiVersionsAnswer(backend: SessionFixture.offer, mode: .enforceOnGateway)
                    .body(requestVersion: 0))
        }
    }
}
