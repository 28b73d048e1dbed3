import Testing

extension IntegrationSuite {
    /// Stock clients do all they can do, with the gateway in between and without: they see the same with full rights,
    /// and what a broker with the same rules would answer with fewer.
    @Suite(.serialized) struct StockClientTests {
        private static func policy(_ name: String, for principal: String, _ rules: [JSON]) -> JSON {
            [
                "type": "acls", "name": .string(name),
                "condition": "context.auth.principal.name == \"\(principal)\"",
                "config": ["rules": .array(rules)],
            ]
        }

        private static func allow(_ operations: [String], on type: String, _ pattern: String) -> JSON {
            [
                "resource_type": .string(type), "action": "allow",
                "operations": .array(operations.map { ["name": .string($0)] }),
                "resource_names": [["match": .string(pattern)]],
            ]
        }

        /// A gateway over the sandbox whose client has the rights of `rules`, and no others.
        private static func run(
            rules: [JSON], _ body: (SluiceProcess, Quickstart, _ token: String) async throws -> Void
        ) async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                let quickstart = try await Quickstart(sluice.api, bootstrapServers: sluice.sandbox, brokers: 3)
                let policies = "\(quickstart.virtualClusterPath)/cluster-policies"
                #expect(try await sluice.api.delete("\(policies)/\(quickstart.aclPolicy.id)").status == 204)
                _ = try await sluice.api.create(policies, Self.policy("rights", for: quickstart.clientID, rules))
                try await body(sluice, quickstart, try await quickstart.token())
            }
        }

        /// All that one script observed.
        private static func observe(
            _ script: String, _ operation: String, _ arguments: [String: JSON]
        ) async throws -> [String: JSON] {
            try await PythonClient.run(script) { python in
                try await python.call(operation, arguments, within: .seconds(120)).object ?? [:]
            }
        }

        @Test func `confluent-kafka with full rights sees what it sees without the gateway`() async throws {
            let everything = ["topic", "group", "cluster", "transactional_id"].map { Self.allow(["all"], on: $0, "*") }
            try await Self.run(rules: everything) { sluice, quickstart, token in
                let direct = try await Self.observe(
                    "confluent_observer", "observe", ["bootstrap": .string(sluice.sandbox[0]), "prefix": "first-"])
                let through = try await Self.observe(
                    "confluent_observer", "observe",
                    ["bootstrap": .string(quickstart.bootstrap), "prefix": "other-", "token": .string(token)])
                #expect(direct["commit"] == 2 && direct["read committed"] == ["0 True", "1 True"], "the yardstick")
                #expect(direct.count > 60 && through.count == direct.count)
                // ACL commands are not offered while the gateway enforces rules of its own.
                for (step, seen) in direct.sorted(by: { $0.key < $1.key }) where !step.hasSuffix(" ACLs") {
                    #expect(through[step] == seen, "\(step)")
                }
                #expect(through["create ACLs"] == ["error": "_UNSUPPORTED_FEATURE"])
            }
        }

        @Test func `confluent-kafka with some rights gets a broker's errors for the rest`() async throws {
            let rules = [
                Self.allow(["describe", "read", "write"], on: "topic", "open-*"),
                Self.allow(["read"], on: "group", "open-*"),
                Self.allow(["write"], on: "transactional_id", "open-*"),
            ]
            try await Self.run(rules: rules) { sluice, quickstart, token in
                try await KafkaClient.run(.confluent, bootstrap: sluice.sandbox[0]) { direct in
                    try await direct.create(topic: "open-topic")
                    try await direct.create(topic: "shut-topic")
                }
                let seen = try await Self.observe(
                    "confluent_observer", "observe_denied",
                    ["bootstrap": .string(quickstart.bootstrap), "token": .string(token)])
                for (step, expected) in Self.withSomeRights.sorted(by: { $0.key < $1.key }) {
                    #expect(seen[step] == expected, "\(step)")
                }
            }
        }

        private static let topicDenied: JSON = ["error": "TOPIC_AUTHORIZATION_FAILED"]
        private static let groupDenied: JSON = ["error": "GROUP_AUTHORIZATION_FAILED"]
        private static let idDenied: JSON = ["error": "TRANSACTIONAL_ID_AUTHORIZATION_FAILED"]
        private static let clusterDenied: JSON = ["error": "CLUSTER_AUTHORIZATION_FAILED"]

        private static let withSomeRights: [String: JSON] = [
            "list": ["open-topic"], "produce": [0, 1], "produce, denied": ["TOPIC_AUTHORIZATION_FAILED"],
            "idempotent": [2], "read": ["1", "2", "3"], "transaction": 1,
            "transaction, id denied": idDenied, "transaction, group denied": groupDenied,
            "classic group": 3, "classic group, denied": groupDenied, "consumer group": 3,
            "consumer group, denied": groupDenied, "consumer group by pattern": 3,
            "describe shut-topic": topicDenied, "delete open-topic": topicDenied, "delete shut-topic": topicDenied,
            "latest of open-topic": true, "delete records of open-topic": topicDenied,
            "configs of open-topic": topicDenied, "alter configs of open-topic": topicDenied,
            "more partitions of open-topic": topicDenied, "create": topicDenied, "configs of a broker": clusterDenied,
            "alter configs of a broker": clusterDenied, "cluster": [], "describe open-classic": "EMPTY",
            "delete open-classic": groupDenied, "describe shut-classic": groupDenied,
            "delete shut-classic": groupDenied, "offsets of shut-classic": groupDenied, "elect leaders": clusterDenied,
        ]
    }
}
