import EngineInterface
import Foundation
import JSON
import Resources
import Synchronization

/// An engine in another process, by its management API. What is going on is followed by the live stream, so that looking
/// often costs nothing; the rest is asked when it is wanted.
final class HTTPEngineClient: EngineClient {
    private static let everyGateway = "-"

    private struct Feeds {
        /// The feeds by gateway id, or ``everyGateway``.
        var all: [String: LiveFeed] = [:]
        /// The one that gives log lines: each feed numbers them for itself.
        var ofLogs: LiveFeed?
    }

    private let connection: ManagementConnection
    private let feeds = Mutex(Feeds())

    init(connection: ManagementConnection) {
        self.connection = connection
    }

    /// Ends the live streams.
    func stop() async {
        for feed in self.feeds.withLock({ Array($0.all.values) }) { await feed.stop() }
    }

    /// Does not wait for the next attempt of streams that are broken.
    func retry() async {
        for feed in self.feeds.withLock({ Array($0.all.values) }) { await feed.retry() }
    }

    var freshness: Date? {
        self.feeds.withLock { $0.all.values.compactMap(\.heardAt).max() }
    }

    // MARK: What is going on

    func liveSnapshot(gateway: String?, decisions: Int) async throws -> LiveSnapshot {
        guard let snapshot = try await self.feed(gateway).snapshot() else {
            throw EngineClientError("The management API at \(self.connection.url) has not shown anything yet.")
        }
        return snapshot
    }

    func decisions(
        after sequence: UInt64, gateway: String?, limit: DecisionLimit
    ) async throws -> [DecisionRecord] {
        try await self.feed(gateway).view().decisions(after: sequence)
    }

    func keptDecisions(gateway: String?) async throws -> [DecisionRecord] {
        try self.decode(
            try await self.connection.success(
                "GET", "/v1/event-gateways/\(gateway ?? Self.everyGateway)/decisions"))
    }

    func logs(after sequence: UInt64) async throws -> [LogLine] {
        let running = self.feeds.withLock { $0.ofLogs }
        return try await (running ?? self.feed(nil)).view().logs(after: sequence)
    }

    private func feed(_ gateway: String?) -> LiveFeed {
        let key = gateway ?? Self.everyGateway
        return self.feeds.withLock { feeds in
            if let feed = feeds.all[key] { return feed }
            let feed = LiveFeed(connection: self.connection, gateway: key)
            feeds.all[key] = feed
            feeds.ofLogs = feeds.ofLogs ?? feed
            return feed
        }
    }

    // MARK: What would be

    func checkToken(_ token: String, virtualCluster: String) async throws -> TokenCheckReport {
        try await self.post("\(Self.path(virtualCluster))/check-token", ["token": token])
    }

    func accessMatrix(_ question: AccessMatrixQuestion) async throws -> AccessMatrix {
        try await self.post("\(Self.root)/access-matrix", question)
    }

    func explain(_ question: AccessQuestion) async throws -> AccessExplanation {
        try await self.post("\(Self.root)/explain", question)
    }

    func probe(_ question: ProbeQuestion) async throws -> ProbeReport {
        try await self.post("\(Self.root)/probe", question)
    }

    func check(_ target: ReachabilityTarget) async throws -> ReachabilityReport {
        try await self.post("\(Self.root)/reachability", target)
    }

    // MARK: What is behind

    func topics(virtualCluster: String) async throws -> [TopicView] {
        try self.decode(try await self.connection.success("GET", "\(Self.path(virtualCluster))/topics"))
    }

    func groups(virtualCluster: String) async throws -> [GroupView] {
        try self.decode(try await self.connection.success("GET", "\(Self.path(virtualCluster))/groups"))
    }

    func createTopic(_ name: String, partitions: Int32, virtualCluster: String) async throws {
        struct Topic: Encodable {
            var name: String
            var partitions: Int32
        }
        _ = try await self.connection.success(
            "POST", "\(Self.path(virtualCluster))/topics",
            body: try EntityCoding.encode(Topic(name: name, partitions: partitions)))
    }

    func closeConnection(sessionID: UInt64) async throws -> Bool {
        do {
            _ = try await self.connection.success("DELETE", "\(Self.root)/connections/\(sessionID)")
            return true
        } catch let error as EngineClientError where error.kind == .notFound {
            return false
        }
    }

    // MARK: Calls

    private static let root = "/v1/event-gateways/\(everyGateway)"

    private static func path(_ virtualCluster: String) -> String {
        "\(self.root)/virtual-clusters/\(PathSegment.encoded(virtualCluster))"
    }

    private func post<Answer: Decodable>(_ path: String, _ body: some Encodable) async throws -> Answer {
        try self.decode(
            try await self.connection.success("POST", path, body: try EntityCoding.encode(body)))
    }

    private func decode<Answer: Decodable>(_ data: Data) throws -> Answer {
        do {
            return try EntityCoding.decode(Answer.self, from: data)
        } catch {
            throw EngineClientError(
                "An answer of the management API at \(self.connection.url) cannot be read: is it of another version?")
        }
    }
}
