import Foundation
import KafkaProtocol
import Logging
import NIOCore
import NIOPosix
import Resources
import Synchronization
import Testing

@testable import Gateway

/// Looking at a backend cluster that changes.
@Suite struct BackendClusterMonitorTests {
    private static func cluster(port: Int, interval: Int = 3_600) -> BackendCluster {
        BackendCluster(
            id: "b", name: "b", bootstrapServers: ["127.0.0.1:\(port)"], metadataUpdateIntervalSeconds: interval,
            createdAt: .distantPast, updatedAt: .distantPast)
    }

    /// Runs a monitor of `cluster` for as long as `body`.
    private func withMonitor(
        of cluster: ChangingCluster, alarm: Alarm = Alarm(), _ body: (BackendClusterMonitor, Int) async throws -> Void
    ) async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let server = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ChangingCluster.Broker(cluster: cluster))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(server.localAddress?.port)
        let monitor = BackendClusterMonitor(
            cluster: Self.cluster(port: port), gatewayName: "g", loop: group.next(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, alarm: alarm)
        monitor.start()
        try await body(monitor, port)
        monitor.stop()
        try await server.close()
    }

    @Test func `brokers that join, move and leave, and topics made anew, are found at the next look`() async throws {
        let cluster = ChangingCluster()
        let (old, new) = (KafkaUUID(high: 1, low: 1), KafkaUUID(high: 2, low: 2))
        cluster.become(brokers: [1: "one", 2: "two"], topics: ["t": old])
        try await self.withMonitor(of: cluster) { monitor, _ in
            let snapshot = try await monitor.ready(on: monitor.loop).get()
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
        }
    }

    @Test func `the backend is asked once in the interval, however many pass, and at once when a session needs it`()
        async throws
    {
        let cluster = ChangingCluster()
        let timers = ManualTimers()
        try await self.withMonitor(of: cluster, alarm: Alarm(timer: timers.timer)) { monitor, port in
            for look in 1...4 {
                await cluster.looked(times: look)
                await timers.expire(.milliseconds(500))
                await timers.started(.seconds(3_600) - .milliseconds(500))
                #expect(cluster.looks == look)
                if look < 4 { await timers.expire(.seconds(3_600) - .milliseconds(500)) }
            }
            monitor.refresh()
            await cluster.looked(times: 5)
            await timers.expire(.milliseconds(500))
            await timers.started(.seconds(3_600) - .milliseconds(500))

            // Another interval is in force at once.
            monitor.become(Self.cluster(port: port, interval: 10), gatewayName: "g")
            await cluster.looked(times: 6)
            await timers.expire(.milliseconds(500))
            await timers.started(.milliseconds(9_500))
            #expect(cluster.looks == 6)
        }
    }

    @Test func `while a backend is down the pauses grow, also for sessions that ask for it`() {
        let pauses = (0...10).map { BackendClusterMonitor.pause(afterFailures: $0, interval: 60) }
        #expect(pauses[0] == (.milliseconds(500), .seconds(60)))
        #expect(pauses[1] == (.milliseconds(500), .milliseconds(500)))
        #expect(pauses[2] == (.seconds(1), .seconds(1)))
        #expect(pauses[3] == (.seconds(1), .seconds(2)))
        for (earlier, later) in zip(pauses.dropFirst(), pauses.dropFirst(2)) {
            #expect(earlier.longest <= later.longest && earlier.shortest <= later.shortest)
        }
        #expect(pauses[10] == (.seconds(1), .seconds(10)))
    }

    @Test func `nobody waits for a monitor that has stopped`() async throws {
        try await self.withMonitor(of: ChangingCluster()) { monitor, _ in
            monitor.stop()
            let never = BackendClusterMonitor(
                cluster: Self.cluster(port: 1), gatewayName: "g", loop: monitor.loop,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            never.stop()
            await #expect(throws: ChannelError.self) { _ = try await never.ready(on: never.loop).get() }
        }
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

    /// How often Metadata was asked for.
    var looks: Int { self.state.withLock { $0.looks } }

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
