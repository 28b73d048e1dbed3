import EngineInterface
import Foundation
import Resources
import Testing

@testable import Console

struct PrincipalsScreenTests {
    @Test(arguments: ["1", "2"])
    func `d goes to the newest decisions of what is under the cursor`(place: String) {
        var console = TestEngine.console()
        console.press("4", "g", place, "d")
        #expect(console.state.place == .decisions)
        #expect(console.state.decisions.tail.isFollowing)
        #expect(console.state.filters[.decisions]?.text.isEmpty == false)
    }

    @Test func `those denied most in the window come first`() {
        var console = TestEngine.console()
        console.press("2")
        #expect(console.state.principals.table.order == ["anonymous", "ci-runner", "svc-orders", "svc-billing"])
    }

    @Test func `counts of the window are what the engine counted`() {
        let console = TestEngine.console()
        let traffic = console.state.data.traffic
        let second = traffic.second
        #expect(traffic.principals["anonymous"]?.deniedTotal(.fiveMinutes, at: second) == 56)
        #expect(traffic.principals["anonymous"]?.deniedTotal(.minute, at: second) == 56)
        #expect(traffic.principals["anonymous"]?.denyRate == 7)
        #expect(traffic.principals["ci-runner"]?.deniedTotal(.minute, at: second) == 2)
        #expect(traffic.principals["ci-runner"]?.deniedTotal(.quarter, at: second) == 3)
        #expect(traffic.totals.denied == 59)
    }

    @Test func `enter opens the denials of the principal`() {
        var console = TestEngine.console()
        console.press("2", "Enter")
        #expect(console.state.place == .decisions)
        #expect(console.state.filters[.decisions]?.text == "principal:anonymous & deny")
        #expect(console.state.decisions.tail.count == 56)
        console.press("`")
        #expect(console.state.place == .principals)
    }

    @Test func `a name that needs quotes is found again`() {
        var console = TestConsole()
        var engine = TestEngine()
        engine.connect("10.0.0.1:1", principal: "CN=a b (\"x\"), *")
        console.send(.feed(.snapshot(engine.snapshot)))
        console.send(
            .feed(.decisions([engine.decision(.allowed, "CN=a b (\"x\"), *", .read, .topic, "t")])))
        console.press("2", "Enter")
        #expect(console.state.filters[.decisions]?.problem == nil)
        #expect(console.state.decisions.tail.count == 1)
    }

    @Test func `t goes to the token lab and d to the connections`() {
        var console = TestEngine.console()
        console.press("2", "t")
        #expect(console.state.place == .tokens)
        #expect(console.state.tokens.subject == .anonymous)
        console.press("2", "Down", "t")
        #expect(console.state.tokens.subject == .principal("ci-runner"))
        console.press("2", "v")
        #expect(console.state.place == .topics)
        console.press("2", "i")
        #expect(console.state.place == .live)
        #expect(console.state.filters[.live]?.text == "principal:ci-runner")
        #expect(console.state.live.table.order == ["4"])
    }

    @Test func `windows change the ranking and the titles`() {
        var console = TestEngine.console()
        console.press("2", "w")
        #expect(console.screen.contains("[15m]"))
        console.press(":", "principals window 1m", "Enter")
        #expect(console.screen.contains("denials in 60 s"))
    }

    @Test func `reasons are counted by operation, resource and rule`() {
        let console = TestEngine.console()
        let reasons = DenialReasons.of(
            "anonymous", console.state.data.decisions, since: TestConsole.start.addingTimeInterval(-300))
        #expect(reasons.map(\.count) == [40, 16])
        #expect(reasons.first?.reason.resource == "topic:orders.v1")
    }
}
