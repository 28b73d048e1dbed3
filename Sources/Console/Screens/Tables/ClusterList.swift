import EngineInterface
import Foundation
import Resources

/// An item that clients of a virtual cluster see: a topic or a group.
protocol ClusterItem: FilterSubject, Codable, Equatable, Sendable {
    /// Its name in the virtual cluster.
    var listName: String { get }
}

/// A list that is refreshed from the engine while it is visible, and its open item.
struct ClusterList<Item: ClusterItem>: Equatable, Sendable {
    /// The time between two questions.
    static var period: TimeInterval { 5 }
    /// The time after which an answer is no longer expected.
    static var patience: TimeInterval { 30 }

    /// The id of the virtual cluster that it is of.
    private(set) var cluster: String?
    private(set) var items: [Item] = []
    private(set) var byName: [String: Item] = [:]
    private(set) var loadedAt: Date?
    private(set) var problem: String?
    private var askedAt: Date?
    private var requestID: Int?

    /// The name of the one that is open.
    var opened: String?
    /// The number of items that match the filter.
    var shownCount = 0

    var isLoaded: Bool { self.loadedAt != nil }

    var openedItem: Item? { self.opened.flatMap { self.byName[$0] } }

    /// Whether to ask now. Another cluster discards the list of the one before.
    mutating func isDue(for cluster: String, now: Date, isForced: Bool) -> Bool {
        if self.cluster != cluster {
            self = ClusterList()
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

    /// - Returns: False if it is not the expected answer.
    mutating func received(_ id: Int, _ result: Result<[Item], EngineClientError>, now: Date) -> Bool {
        guard id == self.requestID else { return false }
        self.requestID = nil
        switch result {
        case .success(let items):
            self.items = items
            self.byName = Dictionary(items.map { ($0.listName, $0) }, uniquingKeysWith: { first, _ in first })
            self.loadedAt = now
            self.problem = nil
            // An item that no longer exists has nothing to show.
            if self.openedItem == nil { self.opened = nil }
        case .failure(let error): self.problem = error.message
        }
        return true
    }
}

/// The virtual cluster that Topics and Groups show.
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
}
