import Foundation
import GatewayModel

@testable import Console

/// The scenario's configuration, and what an engine says of it.
enum TreeFixture {
    static let created = Date(timeIntervalSince1970: 1_795_500_000)
    static let gatewayID = "11111111-0000-4000-8000-000000000001"
    static let backendID = "11111111-0000-4000-8000-000000000002"
    static let clusterID = "11111111-0000-4000-8000-000000000003"
    static let listenerID = "11111111-0000-4000-8000-000000000004"
    static let forwardID = "11111111-0000-4000-8000-000000000005"
    static let aclID = "11111111-0000-4000-8000-000000000006"
    static let serverID = "22222222-0000-4000-8000-000000000001"
    static let scopeID = "22222222-0000-4000-8000-000000000002"
    static let issuer = "http://localhost:9190/auth/\(serverID)"

    static let acl = ClusterPolicy(
        id: aclID, type: "acls", name: "acl_policy",
        condition: "context.auth.principal.name == \"client7\"",
        config: ACLConfiguration(rules: [
            ACLRule(
                resourceType: .topic, action: .allow, operations: [.describe, .describeConfigs, .read, .write],
                resourceNames: .globs(["*"]))
        ]), createdAt: created, updatedAt: created)

    static let backend = BackendCluster(
        id: backendID, name: "default_backend_cluster",
        bootstrapServers: ["localhost:9094", "localhost:9095", "localhost:9096"],
        insecureAllowAnonymousVirtualClusterAuth: true, createdAt: created, updatedAt: created)

    static let cluster = VirtualCluster(
        id: clusterID, name: "example_virtual_cluster",
        destination: Reference(id: backendID, name: "default_backend_cluster"),
        authentication: [
            .anonymous, .oauthBearer(OAuthBearerRule(jwks: JWKSSource(endpoint: issuer + "/.well-known/jwks"))),
        ], aclMode: .enforceOnGateway, dnsLabel: "vcluster-1", createdAt: created, updatedAt: created)

    static let listener = Listener(
        id: listenerID, name: "example_listener", addresses: ["0.0.0.0"],
        ports: [PortSpecification(range: 19_092...19_095, text: "19092-19095")], createdAt: created,
        updatedAt: created)

    static let forward = ListenerPolicy(
        id: forwardID, type: "forward_to_virtual_cluster", name: "forward",
        config: ForwardConfiguration(
            destination: Reference(id: clusterID, name: "example_virtual_cluster"), advertisedHost: "localhost"),
        createdAt: created, updatedAt: created)

    static let identity = ConfigurationTree.Identity(
        server: AuthServer(
            id: serverID, name: "Appointments Dev", audience: "http://myhttpbin.dev", issuer: issuer,
            createdAt: created, updatedAt: created),
        scopes: [
            AuthScope(
                id: scopeID, name: "my-scope", description: "Scope to test", createdAt: created, updatedAt: created)
        ],
        claims: [
            AuthClaim(
                id: "22222222-0000-4000-8000-000000000003", name: "test-claim", value: "test", includeInToken: true,
                includeInScopes: [scopeID], createdAt: created, updatedAt: created)
        ],
        clients: [
            AuthClient(
                id: "client7", name: "Client", grantTypes: ["client_credentials"], responseTypes: ["token"],
                accessTokenDuration: 3600, allowScopes: [scopeID], createdAt: created, updatedAt: created)
        ])

    static let scenario = ConfigurationTree(
        gateways: [
            GatewayConfiguration(
                gateway: Gateway(
                    id: gatewayID, name: "event-gateway-quickstart", createdAt: created, updatedAt: created),
                backendClusters: [backend],
                virtualClusters: [VirtualClusterConfiguration(virtualCluster: cluster, clusterPolicies: [acl])],
                listeners: [ListenerConfiguration(listener: listener, policies: [forward])])
        ], identities: [identity])

    static func snapshot(connections: [ConnectionView], components: [ComponentStatus]) -> LiveSnapshot {
        LiveSnapshot(
            time: TestConsole.start, connections: connections, counters: [], decisions: [], components: components)
    }

    static func connection(
        _ id: UInt64, from address: String, as principal: String?, listener: String = "example_listener",
        cluster: String = "example_virtual_cluster"
    ) -> ConnectionView {
        ConnectionView(
            sessionID: id, gateway: "event-gateway-quickstart", listener: listener, virtualCluster: cluster,
            remoteAddress: address, localPort: 19_092, principal: principal, authentication: nil, clientID: nil,
            clientSoftwareName: nil, clientSoftwareVersion: nil, upstream: nil, state: .active,
            connectedAt: created, requests: 1, bytesIn: 1, bytesOut: 1, denied: 0)
    }

    static let components = [
        ComponentStatus(
            kind: "backend_cluster", gateway: "event-gateway-quickstart", name: "default_backend_cluster", state: .up),
        ComponentStatus(
            kind: "listener", gateway: "event-gateway-quickstart", name: "example_listener", state: .up),
    ]

    static let healthy = snapshot(
        connections: [
            connection(1, from: "127.0.0.1:52044", as: "client7"),
            connection(2, from: "127.0.0.1:52045", as: "client7"),
            connection(3, from: "127.0.0.1:52046", as: "anonymous"),
        ], components: components)
}
