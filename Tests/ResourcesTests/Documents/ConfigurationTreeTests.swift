import JSON
import ResourceFixtures
import Resources
import Testing

struct ConfigurationTreeTests {
    private static func tree(_ text: String) throws -> ConfigurationTree {
        try ConfigurationTree(reading: try JSONValue(parsing: Array(text.utf8)))
    }

    @Test func `the views hold what the answer holds`() {
        let tree = TreeFixture.scenario
        #expect(tree.identities == [TreeFixture.identity])
        #expect(tree.gateways.first?.backendClusters == [TreeFixture.backend])
        #expect(tree.gateways.first?.listeners.first?.policies == [TreeFixture.forward])
    }

    @Test func `siblings and what is referred to have names in documents`() {
        let tree = TreeFixture.scenario
        let server = EntityKey(.authServer, ["Appointments Dev"])
        let scopes = JSONValue.array([.string("my-scope")])
        #expect(tree.node(server.child(.claim, "test-claim"))?.fields["include_in_scopes"] == scopes)
        #expect(tree.node(server.child(.client, "Client"))?.fields["allow_scopes"] == scopes)
        let gateway = EntityKey(.gateway, ["event-gateway-quickstart"])
        let cluster = tree.node(gateway.child(.virtualCluster, "example_virtual_cluster"))
        #expect(cluster?.fields["destination"] == .object(["name": .string("default_backend_cluster")]))
        #expect(tree.node(gateway.child(.listener, "other")) == nil)
    }

    @Test func `versions are known by path, those of chains too`() throws {
        let gateway = """
            {"id": "g", "name": "edge", "description": "", "labels": {}, "min_runtime_version": "1.1", "etag": "\\"3-1\\"",
             "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
             "backend_clusters": [], "virtual_clusters": [], "listeners": [{
                "id": "l", "name": "all", "description": "", "labels": {}, "addresses": ["::"], "ports": [9092],
                "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z", "policies": [],
                "etag": "\\"2\\"", "chain_etags": {"policy-chain": "\\"7\\""}
            }]}
            """
        let tree = try Self.tree("{\"auth_servers\": [], \"gateways\": [\(gateway)]}")
        #expect(
            tree.tags == [
                "/v1/event-gateways/g": "\"3-1\"", "/v1/event-gateways/g/listeners/l": "\"2\"",
                "/v1/event-gateways/g/listeners/l/policy-chain": "\"7\"",
            ])
    }

    @Test(arguments: [
        "{}", "[]", #"{"auth_servers": [], "gateways": [1]}"#, #"{"auth_servers": [], "gateways": [{}]}"#,
    ])
    func `an answer of another shape is refused`(text: String) {
        #expect(throws: UnreadableConfiguration()) { try Self.tree(text) }
    }

    @Test func `what is removed takes along what lies below, and leaves the views`() {
        let tree = TreeFixture.scenario.removing { $0.id == TreeFixture.clusterID || $0.id == TreeFixture.serverID }
        #expect(tree.identities == [] && tree.roots(.authServer) == [])
        #expect(tree.gateways.first?.virtualClusters == [])
        #expect(tree.gateways.first?.listeners.count == 1)
        #expect(!tree.ids.values.contains(TreeFixture.aclID))
    }
}
