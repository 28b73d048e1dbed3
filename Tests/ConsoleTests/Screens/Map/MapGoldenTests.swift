import EngineInterface
import ResourceFixtures
import Resources
import Testing

@testable import Console

struct MapGoldenTests {
    private func console(_ size: Size, _ glyphs: Glyphs, _ tree: ConfigurationTree, _ snapshot: LiveSnapshot?)
        -> TestConsole
    {
        var console = TestConsole(size.columns, size.rows, glyphs: glyphs)
        console.send(.configuration(tree))
        if let snapshot { console.send(.feed(.snapshot(snapshot))) }
        console.press("3")
        return console
    }

    /// Two backends, one of them down, and all that can be odd.
    private static var busy: (ConfigurationTree, LiveSnapshot) {
        var tree = TreeFixture.scenario
        var archive = TreeFixture.backend
        archive.id = "a1"
        archive.name = "archive_cluster"
        archive.bootstrapServers = ["archive1:9092"]
        tree.typed.gateways[0].backendClusters.append(archive)
        var cluster = TreeFixture.cluster
        cluster.id = "a2"
        cluster.name = "vc-archive"
        cluster.destination = Reference(id: "a1", name: "archive_cluster")
        tree.typed.gateways[0].virtualClusters.append(VirtualClusterConfiguration(virtualCluster: cluster))
        var listener = TreeFixture.listener
        listener.id = "a3"
        listener.name = "spare_listener"
        listener.ports = [PortSpecification(range: 29_092...29_092)]
        tree.typed.gateways[0].listeners.append(ListenerConfiguration(listener: listener))
        var off = TreeFixture.acl
        off.id = "a4"
        off.name = "retired"
        off.enabled = false
        tree.typed.gateways[0].virtualClusters[0].clusterPolicies.append(off)
        var components = TreeFixture.components
        components.append(
            ComponentStatus(
                kind: "backend_cluster", gateway: "event-gateway-quickstart", name: "archive_cluster", state: .down,
                reason: "archive1:9092 connection refused"))
        let connections = (0..<1204).map {
            TreeFixture.connection(
                UInt64($0), from: "10.0.4.\($0 % 200):5\($0)", as: $0 % 30 == 0 ? "anonymous" : "client7")
        }
        return (tree, TreeFixture.snapshot(connections: connections, components: components))
    }

    @Test func `the scenario`() {
        expectGoldens("map/scenario") { size, glyphs in
            self.console(size, glyphs, TreeFixture.scenario, TreeFixture.healthy).state
        }
    }

    @Test func `trouble, with the cursor on the listener`() {
        expectGoldens("map/trouble") { size, glyphs in
            var console = self.console(size, glyphs, Self.busy.0, Self.busy.1)
            console.press(":map example_listener", "Enter")
            return console.state
        }
    }

    @Test func `nothing is configured`() {
        expectGoldens("map/empty") { size, glyphs in
            self.console(size, glyphs, ConfigurationTree(), nil).state
        }
    }

    @Test func `an edit is asked about`() {
        expectGoldens("map/edit") { size, glyphs in
            var console = self.console(size, glyphs, TreeFixture.scenario, TreeFixture.healthy)
            console.press(":map forward", "Enter", "e")
            for effect in console.takeEffects() {
                guard case .edit(let id, _, _, let text) = effect else { continue }
                let changed = text.replacing("localhost", with: "kafka.example.com")
                console.send(.answer(Answer(id: id, owner: .map, result: .success(.edited(changed)))))
            }
            return console.state
        }
    }

    @Test func `it is drawn at every size`() {
        let busy = Self.busy
        for columns in [1, 2, 5, 20, 41, 59, 60, 61, 100, 119, 120, 121, 200] {
            for rows in [1, 2, 4, 7, 9, 12, 13, 20, 60] {
                let console = self.console(Size(columns: columns, rows: rows), .unicode(), busy.0, busy.1)
                #expect(console.lines.allSatisfy { CellText.width($0) == columns })
            }
        }
    }
}
