import Testing

/// One gateway over the sandbox for all stock clients, with two virtual clusters: whoever comes to the one may do
/// everything, and whoever comes to the other may do what ``someRights`` says.
///
/// With some rights all clients go about their work from the start: what they see is there when a test asks for it.
struct StockClientWorld: Sendable {
    /// A broker of the sandbox.
    let direct: String
    let withAllRights: String
    let token: String
    let withSomeRights: [StockClient: Task<[String: JSON], any Error>]

    @TaskLocal static var current: StockClientWorld?

    private static let allRights = ["topic", "group", "cluster", "transactional_id"].map {
        Self.allow(["all"], on: $0, "*")
    }

    private static let someRights = [
        Self.allow(["describe", "read", "write"], on: "topic", "open-*"),
        Self.allow(["describe"], on: "topic", "look-*"),
        Self.allow(["read"], on: "group", "open-*"),
        Self.allow(["write"], on: "transactional_id", "open-*"),
    ]

    private static func allow(_ operations: [String], on type: String, _ pattern: String) -> JSON {
        [
            "resource_type": .string(type), "action": "allow",
            "operations": .array(operations.map { ["name": .string($0)] }),
            "resource_names": [["match": .string(pattern)]],
        ]
    }

    private static func policy(_ rules: [JSON]) -> JSON {
        ["type": "acls", "name": "rights", "config": ["rules": .array(rules)]]
    }

    /// Runs `body` in the world, in which each client finds its topics `open-`, `look-` and `shut-`.
    static func run(_ body: @Sendable () async throws -> Void) async throws {
        try await SluiceProcess.run { sluice in
            let api = sluice.api
            let quickstart = try await Quickstart(api, bootstrapServers: sluice.sandbox, brokers: 3)
            let policies = "\(quickstart.virtualClusterPath)/cluster-policies"
            _ = try await api.delete("\(policies)/\(quickstart.aclPolicy.id)")
            _ = try await api.create(policies, self.policy(self.allRights))
            let bootstrap = try await self.addVirtualCluster(to: quickstart)
            let token = try await quickstart.token()
            try await KafkaClient.run(.confluent, bootstrap: sluice.sandbox[0]) { client in
                for name in StockClient.available {
                    for right in ["open", "look", "shut"] { try await client.create(topic: "\(right)-\(name)") }
                }
            }
            let runs = StockClient.available.map { client in
                let run = Task {
                    try await client.observe("observe_denied", at: bootstrap, prefix: "\(client)", token: token)
                }
                return (client, run)
            }
            let world = StockClientWorld(
                direct: sluice.sandbox[0], withAllRights: quickstart.bootstrap, token: token,
                withSomeRights: Dictionary(uniqueKeysWithValues: runs))
            try await self.$current.withValue(world, operation: body)
            for (_, run) in runs { _ = await run.result }
        }
    }

    /// - Returns: where clients of the second virtual cluster bootstrap.
    private static func addVirtualCluster(to quickstart: Quickstart) async throws -> String {
        let api = quickstart.api
        let path = quickstart.gatewayPath
        let virtualCluster = try await api.create(
            "\(path)/virtual-clusters",
            [
                "name": "some_rights", "destination": ["id": quickstart.backendCluster["id"]],
                "dns_label": "some-rights", "acl_mode": "enforce_on_gateway",
                "authentication": quickstart.virtualCluster["authentication"],
            ])
        let port = try FreePorts.first(of: 4)
        let listener = try await api.create(
            "\(path)/listeners", ["name": "some_rights", "addresses": ["127.0.0.1"], "ports": ["\(port)-\(port + 3)"]])
        _ = try await api.create(
            "\(path)/listeners/\(listener.id)/policies",
            [
                "type": "forward_to_virtual_cluster", "name": "forward",
                "config": [
                    "type": "port_mapping", "advertised_host": "127.0.0.1",
                    "destination": ["id": virtualCluster["id"]],
                ],
            ])
        _ = try await api.create(
            "\(path)/virtual-clusters/\(virtualCluster.id)/cluster-policies", self.policy(self.someRights))
        return "127.0.0.1:\(port)"
    }
}

/// Starts the world before the first test of a suite, and ends it after the last.
struct InStockClientWorld: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await StockClientWorld.run(function)
    }
}
