import EngineInterface
import Foundation
import Resources
import Testing

@testable import Console

struct FreshnessTests {
    /// A console that gets frames of an idle engine, `rate` a second for `seconds`.
    private static func console(rate: Int, seconds: Int = 6) -> TestConsole {
        var console = TestConsole()
        var engine = TestEngine()
        console.send(.configuration(TestEngine.configuration))
        for tick in 0..<(seconds * 4) {
            engine.time = TestConsole.start.addingTimeInterval(Double(tick) / 4)
            console.send(.tick(engine.time))
            if tick % (4 / rate) == 0 { console.send(.feed(.snapshot(engine.snapshot))) }
        }
        return console
    }

    @Test(arguments: [1, 2, 4]) func `the rate shown is the measured one`(rate: Int) {
        #expect(Self.console(rate: rate).lines[0].contains("* LIVE  \(rate) Hz"))
    }

    @Test func `no rate is shown before one can be measured`() {
        var console = TestConsole()
        console.send(.feed(.snapshot(TestEngine().snapshot)))
        #expect(console.lines[0].contains("* LIVE") && !console.lines[0].contains("Hz"))
    }

    @Test func `an engine that falls silent is stale within three seconds, counted from its last frame`() {
        var console = Self.console(rate: 4)
        let last = console.state.now
        var said: Double?
        for _ in 0..<20 {
            console.advance(0.25)
            if said == nil, console.lines[0].contains("STALE") {
                said = console.state.now.timeIntervalSince(last)
                #expect(console.lines[0].contains("! STALE 2s"), "\(console.lines[0])")
            }
        }
        #expect(said.map { (2...3).contains($0) } == true, "\(said ?? -1)")
        #expect(console.lines[0].contains("! STALE 5s"))
        #expect(console.screen.contains("frozen"))
        console.send(.feed(.snapshot(TestEngine().snapshot)))
        #expect(console.lines[0].contains("* LIVE"))
    }

    @Test func `what is known of the loss replaces the guess, and the count goes on`() {
        var console = Self.console(rate: 4)
        console.advance(3)
        console.send(.feed(.lost("Nothing listens at 127.0.0.1:9190.")))
        console.advance(4)
        #expect(console.lines[0].contains("! STALE 7s"))
        #expect(console.screen.contains("Nothing listens at 127.0.0.1:9190."))
    }

    @Test(arguments: [(40, 10), (80, 24), (120, 36)])
    func `an engine that never answered is not connected, and says why in every place`(columns: Int, rows: Int) {
        var console = TestConsole(
            columns, rows, options: ConsoleOptions(attachedTo: "http://127.0.0.1:19999"))
        console.send(.feed(.lost("Nothing listens there: start `sluice serve`.")))
        for place in Place.allCases {
            console.press("\(place.rawValue)")
            #expect(console.lines[0].contains("x NOT CONNECTED"))
            #expect(!console.screen.contains("STALE") && !console.screen.contains("first figures"))
            #expect(console.screen.contains("Not connected"))
            #expect(console.screen.contains("Nothing listens there"))
        }
    }

    @Test func `r tries again once until that is answered`() {
        var console = TestConsole(options: ConsoleOptions(attachedTo: "http://127.0.0.1:19999"))
        console.send(.feed(.lost("Nothing listens there.")))
        console.press("4", "r", "r")
        let requests = DecisionsScreenTests.requests(console.takeEffects()).filter { $0.question == .reconnect }
        #expect(requests.count == 1)
        console.send(.answer(Answer(id: requests[0].id, owner: requests[0].owner, result: .success(.done))))
        console.press("r")
        #expect(DecisionsScreenTests.requests(console.takeEffects()).contains { $0.question == .reconnect })
        console.send(.feed(.snapshot(TestEngine().snapshot)))
        #expect(console.lines[0].contains("* LIVE") && !console.screen.contains("Not connected"))
        console.press("1", "r")
        #expect(!DecisionsScreenTests.requests(console.takeEffects()).contains { $0.question == .reconnect })
    }

    // MARK: Rates of an engine elsewhere

    @Test func `the first interval of a stream and the one after a gap make no peak`() {
        var console = TestConsole(options: ConsoleOptions(attachedTo: "http://127.0.0.1:9190"))
        var engine = TestEngine()
        func second(_ seconds: Double, _ count: UInt64) {
            engine.time.addTimeInterval(seconds)
            engine.count(.allowed, "a", .read, times: count)
            console.send(.tick(engine.time))
            console.send(.feed(.snapshot(engine.snapshot)))
        }
        // The first snapshot took a while to come: what the second one adds belongs to a longer time.
        second(0, 5_000)
        second(1, 4_000)
        for _ in 0..<5 { second(1, 1_500) }
        #expect(console.state.data.traffic.allowed.peak(seconds: 60) == 1_500)
        // Stopped for a minute: the average over it is true, and the rest of what waited comes a second later.
        second(60, 60_000)
        second(1, 31_500)
        for _ in 0..<3 { second(1, 1_500) }
        #expect(console.state.data.traffic.allowed.peak(seconds: 60) == 1_500)
    }

    @Test func `two frames at the turn of a second are one look`() {
        var console = TestConsole()
        var engine = TestEngine()
        engine.time = Date(timeIntervalSince1970: 1_795_524_067)
        console.send(.feed(.snapshot(engine.snapshot)))
        engine.time.addTimeInterval(1.98)
        engine.count(.allowed, "a", .read, times: 1_980)
        console.send(.feed(.snapshot(engine.snapshot)))
        engine.time.addTimeInterval(0.04)
        engine.count(.allowed, "a", .read, times: 250)
        console.send(.feed(.snapshot(engine.snapshot)))
        engine.time.addTimeInterval(0.96)
        engine.count(.allowed, "a", .read, times: 750)
        console.send(.feed(.snapshot(engine.snapshot)))
        #expect(console.state.data.traffic.allowed.peak(seconds: 60).rounded() == 1_000)
    }
}
