package import EngineInterface
package import Foundation
package import Resources

/// The console's knowledge of the engine and the configuration. A lost stream makes it stale and removes nothing.
package struct EngineData: Sendable {
    package enum Freshness: Equatable, Sendable {
        /// No snapshot has arrived yet.
        case connecting
        case live
        /// No snapshot has arrived since this time.
        case stale(since: Date, reason: String)
        /// The engine was asked and never answered: there is nothing to show.
        case notConnected(reason: String)
    }

    /// A longer silence means that the engine is frozen or cannot be reached: an engine in this process is polled four
    /// times a second, and a remote one sends a heartbeat every second.
    static let longestSilence = 2.5
    /// The time over which frames are counted.
    private static let rateSeconds = 4.0

    package internal(set) var freshness = Freshness.connecting
    package internal(set) var snapshot: LiveSnapshot?
    package internal(set) var configuration = ConfigurationTree() {
        didSet {
            if oldValue != self.configuration { self.configurationRevision += 1 }
            let clients = self.configuration.identities.flatMap(\.clients)
            self.clientNames = Dictionary(
                clients.map { (WireName($0.id), $0.name) }, uniquingKeysWith: { first, _ in first })
        }
    }
    /// Rises whenever the configuration changes.
    private(set) var configurationRevision = 0
    /// The names of the auth servers' clients, by client id: a token of such a client has its id as the principal.
    private var clientNames: [WireName: String] = [:]
    package internal(set) var isConfigurationKnown = false
    /// The id of the shown gateway; nil is the first.
    var chosenGateway: String? {
        didSet {
            if oldValue != self.chosenGateway, let snapshot = self.snapshot { self.take(snapshot) }
        }
    }
    private(set) var traffic: Traffic
    private(set) var decisions = DecisionLog()
    private(set) var logs = LogBuffer()
    private var lastNews: Date?
    /// The arrival times of the frames of the last seconds.
    private var frames: [Date] = []
    /// The gateway that `traffic` was counted for.
    private var countedGateway: String?
    /// The time of the first snapshot.
    private var firstSnapshot: Date?
    /// The remote address and listener of each session that is open or was closed a moment ago.
    private var places: [UInt64: (client: String, listener: String)] = [:]

    /// - Parameter isRemote: whether the engine is in another process.
    init(isRemote: Bool = false) {
        self.traffic = Traffic(isRemote: isRemote)
    }

    /// The shown gateway.
    var gateway: Gateway? { self.gatewayConfiguration?.gateway }

    var gatewayConfiguration: GatewayConfiguration? {
        self.configuration.gateways.first { $0.gateway.id == self.chosenGateway } ?? self.configuration.gateways.first
    }

    /// Whether the shown gateway is the only one.
    var isOnlyGateway: Bool { self.configuration.gateways.count <= 1 }

    /// Whether a name or an id is that of the shown gateway.
    func isHere(_ gateway: String) -> Bool {
        guard !self.isOnlyGateway, let here = self.gateway else { return true }
        return gateway == here.name || gateway == here.id
    }

    /// `9imja0b7fuwvhd2k (Client)`: a principal, and what the client is called whose id that is.
    func named(_ principal: String) -> String {
        guard let name = self.clientNames[WireName(principal)], !name.isEmpty, !name.hasSameBytes(as: principal) else {
            return principal
        }
        return "\(principal) (\(name))"
    }

    mutating func receive(_ feed: FeedEvent, at now: Date) {
        switch feed {
        case .snapshot(let snapshot):
            self.snapshot = snapshot
            self.freshness = .live
            self.lastNews = now
            self.frames.append(now)
            self.forgetFrames(before: now.addingTimeInterval(-Self.rateSeconds))
            self.take(snapshot)
        case .decisions(let records):
            self.lastNews = now
            self.append(records)
        case .logs(let lines):
            self.lastNews = now
            self.logs.append(lines)
        case .lost(let reason):
            guard self.snapshot != nil else {
                self.freshness = .notConnected(reason: reason)
                return
            }
            self.freshness = .stale(since: self.lastNews ?? now, reason: reason)
        }
    }

    private mutating func forgetFrames(before start: Date) {
        self.frames.removeAll { $0 <= start }
    }

    /// Frames a second over the last seconds; nil before there is a measurement.
    func frameRate(at now: Date) -> Int? {
        guard let first = self.frames.first, now.timeIntervalSince(first) >= 1 else { return nil }
        let start = now.addingTimeInterval(-Self.rateSeconds)
        let count = self.frames.count { $0 > start }
        let span = min(Self.rateSeconds, now.timeIntervalSince(first))
        let rate = Int((Double(count) / span).rounded())
        return rate > 0 ? rate : nil
    }

    private mutating func take(_ snapshot: LiveSnapshot) {
        if self.firstSnapshot == nil { self.firstSnapshot = snapshot.time }
        let gateway = self.isOnlyGateway ? nil : self.gateway?.id
        if gateway != self.countedGateway, self.isConfigurationKnown {
            if self.countedGateway != nil || gateway != nil { self.traffic.startOver() }
            self.countedGateway = gateway
        }
        let here = self.isOnlyGateway ? nil : self.gateway
        let samples = self.traffic.samples
        self.traffic.receive(
            snapshot, isHere: { name in here == nil || name == here?.name || name == here?.id },
            isEverywhere: here == nil)
        if self.traffic.samples != samples { self.rememberPlaces(snapshot.connections) }
        // The stream brings decisions in order. Those of a snapshot are the newest only: they are taken when nothing is
        // skipped by that, or when there is no stream.
        let isLate = self.firstSnapshot.map { snapshot.time.timeIntervalSince($0) > 2 } ?? false
        if self.decisions.isContinued(by: snapshot.decisions) || (self.decisions.end == 0 && isLate) {
            self.append(snapshot.decisions)
        }
    }

    private mutating func append(_ records: [DecisionRecord]) {
        let places = self.places
        self.decisions.append(records, locate: { places[$0] })
    }

    /// Takes the decisions that the engine still holds.
    /// - Returns: The number of decisions that the log did not have. If there are any, decisions have new numbers.
    mutating func merge(_ records: [DecisionRecord]) -> Int {
        let places = self.places
        return self.decisions.merge(records, locate: { places[$0] })
    }

    private mutating func rememberPlaces(_ connections: [ConnectionView]) {
        if self.places.count > connections.count + 2000 { self.places.removeAll(keepingCapacity: true) }
        for connection in connections where self.places[connection.sessionID] == nil {
            self.places[connection.sessionID] = (connection.remoteAddress, connection.listener)
        }
    }

    mutating func tick(_ now: Date) {
        guard case .live = self.freshness, let lastNews = self.lastNews,
            now.timeIntervalSince(lastNews) > Self.longestSilence
        else {
            return
        }
        self.freshness = .stale(since: lastNews, reason: "The engine sends nothing; it is frozen or unreachable.")
    }

    /// The objects that the palette can jump to.
    struct NamedObject: Equatable, Sendable {
        var kind: String
        var name: String
        var detail: String
        var call: CommandCall
    }

    var objects: [NamedObject] {
        var objects = self.traffic.principals.keys.sorted().prefix(200).map(\.text).map { name in
            NamedObject(
                kind: "principal", name: name, detail: "its decisions",
                call: CommandCall("decisions", Filter.term("principal", name)))
        }
        guard let gateway = self.gatewayConfiguration else { return objects }
        for other in self.configuration.gateways.map(\.gateway) where other.id != gateway.gateway.id {
            objects.append(
                NamedObject(
                    kind: "gateway", name: other.name, detail: "show it", call: CommandCall("gateway", other.name)))
        }
        func add(_ kind: String, _ name: String) {
            objects.append(NamedObject(kind: kind, name: name, detail: "in the Map", call: CommandCall("map", name)))
        }
        let node = self.configuration.node(EntityKey(.gateway, [gateway.gateway.name]))
        for kind in EntityKind.gateway.children {
            for child in node?.children[kind] ?? [] { add(kind.title, child.name) }
        }
        return objects
    }
}
