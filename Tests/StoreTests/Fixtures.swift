import Foundation
import JSON
import Resources

/// Entities with ids that say what they are.
enum Fixtures {
    static let date = Timestamp.date(milliseconds: 1_785_874_206_927)

    static func gateway(_ id: String = "gw", name: String = "edge") -> Gateway {
        Gateway(id: id, name: name, createdAt: self.date, updatedAt: self.date)
    }

    static func backend(_ id: String = "bc", name: String = "orders") -> BackendCluster {
        BackendCluster(
            id: id, name: name, bootstrapServers: ["localhost:9094"], createdAt: self.date, updatedAt: self.date)
    }

    static func virtualCluster(
        _ id: String = "vc", name: String = "team", backend: BackendCluster = Fixtures.backend(),
        dnsLabel: String = "team"
    ) -> VirtualCluster {
        VirtualCluster(
            id: id, name: name, destination: Reference(id: backend.id, name: backend.name),
            authentication: [.anonymous, .oauthBearer(OAuthBearerRule(jwks: JWKSSource(endpoint: "http://x/jwks")))],
            aclMode: .enforceOnGateway, dnsLabel: dnsLabel, createdAt: self.date, updatedAt: self.date)
    }

    static func listener(_ id: String = "ls", name: String = "public") -> Listener {
        Listener(
            id: id, name: name, addresses: ["0.0.0.0"],
            ports: [
                PortSpecification(range: 19092...19095, text: "19092-19095"), PortSpecification(range: 9100...9100),
            ],
            createdAt: self.date, updatedAt: self.date)
    }

    static func forward(_ id: String = "fw", name: String? = "forward") -> ListenerPolicy {
        ListenerPolicy(
            id: id, name: name,
            config: .forward(
                .portMapping(
                    PortMappingConfiguration(
                        destination: Reference(id: "vc", name: "team"), advertisedHost: "localhost"))),
            createdAt: self.date, updatedAt: self.date)
    }

    static func acl(_ id: String, name: String? = nil) -> ClusterPolicy {
        ClusterPolicy(
            id: id, name: name, condition: "",
            config: .acls(
                ACLConfiguration(rules: [
                    ACLRule(resourceType: .topic, action: .allow, operations: [.read], resourceNames: .globs(["*"])),
                    ACLRule(
                        resourceType: .group, action: .deny, operations: [.all],
                        resourceNames: .expression("[context.auth.principal.name]")),
                ])), createdAt: self.date, updatedAt: self.date)
    }

    static func authServer(_ id: String = "as", name: String = "dev") -> AuthServer {
        AuthServer(
            id: id, name: name, audience: "http://x", issuer: "http://localhost:9190/\(id)0123456789/auth",
            createdAt: self.date, updatedAt: self.date)
    }

    static func client(_ id: String = "client", name: String = "Client") -> AuthClient {
        AuthClient(
            id: id, name: name, grantTypes: ["client_credentials"], responseTypes: ["token"], createdAt: self.date,
            updatedAt: self.date)
    }
}
