import Foundation
import GatewayModel

/// A list that the engine is asked for again and again while someone looks at it.
struct Listing<Item: Equatable & Sendable>: Equatable, Sendable {
    /// Between two questions.
    static var period: TimeInterval { 5 }
    /// After that an answer is not waited for any longer.
    static var patience: TimeInterval { 30 }

    /// The id of the virtual cluster that it is of.
    private(set) var cluster: String?
    private(set) var items: [Item] = []
    private(set) var loadedAt: Date?
    private(set) var problem: String?
    private var askedAt: Date?
    private var requestID: Int?

    var isLoaded: Bool { self.loadedAt != nil }

    /// Whether to ask now; another cluster drops what was known of the one before.
    mutating func isDue(for cluster: String, now: Date, isForced: Bool) -> Bool {
        if self.cluster != cluster {
            self = Listing()
            self.cluster = cluster
        }
        guard let askedAt = self.askedAt else { return true }
        let elapsed = now.timeIntervalSince(askedAt)
        if self.requestID != nil { return elapsed >= Self.patience }
        return isForced || elapsed >= Self.period
    }

    mutating func asked(_ id: Int, now: Date) {
        self.requestID = id
        self.askedAt = now
    }

    /// - Returns: false when it is not the answer that is waited for.
    mutating func received(_ id: Int, _ result: Result<[Item], EngineClientError>, now: Date) -> Bool {
        guard id == self.requestID else { return false }
        self.requestID = nil
        switch result {
        case .success(let items):
            self.items = items
            self.loadedAt = now
            self.problem = nil
        case .failure(let error): self.problem = error.message
        }
        return true
    }
}

/// Which virtual cluster Topics and Groups show.
extension ConsoleState {
    /// The one chosen, else the first.
    var shownCluster: VirtualCluster? {
        let clusters = self.data.gatewayConfiguration?.virtualClusters.map(\.virtualCluster) ?? []
        return clusters.first { $0.id == self.topics.chosenCluster } ?? clusters.first
    }

    mutating func chooseCluster(_ name: String, command: String) {
        let clusters = self.data.gatewayConfiguration?.virtualClusters.map(\.virtualCluster) ?? []
        if name.isEmpty {
            guard clusters.count > 1 else {
                return self.say(
                    clusters.isEmpty
                        ? "There is no virtual cluster yet. 9 sets one up." : "There is only one virtual cluster.")
            }
            return self.show(
                .picker(
                    PickerOverlay(
                        title: "Virtual cluster",
                        items: clusters.map { .init(id: $0.name, title: $0.name, detail: "on \($0.destination.name)") },
                        command: command, selected: self.shownCluster?.name)))
        }
        guard let cluster = clusters.first(where: { $0.name == name || $0.id == name }) else {
            return self.say("There is no virtual cluster '\(name)'.", .error)
        }
        self.topics.chosenCluster = cluster.id
        self.place.screen.arrived(&self)
    }

    /// What to say instead of a list, the most important first; nil when there is a list.
    func listingProblem<Item>(_ listing: Listing<Item>, what: String) -> [String]? {
        guard let cluster = self.shownCluster else {
            return self.data.isConfigurationKnown
                ? ["There is no virtual cluster yet.", "9 sets one up; then its \(what) show here."]
                : ["Reading the configuration..."]
        }
        if listing.cluster == cluster.id, listing.isLoaded { return nil }
        if let problem = listing.problem {
            return [
                "\(what.capitalized) of \(cluster.name) are not known: \(problem)",
                "Asked again every 5 s. 3 shows the backend cluster.",
            ]
        }
        return ["Asking \(cluster.destination.name) for the \(what) of \(cluster.name)..."]
    }
}

extension Grid {
    /// A few lines in place of a list.
    mutating func notice(_ lines: [String], area: Rect, glyphs: Glyphs) {
        var row = area.row
        for (index, line) in lines.enumerated() {
            for text in CellText.wrapped(CellText.sanitised(line), columns: max(1, area.columns - 2)) {
                guard row < area.endRow else { return }
                self.line(
                    text, column: area.column + 1, row: row, columns: area.columns - 2,
                    role: index == 0 ? .strong : .muted, glyphs: glyphs)
                row += 1
            }
        }
    }

    /// A line with a label in front, as details show it.
    mutating func detail(
        _ label: String, _ text: String, row: Int, area: Rect, role: Role = .base, labelColumns: Int = 10,
        glyphs: Glyphs
    ) {
        guard row < area.endRow else { return }
        self.write(label, column: area.column + 1, row: row, role: .muted, limit: area)
        self.line(
            text, column: area.column + labelColumns + 2, row: row, columns: area.columns - labelColumns - 3,
            role: role, glyphs: glyphs)
    }
}

/// Names as a narrow column shows them: the first, and how many more.
enum NameList {
    static func short(_ names: [String], columns: Int) -> String {
        guard let first = names.first else { return "nobody" }
        let rest = names.count - 1
        guard rest > 0 else { return first }
        let tail = " +\(rest)"
        return CellText.cut(first, to: max(1, columns - tail.count), ellipsis: "~") + tail
    }
}
