import EngineInterface
import Foundation
import KafkaProtocol
import Logging
import NIOCore
import NIOPosix
import Policies
import Resources
import Testing

@testable import Gateway

/// Sessions for anonymous clients on one event loop, between a port of their own and one broker.
struct ConversationFixture {
    let listener: any Channel
    let context: NIOLoopBound<LoopContext>

    /// - Parameter rules: nil for `passthrough`.
    static func start(
        on group: MultiThreadedEventLoopGroup, broker: SocketAddress, rules: [ACLRule]?,
        connectionLimit: ConnectionLimit = ConnectionLimit(maximum: .max)
    ) async throws -> ConversationFixture {
        let port = try #require(broker.port)
        let now = Date(timeIntervalSince1970: 0)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let cluster = BackendCluster(
            id: "b", name: "b", bootstrapServers: ["127.0.0.1:\(port)"], createdAt: now, updatedAt: now)
        let loop = group.next()
        let monitor = BackendClusterMonitor(cluster: cluster, gatewayName: "g", loop: loop, logger: logger)
        let address = BrokerAddress(host: "127.0.0.1", port: port)
        monitor.directory.update { $0.brokers = [1: address] }
        monitor.directory.learn(Self.everything, at: address)
        let virtualCluster = VirtualCluster(
            id: "v", name: "v", destination: Reference(id: "b", name: "b"), authentication: [.anonymous],
            aclMode: rules == nil ? .passthrough : .enforceOnGateway, dnsLabel: "v", createdAt: now, updatedAt: now)
        let acl = try rules.map { rules in
            try CompiledACL(policies: [
                ClusterPolicy(
                    id: "p", name: "p", config: .acls(ACLConfiguration(rules: rules)), createdAt: now,
                    updatedAt: now)
            ])
        }
        let runtime = VirtualClusterRuntime(
            gatewayID: "g", gatewayName: "g",
            configuration: VirtualClusterConfiguration(virtualCluster: virtualCluster),
            acl: acl, monitor: monitor,
            authenticator: TokenAuthenticator(
                rules: [.anonymous],
                keys: JWKSCache(fetch: { _, _ in throw CancellationError() }, logger: logger)))
        let key = BindingKey(address: "127.0.0.1", port: 29_290)
        let facts = SessionFacts.test(rules: nil)
        let route = ListenerRoute(
            gatewayID: "g", gatewayName: "g",
            listener: Listener(
                id: "l", name: "l", addresses: ["127.0.0.1"], ports: [PortSpecification(range: 29_290...29_292)],
                createdAt: now, updatedAt: now),
            forward: .init(endpoints: facts.endpoints, virtualCluster: runtime))
        let context = try await loop.submit {
            // A busy machine may take long between connecting and the first request.
            var limits = GatewayLimits()
            limits.firstRequestTimeout = .seconds(3_600)
            let context = LoopContext(
                loop: loop, index: 0, epoch: now, logger: logger, connectionLimit: connectionLimit, limits: limits)
            context.apply(RuntimeConfiguration(revision: 1, routes: [key: route], virtualClusters: [runtime]))
            return NIOLoopBound(context, eventLoop: loop)
        }.get()
        let listener = try await ServerBootstrap(group: loop)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try Session.accept(channel, on: key, context: context.value)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return ConversationFixture(listener: listener, context: context)
    }

    /// A backend that has every version of every API.
    private static var everything: ApiVersionsResponse {
        var message = ApiVersionsResponse()
        message.apiKeys = APIKey.known.compactMap { api in
            guard let versions = api.versions else { return nil }
            var row = ApiVersionsResponse.ApiVersion()
            row.apiKey = api.rawValue
            row.minVersion = versions.lowerBound
            row.maxVersion = versions.upperBound
            return row
        }
        return message
    }
}
