import EngineInterface
import ResourceFixtures
import Resources
import Testing

@testable import Console

/// Two gateways with a virtual cluster of the same name each.
struct SeveralGatewaysTests {
    private static func console() -> TestConsole {
        var console = TestConsole(120, 36)
        var tree = TestEngine.configuration
        var other = tree.gateways[0]
        other.gateway.id = "gw-2"
        other.gateway.name = "edge-2"
        other.virtualClusters[0].virtualCluster.id = "vc-2"
        tree.typed.gateways = [other, tree.gateways[0]]
        console.state.writableProduction = ["gw-1", "gw-2"]
        console.send(.configuration(tree))
        console.press(":gateway edge-1", "Enter")
        var engine = TestEngine()
        engine.connect("10.0.0.2:2", principal: "svc")
        console.send(.feed(.snapshot(engine.snapshot)))
        console.send(
            .feed(.decisions([engine.decision(.denied, "svc", .write, .topic, "orders", api: "Produce")])))
        _ = console.takeEffects()
        return console
    }

    /// The virtual clusters that the questions among the effects are about.
    private static func asked(_ console: inout TestConsole) -> Set<String> {
        Set(
            DecisionsScreenTests.requests(console.takeEffects()).compactMap { request in
                switch request.question {
                case .explain(let question): question.virtualCluster
                case .accessMatrix(let question): question.virtualCluster
                default: nil
                }
            })
    }

    @Test func `the engine is asked by id about the cluster of the decision's gateway`() {
        var console = Self.console()
        console.press("4", "Enter")
        #expect(Self.asked(&console) == ["vc-1"])
        console.press("r")
        #expect(Self.asked(&console) == ["vc-1"])
        console.press("Esc", "1", "B")
        #expect(Self.asked(&console) == ["vc-1"])
    }

    @Test func `another gateway is not given the rule that was looked at for the one before`() {
        var console = Self.console()
        console.press("B")
        #expect(console.state.live.block != nil)
        console.press("4", "r")
        #expect(console.state.decisions.proposal != nil)
        console.press(":gateway edge-2", "Enter")
        #expect(console.state.live.block == nil)
        #expect(console.state.decisions.proposal == nil)
    }

    @Test func `a rule is put into the gateway of the decision, which the question names`() throws {
        var console = Self.console()
        console.press("4", "r", "A")
        #expect(console.screen.contains("vc-orders of gateway 'edge-1'"))
        console.press("y")
        var paths: [String] = []
        for request in DecisionsScreenTests.requests(console.takeEffects()) {
            if case .manage(let calls) = request.question { paths += calls.flatMap(\.changes).map(\.path) }
        }
        #expect(paths == ["/v1/event-gateways/gw-1/virtual-clusters/vc-1/cluster-policies"])
    }

    @Test func `when the gateway is gone, the rule goes to no other`() {
        var console = Self.console()
        console.press("B", "A")
        var tree = console.state.data.configuration
        tree.typed.gateways.removeAll { $0.gateway.id == "gw-1" }
        console.send(.configuration(tree))
        console.press("svc", "Enter")
        #expect(console.state.changes.active == nil)
        #expect(console.screen.contains("is not in the configuration any more"))
        console.press("4")
        _ = console.takeEffects()
        console.press("Enter")
        #expect(Self.asked(&console).isEmpty)
    }
}
