import Testing

extension IntegrationSuite {
    /// Changes reach living connections, and drop none that they do not concern.
    @Suite(.serialized) struct PolicyChangeTests {
        private static func run(_ body: (SluiceProcess, Quickstart) async throws -> Void) async throws {
            try await SluiceProcess.run(sandbox: true) { sluice in
                try await KafkaClient.run(.confluent, bootstrap: sluice.sandbox[0]) { direct in
                    try await direct.create(topic: "my-test-topic")
                }
                try await body(sluice, try await Quickstart(sluice.api, bootstrapServers: sluice.sandbox, brokers: 3))
            }
        }

        @Test func `rules added, changed, disabled and removed apply to the next request of the same connection`()
            async throws
        {
            try await Self.run { _, quickstart in
                try await RawConnection.run(port: quickstart.port) { client in
                    #expect(try await client.signIn(token: try await quickstart.token())?.error == 0)
                    #expect(try await client.heartbeat(group: "g") == 30)
                    try await quickstart.allowGroups()
                    // Allowed: the coordinator, asked or not the right one, answers for itself.
                    #expect([25, 16].contains(try await client.heartbeat(group: "g")))

                    let path = "\(quickstart.virtualClusterPath)/cluster-policies"
                    let deny = try await quickstart.api.create(
                        path,
                        [
                            "type": "acls", "name": "deny_policy",
                            "config": [
                                "rules": [
                                    [
                                        "resource_type": "topic", "action": "deny",
                                        "operations": [["name": "describe"]],
                                        "resource_names": [["match": "my-*"]],
                                    ]
                                ]
                            ],
                        ])
                    #expect(try await client.metadata(topics: nil).topics == [:], "a deny wins over any allow")
                    var changed = deny.adding(["enabled": false])
                    if case .object(var members) = changed {
                        for name in ["id", "created_at", "updated_at", "parent_policy_id"] { members[name] = nil }
                        changed = .object(members)
                    }
                    #expect(try await quickstart.api.put("\(path)/\(deny.id)", changed).status == 200)
                    #expect(try await client.metadata(topics: nil).topics == ["my-test-topic": [0, 1]])
                    #expect(try await quickstart.api.delete("\(path)/\(quickstart.aclPolicy.id)").status == 204)
                    #expect(try await client.metadata(topics: nil).topics == [:])
                    #expect(!client.isClosed)
                }
            }
        }

        @Test func `the condition of a policy decides for whom its rules count`() async throws {
            try await Self.run { _, quickstart in
                _ = try await quickstart.api.create(
                    "\(quickstart.virtualClusterPath)/cluster-policies",
                    [
                        "type": "acls", "name": "for_anonymous", "condition": "context.auth.type == 'anonymous'",
                        "config": [
                            "rules": [
                                [
                                    "resource_type": "group", "action": "allow", "operations": [["name": "all"]],
                                    "resource_names": "[context.auth.principal.name + '-*']",
                                ]
                            ]
                        ],
                    ])
                try await RawConnection.run(port: quickstart.port) { anonymous async throws in
                    #expect([25, 16].contains(try await anonymous.heartbeat(group: "anonymous-one")))
                    #expect(try await anonymous.heartbeat(group: "other") == 30)
                }
                try await RawConnection.run(port: quickstart.port) { client async throws in
                    #expect(try await client.signIn(token: try await quickstart.token())?.error == 0)
                    #expect(try await client.heartbeat(group: "anonymous-one") == 30)
                }
            }
        }

        @Test func `other listeners, gateways and clients come and go without a living connection noticing`()
            async throws
        {
            try await Self.run { _, quickstart in
                try await RawConnection.run(port: quickstart.port) { client in
                    #expect(try await client.signIn(token: try await quickstart.token())?.error == 0)
                    let sessions = try await quickstart.liveView().connections.map(\.session)

                    let second = try await quickstart.api.create("/v1/event-gateways", ["name": "second"])
                    let listener = try await quickstart.api.create(
                        "/v1/event-gateways/\(second.id)/listeners",
                        [
                            "name": "second_listener", "addresses": ["127.0.0.1"],
                            "ports": [.integer(try FreePorts.first(of: 1))],
                        ])
                    let path = "/v1/event-gateways/\(second.id)"
                    #expect(try await quickstart.api.delete("\(path)/listeners/\(listener.id)").status == 204)
                    #expect(try await quickstart.api.delete(path).status == 204)

                    #expect(try await client.metadata(topics: nil).topics.count == 1)
                    #expect(try await quickstart.liveView().connections.map(\.session) == sessions)
                }
            }
        }

        @Test func `a rule removed lets nobody in any more, also on connections made before`() async throws {
            try await Self.run { _, quickstart in
                try await RawConnection.run(port: quickstart.port) { undecided in
                    #expect(try await undecided.apiVersions().error == 0)
                    try await RawConnection.run(port: quickstart.port) { signedIn in
                        let token = try await quickstart.token()
                        #expect(try await signedIn.signIn(token: token)?.error == 0)
                        // The token rule, second until now, is the only one left.
                        guard case .object(var cluster) = quickstart.virtualCluster else { return }
                        for name in ["id", "created_at", "updated_at"] { cluster[name] = nil }
                        cluster["destination"] = ["id": .string(quickstart.backendCluster.id)]
                        cluster["authentication"] = .array([
                            quickstart.virtualCluster["authentication"].array?[1] ?? .null
                        ])
                        #expect(
                            try await quickstart.api.put(quickstart.virtualClusterPath, .object(cluster)).status == 200)

                        #expect(try await signedIn.metadata(topics: nil).brokers.count == 3, "its rule is still there")
                        // A refusal would answer 0 too, with a challenge and without a lifetime (RFC 7628 §3.2.3).
                        let renewal = try await signedIn.signIn(token: token)
                        #expect((renewal?.lifetimeMilliseconds ?? 0) > 0, "and renews the session")
                    }
                    let topics = try? await undecided.metadata(topics: nil)
                    #expect(topics == nil, "an anonymous client was let in by a rule that is gone")
                    try await undecided.closed()
                }
            }
        }

        @Test func `a deleted listener closes its connections and frees its ports`() async throws {
            try await Self.run { _, quickstart in
                try await RawConnection.run(port: quickstart.port) { client in
                    #expect(try await client.metadata(topics: nil).brokers.count == 3)
                    let path = "\(quickstart.gatewayPath)/listeners/\(quickstart.listener.id)"
                    #expect(try await quickstart.api.delete(path).status == 204)
                    try await client.closed()
                }
                // Bound before its 201 again: the ports were free.
                _ = try await quickstart.api.create(
                    "\(quickstart.gatewayPath)/listeners",
                    [
                        "name": "again", "addresses": ["0.0.0.0"],
                        "ports": ["\(quickstart.port)-\(quickstart.port + 3)"],
                    ])
            }
        }

        @Test func `the event stream begins with a snapshot and goes on with each decision`() async throws {
            try await Self.run { _, quickstart in
                let snapshot = try await quickstart.api.liveEvents(gateway: quickstart.gateway.id) {
                    $0.name == "snapshot"
                }
                #expect(try JSON(text: snapshot.data)["connections"].array != nil)
                let reading = Task {
                    try await quickstart.api.liveEvents(gateway: quickstart.gateway.id, after: snapshot.id) {
                        $0.name == "decision"
                    }
                }
                try await RawConnection.run(port: quickstart.port) { client async throws in
                    #expect(try await client.metadata(topics: ["my-test-topic"]).topics == ["my-test-topic": [29, 0]])
                }
                let event = try await reading.value
                #expect(event.id != nil)
                let decision = try JSON(text: event.data)
                #expect(decision["verdict"] == "denied")
                #expect(decision["principal"] == "anonymous")
                #expect(decision["resource_name"] == "my-test-topic")
            }
        }
    }
}
