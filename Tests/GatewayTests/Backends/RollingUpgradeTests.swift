import Foundation
import KafkaProtocol
import Logging
import NIOCore
import NIOPosix
import Resources
import Synchronization
import Testing

@testable import Gateway

/// Brokers of one cluster that do not offer the same.
@Suite struct RollingUpgradeTests {
    /// Brokers on ports of their own, by node id.
    private final class Brokers: Sendable {
        private let highest = Mutex<[Int32: Int16]>([:])
        private let servers = Mutex<[Int32: any Channel]>([:])
        private let listed = Mutex<[Int32: Int]>([:])

        init(_ nodes: [Int32: Int16]) async throws {
            self.highest.withLock { $0 = nodes }
            for node in nodes.keys.sorted() { try await self.start(node, port: 0) }
        }

        func start(_ node: Int32, port: Int) async throws {
            let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(Handler(brokers: self, node: node))
                    }
                }
                .bind(host: "127.0.0.1", port: port).get()
            let bound = try #require(server.localAddress?.port)
            self.servers.withLock { $0[node] = server }
            self.listed.withLock { $0[node] = bound }
        }

        func stop(_ node: Int32) async throws {
            try await self.servers.withLock { $0.removeValue(forKey: node) }?.close()
        }

        func stop() async throws {
            for node in self.servers.withLock({ Array($0.keys) }) { try await self.stop(node) }
        }

        func upgrade(_ node: Int32, to highest: Int16) {
            self.highest.withLock { $0[node] = highest }
        }

        func address(_ node: Int32) -> BrokerAddress {
            .init(host: "127.0.0.1", port: self.listed.withLock { $0[node] ?? 0 })
        }

        var metadata: MetadataResponse {
            var answer = MetadataResponse()
            answer.brokers = self.listed.withLock { $0 }.sorted { $0.key < $1.key }.map { node, port in
                var broker = MetadataResponse.MetadataResponseBroker()
                broker.nodeId = node
                broker.host = "127.0.0.1"
                broker.port = Int32(port)
                return broker
            }
            return answer
        }

        func offer(_ node: Int32) -> ApiVersionsResponse {
            var answer = SessionFixture.offer
            for index in answer.apiKeys.indices where answer.apiKeys[index].apiKey == APIKey.metadata.rawValue {
                answer.apiKeys[index].maxVersion = self.highest.withLock { $0[node] ?? 0 }
            }
            return answer
        }

        private final class Handler: ChannelInboundHandler {
            typealias InboundIn = ByteBuffer

            private let brokers: Brokers
            private let node: Int32
            private var collector = FrameCollector()

            init(brokers: Brokers, node: Int32) {
                self.brokers = brokers
                self.node = node
            }

            func channelRead(context: ChannelHandlerContext, data: NIOAny) {
                for var frame in self.collector.take(self.unwrapInboundIn(data)) {
                    guard let header = try? KafkaFrame.decodeRequestHeader(&frame) else { continue }
                    var body = ByteBuffer()
                    let api = APIKey(rawValue: header.requestApiKey)
                    if api == .metadata {
                        self.brokers.metadata.encode(into: &body, version: header.requestApiVersion)
                    } else {
                        self.brokers.offer(self.node).encode(into: &body, version: header.requestApiVersion)
                    }
                    let answer = ResponseFrame.make(
                        body: body, api: api, version: header.requestApiVersion, correlationID: header.correlationId)
                    context.writeAndFlush(NIOAny(answer), promise: nil)
                }
            }
        }
    }

    private func monitor(of brokers: Brokers, interval: Int = 3_600, alarm: Alarm = Alarm()) -> BackendClusterMonitor {
        BackendClusterMonitor(
            cluster: BackendCluster(
                id: "b", name: "b", bootstrapServers: ["\(brokers.address(0))"],
                metadataUpdateIntervalSeconds: interval, createdAt: .distantPast, updatedAt: .distantPast),
            gatewayName: "g", loop: MultiThreadedEventLoopGroup.singleton.next(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, alarm: alarm)
    }

    /// The highest Metadata version of a broker, as far as the gateway knows.
    private static func highest(
        _ address: BrokerAddress, in snapshot: BackendDirectory.Snapshot
    ) -> Int16? {
        snapshot.versions[address]?.response.apiKeys.first { $0.apiKey == APIKey.metadata.rawValue }?.maxVersion
    }

    @Test func `each broker is asked for itself, and again when one may have changed`() async throws {
        let brokers = try await Brokers([0: 12, 1: 9, 2: 11])
        let monitor = self.monitor(of: brokers)
        monitor.start()
        let addresses = (0...2).map { brokers.address(Int32($0)) }
        let first = try await monitor.ready(on: monitor.loop) { snapshot in
            addresses.allSatisfy { snapshot.versions[$0] != nil }
        }.get()
        #expect(addresses.map { Self.highest($0, in: first) } == [12, 9, 11])

        // Node 1 comes back as another version of itself: what ended its connections asks for a look at it.
        brokers.upgrade(1, to: 12)
        monitor.refresh(suspecting: addresses[1])
        let second = try await monitor.ready(on: monitor.loop) { snapshot in
            Self.highest(addresses[1], in: snapshot) == 12
        }.get()
        #expect(addresses.map { Self.highest($0, in: second) } == [12, 12, 11])
        monitor.stop()
        try await brokers.stop()
    }

    @Test func `a broker that does not answer keeps its last answer and is asked again at the next round`() async throws
    {
        let brokers = try await Brokers([0: 12, 1: 9])
        let monitor = self.monitor(of: brokers)
        monitor.start()
        let address = brokers.address(1)
        _ = try await monitor.ready(on: monitor.loop) { $0.versions[address] != nil }.get()
        try await brokers.stop(1)
        monitor.refresh(suspecting: address)
        // Nobody is told of versions that no answer gave.
        await #expect(throws: BackendUnreachable.self) {
            _ = try await monitor.ready(on: monitor.loop) { Self.highest(address, in: $0) == 12 }.get()
        }
        #expect(Self.highest(address, in: monitor.directory.snapshot) == 9)
        #expect(monitor.directory.snapshot.suspects == [address])

        brokers.upgrade(1, to: 12)
        try await brokers.start(1, port: address.port)
        let back = try await monitor.ready(on: monitor.loop) { Self.highest(address, in: $0) == 12 }.get()
        #expect(back.suspects.isEmpty)
        monitor.stop()
        try await brokers.stop()
    }

    @Test func `all brokers are asked again in each interval`() async throws {
        let brokers = try await Brokers([0: 12, 1: 9])
        let timers = ManualTimers()
        // The interval has always passed.
        let monitor = self.monitor(of: brokers, interval: 0, alarm: Alarm(timer: timers.timer))
        monitor.start()
        let address = brokers.address(1)
        await timers.started(.milliseconds(500))
        #expect(Self.highest(address, in: monitor.directory.snapshot) == 9)
        brokers.upgrade(1, to: 12)
        monitor.refresh()
        await timers.expire(.milliseconds(500))
        await timers.started(.milliseconds(500))
        #expect(Self.highest(address, in: monitor.directory.snapshot) == 12)
        monitor.stop()
        try await brokers.stop()
    }

    @Test func `what is known of addresses where no broker is any more is forgotten`() async throws {
        let brokers = try await Brokers([0: 12, 1: 9])
        let monitor = self.monitor(of: brokers)
        monitor.start()
        let old = brokers.address(1)
        _ = try await monitor.ready(on: monitor.loop) { $0.versions[old] != nil }.get()
        try await brokers.stop(1)
        try await brokers.start(1, port: 0)
        let new = brokers.address(1)
        monitor.refresh()
        let moved = try await monitor.ready(on: monitor.loop) { $0.versions[new] != nil }.get()
        #expect(Set(moved.versions.keys) == [brokers.address(0), new])
        monitor.stop()
        try await brokers.stop()
    }
}
