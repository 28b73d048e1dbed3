import EngineInterface
import Foundation
import Logging
import NIOPosix
import Resources

@testable import Gateway

/// Engines of tests: one gateway, one virtual cluster, and a backend that nobody runs.
enum EngineWorld {
    static let date = Date(timeIntervalSince1970: 0)

    static func rule(
        _ type: ResourceType, _ action: ACLRule.Action, _ operations: ACLOperation..., names: ResourceNames
    ) -> ACLRule {
        ACLRule(resourceType: type, action: action, operations: operations, resourceNames: names)
    }

    static func policy(
        _ name: String, id: String? = nil, condition: String? = nil, enabled: Bool = true, _ rules: ACLRule...
    ) -> ClusterPolicy {
        ClusterPolicy(
            id: id ?? "id-\(name)", name: name, enabled: enabled, condition: condition,
            config: .acls(ACLConfiguration(rules: rules)), createdAt: self.date, updatedAt: self.date)
    }

    static let token = AuthenticationRule.oauthBearer(
        OAuthBearerRule(jwks: JWKSSource(endpoint: "http://127.0.0.1:1/jwks", timeout: "1s")))

    static func configuration(
        _ policies: [ClusterPolicy], mode: ACLMode = .enforceOnGateway,
        authentication: [AuthenticationRule] = [.anonymous, token]
    ) -> EngineConfiguration {
        let backend = BackendCluster(
            id: "b", name: "back", bootstrapServers: ["127.0.0.1:1"], createdAt: self.date, updatedAt: self.date)
        let virtualCluster = VirtualCluster(
            id: "v", name: "team", destination: Reference(id: "b", name: "back"), authentication: authentication,
            aclMode: mode, dnsLabel: "team", createdAt: self.date, updatedAt: self.date)
        return EngineConfiguration(
            revision: 1,
            gateways: [
                GatewayConfiguration(
                    gateway: Gateway(id: "g", name: "edge", createdAt: self.date, updatedAt: self.date),
                    backendClusters: [backend],
                    virtualClusters: [.init(virtualCluster: virtualCluster, clusterPolicies: policies)])
            ])
    }

    static func run(
        _ configuration: EngineConfiguration, log: LogRing = LogRing(), _ body: (GatewayEngine) async throws -> Void
    ) async throws {
        let logger = Logger(label: "test") { RingLogHandler(label: $0, ring: log) }
        let engine = GatewayEngine(group: .singleton, logger: logger, log: log)
        await engine.apply(configuration)
        do {
            try await body(engine)
        } catch {
            await engine.shutdown()
            throw error
        }
        await engine.shutdown()
    }
}
