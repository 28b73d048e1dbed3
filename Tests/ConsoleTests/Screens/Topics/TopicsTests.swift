import EngineInterface
import Foundation
import ResourceFixtures
import Resources
import Testing

@testable import Console

struct TopicsTests {
    private func console(
        _ columns: Int = 80, _ rows: Int = 24, glyphs: Glyphs = .ascii, tree: ConfigurationTree = TreeFixture.scenario
    ) -> TestConsole {
        var console = TestConsole(columns, rows, glyphs: glyphs)
        console.send(.configuration(tree))
        console.send(.feed(.snapshot(TreeFixture.healthy)))
        console.press("6")
        return console
    }

    private func requests(_ console: inout TestConsole) -> [Request] {
        console.takeEffects().compactMap { if case .ask(let request) = $0 { request } else { nil } }
    }

    private func answer(_ console: inout TestConsole, _ result: Result<AnswerValue, EngineClientError>) {
        guard let request = self.requests(&console).last else { Issue.record("nothing was asked"); return }
        console.send(.answer(Answer(id: request.id, owner: .topics, result: result)))
    }

    private func filled(_ columns: Int = 80, _ rows: Int = 24, glyphs: Glyphs = .ascii) -> TestConsole {
        var console = self.console(columns, rows, glyphs: glyphs)
        self.answer(&console, .success(.topics(TopicFixture.topics)))
        return console
    }

    @Test func `topics are asked for on arrival and every five seconds while they are looked at`() {
        var console = self.console()
        #expect(self.requests(&console).map(\.question) == [.topics(virtualCluster: TreeFixture.clusterID)])
        console.advance(20)
        // The answer is still waited for.
        #expect(self.requests(&console).isEmpty)
        console.advance(11)
        self.answer(&console, .success(.topics(TopicFixture.topics)))
        console.advance(4)
        #expect(self.requests(&console).isEmpty)
        console.advance(2)
        #expect(self.requests(&console).count == 1)
        console.press("8")
        console.advance(60)
        #expect(self.requests(&console).isEmpty)
    }

    @Test func `an error stays with its reason, and what was known stays too`() {
        var console = self.console()
        self.answer(&console, .failure(EngineClientError("localhost:9094 connection refused")))
        #expect(console.screen.contains("are not known: localhost:9094"))
        console.advance(6)
        self.answer(&console, .success(.topics(TopicFixture.topics)))
        #expect(console.screen.contains("products-topic"))
        console.advance(6)
        self.answer(&console, .failure(EngineClientError("timeout")))
        #expect(console.screen.contains("products-topic"))
        console.send(.feed(.snapshot(TreeFixture.healthy)))
        #expect(console.screen.contains("Not refreshed: timeout"))
    }

    @Test func `viewing as somebody keeps only what that one may describe`() {
        var console = self.filled()
        console.press("v")
        #expect(console.screen.contains("client7"))
        console.press("anon", "Enter")
        let requests = self.requests(&console)
        guard case .accessMatrix(let question) = requests.last?.question else { Issue.record("no matrix"); return }
        #expect(question.subject == .anonymous)
        #expect(question.resources?.map(\.name) == TopicFixture.topics.map(\.name))
        let rows = ["products-topic", "orders.v1"].map { name in
            AccessMatrix.Row(
                resource: .init(type: .topic, name: name), exists: true,
                cells: [
                    .init(operation: .describe, allowed: name == "products-topic", rule: "acl_policy[0]"),
                    .init(operation: .read, allowed: true, rule: "acl_policy[0]"),
                ])
        }
        let matrix = AccessMatrix(principal: "anonymous", rows: rows, warnings: [])
        console.send(
            .answer(Answer(id: requests.last?.id ?? 0, owner: .topics, result: .success(.accessMatrix(matrix)))))
        #expect(console.state.topics.table.order == ["products-topic"])
        #expect(console.screen.contains("view: as anonymous"))
        console.press("Esc")
        #expect(console.state.topics.table.order.count == 4)
    }

    @Test func `somebody who sees nothing gets told why`() {
        var console = self.filled()
        console.press(":topics view anonymous", "Enter")
        self.answer(&console, .success(.accessMatrix(AccessMatrix(principal: "anonymous", rows: [], warnings: []))))
        #expect(console.screen.contains("anonymous sees no topic here."))
    }

    @Test func `enter shows partitions and escape comes back`() {
        var console = self.filled()
        console.press(":topics orders.v1", "Enter", "Enter")
        #expect(console.screen.contains("12 partitions"))
        #expect(console.screen.contains("no leader"))
        #expect(console.screen.contains("1 behind"))
        console.press("Esc")
        #expect(console.screen.contains("Topics on example_virtual_cluster"))
    }

    @Test func `sorting by trouble puts it on top and is kept`() {
        var console = self.filled()
        console.press(":topics sort health", "Enter")
        #expect(console.state.topics.table.order.first == "orders.v1")
        #expect(console.state.preferences.sort["topics"] == "health")
        console.press("S")
        #expect(console.state.topics.table.order.last == "orders.v1")
    }

    @Test func `another virtual cluster starts anew`() {
        var tree = TreeFixture.scenario
        var other = TreeFixture.cluster
        other.id = "other-id"
        other.name = "other"
        tree.typed.gateways[0].virtualClusters.append(VirtualClusterConfiguration(virtualCluster: other))
        var console = self.console(tree: tree)
        self.answer(&console, .success(.topics(TopicFixture.topics)))
        console.press("b", "other", "Enter")
        #expect(self.requests(&console).map(\.question) == [.topics(virtualCluster: "other-id")])
        #expect(!console.screen.contains("products-topic"))
        console.press("7")
        #expect(self.requests(&console).map(\.question) == [.groups(virtualCluster: "other-id")])
    }

    @Test func `the list`() {
        expectGoldens("topics/list") { size, glyphs in self.filled(size.columns, size.rows, glyphs: glyphs).state }
    }

    @Test func `the partitions of one`() {
        expectGoldens("topics/partitions") { size, glyphs in
            var console = self.filled(size.columns, size.rows, glyphs: glyphs)
            console.press(":topics orders.v1", "Enter", "Enter")
            return console.state
        }
    }

    @Test func `no virtual cluster`() {
        expectGoldens("topics/none") { size, glyphs in
            self.console(size.columns, size.rows, glyphs: glyphs, tree: ConfigurationTree()).state
        }
    }

    @Test func `it is drawn at every size`() {
        for columns in [1, 3, 20, 59, 60, 100, 120, 200] {
            for rows in [1, 3, 5, 9, 14, 18, 60] {
                var console = self.filled(columns, rows)
                #expect(console.lines.allSatisfy { CellText.width($0) == columns })
                console.press("Enter")
                #expect(console.lines.allSatisfy { CellText.width($0) == columns })
            }
        }
    }
}
