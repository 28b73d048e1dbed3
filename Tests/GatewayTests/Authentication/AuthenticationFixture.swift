import EngineInterface
import Foundation
import KafkaProtocol
import Logging
import NIOCore
import NIOEmbedded
import Resources
import Testing

@testable import Gateway

/// A session whose client signs in: what the client sends goes in as bytes, and what it is sent comes out as bytes.
///
/// Tokens are judged on other threads, as in the real gateway. The time of the event loop stands still until it is moved.
final class AuthenticationFixture: Sendable {
    static let rule = AuthenticationRule.oauthBearer(OAuthBearerRule(jwks: JWKSSource(endpoint: "http://issuer/jwks")))
    private static let listener = BindingKey(address: "127.0.0.1", port: 29_391)

    let client: NIOAsyncTestingChannel
    let broker: NIOAsyncTestingChannel
    let log: LogRing
    private let session: NIOLoopBound<Session>
    private let monitor: BackendClusterMonitor

    private init(
        client: NIOAsyncTestingChannel, broker: NIOAsyncTestingChannel, log: LogRing, session: NIOLoopBound<Session>,
        monitor: BackendClusterMonitor
    ) {
        self.client = client
        self.broker = broker
        self.log = log
        self.session = session
        self.monitor = monitor
    }

    /// Runs `body` with a client that has connected and said nothing yet.
    static func run(
        rules: [AuthenticationRule] = [rule],
        keys: @escaping JWKSCache.Fetch = { _, _ in try AuthenticationFixture.keySet() },
        issuers: (any LocalIssuers)? = nil,
        _ body: (AuthenticationFixture) async throws -> Void
    ) async throws {
        let loop = NIOAsyncTestingEventLoop()
        let client = NIOAsyncTestingChannel(loop: loop)
        let broker = NIOAsyncTestingChannel(loop: loop)
        let log = LogRing()
        let logger = Logger(label: "test") { RingLogHandler(label: $0, ring: log) }
        let monitor = BackendClusterMonitor(
            cluster: BackendCluster(
                id: "b", name: "backend", bootstrapServers: [], createdAt: .distantPast, updatedAt: .distantPast),
            gatewayName: "g", loop: loop, logger: logger)
        let brokerAddress = BrokerAddress(host: "broker", port: 9092)
        monitor.directory.update { $0.brokers = [1: brokerAddress] }
        monitor.directory.learn(SessionFixture.offer, at: brokerAddress)
        let virtualCluster = VirtualClusterRuntime(
            gatewayID: "g", gatewayName: "g",
            configuration: VirtualClusterConfiguration(
                virtualCluster: VirtualCluster(
                    id: "v", name: "v", destination: Reference(id: "b", name: "backend"), authentication: rules,
                    aclMode: .passthrough, dnsLabel: "v", createdAt: .distantPast, updatedAt: .distantPast)),
            acl: nil, monitor: monitor,
            authenticator: TokenAuthenticator(
                rules: rules, keys: JWKSCache(fetch: keys, issuers: issuers, logger: logger)))
        let mapping = try #require(PortMapping(ports: [29_390...29_392], bootstrap: .atStart, minimumBrokerID: 1))
        var route = ListenerRoute(
            gatewayID: "g", gatewayName: "g",
            listener: Listener(
                id: "l", name: "l", addresses: [], ports: [], createdAt: .distantPast, updatedAt: .distantPast))
        route.forward = .init(
            endpoints: BrokerEndpoints(advertisedHost: "127.0.0.1", mapping: mapping), virtualCluster: virtualCluster)
        let runtime = RuntimeConfiguration(
            revision: 1, routes: [Self.listener: route], virtualClusters: [virtualCluster])
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: 1)
        let context = try await loop.submit {
            let context = LoopContext(loop: loop, index: 0, epoch: Date(), logger: logger)
            context.turnTime = .hours(1)
            context.apply(runtime)
            try Session.accept(client, on: Self.listener, context: context)
            return NIOLoopBound(context, eventLoop: loop)
        }.get()
        try await client.connect(to: address)
        let session = try await loop.submit {
            let session = try #require(context.value.sessions.values.first)
            try broker.pipeline.syncOperations.addHandler(UpstreamHandler(session: session))
            let address = BrokerAddress(host: "broker", port: 9092)
            session.broker = Session.Broker(address: address, versions: BrokerVersions(SessionFixture.offer))
            session.upstream = UpstreamLink(
                channel: broker, address: address,
                offer: OfferedVersions(backend: SessionFixture.offer, enforcesACLs: false))
            return NIOLoopBound(session, eventLoop: loop)
        }.get()
        try await broker.connect(to: address)
        let fixture = AuthenticationFixture(
            client: client, broker: broker, log: log, session: session, monitor: monitor)
        do {
            try await body(fixture)
        } catch {
            await fixture.finish()
            throw error
        }
        await fixture.finish()
    }

    private func finish() async {
        self.monitor.stop()
        _ = try? await self.client.finish(acceptAlreadyClosed: true)
        _ = try? await self.broker.finish(acceptAlreadyClosed: true)
        await self.client.testingEventLoop.shutdownGracefully()
    }

    // MARK: Tokens

    static func keySet() throws -> [UInt8] {
        TestIssuer.keySet(try TestIssuer.jwk(TestIssuer.sharedRSAKey))
    }

    static func token(
        _ subject: String = "ali", lifetime: TimeInterval = 600, kid: String = "k1", claims: String = ""
    ) async throws -> String {
        let expiry = Int(Date().timeIntervalSince1970 + lifetime)
        return try await TestIssuer.token(claims: #"{"sub":"\#(subject)","exp":\#(expiry)\#(claims)}"#, kid: kid).text
    }

    static func firstMessage(_ token: String, authorizationID: String? = nil) -> ByteBuffer {
        ByteBuffer(string: "n,\(authorizationID.map { "a=\($0)" } ?? ""),\u{1}auth=Bearer \(token)\u{1}\u{1}")
    }

    // MARK: What the client does

    func send(_ bytes: ByteBuffer) async throws {
        try await self.client.writeInbound(bytes)
    }

    /// Sends bytes behind their length.
    func sendBare(_ bytes: ByteBuffer) async throws {
        var frame = ByteBuffer(integer: Int32(bytes.readableBytes))
        frame.writeImmutableBuffer(bytes)
        try await self.send(frame)
    }

    func request<Request: KafkaMessage>(_ request: Request, version: Int16) async throws {
        try await self.send(KafkaFrame.encodeRequest(request, version: version, correlationID: 7, clientID: "c"))
    }

    /// The next bytes that the client is sent: one frame, without its length.
    func received() async throws -> ByteBuffer {
        var frame = try await self.client.waitForOutboundWrite(as: ByteBuffer.self)
        // What closes a connection writes nothing first, so that all before it is out.
        while frame.readableBytes == 0 { frame = try await self.client.waitForOutboundWrite(as: ByteBuffer.self) }
        let length = frame.readInteger(as: Int32.self)
        let size = try #require(length)
        #expect(Int(size) == frame.readableBytes)
        return frame
    }

    /// The next frame as the answer to a request.
    func answer<Answer: KafkaMessage>(_ type: Answer.Type, version: Int16) async throws -> Answer {
        var frame = try await self.received()
        #expect(frame.readInteger(as: Int32.self) == 7)
        if Answer.apiKey.responseHeaderVersion(for: version) >= 1 { frame.moveReaderIndex(forwardBy: 1) }
        return try Answer(from: &frame, version: version)
    }

    func handshake(version: Int16) async throws -> SaslHandshakeResponse {
        var request = SaslHandshakeRequest()
        request.mechanism = "OAUTHBEARER"
        try await self.request(request, version: version)
        return try await self.answer(SaslHandshakeResponse.self, version: version)
    }

    func authenticate(_ bytes: ByteBuffer) async throws -> SaslAuthenticateResponse {
        var request = SaslAuthenticateRequest()
        request.authBytes = bytes
        try await self.request(request, version: 2)
        return try await self.answer(SaslAuthenticateResponse.self, version: 2)
    }

    // MARK: Tokens that are taken back

    /// What sessions of these issuers came in with.
    func beginTokenReview(of issuers: Set<String>, tokens: Set<IssuedToken> = []) async throws -> [IssuedToken] {
        try await self.client.testingEventLoop.submit {
            self.session.value.context.beginTokenReview(of: issuers, tokens: tokens).map(\.token)
        }.get()
    }

    func takeBack(_ token: IssuedToken, because withdrawal: TokenWithdrawal) async throws {
        try await self.client.testingEventLoop.submit {
            let session = self.session.value
            session.context.end(session: session.id, of: token, because: withdrawal)
        }.get()
    }

    // MARK: What the session is

    func principal() async throws -> String? {
        try await self.client.testingEventLoop.submit { self.session.value.principal?.name }.get()
    }

    var isClosed: Bool { !self.client.isActive }

    func advanceTime(by amount: TimeAmount) async {
        await self.client.testingEventLoop.advanceTime(by: amount)
    }

    /// Whether nothing more was sent to the client than what was taken.
    func isSilent() async throws -> Bool {
        while let bytes = try await self.client.readOutbound(as: ByteBuffer.self) {
            guard bytes.readableBytes == 0 else { return false }
        }
        return true
    }

    /// The requests that came to the broker, without sizes.
    func brokerReceived() async throws -> ByteBuffer {
        var frame = try await self.broker.waitForOutboundWrite(as: ByteBuffer.self)
        frame.moveReaderIndex(forwardBy: 4)
        return frame
    }
}
