import Console
import Foundation
import GatewayModel

/// Reads the whole configuration through the management API.
struct ConfigurationLoader: Sendable {
    let management: any ManagementClient

    func load() async throws -> ConfigurationTree {
        var tree = ConfigurationTree()
        for gateway in try await self.cursorPages("/v1/event-gateways", of: Gateway.self) {
            tree.gateways.append(try await self.load(gateway))
        }
        for server in try await self.numberedPages("/v1/auth-servers", of: AuthServer.self) {
            let base = "/v1/auth-servers/\(server.id)"
            tree.identities.append(
                .init(
                    server: server, scopes: try await self.numberedPages(base + "/scopes", of: AuthScope.self),
                    claims: try await self.numberedPages(base + "/claims", of: AuthClaim.self),
                    clients: try await self.numberedPages(base + "/clients", of: AuthClient.self)))
        }
        return tree
    }

    /// The whole configuration, unless it is still the one of that tag; then one call is all.
    ///
    /// - Returns: nil when nothing was changed. The tag is that of before the load: what is changed during it is found
    ///   the next time.
    func load(unlessAt known: String?) async throws -> (tree: ConfigurationTree, tag: String?)? {
        let path = "/v1/event-gateways?page%5Bsize%5D=1"
        let answer = try await self.management.call(ManagementCall(.get, path, knownTag: known))
        if answer.status == 304 { return nil }
        guard answer.isSuccess else { throw EngineClientError("GET \(path) answered \(answer.status).") }
        return (try await self.load(), answer.tag)
    }

    private func load(_ gateway: Gateway) async throws -> GatewayConfiguration {
        let base = "/v1/event-gateways/\(gateway.id)"
        var virtualClusters: [VirtualClusterConfiguration] = []
        for cluster in try await self.cursorPages(base + "/virtual-clusters", of: VirtualCluster.self) {
            virtualClusters.append(
                VirtualClusterConfiguration(
                    virtualCluster: cluster,
                    clusterPolicies: try await self.policies(
                        base + "/virtual-clusters/\(cluster.id)/cluster-policies", of: ClusterPolicy.self)))
        }
        var listeners: [ListenerConfiguration] = []
        for listener in try await self.cursorPages(base + "/listeners", of: Listener.self) {
            listeners.append(
                ListenerConfiguration(
                    listener: listener,
                    policies: try await self.policies(
                        base + "/listeners/\(listener.id)/policies", of: ListenerPolicy.self)))
        }
        return GatewayConfiguration(
            gateway: gateway,
            backendClusters: try await self.cursorPages(base + "/backend-clusters", of: BackendCluster.self),
            virtualClusters: virtualClusters, listeners: listeners)
    }

    // MARK: Lists

    private func cursorPages<Entity: Decodable>(_ path: String, of type: Entity.Type) async throws -> [Entity] {
        var entities: [Entity] = []
        var next: String? = path + "?page%5Bsize%5D=100"
        while let page = next {
            let body = try await self.get(page)
            entities += try self.elements(of: body, path: path, as: type)
            next = body["meta"]?["page"]?["next"]?.text
        }
        return entities
    }

    private func numberedPages<Entity: Decodable>(_ path: String, of type: Entity.Type) async throws -> [Entity] {
        var entities: [Entity] = []
        var number = 1
        while true {
            let body = try await self.get(path + "?page%5Bsize%5D=100&page%5Bnumber%5D=\(number)")
            let page = try self.elements(of: body, path: path, as: type)
            entities += page
            if page.count < 100 { return entities }
            number += 1
        }
    }

    /// Policies come as one list, in chain order.
    private func policies<Entity: Decodable>(_ path: String, of type: Entity.Type) async throws -> [Entity] {
        try self.elements(of: try await self.get(path), path: path, as: type)
    }

    private func get(_ path: String) async throws -> JSONValue {
        let answer = try await self.management.call(ManagementCall(.get, path))
        guard answer.isSuccess, let body = answer.body else {
            throw EngineClientError("GET \(path) answered \(answer.status).")
        }
        return body
    }

    private func elements<Entity: Decodable>(of body: JSONValue, path: String, as type: Entity.Type) throws -> [Entity]
    {
        let list: JSONValue? = if case .array = body { body } else { body["data"] }
        guard case .array(let values)? = list else {
            throw EngineClientError("GET \(path) did not answer with a list.")
        }
        return try values.map { try EntityCoding.decode(type, from: try EntityCoding.encode($0)) }
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
