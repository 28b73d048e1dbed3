import EngineInterface
import Foundation
import Resources
import Testing

@testable import Console

struct LiveScreenTests {
    @Test func `rates are what happened between two looks a second apart`() {
        var console = TestConsole()
        var engine = TestEngine()
        engine.connect("10.0.0.1:1", principal: "a")
        engine.flow("10.0.0.1:1", bytesIn: 5_000, bytesOut: 7_000)
        console.send(.feed(.snapshot(engine.snapshot)))
        engine.time.addTimeInterval(2)
        engine.flow("10.0.0.1:1", bytesIn: 3_000, bytesOut: 9_000)
        console.send(.feed(.snapshot(engine.snapshot)))
        let session = console.state.data.traffic.sessions[1]
        #expect(session?.inRate == 1_500)
        #expect(session?.outRate == 4_500)
    }

    @Test func `limits are shown once a client ran into one`() {
        var console = TestConsole()
        var engine = TestEngine()
        engine.connect("10.0.0.1:1", principal: "a")
        console.send(.feed(.snapshot(engine.snapshot)))
        #expect(!console.screen.contains("limits"))
        engine.time.addTimeInterval(1)
        var snapshot = engine.snapshot
        snapshot.limits = [LimitCount(.requestBytes, count: 3), LimitCount(.idle, count: 1_200)]
        console.send(.feed(.snapshot(snapshot)))
        #expect(console.screen.contains("limits: idle 1 200, request bytes 3"), "\(console.screen)")
    }

    @Test func `the cursor stays on its connection when the order changes`() {
        var console = TestEngine.console()
        console.press("Down", "Down")
        let selected = console.state.live.table.selected
        var engine = TestEngine()
        console.advance(3)
        engine.time = console.state.now
        engine.connections = console.state.data.snapshot?.connections ?? []
        engine.flow("10.1.2.8:60021", bytesOut: 9_000_000_000)
        console.send(.feed(.snapshot(engine.snapshot)))
        #expect(console.state.live.table.selected == selected)
        #expect(console.state.live.table.order.first == "4")
    }

    @Test func `a connection that left stays until the cursor moves`() {
        var console = TestEngine.console()
        console.press("Down")
        let gone = console.state.live.table.selected
        var engine = TestEngine()
        console.advance(2)
        engine.time = console.state.now
        engine.connections = (console.state.data.snapshot?.connections ?? []).filter { String($0.sessionID) != gone }
        console.send(.feed(.snapshot(engine.snapshot)))
        #expect(console.screen.contains("gone"))
        console.press("Down")
        #expect(!console.screen.contains("gone"))
    }

    @Test func `pause freezes the rows and counts what comes`() {
        var console = TestEngine.console()
        console.press("Space")
        let before = Array(console.lines[3..<20])
        var engine = TestEngine()
        console.advance(2)
        engine.time = console.state.now
        engine.count(.allowed, "svc-orders", .write, times: console.state.data.traffic.totals.all + 318)
        console.send(.feed(.snapshot(engine.snapshot)))
        #expect(console.lines[0].contains("|| PAUSED +318"))
        #expect(Array(console.lines[3..<20]) == before)
        console.press("Space")
        #expect(console.screen.contains("gone"))
    }

    @Test func `closing one connection takes a yes, since its client comes back by itself`() {
        var console = TestEngine.console()
        console.press("/", "svc-billing", "Enter")
        _ = console.takeEffects()
        console.press("D", "Enter")
        #expect(console.takeEffects() == [], "no is the default")
        console.press("D")
        #expect(console.screen.contains("10.0.7.3:51990"))
        console.press("y")
        let requests = DecisionsScreenTests.requests(console.takeEffects())
        #expect(requests.map(\.question) == [.closeConnection(sessionID: 3)])
        console.send(DecisionsScreenTests.answer(requests[0], .closed(true)))
        #expect(console.screen.contains("Closed the connection of 10.0.7.3:51990."))
    }

    @Test func `no connection is closed in a read-only session`() {
        var console = TestConsole(options: ConsoleOptions(readOnlyReason: "started with --read-only."))
        _ = TestEngine.busy(&console)
        console.press("D")
        #expect(console.state.overlays.isEmpty)
        #expect(console.screen.contains("'connection close' is off"))
    }

    @Test func `enter looks into a connection and enter again into its decisions`() {
        var console = TestEngine.console()
        console.press("/", "kcat", "Enter", "Enter")
        #expect(console.screen.contains("last denials") || console.screen.contains("signed in"))
        console.press("Enter")
        #expect(console.state.place == .decisions)
        #expect(console.state.filters[.decisions]?.text == "client:10.0.9.44:33518")
        #expect(console.state.decisions.tail.count == 64)
    }

    @Test func `sorting is chosen, turned round and kept`() {
        var console = TestEngine.console()
        console.press("s", "client", "Enter")
        #expect(console.state.live.table.order == ["1", "2", "3", "5", "6", "4"])
        console.press("S")
        #expect(console.state.live.table.order == ["4", "6", "5", "3", "2", "1"])
        #expect(console.state.preferences.sort["live"] == "-client")
        var again = TestConsole()
        again.state.preferences.sort["live"] = "-client"
        _ = TestEngine.busy(&again)
        #expect(again.state.live.table.order == ["4", "6", "5", "3", "2", "1"])
    }

    @Test func `a lost stream is stale and loses nothing`() {
        var console = TestEngine.console()
        let before = Array(console.lines[3..<21])
        let decisions = console.state.data.decisions.count
        console.send(.feed(.lost("the connection broke")))
        console.advance(12)
        #expect(console.lines[0].contains("! STALE 12s"))
        #expect(Array(console.lines[3..<21]) == before)
        #expect(console.state.data.decisions.count == decisions)
        var engine = TestEngine()
        engine.time = console.state.now
        engine.connections = console.state.data.snapshot?.connections ?? []
        console.send(.feed(.snapshot(engine.snapshot)))
        #expect(console.lines[0].contains("* LIVE"))
        #expect(console.state.data.decisions.count == decisions)
    }

    @Test func `many denials are told from the usual few`() {
        let console = TestEngine.console()
        let storm = console.state.data.traffic.denyStorm
        #expect(storm.map { $0 > 10 } == true)
        #expect(console.screen.contains("(!) x"))
        var quiet = TestConsole()
        _ = TestEngine.busy(&quiet, seconds: 40)
        #expect(quiet.state.data.traffic.denyStorm == nil, "too little is known yet")
    }

    @Test func `a connection in detail looks as kept`() {
        expectGoldens("live/detail") { size, glyphs in
            var console = TestEngine.console(size, glyphs)
            console.press("/", "kcat", "Enter", "Enter")
            return console.state
        }
        expectGoldens("live/paused") { size, glyphs in
            var console = TestEngine.console(size, glyphs)
            console.press("Space", "w")
            return console.state
        }
    }
}
