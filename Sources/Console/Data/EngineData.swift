package import Foundation
package import GatewayModel

/// What the console knows of the engine and the configuration.
package struct EngineData: Sendable {
    package enum Freshness: Equatable, Sendable {
        /// Nothing has come yet.
        case connecting
        case live
        /// No news since then.
        case stale(since: Date, reason: String)
    }

    package internal(set) var freshness = Freshness.connecting
    package internal(set) var snapshot: LiveSnapshot?
    package internal(set) var configuration = ConfigurationTree()
    package internal(set) var isConfigurationKnown = false
    /// The id of the gateway looked at; nil: the first.
    var chosenGateway: String?
    private var lastNews: Date?

    /// The gateway looked at.
    var gateway: Gateway? { self.gatewayConfiguration?.gateway }

    var gatewayConfiguration: GatewayConfiguration? {
        self.configuration.gateways.first { $0.gateway.id == self.chosenGateway } ?? self.configuration.gateways.first
    }

    mutating func receive(_ feed: FeedEvent, at now: Date) {
        switch feed {
        case .snapshot(let snapshot):
            self.snapshot = snapshot
            self.freshness = .live
            self.lastNews = now
        case .decisions, .logs:
            self.lastNews = now
        case .lost(let reason):
            if case .stale = self.freshness { return }
            self.freshness = .stale(since: self.lastNews ?? now, reason: reason)
        }
    }

    mutating func tick(_ now: Date) {
        guard case .live = self.freshness, let lastNews = self.lastNews, now.timeIntervalSince(lastNews) > 3 else {
            return
        }
        self.freshness = .stale(since: lastNews, reason: "no news from the engine")
    }

    /// What the palette can jump to.
    struct NamedObject: Equatable, Sendable {
        var kind: String
        var name: String
        var detail: String
        var call: CommandCall
    }

    var objects: [NamedObject] {
        guard let gateway = self.gatewayConfiguration else { return [] }
        var objects: [NamedObject] = []
        func add(_ kind: String, _ name: String) {
            objects.append(NamedObject(kind: kind, name: name, detail: "in the Map", call: CommandCall("map", name)))
        }
        for cluster in gateway.backendClusters { add("backend cluster", cluster.name) }
        for cluster in gateway.virtualClusters { add("virtual cluster", cluster.virtualCluster.name) }
        for listener in gateway.listeners { add("listener", listener.listener.name) }
        return objects
    }
}
