package import Foundation
import JSON
package import Resources

/// The scenario's configuration.
package enum TreeFixture {
    package static let created = Date(timeIntervalSince1970: 1_795_500_000)
    package static let gatewayID = "11111111-0000-4000-8000-000000000001"
    package static let backendID = "11111111-0000-4000-8000-000000000002"
    package static let clusterID = "11111111-0000-4000-8000-000000000003"
    package static let listenerID = "11111111-0000-4000-8000-000000000004"
    package static let forwardID = "11111111-0000-4000-8000-000000000005"
    package static let aclID = "11111111-0000-4000-8000-000000000006"
    package static let serverID = "22222222-0000-4000-8000-000000000001"
    package static let scopeID = "22222222-0000-4000-8000-000000000002"
    package static let issuer = "http://localhost:9190/auth/\(serverID)"

    package static let acl = ClusterPolicy(
        id: aclID, name: "acl_policy",
        condition: "context.auth.principal.name == \"client7\"",
        config: .acls(
            ACLConfiguration(rules: [
                ACLRule(
                    resourceType: .topic, action: .allow, operations: [.describe, .describeConfigs, .read, .write],
                    resourceNames: .globs(["*"]))
            ])), createdAt: created, updatedAt: created)

    package static let backend = BackendCluster(
        id: backendID, name: "default_backend_cluster",
        bootstrapServers: ["localhost:9094", "localhost:9095", "localhost:9096"],
        insecureAllowAnonymousVirtualClusterAuth: true, createdAt: created, updatedAt: created)

    package static let cluster = VirtualCluster(
        id: clusterID, name: "example_virtual_cluster",
        destination: Reference(id: backendID, name: "default_backend_cluster"),
        authentication: [
            .anonymous, .oauthBearer(OAuthBearerRule(jwks: JWKSSource(endpoint: issuer + "/.well-known/jwks"))),
        ], aclMode: .enforceOnGateway, dnsLabel: "vcluster-1", createdAt: created, updatedAt: created)

    package static let listener = Listener(
        id: listenerID, name: "example_listener", addresses: ["0.0.0.0"],
        ports: [PortSpecification(range: 19_092...19_095, text: "19092-19095")], createdAt: created,
        updatedAt: created)

    package static let forward = ListenerPolicy(
        id: forwardID, name: "forward",
        config: .forward(
            .portMapping(
                PortMappingConfiguration(
                    destination: Reference(id: clusterID, name: "example_virtual_cluster"), advertisedHost: "localhost")
            )),
        createdAt: created, updatedAt: created)

    package static let identity = ConfigurationTree.Identity(
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

    package static let scenario = ConfigurationTree(
        gateways: [
            GatewayConfiguration(
                gateway: Gateway(
                    id: gatewayID, name: "event-gateway-quickstart", createdAt: created, updatedAt: created),
                backendClusters: [backend],
                virtualClusters: [VirtualClusterConfiguration(virtualCluster: cluster, clusterPolicies: [acl])],
                listeners: [ListenerConfiguration(listener: listener, policies: [forward])])
        ], identities: [identity])
}

extension ConfigurationTree {
    /// A tree of these entities, by way of the answer that the management API gives for them.
    package init(gateways: [GatewayConfiguration] = [], identities: [Identity] = [], tags: [String: String] = [:]) {
        self.init()
        self.set(Typed(gateways: gateways, identities: identities))
        self.tags = tags
    }

    package struct Typed {
        package var gateways: [GatewayConfiguration]
        package var identities: [Identity]
    }

    /// The entities of the kinds that have typed views, to change them in place.
    package var typed: Typed {
        get { Typed(gateways: self.gateways, identities: self.identities) }
        set { self.set(newValue) }
    }

    private mutating func set(_ typed: Typed) {
        let answer: JSONObject = [
            "gateways": .array(typed.gateways.map(\.answer)), "auth_servers": .array(typed.identities.map(\.answer)),
        ]
        let tags = self.tags
        // The fixtures' entities are plain values: a fault here is one of the fixture.
        do { self = try ConfigurationTree(reading: .object(answer)) } catch { fatalError("\(error)") }
        self.tags = tags
    }
}

private func answer(_ entity: some Resource, _ below: KeyValuePairs<String, [JSONValue]> = [:]) -> JSONValue {
    guard var object = try? entity.object() else { fatalError("\(entity) cannot be written") }
    for (key, values) in below { object[key] = .array(values) }
    for kind in type(of: entity).kind.children where object[kind.documentKey] == nil {
        object[kind.documentKey] = .array([])
    }
    return .object(object)
}

extension GatewayConfiguration {
    fileprivate var answer: JSONValue {
        ResourceFixtures.answer(
            self.gateway,
            [
                "backend_clusters": self.backendClusters.map { ResourceFixtures.answer($0) },
                "virtual_clusters": self.virtualClusters.map {
                    ResourceFixtures.answer(
                        $0.virtualCluster, ["cluster_policies": $0.clusterPolicies.map { ResourceFixtures.answer($0) }])
                },
                "listeners": self.listeners.map {
                    ResourceFixtures.answer($0.listener, ["policies": $0.policies.map { ResourceFixtures.answer($0) }])
                },
            ])
    }
}

extension ConfigurationTree.Identity {
    fileprivate var answer: JSONValue {
        ResourceFixtures.answer(
            self.server,
            [
                "scopes": self.scopes.map { ResourceFixtures.answer($0) },
                "claims": self.claims.map { ResourceFixtures.answer($0) },
                "clients": self.clients.map { ResourceFixtures.answer($0) },
            ])
    }
}
