import EngineInterface
import Foundation
import JSON
import ResourceFixtures
import Resources
import Testing

@testable import Console

struct PrincipalBlockTests {
    private static func matrix(_ allowed: Bool) -> AccessMatrix {
        AccessMatrix(
            principal: "svc-billing",
            rows: [
                .init(
                    resource: .init(type: .topic, name: "orders.v1"), exists: true,
                    cells: [
                        .init(operation: .read, allowed: allowed, rule: "x"),
                        .init(operation: .describe, allowed: allowed, rule: "x"),
                    ])
            ], warnings: [])
    }

    /// A console with the rule that would block the client of an address on the screen.
    private static func proposing(_ client: String, _ size: Size = Size(columns: 80, rows: 24)) -> TestConsole {
        var console = TestEngine.console(size)
        console.press("/", client, "Enter")
        _ = console.takeEffects()
        console.press("B")
        for request in DecisionsScreenTests.requests(console.takeEffects()) {
            guard case .accessMatrix(let question) = request.question else { continue }
            console.send(
                DecisionsScreenTests.answer(request, .accessMatrix(Self.matrix(question.rules == .inForce))))
        }
        return console
    }

    private static func calls(_ console: inout TestConsole) -> [ManagementCall]? {
        for request in DecisionsScreenTests.requests(console.takeEffects()) {
            if case .manage(let calls) = request.question { return calls.flatMap(\.changes) }
        }
        return nil
    }

    @Test func `the rule and what it takes away are shown before anything is asked`() {
        var console = Self.proposing("10.0.7.3", Size(columns: 120, rows: 36))
        #expect(console.screen.contains("Block svc-billing"))
        #expect(console.screen.contains("condition: \"context.auth.principal.name =="))
        #expect(console.screen.contains("'svc-billing'\""))
        #expect(console.screen.contains("- read, describe  topic:orders.v1"))
        #expect(console.screen.contains("1 open connection is denied everything"))
        #expect(Self.calls(&console) == nil)
        console.press("Esc")
        #expect(console.state.live.block == nil)
        #expect(console.state.place == .live)
    }

    @Test func `the name has to be typed, and u takes the rule back`() throws {
        var console = Self.proposing("10.0.7.3")
        console.press("A")
        #expect(console.screen.contains("Block svc-billing?"))
        #expect(console.screen.contains("+ deny all on topic *"))
        console.press("Enter", "y", "Enter")
        #expect(Self.calls(&console) == nil)
        console.press("Backspace", "svc-billing", "Enter")
        let calls = try #require(Self.calls(&console))
        let path = "/v1/event-gateways/gw-1/virtual-clusters/vc-1/cluster-policies"
        #expect(calls.map(\.path) == [path])
        guard case .object(let body)? = calls.first?.body, case .object(let config)? = body["config"],
            case .array(let rules)? = config["rules"]
        else {
            Issue.record("\(calls)")
            return
        }
        // Every kind of resource: a deny wins over every allow.
        #expect(rules.count == ResourceType.allCases.count)
        #expect(body["name"] == .string("deny-svc-billing"))
        let id = try #require(console.state.changes.active).requestID
        console.send(
            .answer(
                Answer(
                    id: id, owner: .map,
                    result: .success(
                        .managed([
                            .changes([ManagementAnswer(status: 201, body: .object(["id": .string("pol-1")]))])
                        ])))))
        console.press("u")
        #expect(Self.calls(&console) == [ManagementCall(.delete, "\(path)/pol-1")])
    }

    @Test func `a block that is refused stays on the screen`() throws {
        var console = Self.proposing("10.0.7.3")
        console.press("A", "svc-billing", "Enter")
        let id = try #require(console.state.changes.active).requestID
        #expect(console.state.live.block != nil)
        let problem: JSONValue = .object(["detail": .string("the name is taken")])
        console.send(
            .answer(
                Answer(
                    id: id, owner: .map,
                    result: .success(.managed([.changes([ManagementAnswer(status: 409, body: problem)])])))))
        #expect(console.state.live.block?.isApplied == false)
        #expect(console.screen.contains("the name is taken"))
    }

    @Test(arguments: [
        ("a\u{200B}b", "a\\u{200b}b"), ("a\u{A0}b", "a b"), ("\u{301}x", "\u{301}x"), ("e\u{301}", "é"), ("a b", "a b"),
    ])
    func `a name can be typed as the question shows it`(name: String, typed: String) {
        #expect(Confirmation.isTyped(typed, name))
        #expect(!Confirmation.isTyped(typed + "x", name))
    }

    @Test func `a principal can be blocked from among the principals, while it is connected`() {
        var console = TestEngine.console()
        console.press("2", "/", "svc-billing", "Enter", "B")
        #expect(console.state.place == .live)
        #expect(console.state.live.block?.principal.name == "svc-billing")
        console.press("Esc", "2", "/", "Ctrl-U", "Enter")
        guard var snapshot = console.state.data.snapshot else { return }
        snapshot.connections = []
        snapshot.time.addTimeInterval(2)
        console.send(.feed(.snapshot(snapshot)))
        console.press("B")
        #expect(console.state.live.block == nil)
        #expect(console.screen.contains("has no connection"))
    }

    @Test func `no rule is offered for a name that is known in part`() {
        var console = TestConsole(120, 36)
        console.state.writableProduction = ["gw-1"]
        console.send(.configuration(TestEngine.configuration))
        let name = OutsideText.cut(String(repeating: "x", count: 300))
        var engine = TestEngine()
        engine.connect("10.0.0.1:1", principal: name)
        console.send(.feed(.snapshot(engine.snapshot)))
        console.send(.feed(.decisions([engine.decision(.denied, name, .write, .topic, "t", api: "Produce")])))
        console.press("B")
        #expect(console.state.live.block == nil)
        #expect(console.screen.contains("is longer than the 256 bytes"))
        console.press("4", "r")
        #expect(console.state.decisions.proposal == nil)
    }

    @Test func `a wrong name is told`() {
        var console = Self.proposing("10.0.7.3")
        console.press("A", "svc", "Enter")
        #expect(console.screen.contains("That is not the name, so nothing was done."))
        console.press("-")
        #expect(!console.screen.contains("That is not the name"))
    }

    @Test func `anonymous clients are blocked all or none, and that is said`() {
        let console = Self.proposing("10.0.9.44", Size(columns: 120, rows: 36))
        #expect(console.screen.contains("Block all anonymous clients"))
        #expect(console.screen.contains("condition: \"context.auth.type == 'anonymous'\""))
        #expect(console.screen.contains("not its address"))
    }

    @Test func `nothing is blocked in a read-only session, nor where no rules are enforced`() {
        var console = TestConsole(options: ConsoleOptions(readOnlyReason: "started with --read-only."))
        _ = TestEngine.busy(&console)
        console.press("B")
        #expect(console.state.live.block == nil)
        #expect(console.screen.contains("'principal block' is off"))
        var open = TestEngine.console()
        var tree = TestEngine.configuration
        tree.typed.gateways[0].virtualClusters[0].virtualCluster.aclMode = .passthrough
        open.send(.configuration(tree))
        open.press("B")
        #expect(open.state.live.block == nil)
        #expect(open.screen.contains("enforces no rules"))
    }

    @Test func `a connection that is gone keeps its last values, and its decisions are still found`() {
        var console = TestEngine.console()
        console.press("/", "10.0.9.44", "Enter")
        #expect(console.screen.contains(">10.0.9.44:33518"))
        guard var snapshot = console.state.data.snapshot else { return }
        snapshot.connections.removeAll { $0.remoteAddress.hasPrefix("10.0.9.44") }
        snapshot.time.addTimeInterval(2)
        console.send(.feed(.snapshot(snapshot)))
        console.advance(0.25)
        let row = console.lines.first { $0.contains(">gone") } ?? ""
        #expect(row.contains("gone 10.0.9.44"))
        #expect(row.contains("anonymous"))
        #expect(row.contains("56"))
        console.press("D")
        #expect(console.screen.contains("closed already"))
        console.press("d")
        #expect(console.state.place == .decisions)
        #expect(console.state.filters[.decisions]?.text == "client:10.0.9.44:33518")
        #expect(console.state.decisions.tail.isFollowing)
        #expect(console.state.decisions.tail.count > 0)
    }
}
