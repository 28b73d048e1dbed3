import EngineInterface
import Foundation
import Resources

/// Topics as clients of a virtual cluster see them, with the backend's names and the principals that may read them.
/// Record contents are never shown.
struct TopicsScreen: ClusterScreen {
    static let place = Place.topics
    static var path: any WritableKeyPath<ConsoleState, TopicsScreen> & Sendable { \.topics }
    static let noun = "topic"
    static let usualSort = TopicSort.name

    /// The principal as which the list is shown.
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
    var list = ClusterList<TopicView>()
    var table = TableState()
    var viewer = Viewer.everything
    /// Names that the viewer may describe; nil while that is not known.
    private(set) var visible: Set<WireName>?
    private(set) var viewProblem: String?
    private var matrixRequest: Int?
    /// The partitions of the topic that is open.
    var partitions = TableState()
    /// Node ids of brokers that hold replicas, by virtual cluster name.
    private(set) var brokersSeen: [String: Set<Int32>] = [:]

    // MARK: Data

    static func question(virtualCluster: String) -> Question { .topics(virtualCluster: virtualCluster) }

    static func items(in answer: AnswerValue) -> [TopicView]? {
        if case .topics(let topics) = answer { topics } else { nil }
    }

    static func forget(_ state: inout ConsoleState) { state.topics.visible = nil }

    static func receive(_ answer: Answer, _ state: inout ConsoleState) {
        if answer.id == state.topics.matrixRequest { return Self.receiveMatrix(answer, &state) }
        Self.receiveList(answer, &state)
    }

    static func received(_ state: inout ConsoleState) {
        if let cluster = state.shownCluster, cluster.id == state.topics.list.cluster {
            state.topics.brokersSeen[cluster.name] = Set(
                state.topics.list.items.flatMap(\.partitions).flatMap(\.replicas))
        }
        Self.askMatrix(&state)
    }

    static func isListed(_ topic: TopicView, _ state: ConsoleState) -> Bool {
        state.topics.viewer == .everything || state.topics.visible?.contains(WireName(topic.name)) == true
    }

    static func isBefore(_ left: TopicView, _ right: TopicView, by sort: TopicSort) -> Bool {
        // Numbers start with the largest; names break ties.
        switch sort {
        case .name: left.name < right.name
        case .partitions: (right.partitions.count, left.name) < (left.partitions.count, right.name)
        case .replication: (right.replicationFactor, left.name) < (left.replicationFactor, right.name)
        case .health: (right.troubles, left.name) < (left.troubles, right.name)
        case .readers: (right.readers.count, left.name) < (left.readers.count, right.name)
        }
    }

    // MARK: Viewing as someone

    static func view(as viewer: Viewer, _ state: inout ConsoleState) {
        state.topics.viewer = viewer
        state.topics.visible = nil
        state.topics.viewProblem = nil
        state.topics.list.opened = nil
        Self.askMatrix(&state)
        Self.settle(&state, force: true)
    }

    private static func askMatrix(_ state: inout ConsoleState) {
        guard case .subject(let subject, _) = state.topics.viewer, let cluster = state.topics.list.cluster,
            state.topics.list.isLoaded
        else { return }
        let resources = state.topics.list.items.map { AccessMatrixQuestion.Resource(type: .topic, name: $0.name) }
        state.topics.matrixRequest = state.ask(
            .accessMatrix(AccessMatrixQuestion(virtualCluster: cluster, subject: subject, resources: resources)),
            for: .topics)
    }

    private static func receiveMatrix(_ answer: Answer, _ state: inout ConsoleState) {
        state.topics.matrixRequest = nil
        switch answer.result {
        case .success(.accessMatrix(let matrix)):
            state.topics.visible =
                matrix.rows.filter { row in
                    row.resource.type == .topic && row.cells.contains { $0.operation == .describe && $0.allowed }
                }.map(\.resource.name).wireNames
            state.topics.viewProblem = nil
        case .success: state.topics.viewProblem = "the engine's answer does not fit the question"
        case .failure(let error): state.topics.viewProblem = error.message
        }
        Self.settle(&state, force: true)
    }

    // MARK: The open one

    static func opened(_ state: inout ConsoleState) { state.topics.partitions = TableState() }

    static func settle(opened topic: TopicView, _ state: inout ConsoleState) {
        state.topics.partitions.settle(topic.partitionIDs, now: state.now, lastKey: state.lastKey, force: true)
    }

    static func move(inOpened topic: TopicView, _ motion: Motion, _ state: inout ConsoleState) {
        state.topics.partitions.move(motion, visibleRows: Self.partitionRows(state))
    }

    static func leave(_ state: inout ConsoleState) -> Bool {
        if Self.close(&state) { return true }
        guard state.topics.viewer != .everything else { return false }
        Self.view(as: .everything, &state)
        return true
    }

    // MARK: Requirements of Screen

    static func hint(_ state: ConsoleState) -> String {
        switch state.topics.viewer {
        case .everything: "view: everything (operator)    v views as a principal"
        case .subject(.assumed, let label):
            "view: as \(label), claims unknown: rules that read claims do not match"
        case .subject(_, let label): "view: as \(label)    Esc shows everything"
        }
    }

    static func copyText(_ state: ConsoleState) -> (text: String, what: String)? {
        state.topics.selected.map { ($0.name, "the topic's name") }
    }

    // MARK: Commands

    static let commands: [Command] = Self.ownCommands + Self.tableCommands

    private static let ownCommands: [Command] = [
        Command(
            "topics view", "show the list as another principal sees it", hint: "view as", keys: [.character("v")],
            in: .place(.topics), argument: "[PRINCIPAL]"
        ) { state, name in
            Self.chooseViewer(name, &state)
        },
        Self.clusterCommand,
    ]

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

/// The columns that topics can be sorted by.
enum TopicSort: String, SortColumn {
    case name, partitions, replication = "rf", health, readers

    var title: String {
        switch self {
        case .name: "name"
        case .partitions: "number of partitions"
        case .replication: "replication factor"
        case .health: "partitions in trouble"
        case .readers: "how many may read"
        }
    }

    var letter: Character? {
        switch self {
        case .name: "N"
        case .partitions: "P"
        case .replication: "F"
        case .health: "H"
        case .readers: "R"
        }
    }
}

extension TopicView: ClusterItem {
    var listName: String { self.name }
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
