import Foundation
import GatewayModel

/// Topics as clients of a virtual cluster see them, the backend's names beside, and who may read them. Never contents.
struct TopicsScreen: Screen {
    static let place = Place.topics

    /// Whose eyes the list is seen with.
    enum Viewer: Equatable, Sendable {
        case everything
        case subject(AccessSubject, label: String)

        var label: String {
            switch self {
            case .everything: "everything (operator)"
            case .subject(_, let label): label
            }
        }
    }

    /// The id of the virtual cluster that Topics and Groups show; nil: the first.
    var chosenCluster: String?
    var listing = Listing<TopicView>()
    var table = TableState()
    var viewer = Viewer.everything
    /// Names that the viewer may describe; nil while that is not known.
    private(set) var visible: Set<String>?
    private(set) var viewProblem: String?
    private var matrixRequest: Int?
    /// The topic whose partitions are open.
    private(set) var opened: String?
    var partitions = TableState()
    /// What can be looked up while drawing, by name.
    private(set) var byName: [String: TopicView] = [:]
    private(set) var shownCount = 0
    /// Node ids of brokers that hold replicas, by virtual cluster name.
    private(set) var brokersSeen: [String: Set<Int32>] = [:]

    // MARK: Data

    static func arrived(_ state: inout ConsoleState) {
        Self.ask(&state, isForced: true)
        Self.settle(&state, force: true)
    }

    static func dataChanged(_ state: inout ConsoleState) {
        guard state.place == .topics else { return }
        Self.ask(&state, isForced: false)
        Self.settle(&state, force: false)
    }

    static func filterChanged(_ state: inout ConsoleState) { Self.settle(&state, force: true) }

    private static func ask(_ state: inout ConsoleState, isForced: Bool) {
        guard let cluster = state.shownCluster else { return }
        if state.topics.listing.cluster != cluster.id {
            state.topics.opened = nil
            state.topics.visible = nil
            state.topics.byName = [:]
            state.topics.table = TableState()
            Self.restoreSort(&state)
        }
        guard state.topics.listing.isDue(for: cluster.id, now: state.now, isForced: isForced) else { return }
        let id = state.ask(.topics(virtualCluster: cluster.id), for: .topics)
        state.topics.listing.asked(id, now: state.now)
    }

    private static func restoreSort(_ state: inout ConsoleState) {
        let saved = state.preferences.sort[Place.topics.name] ?? "name"
        state.topics.table.isReversed = saved.hasPrefix("-")
        state.topics.table.sortColumn = saved.hasPrefix("-") ? String(saved.dropFirst()) : saved
    }

    static func receive(_ answer: Answer, _ state: inout ConsoleState) {
        if answer.id == state.topics.matrixRequest { return Self.receiveMatrix(answer, &state) }
        let result: Result<[TopicView], EngineClientError>
        switch answer.result {
        case .success(.topics(let topics)): result = .success(topics)
        case .success: return
        case .failure(let error): result = .failure(error)
        }
        guard state.topics.listing.received(answer.id, result, now: state.now) else {
            if case .failure(let error) = result { state.say(error.message, .error) }
            return
        }
        state.topics.byName = Dictionary(
            state.topics.listing.items.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        if let cluster = state.shownCluster, cluster.id == state.topics.listing.cluster {
            state.topics.brokersSeen[cluster.name] = Set(
                state.topics.listing.items.flatMap(\.partitions).flatMap(\.replicas))
        }
        Self.askMatrix(&state)
        Self.settle(&state, force: false)
    }

    /// Sorted and filtered ids for the table.
    static func settle(_ state: inout ConsoleState, force: Bool) {
        let topics = state.topics
        var items = topics.listing.items
        if topics.viewer != .everything { items = items.filter { topics.visible?.contains($0.name) ?? false } }
        if let filter = state.filter(of: .topics) { items = items.filter { filter.matches($0) } }
        items.sort(by: Self.order(topics.table.sortColumn ?? "name", isReversed: topics.table.isReversed))
        state.topics.shownCount = items.count
        let ids = items.map(\.name)
        if force { state.topics.table.showOnly(ids) }
        state.topics.table.settle(ids, now: state.now, lastKey: state.lastKey, force: force)
        if let opened = topics.opened, let topic = topics.byName[opened] {
            let ids = topic.partitions.map { String($0.index) }
            state.topics.partitions.settle(ids, now: state.now, lastKey: state.lastKey, force: true)
        }
    }

    private static func order(_ column: String, isReversed: Bool) -> (TopicView, TopicView) -> Bool {
        func ascending(_ left: TopicView, _ right: TopicView) -> Bool {
            // Numbers start with the largest; names break ties.
            switch column {
            case "partitions": (right.partitions.count, left.name) < (left.partitions.count, right.name)
            case "rf": (right.replicationFactor, left.name) < (left.replicationFactor, right.name)
            case "health": (right.troubles, left.name) < (left.troubles, right.name)
            case "readers": (right.readers.count, left.name) < (left.readers.count, right.name)
            default: left.name < right.name
            }
        }
        return isReversed ? { ascending($1, $0) } : ascending
    }

    // MARK: Viewing as someone

    static func view(as viewer: Viewer, _ state: inout ConsoleState) {
        state.topics.viewer = viewer
        state.topics.visible = nil
        state.topics.viewProblem = nil
        state.topics.opened = nil
        Self.askMatrix(&state)
        Self.settle(&state, force: true)
    }

    private static func askMatrix(_ state: inout ConsoleState) {
        guard case .subject(let subject, _) = state.topics.viewer, let cluster = state.topics.listing.cluster,
            state.topics.listing.isLoaded
        else { return }
        let resources = state.topics.listing.items.map { AccessMatrixQuestion.Resource(type: .topic, name: $0.name) }
        state.topics.matrixRequest = state.ask(
            .accessMatrix(AccessMatrixQuestion(virtualCluster: cluster, subject: subject, resources: resources)),
            for: .topics)
    }

    private static func receiveMatrix(_ answer: Answer, _ state: inout ConsoleState) {
        state.topics.matrixRequest = nil
        switch answer.result {
        case .success(.accessMatrix(let matrix)):
            state.topics.visible = Set(
                matrix.rows.filter { row in
                    row.resource.type == .topic && row.cells.contains { $0.operation == .describe && $0.allowed }
                }.map(\.resource.name))
            state.topics.viewProblem = nil
        case .success: state.topics.viewProblem = "the engine's answer was of another kind"
        case .failure(let error): state.topics.viewProblem = error.message
        }
        Self.settle(&state, force: true)
    }

    // MARK: Moving

    static func move(_ motion: Motion, _ state: inout ConsoleState) {
        let rows = Self.visibleRows(state)
        if state.topics.opened != nil {
            if motion == .left { return state.topics.opened = nil }
            state.topics.partitions.move(motion, visibleRows: rows)
        } else if motion == .right {
            Self.enter(&state)
        } else {
            state.topics.table.move(motion, visibleRows: rows)
        }
    }

    static func enter(_ state: inout ConsoleState) {
        guard state.topics.opened == nil, !state.topics.table.isSelectedGone, let name = state.topics.table.selected,
            state.topics.byName[name] != nil
        else { return }
        state.topics.opened = name
        state.topics.partitions = TableState()
        Self.settle(&state, force: true)
    }

    static func leave(_ state: inout ConsoleState) -> Bool {
        if state.topics.opened != nil {
            state.topics.opened = nil
            return true
        }
        if state.topics.viewer != .everything {
            Self.view(as: .everything, &state)
            return true
        }
        return false
    }

    static func jump(to name: String, _ state: inout ConsoleState) -> Bool {
        guard state.topics.byName[name] != nil else { return false }
        if state.filter(of: .topics) != nil { state.setFilter("", for: .topics) }
        state.topics.table.select(name)
        return state.topics.table.selected == name
    }

    static func mouse(_ action: MouseAction, area: Rect, _ state: inout ConsoleState) -> Bool {
        guard state.topics.opened == nil, action.kind == .click || action.kind == .doubleClick else { return false }
        let inner = Self.listArea(area, state)
        guard action.column >= inner.column, action.column < inner.endColumn,
            let id = state.topics.table.id(
                atLine: action.row - inner.row - 1, visibleRows: Table.visibleRows(in: inner))
        else { return false }
        state.topics.table.select(id)
        if action.kind == .doubleClick { Self.enter(&state) }
        return true
    }

    // MARK: What the frame asks

    var selected: TopicView? {
        guard let name = self.opened ?? self.table.selected else { return nil }
        return self.byName[name]
    }

    static func crumbs(_ state: ConsoleState) -> [String] {
        [state.shownCluster?.name, state.topics.opened].compactMap { $0 }
    }

    static func statusLine(_ state: ConsoleState) -> String {
        let topics = state.topics
        if let problem = topics.listing.problem, topics.listing.isLoaded {
            return "Not refreshed: \(problem)"
        }
        switch topics.viewer {
        case .everything: return "view: everything (operator)    v views as a principal"
        case .subject(.assumed, let label):
            return "view: as \(label), claims unknown: rules that read claims do not match"
        case .subject(_, let label): return "view: as \(label)    Esc shows everything"
        }
    }

    static func copyText(_ state: ConsoleState) -> (text: String, what: String)? {
        state.topics.selected.map { ($0.name, "the topic's name") }
    }

    static func commandLine(_ state: ConsoleState) -> String? { nil }

    static func document(_ state: ConsoleState) -> (title: String, text: String)? {
        guard let topic = state.topics.selected, let data = try? EntityCoding.encode(topic),
            let value = try? JSONValue(parsing: Array(data))
        else { return nil }
        return ("topic '\(topic.name)'", YAMLWriter.text(value))
    }

    // MARK: Commands

    static let commands: [Command] = [
        Command(
            "topics view", "see the list as somebody else does", hint: "view as", keys: [.character("v")],
            in: .place(.topics), argument: "[PRINCIPAL]"
        ) {
            state, name in
            Self.chooseViewer(name, &state)
        },
        Command(
            "topics cluster", "choose the virtual cluster", hint: "cluster", keys: [.character("b")],
            in: .place(.topics), argument: "[NAME]",
            completions: { $0.data.gatewayConfiguration?.virtualClusters.map(\.virtualCluster.name) ?? [] }
        ) { state, name in
            state.chooseCluster(name, command: "topics cluster")
        },
        Command(
            "topics sort", "sort by a column", hint: "sort", keys: [.character("s")], in: .place(.topics),
            argument: "[COLUMN]",
            completions: { _ in Self.sortColumns.map(\.id) }
        ) { state, column in
            Self.sort(by: column, &state)
        },
        Command("topics reverse", "the other way round", keys: [.character("S")], in: .place(.topics)) { state, _ in
            state.topics.table.isReversed.toggle()
            Self.keepSort(&state)
        },
    ]

    private static let sortColumns: [(id: String, title: String)] = [
        ("name", "name"), ("partitions", "number of partitions"), ("rf", "replication factor"),
        ("health", "partitions in trouble"), ("readers", "how many may read"),
    ]

    private static func sort(by column: String, _ state: inout ConsoleState) {
        guard !column.isEmpty else {
            return state.show(
                .picker(
                    PickerOverlay(
                        title: "Sort by", items: Self.sortColumns.map { .init(id: $0.id, title: $0.title) },
                        command: "topics sort", selected: state.topics.table.sortColumn)))
        }
        guard Self.sortColumns.contains(where: { $0.id == column }) else {
            return state.say("There is no column '\(column)' to sort by.", .error)
        }
        state.topics.table.sortColumn = column
        Self.keepSort(&state)
    }

    private static func keepSort(_ state: inout ConsoleState) {
        let column = state.topics.table.sortColumn ?? "name"
        state.preferences.sort[Place.topics.name] = (state.topics.table.isReversed ? "-" : "") + column
        state.emit(.savePreferences(state.preferences))
        Self.settle(&state, force: true)
    }

    private static func chooseViewer(_ name: String, _ state: inout ConsoleState) {
        let cluster = state.shownCluster
        switch name {
        case "":
            var items: [PickerOverlay.Item] = [
                .init(id: "everything", title: "everything", detail: "as the operator"),
                .init(
                    id: "anonymous", title: "anonymous",
                    detail: cluster?.allowsAnonymous == true ? "without a token" : "may not sign in here"),
            ]
            if case .token = state.tokens.subject {
                items.append(.init(id: "token", title: "the token in the lab", detail: "with its claims"))
            }
            let principals = Set(state.data.snapshot?.connections.compactMap(\.principal) ?? [])
                .subtracting(["anonymous"])
            items += principals.sorted().map { .init(id: $0, title: $0, detail: "connected now; without claims") }
            state.show(.picker(PickerOverlay(title: "View topics as", items: items, command: "topics view")))
        case "everything": Self.view(as: .everything, &state)
        case "anonymous": Self.view(as: .subject(.anonymous, label: "anonymous"), &state)
        case "token":
            guard case .token(let held) = state.tokens.subject else {
                return state.say("There is no token in the lab. 5 goes there.", .warning)
            }
            Self.view(as: .subject(.token(held.text), label: "the token in the lab"), &state)
        default:
            Self.view(as: .subject(.assumed(principal: name, claims: [:]), label: name), &state)
        }
    }
}

extension TopicView: FilterSubject {
    func filterValues(_ field: String) -> [String]? {
        switch field {
        case "topic", "name", "resource": [self.name, self.physicalName]
        case "principal": self.readers + self.writers
        case "reader": self.readers
        case "writer": self.writers
        case "id": self.topicID.map { [$0] } ?? []
        case "state", "health": [self.health.text]
        default: nil
        }
    }

    var filterText: String { "\(self.name) \(self.physicalName)" }
}

extension TopicView {
    /// Partitions without a leader or with replicas that lag behind.
    var troubles: Int { self.partitions.count { $0.leader < 0 || $0.inSyncReplicas.count < $0.replicas.count } }

    /// `ok`, `2 under`, `1 down`.
    var health: TableCell {
        let down = self.partitions.count { $0.leader < 0 }
        if down > 0 { return TableCell("\(down) down", .stateDown) }
        return self.troubles > 0 ? TableCell("\(self.troubles) under", .stateWarn) : TableCell("ok", .stateOK)
    }
}
