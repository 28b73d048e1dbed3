import EngineInterface
import Foundation
import KafkaProtocol
import Logging
import NIOCore
import NIOEmbedded
import Policies
import Resources

@testable import Gateway

/// A session of an anonymous client between two embedded channels: what the client sends goes in at one, what the broker
/// gets comes out of the other.
final class SessionFixture {
    static let listener = BindingKey(address: "127.0.0.1", port: 29_291)
    static let offer: ApiVersionsResponse = {
        var answer = ApiVersionsResponse()
        answer.apiKeys = APITable.rows.map { row in
            var offer = ApiVersionsResponse.ApiVersion()
            offer.apiKey = row.api.rawValue
            offer.minVersion = row.versions.lowerBound
            offer.maxVersion = row.versions.upperBound
            return offer
        }
        return answer
    }()

    let client: EmbeddedChannel
    let broker: EmbeddedChannel
    let session: Session
    private let monitor: BackendClusterMonitor
    private var unread: [ObjectIdentifier: ByteBuffer] = [:]

    /// - Parameter rules: what the client may do; nil where nothing is enforced.
    init(
        rules: [ACLRule]? = nil, connectionLimit: ConnectionLimit = ConnectionLimit(maximum: .max),
        limits: GatewayLimits = GatewayLimits(), authentication: [AuthenticationRule] = [.anonymous]
    ) throws {
        let loop = EmbeddedEventLoop()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        self.client = EmbeddedChannel(loop: loop)
        self.broker = EmbeddedChannel(loop: loop)
        let reference = Reference(id: "b", name: "backend")
        self.monitor = BackendClusterMonitor(
            cluster: BackendCluster(
                id: reference.id, name: reference.name, bootstrapServers: [], createdAt: .distantPast,
                updatedAt: .distantPast), gatewayName: "g", loop: loop, logger: logger)
        for (name, id) in LargeProduceTests.ids { self.monitor.directory.learn(topicID: id, name: name) }
        let virtualCluster = VirtualCluster(
            id: "v", name: "v", destination: reference, authentication: authentication,
            aclMode: rules == nil ? .passthrough : .enforceOnGateway, dnsLabel: "v", createdAt: .distantPast,
            updatedAt: .distantPast)
        let policies = rules.map { rules in
            [
                ClusterPolicy(
                    id: "p", name: "acl_policy", config: .acls(ACLConfiguration(rules: rules)),
                    createdAt: .distantPast, updatedAt: .distantPast)
            ]
        }
        let keys = JWKSCache(fetch: { _, _ in throw BackendUnreachable(reason: "no issuer") }, logger: logger)
        let runtime = VirtualClusterRuntime(
            gatewayID: "g", gatewayName: "g",
            configuration: VirtualClusterConfiguration(virtualCluster: virtualCluster),
            acl: try policies.map { try CompiledACL(policies: $0) }, monitor: self.monitor,
            authenticator: TokenAuthenticator(rules: [], keys: keys))
        guard let mapping = PortMapping(ports: [29_290...29_292], bootstrap: .atStart, minimumBrokerID: 1) else {
            preconditionFailure("A listener has ports.")
        }
        var route = ListenerRoute(
            gatewayID: "g", gatewayName: "g",
            listener: Listener(
                id: "l", name: "l", addresses: [], ports: [], createdAt: .distantPast, updatedAt: .distantPast))
        route.forward = .init(
            endpoints: BrokerEndpoints(advertisedHost: "127.0.0.1", mapping: mapping), virtualCluster: runtime)
        let context = LoopContext(
            loop: loop, index: 0, epoch: Date(), logger: logger, connectionLimit: connectionLimit,
            limits: limits)
        // Time decides nothing in tests that count.
        context.turnTime = .hours(1)
        context.apply(RuntimeConfiguration(revision: 1, routes: [Self.listener: route], virtualClusters: [runtime]))
        try Session.accept(self.client, on: Self.listener, context: context)
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: 1)
        try self.client.connect(to: address).wait()
        guard let session = context.sessions.values.first else {
            preconditionFailure("A session that started is in its loop's list.")
        }
        self.session = session
        try self.broker.pipeline.syncOperations.addHandler(UpstreamHandler(session: session))
        try self.broker.connect(to: address).wait()
        session.upstream = UpstreamLink(
            channel: self.broker, address: BrokerAddress(host: "broker", port: 9092),
            offer: OfferedVersions(backend: Self.offer, enforcesACLs: rules != nil))
    }

    /// Bytes that the session keeps.
    var heldBytes: Int { self.session.input.readableBytes + (self.session.upstream?.input.readableBytes ?? 0) }

    /// The correlation id of the last request that came to the broker.
    private(set) var lastCorrelationID: Int32 = 0

    /// What the backend offers is known, as after its first look at it.
    func knowsBackend() {
        let address = BrokerAddress(host: "broker", port: 9092)
        self.monitor.directory.update { $0.brokers = [1: address] }
        self.monitor.directory.learn(Self.offer, at: address)
    }

    /// Takes the next frame that was sent through a channel, without its size.
    func frameSent(to channel: EmbeddedChannel) throws -> ByteBuffer {
        self.unread[ObjectIdentifier(channel), default: ByteBuffer()].writeImmutableBuffer(try Self.sent(channel))
        guard let size = self.unread[ObjectIdentifier(channel)]?.readInteger(as: Int32.self),
            let frame = self.unread[ObjectIdentifier(channel)]?.readSlice(length: Int(size))
        else { throw BackendUnreachable(reason: "no whole frame was sent") }
        return ByteBuffer(bytes: Array(frame.readableBytesView))
    }

    /// Takes the question that the session asks the broker by itself; nil for anything else.
    func questionAsked() throws -> MetadataRequest? {
        var frame = try self.frameSent(to: self.broker)
        let header = try KafkaFrame.decodeRequestHeader(&frame)
        self.lastCorrelationID = header.correlationId
        guard header.requestApiKey == APIKey.metadata.rawValue, header.clientId == ControlConnection.clientID else {
            return nil
        }
        return try MetadataRequest(from: &frame, version: header.requestApiVersion)
    }

    /// Answers as the broker.
    func answer<Answer: KafkaMessage>(_ answer: Answer, version: Int16, correlationID: Int32) throws {
        var body = ByteBuffer()
        answer.encode(into: &body, version: version)
        try self.broker.writeInbound(
            ResponseFrame.make(body: body, api: Answer.apiKey, version: version, correlationID: correlationID))
    }

    /// A second client at the same listener.
    func connectAnother() throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(loop: self.client.embeddedEventLoop)
        try Session.accept(channel, on: Self.listener, context: self.session.context)
        try channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 2)).wait()
        channel.embeddedEventLoop.run()
        return channel
    }

    /// Ends what the session waits for.
    func finish() {
        self.monitor.stop()
        _ = try? self.client.finish(acceptAlreadyClosed: true)
        _ = try? self.broker.finish(acceptAlreadyClosed: true)
    }

    /// Takes all that was sent through a channel.
    static func sent(_ channel: EmbeddedChannel) throws -> ByteBuffer {
        var all = ByteBuffer()
        while let next = try channel.readOutbound(as: ByteBuffer.self) { all.writeImmutableBuffer(next) }
        return all
    }
}
