import JSON
import ResourceFixtures
import Resources
import Testing

struct ConfigurationPlanTests {
    static let text = """
        auth_servers:
          - name: Appointments Dev
            audience: http://myhttpbin.dev
            scopes:
              - name: my-scope
                description: Scope to test
            claims:
              - name: test-claim
                value: test
                include_in_token: true
                include_in_scopes: [my-scope]
            clients:
              - name: Client
                id: client7
                grant_types: [client_credentials]
                response_types: [token]
                access_token_duration: 3600
                allow_scopes: [my-scope]
        gateways:
          - name: event-gateway-quickstart
            backend_clusters:
              - name: default_backend_cluster
                bootstrap_servers: ["localhost:9094", "localhost:9095", "localhost:9096"]
                insecure_allow_anonymous_virtual_cluster_auth: true
                authentication: {type: anonymous}
                tls: {enabled: false}
            virtual_clusters:
              - name: example_virtual_cluster
                destination: default_backend_cluster
                dns_label: vcluster-1
                acl_mode: enforce_on_gateway
                authentication:
                  - type: anonymous
                  - type: oauth_bearer
                    mediation: terminate
                    jwks:
                      endpoint: \(TreeFixture.issuer)/.well-known/jwks
                cluster_policies:
                  - type: acls
                    name: acl_policy
                    condition: context.auth.principal.name == "client7"
                    config:
                      rules:
                        - resource_type: topic
                          action: allow
                          operations: [{name: describe}, {name: describe_configs}, {name: read}, {name: write}]
                          resource_names: [{match: "*"}]
            listeners:
              - name: example_listener
                addresses: ["0.0.0.0"]
                ports: ["19092-19095"]
                policies:
                  - type: forward_to_virtual_cluster
                    name: forward
                    config:
                      type: port_mapping
                      advertised_host: localhost
                      destination: example_virtual_cluster

        """

    private func plan(
        _ text: String, _ tree: ConfigurationTree = TreeFixture.scenario,
        pruning: ConfigurationPlan.Pruning = .nothing
    ) throws -> ConfigurationPlan {
        try ConfigurationPlan.make(current: tree, wanted: ConfigurationDocument(reading: text), pruning: pruning)
    }

    @Test func `what is exported changes nothing when it is applied`() throws {
        let text = ConfigurationDocument(TreeFixture.scenario).text
        #expect(try self.plan(text, pruning: .everything).isEmpty)
        #expect(try ConfigurationDocument(reading: text).text == text)
        #expect(try self.plan(Self.text, pruning: .everything).isEmpty)
    }

    @Test func `an empty instance gets everything in an order that works`() throws {
        let plan = try self.plan(Self.text, ConfigurationTree())
        #expect(plan.summary == "10 to create, 0 to update, 0 to delete, 0 unchanged")
        let batch = try ChangeBatch(plan.changes, ids: [:], tags: [:])
        let calls = batch.call.changes
        #expect(
            calls.map { "\($0.method.rawValue) \($0.path)" } == [
                "POST /v1/auth-servers", "POST /v1/auth-servers/{new1}/scopes", "POST /v1/auth-servers/{new1}/claims",
                "PUT /v1/auth-servers/{new1}/clients/client7", "POST /v1/event-gateways",
                "POST /v1/event-gateways/{new5}/backend-clusters", "POST /v1/event-gateways/{new5}/virtual-clusters",
                "POST /v1/event-gateways/{new5}/virtual-clusters/{new7}/cluster-policies",
                "POST /v1/event-gateways/{new5}/listeners", "POST /v1/event-gateways/{new5}/listeners/{new9}/policies",
            ])
        guard case .object(let claim) = calls[2].body, case .object(let client) = calls[3].body,
            case .object(let cluster) = calls[6].body
        else { Issue.record("bodies are objects"); return }
        #expect(claim["include_in_scopes"] == .array([.string("{new2}")]))
        #expect(client["client_secret"] == nil, "the instance generates it")
        #expect(client["allow_scopes"] == .array([.string("{new2}")]))
        #expect(client["id"] == nil)
        #expect(cluster["destination"] == .object(["name": .string("default_backend_cluster")]))

        let answer = ManagementAnswer.changes(
            (1...10).map { number in
                let id = number == 4 ? "client7" : "id\(number)"
                var body: JSONObject = ["id": .string(id)]
                if number == 4 { _ = body.insert(.string("s3cret"), forKey: "client_secret") }
                return ManagementAnswer(status: 201, body: .object(body), tag: "\"\(number)\"")
            })
        guard case .done(let done) = batch.outcome(of: answer) else { Issue.record("it is done"); return }
        #expect(done.secrets.map(\.secret) == ["s3cret"])
        #expect(done.ids[EntityKey(.scope, ["Appointments Dev", "my-scope"])] == "id2")
        #expect(done.tags["/v1/event-gateways/id5/listeners/id9/policies/id10"] == "\"10\"")
        #expect(done.tags["/v1/auth-servers/id1/clients/client7"] == "\"4\"")
    }

    @Test func `a refusal names what was to be done, its place and its fields`() throws {
        let plan = try self.plan(Self.text, ConfigurationTree())
        let batch = try ChangeBatch(plan.changes, ids: [:], tags: [:])
        var answers = Array(repeating: ManagementAnswer(status: 201), count: 8)
        answers.append(
            ManagementAnswer(
                status: 400,
                body: .object([
                    "detail": .string("Invalid request"),
                    "invalid_parameters": .array([
                        .object(["field": .string("ports"), "reason": .string("are busy")])
                    ]),
                ])))
        #expect(
            batch.outcome(of: .changes(answers))
                == .refused([
                    ChangeBatch.Refusal(
                        title: "create listener 'example_listener'",
                        key: EntityKey(.listener, ["event-gateway-quickstart", "example_listener"]),
                        reason: "ports are busy", fields: [FieldProblem(field: "ports", reason: "are busy")],
                        place: DocumentPlace(line: 49, column: 9))
                ]))
    }

    @Test func `names of what is made are none that a text holds`() throws {
        let text = Self.text.replacing("description: Scope to test", with: "description: '{new1} and {new_'")
        let batch = try ChangeBatch(
            try self.plan(text, ConfigurationTree()).changes, ids: [:], tags: [:])
        #expect(batch.call.names.compactMap(\.self).allSatisfy { $0.hasPrefix("new__") })
    }

    @Test func `what is changed and deleted names the version that was planned from`() throws {
        var tree = TreeFixture.scenario
        let gateway = "/v1/event-gateways/\(TreeFixture.gatewayID)"
        let cluster = "\(gateway)/virtual-clusters/\(TreeFixture.clusterID)"
        tree.tags = [cluster: "\"41\"", "\(gateway)/listeners/\(TreeFixture.listenerID)": "\"42\""]
        let text = """
            gateways:
              - name: event-gateway-quickstart
                virtual_clusters:
                  - name: example_virtual_cluster
                    destination: default_backend_cluster
                    dns_label: other
                    acl_mode: passthrough
                    authentication: [{type: anonymous}]
                listeners: []
            """
        let changes = try self.plan(text, tree, pruning: .belowNamed).changes.filter { $0.action != .unchanged }
        let batch = try ChangeBatch(changes, ids: tree.ids, tags: tree.tags)
        #expect(batch.call.changes.map(\.method) == [.delete, .put])
        #expect(batch.call.tags == ["\"42\"", "\"41\""])
        #expect(batch.rehearsal.path == "/v1/changes?dry_run=true")
        #expect(batch.rehearsal.body == batch.call.body)
    }

    @Test func `a change is one call with a difference, and its undo is the old state`() throws {
        let text = Self.text.replacing("acl_mode: enforce_on_gateway", with: "acl_mode: passthrough")
            .replacing("value: test\n", with: "value: other\n")
        let plan = try self.plan(text)
        let changes = plan.changes.filter { $0.action != .unchanged }
        #expect(
            changes.map(\.title) == ["update claim 'test-claim'", "update virtual cluster 'example_virtual_cluster'"])
        #expect(
            changes[1].diff.filter { $0.kind != .same }.map(\.marked) == [
                "- acl_mode: enforce_on_gateway", "+ acl_mode: passthrough",
            ])
        let ids = TreeFixture.scenario.ids
        #expect(
            try changes[0].calls[0].call(ids: ids)
                == ManagementCall(
                    .patch, "/v1/auth-servers/\(TreeFixture.serverID)/claims/22222222-0000-4000-8000-000000000003",
                    body: .object(["value": .string("other")])))
        let undo = try changes[1].undo[0].call(ids: ids)
        #expect(undo.method == .put)
        guard case .object(let body) = undo.body else { Issue.record("a body"); return }
        #expect(body["acl_mode"] == .string("enforce_on_gateway"))
    }

    @Test func `pruning deletes what a list does not hold, users before what they use`() throws {
        let text = """
            gateways:
              - name: event-gateway-quickstart
                backend_clusters: []
                virtual_clusters: []
                listeners: []
            """
        #expect(try self.plan(text).changes.map(\.action) == [.unchanged])
        let plan = try self.plan(text, pruning: .belowNamed)
        #expect(
            plan.changes.map(\.title) == [
                "delete listener 'example_listener'", "unchanged gateway 'event-gateway-quickstart'",
                "delete virtual cluster 'example_virtual_cluster'",
                "delete backend cluster 'default_backend_cluster'",
            ])
    }

    @Test func `gateways and auth servers are pruned only when everything is`() throws {
        let text = "auth_servers: []\ngateways: [{name: mine}]"
        let below = try self.plan(text, pruning: .belowNamed)
        #expect(below.changes.map(\.title) == ["create gateway 'mine'"])
        #expect(below.kept.map(\.title) == ["auth server 'Appointments Dev'", "gateway 'event-gateway-quickstart'"])
        let all = try self.plan(text, pruning: .everything)
        #expect(
            all.changes.map(\.title) == [
                "delete gateway 'event-gateway-quickstart'", "create gateway 'mine'",
                "delete auth server 'Appointments Dev'",
            ])
        #expect(all.kept.isEmpty)
        // A list that the document leaves out is left alone by both.
        let other = try self.plan("gateways: [{name: mine}]", pruning: .everything)
        #expect(!other.changes.contains { $0.key.kind == .authServer })
    }

    @Test func `policies are put in the order of the document`() throws {
        var tree = TreeFixture.scenario
        var second = TreeFixture.acl
        second.id = "33333333-0000-4000-8000-000000000001"
        second.name = "other"
        tree.typed.gateways[0].virtualClusters[0].clusterPolicies.append(second)
        var document = ConfigurationDocument(tree)
        document.gateways?[0].children[.virtualCluster]?[0].children[.clusterPolicy]?.reverse()
        let plan = try ConfigurationPlan.make(current: tree, wanted: document)
        let changes = plan.changes.filter { $0.action != .unchanged }
        #expect(changes.map(\.title) == ["order the policies of virtual cluster 'example_virtual_cluster'"])
        let call = try changes[0].calls[0].call(ids: tree.ids)
        #expect(call.path.hasSuffix("/virtual-clusters/\(TreeFixture.clusterID)/cluster-policy-chain"))
        #expect(call.body == .object(["policies": .array([.string(second.id), .string(TreeFixture.aclID)])]))
    }

    @Test(arguments: [
        ("gatways: []", "1:1: unknown property 'gatways'; there are auth_servers and gateways"),
        ("gateways:\n  - nme: a", "2:5: unknown property 'nme' of a gateway; did you mean 'name'?"),
        ("gateways:\n  - name: a\n    listeners: {}", "3:5: 'listeners' has to be a list"),
        ("gateways:\n  - name: a\n  - name: a", "3:5: a gateway named 'a' is there already"),
        ("gateways:\n  - {}", "2:5: a gateway needs a name"),
        ("gateways: [x]", "1:12: this has to be the fields of a gateway"), ("", "the document is empty"),
        ("- a", "1:1: the document has to hold 'gateways' or 'auth_servers'"),
    ])
    func `a document that makes no sense says where`(text: String, expected: String) {
        let error = #expect(throws: DocumentErrors.self) { try ConfigurationDocument(reading: text) }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
    }

    @Test func `a scope that nobody has is an error before anything is done`() throws {
        let text = Self.text.replacing("allow_scopes: [my-scope]", with: "allow_scopes: [your-scope]")
        let error = #expect(throws: DocumentErrors.self) { try self.plan(text) }
        #expect(error?.description.contains("client 'Client' names the scope 'your-scope'") == true)
    }

    @Test func `two files are one configuration, unless both speak of the same`() throws {
        var document = try ConfigurationDocument(reading: "gateways: [{name: a}]")
        try document.add(try ConfigurationDocument(reading: "gateways: [{name: b}]\nauth_servers: []"))
        #expect(document.gateways?.map(\.name) == ["a", "b"])
        #expect(document.authServers == [])
        #expect(throws: DocumentErrors.self) {
            try document.add(try ConfigurationDocument(reading: "gateways: [{name: b}]"))
        }
    }

    @Test func `a plan reads as lines`() throws {
        let text = ConfigurationPlanTests.text.replacing("acl_mode: enforce_on_gateway", with: "acl_mode: passthrough")
        let plan = try ConfigurationPlan.make(
            current: TreeFixture.scenario, wanted: ConfigurationDocument(reading: text))
        #expect(
            plan.lines(context: 1) == [
                "~ update virtual cluster 'example_virtual_cluster'", "      dns_label: vcluster-1",
                "    - acl_mode: enforce_on_gateway", "    + acl_mode: passthrough", "      authentication:",
            ])
    }
}
