import EngineInterface
import Foundation
import JSON
import Resources

/// Reads the whole configuration through the management API, as one consistent state.
struct ConfigurationLoader: Sendable {
    private static let path = "/v1/configuration"

    let management: any ManagementClient

    func load() async throws -> ConfigurationTree {
        try self.tree(try await self.management.call(ManagementCall(.get, Self.path)))
    }

    /// The whole configuration, unless it is still the one of that tag.
    ///
    /// - Returns: nil when nothing was changed. The tag is that of before the load: what is changed during it is found
    ///   the next time.
    func load(unlessAt known: String?) async throws -> (tree: ConfigurationTree, tag: String?)? {
        let answer = try await self.management.call(ManagementCall(.get, Self.path, knownTag: known))
        if answer.status == 304 { return nil }
        return (try self.tree(answer), answer.tag)
    }

    private func tree(_ answer: ManagementAnswer) throws -> ConfigurationTree {
        guard answer.isSuccess else {
            throw EngineClientError("GET \(Self.path): \(ProblemText(answer).reason)")
        }
        var reader = TreeReader()
        return try reader.tree(answer.body)
    }
}

/// Takes the tree apart, and notes the version of each entity by its path.
private struct TreeReader {
    private var tags: [String: String] = [:]

    mutating func tree(_ body: JSONValue?) throws -> ConfigurationTree {
        var tree = ConfigurationTree()
        let root = "/v1"
        for node in try self.list(body?["gateways"]) {
            let (gateway, path) = try self.entity(node, as: Gateway.self, below: root + "/event-gateways")
            tree.gateways.append(
                GatewayConfiguration(
                    gateway: gateway,
                    backendClusters: try self.entities(
                        node["backend_clusters"], as: BackendCluster.self, below: path + "/backend-clusters"),
                    virtualClusters: try self.list(node["virtual_clusters"]).map { node in
                        let (cluster, path) = try self.entity(
                            node, as: VirtualCluster.self, below: path + "/virtual-clusters")
                        return VirtualClusterConfiguration(
                            virtualCluster: cluster,
                            clusterPolicies: try self.entities(
                                node["cluster_policies"], as: ClusterPolicy.self, below: path + "/cluster-policies"))
                    },
                    listeners: try self.list(node["listeners"]).map { node in
                        let (listener, path) = try self.entity(node, as: Listener.self, below: path + "/listeners")
                        return ListenerConfiguration(
                            listener: listener,
                            policies: try self.entities(
                                node["policies"], as: ListenerPolicy.self, below: path + "/policies"))
                    }))
        }
        for node in try self.list(body?["auth_servers"]) {
            let (server, path) = try self.entity(node, as: AuthServer.self, below: root + "/auth-servers")
            tree.identities.append(
                .init(
                    server: server,
                    scopes: try self.entities(node["scopes"], as: AuthScope.self, below: path + "/scopes"),
                    claims: try self.entities(node["claims"], as: AuthClaim.self, below: path + "/claims"),
                    clients: try self.entities(node["clients"], as: AuthClient.self, below: path + "/clients")))
        }
        tree.tags = self.tags
        return tree
    }

    private func list(_ value: JSONValue?) throws -> [JSONValue] {
        guard case .array(let values)? = value else {
            throw EngineClientError("The configuration cannot be read: is the management API of another version?")
        }
        return values
    }

    private mutating func entities<Entity: Decodable>(
        _ value: JSONValue?, as type: Entity.Type, below path: String
    ) throws -> [Entity] {
        try self.list(value).map { try self.entity($0, as: type, below: path).entity }
    }

    private mutating func entity<Entity: Decodable>(
        _ value: JSONValue, as type: Entity.Type, below path: String
    ) throws -> (entity: Entity, path: String) {
        let entity = try EntityCoding.decode(type, from: try EntityCoding.encode(value))
        let own = path + "/" + (value["id"]?.text ?? "")
        self.tags[own] = value["etag"]?.text
        if case .object(let chains)? = value["chain_etags"] {
            for name in chains.keys { self.tags[own + "/" + name] = chains[name]?.text }
        }
        return (entity, own)
    }
}

extension JSONValue {
    fileprivate subscript(key: String) -> JSONValue? {
        if case .object(let object) = self { object[key] } else { nil }
    }

    fileprivate var text: String? {
        if case .string(let text) = self { text } else { nil }
    }
}
