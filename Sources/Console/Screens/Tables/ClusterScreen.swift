import EngineInterface
import JSON
import Resources

/// A place that lists the items that clients of a virtual cluster see, and opens one of them.
protocol ClusterScreen: TableScreen {
    associatedtype Item: ClusterItem

    var list: ClusterList<Item> { get set }

    /// The word for an item: `topic`.
    static var noun: String { get }
    static func question(virtualCluster: String) -> Question
    /// The list in an answer; nil when it is an answer to something else.
    static func items(in answer: AnswerValue) -> [Item]?
    /// Whether `left` stands above `right` in this order; names break ties.
    static func isBefore(_ left: Item, _ right: Item, by sort: Sort) -> Bool

    // Optional requirements.
    /// The virtual cluster changed, so the list of the one before is discarded.
    static func forget(_ state: inout ConsoleState)
    /// A new list has arrived.
    static func received(_ state: inout ConsoleState)
    /// Whether it is listed at all.
    static func isListed(_ item: Item, _ state: ConsoleState) -> Bool

    // The open item.
    /// An item was opened.
    static func opened(_ state: inout ConsoleState)
    /// Sorts the rows of the open item.
    static func settle(opened item: Item, _ state: inout ConsoleState)
    static func move(inOpened item: Item, _ motion: Motion, _ state: inout ConsoleState)

    // Words and drawing.
    static var columns: [TableColumn] { get }
    /// Ids of columns that need not be shown with these items.
    static func folded(_ items: [Item]) -> Set<String>
    static func cells(_ item: Item, _ state: ConsoleState) -> [TableCell]
    static func hint(_ state: ConsoleState) -> String
    /// The sentences in place of an empty list.
    static func emptyLines(_ state: ConsoleState) -> [String]
    /// Columns of a hundred that the list gets beside the detail, and rows of the detail below it.
    static var split: (listShare: Int, detailRows: Int) { get }
    /// Behind the name of the selected one: `Enter: partitions`.
    static var detailHint: String { get }
    static func drawDetail(_ item: Item, _ state: ConsoleState, into grid: inout Grid, inner: Rect)
    static func drawOpened(_ item: Item, _ state: ConsoleState, into grid: inout Grid, area: Rect)
}

extension ClusterScreen {
    static func forget(_ state: inout ConsoleState) {}
    static func received(_ state: inout ConsoleState) {}
    static func isListed(_ item: Item, _ state: ConsoleState) -> Bool { true }

    static var placeColumns: PlaceColumns {
        PlaceColumns(
            place: Self.place, columns: { _ in Self.columns },
            folded: { Self.folded($0[keyPath: Self.path].list.items) })
    }

    var selected: Item? { (self.list.opened ?? self.table.selected).flatMap { self.list.byName[$0] } }

    // MARK: Data

    static func arrived(_ state: inout ConsoleState) {
        Self.ask(&state, isForced: true)
        Self.settle(&state, force: true)
    }

    static func dataChanged(_ state: inout ConsoleState) {
        guard state.place == Self.place else { return }
        Self.ask(&state, isForced: false)
        Self.settle(&state, force: false)
    }

    static func filterChanged(_ state: inout ConsoleState) { Self.settle(&state, force: true) }

    private static func ask(_ state: inout ConsoleState, isForced: Bool) {
        guard let cluster = state.shownCluster else { return }
        if state[keyPath: Self.path].list.cluster != cluster.id {
            state[keyPath: Self.path].table = TableState()
            Self.forget(&state)
            Self.restoreSort(&state)
        }
        let now = state.now
        guard state[keyPath: Self.path].list.isDue(for: cluster.id, now: now, isForced: isForced) else { return }
        let id = state.ask(Self.question(virtualCluster: cluster.id), for: Self.place)
        state[keyPath: Self.path].list.asked(id, now: now)
    }

    static func receive(_ answer: Answer, _ state: inout ConsoleState) { Self.receiveList(answer, &state) }

    static func receiveList(_ answer: Answer, _ state: inout ConsoleState) {
        let result: Result<[Item], EngineClientError>
        switch answer.result {
        case .success(let value):
            guard let items = Self.items(in: value) else { return }
            result = .success(items)
        case .failure(let error): result = .failure(error)
        }
        guard state[keyPath: Self.path].list.received(answer.id, result, now: state.now) else {
            if case .failure(let error) = result { state.say(error.message, .error) }
            return
        }
        if case .success = result { Self.received(&state) }
        Self.settle(&state, force: false)
    }

    /// Sorted and filtered names for the table.
    static func settle(_ state: inout ConsoleState, force: Bool) {
        let screen = state[keyPath: Self.path]
        let (sort, isReversed) = (screen.sort, screen.table.isReversed)
        let names = Self.filtered(screen.list.items.filter { Self.isListed($0, state) }, state)
            .sorted {
                isReversed ? Self.isBefore($1, $0, by: sort) : Self.isBefore($0, $1, by: sort)
            }.map(\.listName)
        state[keyPath: Self.path].list.shownCount = names.count
        if force { state[keyPath: Self.path].table.showOnly(names) }
        state[keyPath: Self.path].table.settle(names, now: state.now, lastKey: state.lastKey, force: force)
        if let item = screen.list.openedItem { Self.settle(opened: item, &state) }
    }

    // MARK: Moving

    static func move(_ motion: Motion, _ state: inout ConsoleState) {
        if let item = state[keyPath: Self.path].list.openedItem {
            guard motion != .left else { return state[keyPath: Self.path].list.opened = nil }
            return Self.move(inOpened: item, motion, &state)
        }
        if motion == .right { return Self.enter(&state) }
        let rows = Table.visibleRows(in: Self.tableArea(state.bodyArea, state))
        state[keyPath: Self.path].table.move(motion, visibleRows: rows)
    }

    static func enter(_ state: inout ConsoleState) {
        let screen = state[keyPath: Self.path]
        guard screen.list.opened == nil, !screen.table.isSelectedGone, let name = screen.table.selected,
            screen.list.byName[name] != nil
        else { return }
        state[keyPath: Self.path].list.opened = name
        Self.opened(&state)
        Self.settle(&state, force: true)
    }

    static func leave(_ state: inout ConsoleState) -> Bool { Self.close(&state) }

    /// - Returns: false when none was open.
    static func close(_ state: inout ConsoleState) -> Bool {
        guard state[keyPath: Self.path].list.opened != nil else { return false }
        state[keyPath: Self.path].list.opened = nil
        return true
    }

    static func jump(to name: String, _ state: inout ConsoleState) -> Bool {
        guard state[keyPath: Self.path].list.byName[name] != nil else { return false }
        if state.filter(of: Self.place) != nil { state.setFilter("", for: Self.place) }
        state[keyPath: Self.path].table.select(name)
        return state[keyPath: Self.path].table.selected == name
    }

    // MARK: Requirements of Screen

    static func crumbs(_ state: ConsoleState) -> [String] {
        [state.shownCluster?.name, state[keyPath: Self.path].list.opened].compactMap { $0 }
    }

    static func statusLine(_ state: ConsoleState) -> String {
        let list = state[keyPath: Self.path].list
        if let problem = list.problem, list.isLoaded { return "Not refreshed: \(problem)" }
        return Self.hint(state)
    }

    static func document(_ state: ConsoleState) -> (title: String, text: String)? {
        guard let item = state[keyPath: Self.path].selected, let data = try? EntityCoding.encode(item),
            let value = try? JSONValue(parsing: Array(data))
        else { return nil }
        return ("\(Self.noun) '\(item.listName)'", YAMLWriter.text(value))
    }

    static var clusterCommand: Command {
        let name = "\(Self.place.name) cluster"
        return Command(
            name, "choose the virtual cluster", hint: "cluster", keys: [.character("b")], in: .place(Self.place),
            argument: "[NAME]",
            completions: { $0.data.gatewayConfiguration?.virtualClusters.map(\.virtualCluster.name) ?? [] }
        ) { state, argument in
            state.chooseCluster(argument, command: name)
        }
    }
}
