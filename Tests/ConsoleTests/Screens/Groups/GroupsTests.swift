import EngineInterface
import ResourceFixtures
import Resources
import Testing

@testable import Console

struct GroupsTests {
    static let groups: [GroupView] = [
        GroupView(
            groupID: "orders-consumers", physicalName: "team-a.orders-consumers", type: "consumer", state: "Stable",
            members: (0..<5).map {
                .init(memberID: "m-\($0)-4f1c2b7e", clientID: "svc-orders-\($0)", clientHost: "10.0.4.1\($0)")
            },
            offsets: (0..<12).map {
                .init(
                    topic: "orders.v1", partition: Int32($0), committed: 1_204_000 + Int64($0),
                    end: $0 == 7 ? nil : 1_204_100)
            }, principals: ["svc-billing", "svc-orders"]),
        GroupView(
            groupID: "nightly", physicalName: "nightly", type: "classic", state: "Empty", members: [], offsets: [],
            principals: []),
        GroupView(
            groupID: "starting", physicalName: "starting", type: "classic", state: "PreparingRebalance",
            members: [.init(memberID: "m", clientID: "c", clientHost: "/10.1.1.1")],
            offsets: [.init(topic: "products-topic", partition: 0, committed: 4, end: 4)], principals: ["client7"]),
    ]

    private func console(_ columns: Int = 80, _ rows: Int = 24, glyphs: Glyphs = .ascii) -> TestConsole {
        var console = TestConsole(columns, rows, glyphs: glyphs)
        console.send(.configuration(TreeFixture.scenario))
        console.send(.feed(.snapshot(TreeFixture.healthy)))
        console.press("7")
        return console
    }

    private func answer(_ console: inout TestConsole, _ result: Result<AnswerValue, EngineClientError>) {
        let id = console.takeEffects().compactMap { effect -> Int? in
            if case .ask(let request) = effect, case .groups = request.question { return request.id }
            return nil
        }.last
        guard let id else { Issue.record("nothing was asked"); return }
        console.send(.answer(Answer(id: id, owner: .groups, result: result)))
    }

    private func filled(_ columns: Int = 80, _ rows: Int = 24, glyphs: Glyphs = .ascii) -> TestConsole {
        var console = self.console(columns, rows, glyphs: glyphs)
        self.answer(&console, .success(.groups(Self.groups)))
        return console
    }

    @Test func `lag is summed where the end is known, and its history is kept`() {
        var console = self.filled()
        #expect(console.screen.contains("1 041"))
        for _ in 0..<100 {
            console.advance(6)
            self.answer(&console, .success(.groups(Self.groups)))
        }
        #expect(console.state.groups.lagHistory["orders-consumers"]?.count == 60)
        #expect(console.state.groups.lagHistory["orders-consumers"]?.last == 1041)
    }

    @Test func `enter shows members and offsets, escape comes back`() {
        var console = self.filled()
        console.press(":groups orders-consumers", "Enter", "Enter")
        #expect(console.screen.contains("Members of orders-consumers"))
        #expect(console.screen.contains("svc-orders-3"))
        #expect(console.screen.contains("Offsets of orders-consumers"))
        console.press("Esc")
        #expect(console.screen.contains("Groups on example_virtual_cluster"))
    }

    @Test func `sorting by lag puts the slowest on top`() {
        var console = self.filled()
        console.press(":groups sort lag", "Enter")
        #expect(console.state.groups.table.order.first == "orders-consumers")
    }

    @Test func `no group says how they come to be`() {
        var console = self.console()
        self.answer(&console, .success(.groups([])))
        #expect(console.screen.contains("joining needs READ on"))
    }

    @Test func `the list`() {
        expectGoldens("groups/list") { size, glyphs in
            var console = self.filled(size.columns, size.rows, glyphs: glyphs)
            console.press(":groups orders-consumers", "Enter")
            return console.state
        }
    }

    @Test func `one group`() {
        expectGoldens("groups/one") { size, glyphs in
            var console = self.filled(size.columns, size.rows, glyphs: glyphs)
            console.press(":groups orders-consumers", "Enter", "Enter")
            return console.state
        }
    }

    @Test func `it is drawn at every size`() {
        for columns in [1, 3, 20, 59, 60, 100, 120, 200] {
            for rows in [1, 3, 5, 9, 14, 18, 60] {
                var console = self.filled(columns, rows)
                #expect(console.lines.allSatisfy { CellText.width($0) == columns })
                console.press(":groups orders-consumers", "Enter", "Enter")
                #expect(console.lines.allSatisfy { CellText.width($0) == columns })
            }
        }
    }
}
