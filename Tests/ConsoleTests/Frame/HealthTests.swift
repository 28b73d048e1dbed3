import EngineInterface
import Foundation
import ResourceFixtures
import Resources
import Testing

@testable import Console

struct HealthTests {
    private static func component(
        _ kind: String, _ name: String, _ state: ComponentStatus.State, reason: String? = nil
    ) -> ComponentStatus {
        ComponentStatus(kind: kind, gateway: TestEngine.gatewayName, name: name, state: state, reason: reason)
    }

    static let backendDown = [
        Self.component(
            "backend_cluster", "default_backend_cluster", .down,
            reason: "kafka1:9092: connection refused; kafka2:9092: connection refused"),
        Self.component("listener", "example_listener", .up),
    ]

    static let listenerDown = [
        Self.component("backend_cluster", "default_backend_cluster", .up),
        Self.component("listener", "example_listener", .down, reason: "0.0.0.0:19092: address already in use"),
    ]

    /// A console that has seen `seconds` snapshots of an engine with these components, a second apart.
    static func console(
        _ components: [ComponentStatus], refusedEachSecond: UInt64 = 0, seconds: Int = 3,
        _ size: Size = Size(columns: 80, rows: 24), _ glyphs: Glyphs = .ascii
    ) -> TestConsole {
        var console = TestConsole(size.columns, size.rows, glyphs: glyphs)
        console.send(.configuration(TestEngine.configuration))
        var engine = TestEngine()
        engine.components = components
        for second in 0..<seconds {
            console.send(.tick(engine.time))
            var snapshot = engine.snapshot
            snapshot.limits = LimitCount.all([.noBackend: UInt64(second) * refusedEachSecond])
            console.send(.feed(.snapshot(snapshot)))
            engine.time.addTimeInterval(1)
        }
        return console
    }

    @Test(arguments: [40, 60, 80, 100, 120, 159, 160, 200])
    func `a backend that is down is said in the first row at every width and place`(columns: Int) {
        var console = Self.console(Self.backendDown, Size(columns: columns, rows: 24))
        for place in Place.allCases {
            console.press("\(place.rawValue)")
            let row = console.lines[0]
            let words = columns < 60 ? "[DOWN 1]" : columns < 160 ? "[backend DOWN]" : "[backend DOWN 1/1]"
            #expect(row.contains(words), "\(row)")
            #expect(row.contains("LIVE"), "\(row)")
            #expect(!row.contains(" ok"), "\(row)")
            let inks = console.state.draw().cells.prefix(columns).map(\.ink.role)
            #expect(inks.contains(.stateDown))
            console.press("Esc")
        }
    }

    @Test(arguments: [40, 80, 120, 160]) func `what is wrong is there however long the gateway's name is`(columns: Int)
    {
        var configuration = TestEngine.configuration
        configuration.typed.gateways[0].gateway.name = String(repeating: "event-gateway-", count: 12)
        var console = TestConsole(columns, 24)
        var engine = TestEngine()
        engine.components = Self.backendDown + Self.listenerDown.suffix(1)
        for component in engine.components.indices {
            engine.components[component].gateway = configuration.gateways[0].gateway.name
        }
        console.send(.configuration(configuration))
        console.send(.feed(.snapshot(engine.snapshot)))
        let row = console.lines[0]
        #expect(CellText.width(row) == columns)
        #expect(row.contains(columns < 160 ? "[DOWN 2]" : "[backend DOWN 1/1] [listener DOWN 1/2]"), "\(row)")
        #expect(row.contains("event"), "\(row)")
        #expect(row.contains("* LIVE"))
    }

    @Test func `several down are counted, warnings and refusals beside them`() {
        let warned = Self.component("listener", "other", .warn, reason: "no enabled policy")
        var console = Self.console(Self.listenerDown + [warned], refusedEachSecond: 3)
        #expect(console.lines[0].contains("[listener DOWN] [refused 3.0/s] [WARN 1]"), "\(console.lines[0])")
        console = Self.console([warned, warned])
        #expect(console.lines[0].contains("[WARN 2]"))
        #expect(!console.lines[0].contains("DOWN"))
        console = Self.console([], refusedEachSecond: 3, Size(columns: 40, rows: 10))
        #expect(console.lines[0].contains("[refused 3.0/s]"), "\(console.lines[0])")
    }

    @Test func `a wide screen says that all is well`() {
        let console = Self.console(
            [Self.component("backend_cluster", "b", .up)], Size(columns: 160, rows: 24))
        #expect(console.lines[0].contains("backend 1/1 ok"))
    }

    @Test func `the gateway's name has the columns that nothing else needs`() {
        var configuration = TestEngine.configuration
        configuration.typed.gateways[0].gateway.name = "event-gateway-quickstart"
        configuration.typed.gateways[0].gateway.labels = [:]
        for columns in [40, 60, 80, 120] {
            var console = TestConsole(columns, 24)
            console.send(.configuration(configuration))
            console.send(.feed(.snapshot(TestEngine().snapshot)))
            #expect(console.lines[0].contains("event-gateway-quickstart"), "\(console.lines[0])")
        }
    }

    @Test(arguments: [40, 80, 120, 160]) func `nobody is invited to connect to a backend that does not answer`(
        columns: Int
    ) {
        let console = Self.console(Self.backendDown, refusedEachSecond: 3, Size(columns: columns, rows: 24))
        #expect(console.screen.contains("The backend does not answer (3)."))
        #expect(console.screen.contains("connection refused"))
        #expect(!console.screen.contains("kcat") && !console.screen.contains("No clients are connected"))
        #expect(console.lines[2...].contains { $0.contains("refused") && $0.contains("3.0") }, "\(console.screen)")
    }

    @Test func `a listener that is down is why nobody is connected`() {
        let console = Self.console(Self.listenerDown)
        #expect(console.screen.contains("The listener is down (3)."))
        #expect(console.screen.contains("address already in use"))
    }

    @Test func `refusals are counted as a rate, and those of a new engine too`() {
        var console = Self.console(Self.backendDown, refusedEachSecond: 4, seconds: 4)
        #expect(console.state.data.traffic.refused.current == 4)
        var engine = TestEngine()
        engine.time.addTimeInterval(5)
        var snapshot = engine.snapshot
        snapshot.limits = LimitCount.all([.noBackend: 2, .connections: 2, .requestBytes: 9])
        console.send(.feed(.snapshot(snapshot)))
        #expect(console.state.data.traffic.refused.current == 2, "4 in two seconds; a large request is no connection")
    }
}
