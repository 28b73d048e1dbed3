import EngineInterface
import JSON
import ResourceFixtures
import Resources
import Testing

@testable import Console

struct MapTests {
    private func console(
        _ columns: Int = 80, _ rows: Int = 24, glyphs: Glyphs = .ascii,
        tree: ConfigurationTree = TreeFixture.scenario, snapshot: LiveSnapshot? = TreeFixture.healthy,
        options: ConsoleOptions = ConsoleOptions()
    ) -> TestConsole {
        var console = TestConsole(columns, rows, glyphs: glyphs, options: options)
        console.send(.configuration(tree))
        if let snapshot { console.send(.feed(.snapshot(snapshot))) }
        console.press("3")
        _ = console.takeEffects()
        return console
    }

    private func answer(_ console: inout TestConsole, _ value: AnswerValue) {
        guard let id = self.pendingID(&console) else { Issue.record("nothing was asked"); return }
        var value = value
        if case .managed(let answers) = value { value = .managed([.changes(answers)]) }
        console.send(.answer(Answer(id: id, owner: .map, result: .success(value))))
    }

    /// The last request, leaving the effects.
    private func pendingID(_ console: inout TestConsole) -> Int? {
        for effect in console.effects.reversed() {
            switch effect {
            case .edit(let id, _, _, _): return id
            case .ask(let request):
                if case .manage = request.question { return request.id }
            default: continue
            }
        }
        return nil
    }

    private func calls(_ console: TestConsole) -> [ManagementCall] {
        console.effects.flatMap { effect -> [ManagementCall] in
            if case .ask(let request) = effect, case .manage(let calls) = request.question {
                return calls.filter { !$0.path.hasSuffix("dry_run=true") }.flatMap(\.changes)
            }
            return []
        }
    }

    private func edited(_ console: TestConsole) -> String? {
        for effect in console.effects.reversed() {
            if case .edit(_, _, _, let text) = effect { return text }
        }
        return nil
    }

    // MARK: The tree

    @Test func `the tree shows what leads where, and auth servers closed`() {
        let console = self.console()
        #expect(
            console.state.map.order.compactMap { console.state.map.rows[$0]?.node.key.title } == [
                "backend cluster 'default_backend_cluster'", "virtual cluster 'example_virtual_cluster'",
                "cluster policy 'acl_policy'", "listener 'example_listener'", "listener policy 'forward'",
                "auth server 'Appointments Dev'",
            ])
    }

    @Test func `left closes and goes up, right opens and goes down`() {
        var console = self.console()
        console.press("Right")
        #expect(console.state.map.selection?.node.name == "example_virtual_cluster")
        console.press("Left")
        #expect(console.state.map.order.count == 3)
        console.press("Left", "Left")
        #expect(console.state.map.order.count == 2)
        console.press("*")
        #expect(console.state.map.order.count == 9)
        console.press("*")
        #expect(console.state.map.order.count == 2)
    }

    @Test func `a name behind map leads to its node`() {
        var console = self.console()
        console.press(":map my-scope", "Enter")
        #expect(console.state.map.selection?.node.key == EntityKey(.scope, ["Appointments Dev", "my-scope"]))
        console.press(":map forw", "Enter")
        #expect(console.state.map.selection?.node.key.kind == .listenerPolicy)
        console.press(":map nothing-like-it", "Enter")
        #expect(console.state.filters[.map]?.text == "nothing-like-it")
    }

    @Test func `a filter keeps what matches and the way to it`() {
        var console = self.console()
        console.press("/", "acl_pol", "Enter")
        #expect(console.state.map.order.count == 3)
        console.press("/", "Ctrl-U", "zzz", "Enter")
        #expect(console.screen.contains("Nothing here matches the filter."))
    }

    @Test func `the row of a deleted entity stays as gone until the cursor moves`() {
        var console = self.console()
        console.press(":map forward", "Enter")
        var tree = TreeFixture.scenario
        tree.typed.gateways[0].listeners[0].policies = []
        console.send(.configuration(tree))
        let line = console.lines.first { $0.contains("gone") }
        #expect(line?.contains("policy forward") == true, "\(line ?? console.screen)")
        #expect(console.state.map.selection == nil)
        console.press("e")
        #expect(console.screen.contains("nothing is selected"))
        console.press("Up")
        #expect(console.state.map.selection != nil)
    }

    @Test func `another gateway is shown from its top, and found by its name`() {
        var tree = TreeFixture.scenario
        var other = tree.gateways[0]
        other.gateway.id = "11111111-0000-4000-8000-000000000099"
        other.gateway.name = "edge-2"
        (other.backendClusters, other.virtualClusters, other.listeners) = ([], [], [])
        tree.typed.gateways.append(other)
        var console = self.console(tree: tree)
        console.press(":map forward", "Enter")
        console.press("Ctrl-P", "edge-2", "Enter")
        #expect(console.state.data.gateway?.name == "edge-2")
        #expect(!console.screen.contains("gone"))
        #expect(console.state.map.selection?.node.key.title == "auth server 'Appointments Dev'")
        console.press(":gateway edge-3", "Enter")
        #expect(console.screen.contains("There is no gateway 'edge-3'. The gateways are: "))
    }

    // MARK: Adding

    @Test func `adding opens a template that the API then judges`() {
        var console = self.console()
        console.press("a")
        #expect(console.screen.contains("virtual cluster"))
        console.press("listener", "Enter")
        #expect(self.edited(console)?.contains("name: my-listener") == true)
        self.answer(&console, .edited("name: extra\naddresses: [\"127.0.0.1\"]\nports: [29092]\n"))
        #expect(console.screen.contains("create listener 'extra'?"))
        #expect(console.screen.contains("+ name: extra"))
        #expect(self.calls(console).isEmpty)
        console.press("y")
        #expect(
            self.calls(console) == [
                ManagementCall(
                    .post, "/v1/event-gateways/\(TreeFixture.gatewayID)/listeners",
                    body: .object([
                        "name": .string("extra"), "description": .string(""),
                        "addresses": .array([.string("127.0.0.1")]), "ports": .array([.integer(29_092)]),
                        "labels": .object([:]),
                    ]))
            ])
        self.answer(&console, .managed([ManagementAnswer(status: 201, body: .object(["id": .string("new-id")]))]))
        #expect(console.screen.contains("Done: create listener 'extra'. u undoes it."))
        #expect(console.state.map.draft == nil)
        #expect(
            console.effects.contains { if case .ask(let r) = $0 { r.question == .refreshConfiguration } else { false } }
        )
    }

    @Test func `what the API refuses is kept with its reasons, line by line`() {
        var console = self.console()
        console.press(":map add listener", "Enter")
        self.answer(&console, .edited("# mine\nname: extra\naddresses: [\"127.0.0.1\"]\nports: [19092]\n"))
        console.press("y")
        let problem: JSONValue = .object([
            "detail": .string("Invalid request"),
            "invalid_parameters": .array([
                .object(["field": .string("ports"), "reason": .string("[19092] belongs to another listener")])
            ]),
        ])
        self.answer(&console, .managed([ManagementAnswer(status: 400, body: problem)]))
        #expect(console.screen.contains("4:1: ports [19092] belongs to another listener"))
        console.press("y")
        #expect(
            self.edited(console) == """
                #! 4:1: ports [19092] belongs to another listener
                # mine
                name: extra
                addresses: ["127.0.0.1"]
                ports: [19092]

                """)
        self.answer(&console, .edited("#! 4:1: ports x\nname: extra\nports [1\n"))
        #expect(console.screen.contains("The listener is not readable yet"))
        console.press("n", ":map retry", "Enter")
        #expect(self.edited(console)?.hasSuffix("name: extra\nports [1\n") == true)
    }

    @Test func `closing the editor without a change adds nothing`() {
        var console = self.console()
        console.press(":map add listener", "Enter")
        guard let id = self.pendingID(&console) else { Issue.record("nothing was asked"); return }
        console.send(.answer(Answer(id: id, owner: .map, result: .failure(EngineClientError("Nothing was changed.")))))
        #expect(console.screen.contains("Nothing was changed."))
        #expect(console.state.map.draft == nil)
        #expect(console.state.overlays.isEmpty)
    }

    @Test func `a new client's secret is shown once`() {
        var console = self.console()
        console.press(":map Appointments Dev", "Enter", ":map add client", "Enter")
        self.answer(&console, .edited("name: robot\ngrant_types: [client_credentials]\nresponse_types: [token]\n"))
        console.press("y")
        let body: JSONValue = .object(["id": .string("robot1"), "client_secret": .string("hush-hush")])
        self.answer(&console, .managed([ManagementAnswer(status: 201, body: body)]))
        #expect(console.screen.contains("client secret  hush-hush"))
        console.press("Esc")
        #expect(!"\(console.state)".contains("hush-hush"))
    }

    // MARK: Editing, undoing

    @Test func `an edit shows the difference, and u and ctrl-r go back and forth`() {
        var console = self.console()
        console.press(":map example_virtual_cluster", "Enter", "e")
        guard let text = self.edited(console) else { Issue.record("no editor"); return }
        #expect(!text.contains("id:"))
        self.answer(&console, .edited(text.replacing("enforce_on_gateway", with: "passthrough")))
        #expect(console.screen.contains("- acl_mode: enforce_on_gateway"))
        #expect(console.screen.contains("+ acl_mode: passthrough"))
        #expect(console.screen.contains("Concerns 3 live connections."))
        console.press("y")
        let path = "/v1/event-gateways/\(TreeFixture.gatewayID)/virtual-clusters/\(TreeFixture.clusterID)"
        #expect(self.calls(console).map(\.path) == [path])
        self.answer(
            &console, .managed([ManagementAnswer(status: 200, body: .object(["id": .string(TreeFixture.clusterID)]))]))
        console.press("u")
        self.answer(&console, .managed([ManagementAnswer(status: 200)]))
        #expect(console.screen.contains("Undid: update virtual cluster"))
        console.press("Ctrl-R")
        self.answer(&console, .managed([ManagementAnswer(status: 200)]))
        let modes = self.calls(console).map { call -> JSONValue? in
            if case .object(let body) = call.body { return body["acl_mode"] }
            return nil
        }
        #expect(modes == [.string("passthrough"), .string("enforce_on_gateway"), .string("passthrough")])
        #expect(self.calls(console).allSatisfy { $0.method == .put && $0.path == path })
    }

    @Test func `changes and their undoing name the versions that they were made from`() {
        let path =
            "/v1/event-gateways/\(TreeFixture.gatewayID)/virtual-clusters/\(TreeFixture.clusterID)"
            + "/cluster-policies/\(TreeFixture.aclID)"
        var tree = TreeFixture.scenario
        tree.tags = [path: "\"7\""]
        var console = self.console(tree: tree)
        console.press(":map acl_policy", "Enter", "Space", "y")
        #expect(self.requests(console).last?.tags == ["\"7\""])
        let body: JSONValue = .object(["id": .string(TreeFixture.aclID)])
        self.answer(&console, .managed([ManagementAnswer(status: 200, body: body, tag: "\"8\"")]))
        // Somebody else changed it meanwhile: the undo still names what this console left.
        tree.tags = [path: "\"9\""]
        console.send(.configuration(tree))
        console.press("u")
        #expect(self.requests(console).last?.tags == ["\"8\""])
        let problem: JSONValue = .object(["detail": .string("If-Match names [\"8\"], and [\"9\"] is in force")])
        self.answer(&console, .managed([ManagementAnswer(status: 412, body: problem)]))
        #expect(console.state.flash?.text.contains("somebody else changed it since it was read") == true)
        #expect(console.state.changes.done.isEmpty, "it can never be undone: older changes can be")
        #expect(console.state.flash?.text.contains("u continues with the change before it") == true)
    }

    @Test func `what the API would not take is told before the yes`() {
        var console = self.console()
        console.press(":map example_listener", "Enter", "e")
        self.answer(&console, .edited(self.edited(console)?.replacing("example_listener", with: "edge") ?? ""))
        #expect(console.screen.contains("+ name: edge"))
        let problem: JSONValue = .object(["detail": .string("another listener has these ports")])
        self.answer(&console, .managed([ManagementAnswer(status: 400, body: problem)]))
        #expect(console.screen.contains("The listener is refused"))
        #expect(console.screen.contains("another listener has these ports"))
        #expect(self.calls(console).isEmpty)
        console.press("y")
        self.answer(&console, .unedited)
        #expect(console.screen.contains("+ name: edge"))
        self.answer(&console, .managed([ManagementAnswer(status: 200)]))
        console.press("y")
        #expect(self.calls(console).count == 1)
    }

    @Test func `what was refused is proposed again as it was written`() {
        let path = "/v1/event-gateways/\(TreeFixture.gatewayID)/listeners/\(TreeFixture.listenerID)"
        var tree = TreeFixture.scenario
        tree.tags = [path: "\"7\""]
        var console = self.console(tree: tree)
        console.press(":map example_listener", "Enter", "e")
        let text = self.edited(console)?.replacing("example_listener", with: "edge") ?? ""
        tree.tags = [path: "\"8\""]
        console.send(.configuration(tree))
        self.answer(&console, .edited(text))
        console.press("y")
        self.answer(&console, .managed([ManagementAnswer(status: 412, body: .object(["detail": .string("changed")]))]))
        console.press("y")
        self.answer(&console, .unedited)
        #expect(console.screen.contains("+ name: edge"))
        console.press("y")
        #expect(self.requests(console).last?.tags == ["\"8\""])
        var other = self.console(tree: tree)
        other.press(":map example_listener", "Enter", "e")
        self.answer(&other, .unedited)
        #expect(other.state.map.draft == nil)
        #expect(other.screen.contains("Nothing was changed."))
    }

    @Test func `an edit names the version that the editor was opened with`() {
        let path = "/v1/event-gateways/\(TreeFixture.gatewayID)/listeners/\(TreeFixture.listenerID)"
        var tree = TreeFixture.scenario
        tree.tags = [path: "\"7\""]
        var console = self.console(tree: tree)
        console.press(":map example_listener", "Enter", "e")
        let text = self.edited(console)?.replacing("example_listener", with: "edge") ?? ""
        // Somebody else saves while the editor is open.
        tree.tags = [path: "\"8\""]
        tree.typed.gateways[0].listeners[0].listener.description = "theirs"
        console.send(.configuration(tree))
        self.answer(&console, .edited(text))
        console.press("y")
        #expect(self.requests(console).last?.tags == ["\"7\""])
        self.answer(
            &console, .managed([ManagementAnswer(status: 412, body: .object(["detail": .string("another version")]))]))
        #expect(console.screen.contains("somebody else changed it"))
        // Opened again, the difference to theirs is shown before anything is overwritten.
        console.press("y")
        self.answer(&console, .edited(text))
        #expect(console.screen.contains("- description: theirs"))
        console.press("y")
        #expect(self.requests(console).last?.tags == ["\"8\""])
    }

    private func requests(_ console: TestConsole) -> [ManagementCall] {
        console.effects.flatMap { effect -> [ManagementCall] in
            if case .ask(let request) = effect, case .manage(let calls) = request.question {
                return calls.filter { !$0.path.hasSuffix("dry_run=true") }
            }
            return []
        }
    }

    @Test func `an unchanged text changes nothing`() {
        var console = self.console()
        console.press("e")
        self.answer(&console, .edited(self.edited(console) ?? ""))
        #expect(console.screen.contains("Nothing was changed in backend cluster"))
        #expect(console.state.overlays.isEmpty)
    }

    @Test func `an undo that fails stays to be tried again`() {
        var console = self.console()
        console.press(":map acl_policy", "Enter", "Space", "y")
        self.answer(&console, .managed([ManagementAnswer(status: 200)]))
        console.press("u")
        guard let id = self.pendingID(&console) else { Issue.record("nothing was asked"); return }
        console.send(.answer(Answer(id: id, owner: .map, result: .failure(EngineClientError("No answer.")))))
        #expect(console.screen.contains("Could not undo turn off cluster policy 'acl_policy': No answer."))
        #expect(console.state.changes.done.count == 1)
    }

    @Test func `space turns a policy off after asking`() {
        var console = self.console()
        console.press(":map acl_policy", "Enter", "Space")
        #expect(console.screen.contains("turn off cluster policy 'acl_policy'?"))
        #expect(console.screen.contains("3 live connections: holds for their next request."))
        console.press("Enter")
        #expect(self.calls(console).isEmpty)
        console.press("Space", "y")
        guard case .object(let body) = self.calls(console).first?.body else { Issue.record("no call"); return }
        #expect(body["enabled"] == .bool(false))
        #expect(body["condition"] == .string("context.auth.principal.name == \"client7\""))
    }

    @Test func `a refusal of one change does not open the draft of another`() {
        var console = self.console()
        console.press(":map add listener", "Enter")
        self.answer(&console, .edited("name: extra\naddresses: [\"127.0.0.1\"]\nports: [29092]\n"))
        console.press("n", ":map acl_policy", "Enter", "Space", "y")
        self.answer(&console, .managed([ManagementAnswer(status: 503)]))
        #expect(console.screen.contains("Could not turn off cluster policy 'acl_policy'"))
        #expect(console.state.overlays.isEmpty)
        #expect(console.state.map.draft?.text.contains("extra") == true)
    }

    @Test func `a new policy without a name is told from those that are there`() {
        var tree = TreeFixture.scenario
        tree.typed.gateways[0].virtualClusters[0].clusterPolicies[0].name = nil
        var console = self.console(tree: tree)
        console.press(":map example_virtual_cluster", "Enter", ":map add cluster-policy", "Enter")
        self.answer(&console, .edited("type: acls\nconfig: {rules: []}\n"))
        #expect(console.screen.contains("create cluster policy '#2'?"))
        console.press("y")
        self.answer(&console, .managed([ManagementAnswer(status: 201, body: .object(["id": .string("second")]))]))
        console.press("u")
        #expect(self.calls(console).last?.path.hasSuffix("/cluster-policies/second") == true)
        #expect(self.calls(console).last?.method == .delete)
    }

    @Test func `a rename can be undone before the configuration was read again`() {
        var console = self.console()
        console.press(":map example_listener", "Enter", "e")
        let text = self.edited(console)?.replacing("example_listener", with: "edge") ?? ""
        self.answer(&console, .edited(text))
        console.press("y")
        self.answer(
            &console,
            .managed([ManagementAnswer(status: 200, body: .object(["id": .string(TreeFixture.listenerID)]))]))
        console.press("u")
        guard let last = self.calls(console).last, case .object(let body) = last.body else {
            Issue.record("no call")
            return
        }
        #expect(last.path.hasSuffix("/listeners/\(TreeFixture.listenerID)"))
        #expect(body["name"] == .string("example_listener"))
    }

    @Test func `deleting what had secrets is not offered to be undone`() {
        var console = self.console()
        console.press(":map Client", "Enter", "D")
        #expect(console.screen.contains("This cannot be undone: secrets are not kept."))
        console.press("Client", "Enter")
        self.answer(&console, .managed([ManagementAnswer(status: 204)]))
        #expect(console.screen.contains("Done: delete client 'Client'."))
        #expect(!console.screen.contains("takes it back"))
        #expect(console.state.changes.done.isEmpty)
    }

    @Test func `the gateway itself is edited by name`() {
        var console = self.console()
        console.press(":map edit gateway", "Enter")
        let text = self.edited(console) ?? ""
        #expect(text == "name: event-gateway-quickstart\n")
        self.answer(&console, .edited(text + "labels: {env: prod}\n"))
        console.press("y")
        #expect(self.calls(console).map(\.path) == ["/v1/event-gateways/\(TreeFixture.gatewayID)"])
    }

    // MARK: Deleting

    @Test func `deleting asks for the name and tells what it cuts`() {
        var console = self.console()
        console.press(":map example_listener", "Enter", "D")
        #expect(console.screen.contains("Live connections concerned: 3"))
        #expect(console.screen.contains("Goes with it: listener policy 'forward'"))
        console.press("y", "Enter", "Ctrl-U", "example_listener", "Enter")
        #expect(
            self.calls(console) == [
                ManagementCall(
                    .delete, "/v1/event-gateways/\(TreeFixture.gatewayID)/listeners/\(TreeFixture.listenerID)")
            ])
        self.answer(&console, .managed([ManagementAnswer(status: 204)]))
        var tree = TreeFixture.scenario
        tree.typed.gateways[0].listeners = []
        console.send(.configuration(tree))
        console.press("u")
        self.answer(&console, .managed([ManagementAnswer(status: 201, body: .object(["id": .string("again")]))]))
        #expect(
            self.calls(console)[1...].map { "\($0.method.rawValue) \($0.path)" } == [
                "POST /v1/event-gateways/\(TreeFixture.gatewayID)/listeners",
                "POST /v1/event-gateways/\(TreeFixture.gatewayID)/listeners/{new1}/policies",
            ])
    }

    @Test func `what is in use cannot be deleted and says by whom`() {
        var console = self.console()
        console.press("D")
        #expect(console.screen.contains("In use by virtual cluster 'example_virtual_cluster'"))
        #expect(console.state.overlays.isEmpty)
        console.press("Down", "D")
        #expect(console.screen.contains("In use by policy 'forward' of listener 'example_listener'"))
    }

    @Test func `a read-only session changes nothing`() {
        var console = self.console(options: ConsoleOptions(readOnlyReason: "this session only looks"))
        for key in ["a", "e", "D", "Space", "u"] { console.press(key) }
        #expect(console.takeEffects() == [])
        #expect(console.state.overlays.isEmpty)
    }
}
