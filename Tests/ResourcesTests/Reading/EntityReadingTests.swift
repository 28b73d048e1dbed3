import Foundation
import JSON
import ResourceFixtures
import Resources
import Testing

@Suite struct EntityReadingTests {
    private let stamp = EntityStamp.new()
    private let backend = BackendCluster(
        id: "0d6f1a3e-5a0f-4c0e-9b55-9b6d3b1f7a10", name: "orders", bootstrapServers: ["a:1"],
        insecureAllowAnonymousVirtualClusterAuth: true, createdAt: .now, updatedAt: .now)
    /// The faults of a body, as `field rule`.
    private func faults(
        _ kind: EntityKind, _ body: String, _ use: EntityKind.BodyUse = .create, previous: (any Resource)? = nil,
        in around: FixedSurroundings = FixedSurroundings()
    ) throws -> [String] {
        let object = try previous?.object()
        do {
            let read = try kind.read(JSONValue(parsing: body), use, previous: object, in: around)
            try kind.checkFinally(read.values, in: around)
            return []
        } catch let error as InvalidBody {
            return error.invalidParameters.map { "\($0.field) \($0.rule.rawValue)" }
        }
    }

    private func gateway(_ version: String = "1.2") -> Gateway {
        Gateway(id: "g", name: "edge", minRuntimeVersion: version, createdAt: .now, updatedAt: .now)
    }

    private func backendFaults(_ text: String) throws -> [String] {
        try self.faults(.backendCluster, text)
    }

    private func virtualClusterFaults(_ authentication: String, extra: String = "") throws -> [String] {
        try self.faults(
            .virtualCluster,
            """
            {"name": "vc", "destination": {"name": "orders"}, "dns_label": "vc", "acl_mode": "passthrough",
             "authentication": \(authentication)\(extra)}
            """, in: FixedSurroundings([self.backend]))
    }

    private func listenerFaults(_ addresses: String, _ ports: String, others: [Listener] = []) throws -> [String] {
        try self.faults(
            .listener, "{\"name\": \"ls\", \"addresses\": \(addresses), \"ports\": \(ports)}",
            in: FixedSurroundings(others))
    }

    @Test func `a gateway's fields are checked together`() throws {
        let found = try self.faults(
            .gateway,
            #"{"name": "x", "description": 1, "min_runtime_version": "latest", "labels": [], "nodes_total": 1}"#)
        #expect(
            found == [
                "name matches_regex", "description is_string", "min_runtime_version matches_regex", "labels is_object",
                "nodes_total unknown_property",
            ])
    }

    @Test func `a gateway's release must exist and does not go back`() throws {
        #expect(
            try self.faults(.gateway, #"{"name": "ab", "min_runtime_version": "9.9"}"#)
                == ["min_runtime_version invalid"])
        #expect(
            try self.faults(.gateway, #"{"min_runtime_version": "1.1"}"#, .patch, previous: self.gateway())
                == ["min_runtime_version invalid"])
    }

    @Test func `a patch clears with null, a replacement does not take null`() throws {
        let body = #"{"description": null, "labels": null}"#
        #expect(try self.faults(.gateway, body, .patch, previous: self.gateway()) == [])
        #expect(
            try self.faults(.gateway, body, .replace, previous: self.gateway())
                == ["description is_string", "labels is_object"])
    }

    @Test func `a backend cluster needs servers, authentication and tls`() throws {
        #expect(
            try self.backendFaults(#"{"name": "orders"}"#)
                == ["bootstrap_servers required", "authentication required", "tls required"])
        #expect(
            try self.backendFaults(
                """
                {"name": "orders", "bootstrap_servers": ["a:9092", "[fd00::12]:9093", "a", "a:99999", "a:b", 1],
                 "authentication": {"type": "anonymous"}, "tls": {"enabled": false},
                 "metadata_update_interval_seconds": 43201}
                """
            ) == [
                "bootstrap_servers[2] matches_regex", "bootstrap_servers[3] invalid",
                "bootstrap_servers[4] matches_regex", "bootstrap_servers[5] is_string",
                "metadata_update_interval_seconds max",
            ])
    }

    @Test func `what is not served yet is refused in words`() throws {
        let body = """
            {"name": "orders", "bootstrap_servers": ["a:1"],
             "authentication": {"type": "sasl_plain", "username": "a", "password": "b"}, "tls": {"enabled": true}}
            """
        let invalid = #expect(throws: InvalidBody.self) {
            try EntityKind.backendCluster.read(JSONValue(parsing: body), .create, in: FixedSurroundings())
        }
        #expect(
            invalid?.invalidParameters == [
                InvalidParameter(
                    field: "authentication.type", rule: .invalid,
                    reason: "not supported yet: sasl_plain authentication to a backend cluster"),
                InvalidParameter(
                    field: "tls.enabled", rule: .invalid, reason: "not supported yet: TLS to a backend cluster"),
            ])
        #expect(
            try self.virtualClusterFaults(
                #"[{"type": "sasl_plain", "mediation": "terminate", "principals": []}, {"type": "odd"}]"#,
                extra: #", "namespace": {"mode": "hide_prefix"}, "topic_aliases": []"#)
                == [
                    "authentication[0].type invalid", "authentication[1].type enum", "namespace invalid",
                    "topic_aliases invalid",
                ])
    }

    @Test func `an OAuth rule is checked in all its parts`() throws {
        #expect(
            try self.virtualClusterFaults(
                """
                [{"type": "oauth_bearer", "mediation": "terminate",
                  "jwks": {"endpoint": "nowhere", "timeout": "10", "cache_expiration": "0s", "x": 1},
                  "validate": {"audiences": [], "issuer": ""}, "claims_mapping": {"sub": ""}},
                 {"type": "oauth_bearer", "mediation": "terminate"},
                 {"type": "oauth_bearer", "mediation": "validate_forward", "jwks": {"endpoint": "http://a/"}}]
                """)
                == [
                    "authentication[0].jwks.endpoint invalid", "authentication[0].jwks.timeout matches_regex",
                    "authentication[0].jwks.cache_expiration invalid", "authentication[0].jwks.x unknown_property",
                    "authentication[0].validate.audiences min_items", "authentication[0].validate.issuer min_length",
                    "authentication[0].claims_mapping.sub min_length", "authentication[1].jwks required",
                    "authentication[2].mediation invalid",
                ])
    }

    @Test func `a reference names one existing thing`() throws {
        func found(_ destination: String) throws -> [String] {
            try self.faults(
                .virtualCluster,
                """
                {"name": "vc", "destination": \(destination), "dns_label": "vc", "acl_mode": "passthrough",
                 "authentication": [{"type": "anonymous"}]}
                """, in: FixedSurroundings([self.backend]))
        }
        #expect(try found(#"{"name": "orders"}"#) == [])
        #expect(try found(#"{"name": "none"}"#) == ["destination missing_reference"])
        #expect(try found(#"{"id": "x"}"#) == ["destination.id is_uuid"])
        #expect(try found("{}") == ["destination required"])
        #expect(try found(#"{"id": "x", "name": "y"}"#) == ["destination invalid"])
    }

    @Test(arguments: [
        ("[\"0.0.0.0\"]", "[9092, \"9093-9095\", \"9096\"]", [] as [String]),
        ("[\"127.0.0.1\", \"::1\", \"kafka.example.net\"]", "[1]", []),
        ("[\"0.0.0.0\", \"127.0.0.1\"]", "[1]", ["addresses invalid"]),
        (
            "[\"300.1.1.1\", \"a b\", \"\"]", "[1]",
            [
                "addresses[0] invalid", "addresses[1] invalid", "addresses[2] min_length",
            ]
        ),
        ("[]", "[]", ["addresses min_items", "ports min_items"]),
        (
            "[\"::\"]", "[0, 65536, \"9-5\", \"a\", \"1-70000\", true, 1.5]",
            [
                "ports[0] min", "ports[1] max", "ports[2] invalid", "ports[3] invalid", "ports[4] invalid",
                "ports[5] type", "ports[6] is_integer",
            ]
        ),
        ("[\"::\"]", "[\"9000-9010\", 9005]", ["ports[1] invalid"]),
        ("[\"::\"]", "[\"1001-2000\"]", []),
        ("[\"::\"]", "[\"1001-2000\", 9]", ["ports max_items"]),
        ("[\"::\"]", "[\"20000-23999\"]", ["ports max_items"]),
        // Other spellings of one address.
        (
            "[\"localhost\", \"127.0.0.1\", \"::ffff:127.0.0.1\"]", "[1]",
            ["addresses[1] invalid", "addresses[2] invalid"]
        ),
        ("[\"::1\", \"0:0::1\"]", "[1]", ["addresses[1] invalid"]),
    ])
    func `listeners' addresses and ports are checked`(
        _ addresses: String, _ ports: String, _ expected: [String]
    ) throws {
        #expect(try self.listenerFaults(addresses, ports) == expected)
    }

    @Test(arguments: [
        ("0.0.0.0", "127.0.0.1", true), ("127.0.0.1", "0.0.0.0", true), ("127.0.0.1", "127.0.0.2", false),
        ("localhost", "127.0.0.1", true), ("::", "::1", true), ("::", "0.0.0.0", false), ("::1", "0:0::1", true),
        ("kafka.example.net", "0.0.0.0", true), ("kafka.example.net", "KAFKA.example.net", true),
        ("kafka.example.net", "127.0.0.1", false),
    ])
    func `two listeners must not want one port of one address`(_ own: String, _ other: String, _ clash: Bool) throws {
        let taken = Listener(
            id: "x", name: "first", addresses: [other], ports: [PortSpecification(range: 9000...9010)],
            createdAt: .now, updatedAt: .now)
        #expect(try self.listenerFaults("[\"\(own)\"]", "[9010]", others: [taken]) == (clash ? ["ports invalid"] : []))
        #expect(try self.listenerFaults("[\"\(own)\"]", "[9011]", others: [taken]) == [])
    }

    @Test(arguments: [
        ("localhost", true), ("kafka.example.net", true), ("192.0.2.10", true), ("::1", true), ("2001:db8::10", true),
        ("[::1]", false), ("::1:9092x", false), ("Kafka", false), ("a_b", false), ("-a", false), ("", false),
        ("localhost:9092", false),
    ])
    func `hosts that clients are told are names or addresses`(_ host: String, _ isGood: Bool) throws {
        let cluster = VirtualCluster(
            id: "v", name: "orders", destination: Reference(id: "b", name: "b"), authentication: [.anonymous],
            aclMode: .passthrough, dnsLabel: "v", createdAt: .now, updatedAt: .now)
        let found = try self.faults(
            .listenerPolicy,
            """
            {"type": "forward_to_virtual_cluster", "config": {"type": "port_mapping", "advertised_host": "\(host)",
              "destination": {"name": "orders"}}}
            """, in: FixedSurroundings([cluster]))
        #expect(found == (isGood ? [] : ["config.advertised_host matches_regex"]))
    }

    @Test(arguments: [
        (StringRule.entityName, "x"), (.entityName, "-x-"), (.dnsLabel, "A"), (.labelValue, "-"), (.duration, "ten"),
        (.advertisedHost, "A B"), (.bootstrapServer, "localhost"),
    ])
    func `a rule is told in words with an example`(_ rule: StringRule, _ wrong: String) throws {
        let invalid = #expect(throws: InvalidBody.self) {
            _ = try BodyReader.read(JSONValue(parsing: "{\"field\": \"\(wrong)\"}")) { $0["field"].string(rule) }
        }
        let reasons = invalid?.invalidParameters.map(\.reason) ?? []
        #expect(reasons.count == 1)
        for reason in reasons {
            #expect(reason.hasPrefix("must "))
            #expect(reason.contains("such as"))
            // Marks of a regular expression.
            #expect(!reason.contains { "^$\\*{}".contains($0) }, "\(reason)")
        }
    }

    @Test func `ports are written back as they were given`() throws {
        let body = try JSONValue(parsing: #"{"name": "ls", "addresses": ["::"], "ports": [9092, "9093-9095", "9096"]}"#)
        let read = try EntityKind.listener.read(body, .create, in: FixedSurroundings())
        let listener = try Listener(read.values, stamp: self.stamp)
        let text = String(decoding: try EntityCoding.encode(listener.ports), as: UTF8.self)
        #expect(text == #"[9092,"9093-9095","9096"]"#)
        #expect(listener.allPorts == [9092, 9093, 9094, 9095, 9096])
    }

    @Test func `an acls policy is checked in all its parts`() throws {
        let found = try self.faults(
            .clusterPolicy,
            """
            {"type": "acls", "condition": "1 +", "config": {"rules": [
              {"resource_type": "topics", "action": "permit", "operations": [{"name": "reed"}], "resource_names": "1 +"},
              {"resource_type": "topic", "action": "allow", "operations": [], "resource_names": [{"match": ""}]},
              {"resource_type": "topic", "action": "allow", "operations": [{"name": "all"}], "resource_names": 5}]},
             "parent_policy_id": null}
            """, in: FixedSurroundings([self.gateway()], fault: { "bad \($0)" }))
        #expect(
            found == [
                "condition invalid", "config.rules[0].resource_type enum", "config.rules[0].action enum",
                "config.rules[0].operations[0].name enum", "config.rules[0].resource_names invalid",
                "config.rules[1].operations min_items", "config.rules[1].resource_names[0].match min_length",
                "config.rules[2].resource_names is_array", "parent_policy_id unknown_property",
            ])
    }

    @Test func `dynamic names need a gateway of release 1.1`() throws {
        let body = """
            {"type": "acls", "config": {"rules": [{"resource_type": "topic", "action": "allow",
              "operations": [{"name": "read"}], "resource_names": "[context.auth.principal.name]"}]}}
            """
        for (version, expected) in [("1.0", ["config.rules[0].resource_names invalid"]), ("1.1", [])] {
            let found = try self.faults(.clusterPolicy, body, in: FixedSurroundings([self.gateway(version)]))
            #expect(found == expected)
        }
    }

    @Test func `a policy's patch changes what it names`() throws {
        var policy = ClusterPolicy(
            id: "p", name: "old", description: "text", condition: "true",
            config: .acls(ACLConfiguration(rules: [])), createdAt: .now, updatedAt: .now)
        let body = try JSONValue(parsing: #"{"enabled": false, "name": null, "condition": null}"#)
        let read = try EntityKind.clusterPolicy.read(
            body, .patch, previous: try policy.object(), in: FixedSurroundings([self.gateway()]))
        policy = try ClusterPolicy(read.values, stamp: self.stamp)
        #expect(policy.enabled == false)
        #expect(policy.name == nil)
        #expect(policy.condition == "")
        #expect(policy.description == "text")
    }

    @Test func `a policy shows its nulls`() throws {
        let policy = ListenerPolicy(
            id: "p",
            config: .forward(
                .portMapping(
                    PortMappingConfiguration(destination: Reference(id: "v", name: "n"), advertisedHost: "localhost"))),
            createdAt: Timestamp.date(milliseconds: 0), updatedAt: Timestamp.date(milliseconds: 1))
        #expect(
            String(decoding: try EntityCoding.encode(policy), as: UTF8.self) == """
                {"config":{"advertised_host":"localhost","bootstrap_port":"at_start","destination":{"id":"v","name":"n"},\
                "min_broker_id":0,"type":"port_mapping"},"created_at":"1970-01-01T00:00:00.000Z","description":"",\
                "enabled":true,"id":"p","labels":{},"name":null,"parent_policy_id":null,\
                "type":"forward_to_virtual_cluster","updated_at":"1970-01-01T00:00:00.001Z"}
                """)
    }
}
