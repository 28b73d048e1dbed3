import EngineInterface
import Foundation
import ResourceFixtures
import Resources
import Testing

@testable import Console

struct EngineDataTests {
    private static func record(_ sequence: UInt64, _ verdict: Verdict = .allowed, at seconds: Double = 0)
        -> DecisionRecord
    {
        DecisionRecord(
            sequence: sequence, eventLoop: 0, ordinal: sequence, time: TestConsole.start.addingTimeInterval(seconds),
            gateway: "edge-1",
            virtualCluster: "vc", principal: "p", sessionID: 1, clientID: nil, api: "Fetch", resourceType: .topic,
            resourceName: "t\(sequence)", operation: .read, verdict: verdict, rule: "r[0]", reason: "because")
    }

    private static func sequences(_ log: DecisionLog) -> [UInt64] {
        (0..<log.count).compactMap { log.at($0)?.record.sequence }
    }

    @Test func `each sequence is taken once, in order, and gaps are counted`() {
        var log = DecisionLog()
        log.append([1, 2, 3].map { Self.record($0) })
        log.append([2, 3, 4].map { Self.record($0) })
        log.append([8, 9].map { Self.record($0) })
        #expect(Self.sequences(log) == [1, 2, 3, 4, 8, 9])
        #expect(log.unlisted == 3)
    }

    @Test func `what was not shown is counted by each event loop, however far its numbers are apart`() {
        func record(_ sequence: UInt64, loop: Int, ordinal: UInt64) -> DecisionRecord {
            var record = Self.record(sequence)
            record.eventLoop = loop
            record.ordinal = ordinal
            return record
        }
        var log = DecisionLog()
        log.append([record(64_000, loop: 0, ordinal: 7), record(99_001, loop: 1, ordinal: 3)])
        #expect(log.isContinued(by: [record(128_000, loop: 0, ordinal: 8), record(192_000, loop: 0, ordinal: 9)]))
        #expect(!log.isContinued(by: [record(128_000, loop: 0, ordinal: 8), record(192_001, loop: 1, ordinal: 5)]))
        log.append([record(128_000, loop: 0, ordinal: 8), record(192_001, loop: 1, ordinal: 4)])
        #expect(log.unlisted == 0)
        log.append([record(256_000, loop: 0, ordinal: 11), record(256_001, loop: 1, ordinal: 5)])
        #expect(log.unlisted == 2)
    }

    @Test func `an engine that started anew counts from one again`() {
        var log = DecisionLog()
        log.append([Self.record(100), Self.record(101)])
        log.append([Self.record(1, at: 60), Self.record(2, at: 60)])
        #expect(Self.sequences(log) == [100, 101, 1, 2])
        #expect(log.unlisted == 0)
        #expect(log.entry(3)?.record.sequence == 2)
    }

    @Test func `denials outlive what was allowed`() {
        var log = DecisionLog(capacity: 4, denialCapacity: 2)
        log.append((1...10).map { Self.record($0, $0 == 2 || $0 == 3 || $0 == 9 ? .denied : .allowed) })
        #expect(Self.sequences(log) == [3, 7, 8, 9, 10])
        #expect(log.dropped == 5)
        #expect(log.entry(2)?.record.sequence == 3)
        #expect(log.entry(1) == nil)
        var seen: [UInt64] = []
        log.forEach(from: 0) {
            seen.append($0.record.sequence)
            return true
        }
        #expect(seen == [3, 7, 8, 9, 10])
        #expect(log.index(atOrAfter: 0) == 0)
        #expect(log.index(atOrAfter: 3) == 1)
        #expect(log.index(atOrAfter: 9).flatMap(log.at)?.record.sequence == 10)
        #expect(log.index(atOrAfter: 10) == nil)
    }

    @Test func `a full log keeps as many as it says`() {
        var log = DecisionLog()
        for start in stride(from: UInt64(1), through: 60_000, by: 1000) {
            log.append((start..<start + 1000).map { Self.record($0) })
        }
        #expect(log.count == 50_000)
        #expect(log.dropped == 10_000)
        #expect(log.oldest?.record.sequence == 10_001)
        #expect(log.newest?.record.sequence == 60_000)
        #expect(log.unlisted == 0)
    }

    @Test func `a filtered list forgets what left the log`() {
        var console = TestConsole()
        console.press("4", "/", "read", "Enter")
        for start in stride(from: UInt64(1), through: 56_000, by: 4000) {
            console.send(.feed(.decisions((start..<start + 4000).map { Self.record($0) })))
        }
        #expect(console.state.decisions.tail.count == 50_000)
        #expect(console.state.decisions.tail.selected == 55_999)
        console.press("g")
        #expect(DecisionsScreen.entry(under: console.state)?.record.sequence == 6_001)
    }

    @Test func `a snapshot's decisions are taken when there is no stream, and never in its way`() {
        var console = TestConsole()
        var engine = TestEngine()
        var snapshot = engine.snapshot
        snapshot.decisions = [Self.record(50), Self.record(51)]
        console.send(.feed(.snapshot(snapshot)))
        #expect(console.state.data.decisions.count == 0)
        console.send(.feed(.decisions((1...51).map { Self.record($0) })))
        snapshot.decisions = [Self.record(51), Self.record(52)]
        snapshot.time.addTimeInterval(1)
        console.send(.feed(.snapshot(snapshot)))
        #expect(console.state.data.decisions.count == 52)
        snapshot.decisions = [Self.record(90)]
        snapshot.time.addTimeInterval(1)
        console.send(.feed(.snapshot(snapshot)))
        #expect(console.state.data.decisions.count == 52)
        #expect(console.state.data.decisions.unlisted == 0)

        var silent = TestConsole()
        engine.time = TestConsole.start
        for _ in 0..<4 {
            snapshot.decisions = [Self.record(50), Self.record(51)]
            snapshot.time = engine.time
            silent.send(.feed(.snapshot(snapshot)))
            engine.time.addTimeInterval(1)
        }
        #expect(silent.state.data.decisions.count == 2)
    }

    @Test func `counters that fall are those of a new engine`() {
        var console = TestConsole()
        var engine = TestEngine()
        engine.count(.allowed, "a", .read, times: 1000)
        console.send(.feed(.snapshot(engine.snapshot)))
        engine.time.addTimeInterval(1)
        engine.counters = [:]
        engine.count(.allowed, "a", .read, times: 7)
        console.send(.feed(.snapshot(engine.snapshot)))
        #expect(console.state.data.traffic.allowed.current == 7)
        #expect(console.state.data.traffic.principals["a"]?.allowRate == 7)
    }

    @Test func `counts that move to the others are nobody's news`() {
        var console = TestConsole()
        var engine = TestEngine()
        engine.connect("10.0.0.1:1", principal: "stays")
        engine.count(.denied, "gone", .read, times: 500)
        engine.count(.allowed, "stays", .read, times: 900)
        console.send(.feed(.snapshot(engine.snapshot)))
        engine.time.addTimeInterval(1)
        console.send(.feed(.snapshot(engine.snapshot)))
        engine.time.addTimeInterval(1)
        engine.counters = [:]
        // One loop of two has folded what it had of the one that stays.
        engine.count(.allowed, "stays", .read, times: 603)
        engine.count(.allowed, "(other)", .read, times: 300)
        engine.count(.denied, "(other)", .read, times: 502)
        console.send(.feed(.snapshot(engine.snapshot)))
        engine.time.addTimeInterval(1)
        engine.count(.denied, "(other)", .read, times: 5)
        engine.count(.allowed, "stays", .read, times: 4)
        console.send(.feed(.snapshot(engine.snapshot)))
        let traffic = console.state.data.traffic
        #expect(traffic.principals["gone"] == nil)
        #expect(traffic.principals["(other)"]?.denyRate == 5)
        #expect(traffic.principals["(other)"]?.deniedTotal(.minute, at: traffic.second) ?? 0 < 10)
        #expect(traffic.principals["stays"]?.allowRate == 4)
        #expect(traffic.principals["stays"]?.allowedTotal(.minute, at: traffic.second) ?? 0 < 10)
        #expect(traffic.denied.peak(seconds: 60) < 10)
        #expect(traffic.allowed.peak(seconds: 60) < 10)
    }

    @Test func `a virtual cluster that is deleted makes no storm of what is left`() {
        var console = TestConsole()
        var engine = TestEngine()
        engine.connect("10.0.0.1:1", principal: "stays")
        engine.count(.denied, "a", .read, times: 500)
        engine.count(.denied, "stays", .read, times: 900)
        console.send(.feed(.snapshot(engine.snapshot)))
        engine.time.addTimeInterval(1)
        engine.counters = [:]
        engine.count(.denied, "stays", .read, times: 900)
        console.send(.feed(.snapshot(engine.snapshot)))
        #expect(console.state.data.traffic.denied.current == 0)
    }

    @Test func `principals that differ only in the spelling of a letter are two`() {
        var console = TestConsole()
        var engine = TestEngine()
        engine.count(.denied, "caf\u{E9}", .read, times: 1)
        engine.count(.denied, "cafe\u{301}", .read, times: 2)
        console.send(.feed(.snapshot(engine.snapshot)))
        let principals = console.state.data.traffic.principals
        #expect(principals.values.map(\.totals.denied).sorted() == [1, 2])
    }

    @Test func `silence is a gap in the series and no zero`() {
        var series = PointSeries()
        series.append(5, at: 100)
        series.append(5, at: 110)
        let values = series.values(seconds: 60, columns: 60)
        #expect(values.count == 11)
        #expect(values.filter(\.isNaN).count == 9)
        #expect(series.average(seconds: 60) == 5)
        #expect(series.current == 5)
        series.append(9, at: 110)
        #expect(series.current == 5, "a second has one value")
    }

    @Test func `a series holds an hour`() {
        var series = PointSeries()
        for second in 0..<10_000 { series.append(Double(second), at: second) }
        #expect(series.peak(seconds: 100_000) == 9_999)
        #expect(series.values(seconds: 3600, columns: 60).count == 60)
        #expect(series.known(seconds: 100_000) <= PointSeries.capacity * 5 / 4)
        #expect(series.average(seconds: 10, skipping: 10) == 9_984.5)
    }

    @Test(arguments: TimeWindow.allCases)
    func `counts add up in every window and fall out of it`(window: TimeWindow) {
        var counts = WindowedCounts(from: 1_000_020)
        for second in 0..<30 { counts.add(2, at: 1_000_020 + second) }
        #expect(counts.total(window, at: 1_000_049) == 60)
        #expect(counts.total(window, at: 1_000_049 + window.seconds * 2) == 0)
        #expect(counts.rates(window, at: 1_000_049).count <= WindowedCounts.points)
        counts.add(5, at: 1_000_049 + window.seconds * 3)
        #expect(counts.total(window, at: 1_000_049 + window.seconds * 3) == 5)
    }

    @Test func `only the gateway looked at is counted`() {
        var console = TestConsole()
        var tree = TestEngine.configuration
        var other = tree.gateways[0]
        other.gateway.id = "gw-2"
        other.gateway.name = "edge-2"
        tree.typed.gateways.append(other)
        console.send(.configuration(tree))
        var engine = TestEngine()
        engine.connect("10.0.0.1:1", principal: "a")
        engine.connect("10.0.0.2:1", principal: "b")
        engine.connections[1].gateway = "edge-2"
        console.send(.feed(.snapshot(engine.snapshot)))
        console.press("1")
        #expect(console.state.live.table.order == ["1"])
        console.press(":gateway edge-2", "Enter")
        engine.time.addTimeInterval(1)
        console.send(.feed(.snapshot(engine.snapshot)))
        #expect(console.state.data.traffic.connections.map(\.remoteAddress) == ["10.0.0.2:1"])
        #expect(console.screen.contains("10.0.0.2:1"))
        #expect(!console.screen.contains("10.0.0.1:1"))
    }

    @Test func `a decision knows where its connection came from after it left`() {
        var console = TestEngine.console()
        console.press("4", "/", "client:10.0.9.0/24 deny", "Enter")
        #expect(console.state.decisions.tail.count == 56)
        console.press("/", "Ctrl-U", "listener:example_*", "Enter")
        #expect(console.state.decisions.tail.count > 150)
    }

    @Test(arguments: [1, 7, 27, 40, 59, 60, 61, 98, 200], TimeWindow.allCases)
    func `a graph shows its window and no more, however many columns it has`(columns: Int, window: TimeWindow) {
        var series = PointSeries()
        for second in 0..<3_600 { series.append(Double(second), at: second) }
        let values = series.values(seconds: window.seconds, columns: columns)
        let share = PointSeries.share(of: window.seconds, columns: columns)
        #expect(values.count <= columns)
        #expect(values.count * share >= window.seconds && (values.count - 1) * share < window.seconds)
        // Nothing in it is older than the window, but for what shares the oldest point.
        #expect(values.first.map { $0 >= Double(3_600 - window.seconds - share) } == true)
    }

    @Test(arguments: [20, 40, 60, 98, 140]) func `the time axis begins where the window does`(columns: Int) {
        var grid = Grid(Size(columns: columns + 2, rows: 8))
        var series = PointSeries()
        for second in 0..<600 { series.append(5, at: second) }
        grid.graph(
            series, window: .minute, title: "t", peak: "5", figures: [], role: .graphAllow, glyphs: .ascii,
            area: Rect(column: 0, row: 0, columns: columns + 2, rows: 8))
        let axis = grid.lines[6]
        #expect(axis.contains("-60s"), "\(axis)")
        for label in axis.split(separator: " ") where label.hasSuffix("s") {
            #expect(Int(label.dropFirst().dropLast()).map { $0 <= 60 } == true, "\(axis)")
        }
    }
}
