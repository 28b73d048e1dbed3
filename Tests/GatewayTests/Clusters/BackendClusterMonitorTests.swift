import Foundation
import GatewayModel
import KafkaProtocol
import Logging
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import Gateway

/// Looking at a backend cluster that changes.
@Suite struct BackendClusterMonitorTests {
    @Test func `brokers that join, move and leave, and topics made anew, are found at the next look`() async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let cluster = ChangingCluster()
        let (old, new) = (KafkaUUID(high: 1, low: 1), KafkaUUID(high: 2, low: 2))
        cluster.become(brokers: [1: "one", 2: "two"], topics: ["t": old])
        let server = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ChangingCluster.Broker(cluster: cluster))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(server.localAddress?.port)
        let monitor = BackendClusterMonitor(
            cluster: BackendCluster(
                id: "b", name: "b", bootstrapServers: ["127.0.0.1:\(port)"], metadataUpdateIntervalSeconds: 3_600,
                createdAt: .distantPast, updatedAt: .distantPast),
            gatewayName: "g", loop: group.next(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        monitor.start()
        let snapshot = try await monitor.ready(on: group.next()).get()
        #expect(snapshot.brokers == [1: .init(host: "one", port: 9092), 2: .init(host: "two", port: 9092)])
        #expect(monitor.directory.topicName(of: old) == "t")

        cluster.become(brokers: [2: "elsewhere", 3: "three"], topics: ["t": new])
        // One look comes after the other: when the second has begun, what the first saw is known.
        for look in 2...3 {
            monitor.refresh()
            await cluster.looked(times: look)
        }
        #expect(
            monitor.directory.snapshot.brokers == [
                2: .init(host: "elsewhere", port: 9092), 3: .init(host: "three", port: 9092),
            ])
        #expect(monitor.directory.topicName(of: old) == nil)
        #expect(monitor.directory.topicName(of: new) == "t")
        monitor.stop()
        try await server.close()
    }
}

/// A cluster that says what it is told to be, and counts who looks.
private final class ChangingCluster: Sendable {
    private struct State {
        var answer = MetadataResponse()
        var looks = 0
        var waiting: [(looks: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    func become(brokers: [Int32: String], topics: [String: KafkaUUID]) {
        var answer = MetadataResponse()
        answer.brokers = brokers.map { id, host in
            var broker = MetadataResponse.MetadataResponseBroker()
            broker.nodeId = id
            broker.host = host
            broker.port = 9092
            return broker
        }
        answer.topics = topics.map { name, id in
            var topic = MetadataResponse.MetadataResponseTopic()
            topic.name = name
            topic.topicId = id
            return topic
        }
        let told = answer
        self.state.withLock { $0.answer = told }
    }

    /// Waits until Metadata was asked for so many times.
    func looked(times: Int) async {
        await withCheckedContinuation { continuation in
            self.state.withLock { state in
                if state.looks >= times {
                    continuation.resume()
                } else {
                    state.waiting.append((times, continuation))
                }
            }
        }
    }

    private func look() -> MetadataResponse {
        self.state.withLock { state in
            state.looks += 1
            for waiting in state.waiting where waiting.looks <= state.looks { waiting.continuation.resume() }
            let looks = state.looks
            state.waiting.removeAll { $0.looks <= looks }
            return state.answer
        }
    }

    final class Broker: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let cluster: ChangingCluster
        private var collector = FrameCollector()

        init(cluster: ChangingCluster) {
            self.cluster = cluster
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            for var frame in self.collector.take(self.unwrapInboundIn(data)) {
                guard let header = try? KafkaFrame.decodeRequestHeader(&frame) else { continue }
                let api = APIKey(rawValue: header.requestApiKey)
                var answer = ByteBuffer()
                var response = ResponseHeader()
                response.correlationId = header.correlationId
                response.encode(
                    into: &answer, version: api.responseHeaderVersion(for: header.requestApiVersion))
                if api == .metadata {
                    self.cluster.look().encode(into: &answer, version: header.requestApiVersion)
                } else {
                    SessionFixture.offer.encode(into: &answer, version: header.requestApiVersion)
                }
                context.writeAndFlush(NIOAny(answer.framed), promise: nil)
            }
        }
    }
}
