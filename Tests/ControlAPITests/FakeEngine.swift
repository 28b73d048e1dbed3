import EngineInterface
import Foundation
import JSON
import Resources
import Synchronization

/// An engine that remembers what it was told, and cannot bind ports that someone else holds.
final class FakeEngine: EngineControl, EngineClient, Sendable {
    struct State {
        var applied: [EngineConfiguration] = []
        var prepared: [EngineConfiguration] = []
        var takenBack = 0
        var busyPorts: Set<Int> = []
        /// What the next preparation is refused with.
        var refusal: ListenerBindError?
        /// Answers of `liveSnapshot`, the last one again and again.
        var snapshots: [LiveSnapshot] = []
        var decisions: [DecisionRecord] = []
        /// After this many snapshots the engine is gone: a live stream then ends.
        var snapshotsLeft = Int.max
        var checkedTokens: [String] = []
        var logs: [LogLine] = []
        var matrixQuestions: [AccessMatrixQuestion] = []
        var questions: [AccessQuestion] = []
        var probes: [ProbeQuestion] = []
        var targets: [ReachabilityTarget] = []
        /// `name/partitions/virtual cluster` of each topic made.
        var createdTopics: [String] = []
        var closed: [UInt64] = []
        /// What the inspections throw.
        var failure: EngineClientError?
    }

    struct Gone: Error {}

    let state = Mutex(State())

    var applied: [EngineConfiguration] { self.state.withLock { $0.applied } }

    func prepare(_ configuration: EngineConfiguration) async throws {
        try self.state.withLock { state in
            state.prepared.append(configuration)
            if let refusal = state.refusal { throw refusal }
            for listener in configuration.gateways.flatMap(\.listeners).map(\.listener) {
                let failures = listener.allPorts.filter(state.busyPorts.contains).map {
                    ListenerBindError.Failure(
                        address: listener.addresses[0], port: $0, reason: "address already in use")
                }
                if !failures.isEmpty { throw ListenerBindError(listener: listener.name, failures: failures) }
            }
        }
    }

    func rehearse(_ configuration: EngineConfiguration) async throws {
        try await self.prepare(configuration)
    }

    func takeBack() async { self.state.withLock { $0.takenBack += 1 } }

    func apply(_ configuration: EngineConfiguration) async {
        self.state.withLock { $0.applied.append(configuration) }
    }

    func liveSnapshot(gateway: String?, decisions: Int) async throws -> LiveSnapshot {
        try self.state.withLock { state in
            guard state.snapshotsLeft > 0 else { throw Gone() }
            state.snapshotsLeft -= 1
            if state.snapshots.count > 1 { return state.snapshots.removeFirst() }
            return state.snapshots.first ?? .empty
        }
    }

    func decisions(
        after sequence: UInt64, gateway: String?, limit: DecisionLimit
    ) async throws -> [DecisionRecord] {
        self.state.withLock { $0.decisions.filter { $0.sequence > sequence } }
    }

    func checkToken(_ token: String, virtualCluster: String) async throws -> TokenCheckReport {
        self.state.withLock { $0.checkedTokens.append(token) }
        return TokenCheckReport(
            accepted: false, checks: [.init(name: "signature", outcome: .failed, detail: "no key fits")])
    }

    func logs(after sequence: UInt64) async throws -> [LogLine] {
        self.state.withLock { $0.logs.filter { $0.sequence > sequence } }
    }

    /// Notes what was asked, unless the engine is to fail.
    private func note(_ note: (inout State) -> Void) throws {
        try self.state.withLock { state in
            if let failure = state.failure { throw failure }
            note(&state)
        }
    }

    func accessMatrix(_ question: AccessMatrixQuestion) async throws -> AccessMatrix {
        try self.note { $0.matrixQuestions.append(question) }
        return AccessMatrix(
            principal: "ali",
            rows: [
                .init(
                    resource: .init(type: .topic, name: "orders"), exists: true,
                    cells: [.init(operation: .read, allowed: true, rule: "acl_policy[0]")])
            ], warnings: ["mind the gap"])
    }

    func explain(_ question: AccessQuestion) async throws -> AccessExplanation {
        try self.note { $0.questions.append(question) }
        return AccessExplanation(
            principal: "ali", allowed: false, rule: "__internal/default-deny", reason: "No rule allows it.",
            steps: [.init(policy: "acl_policy", rule: 0, action: .allow, matched: false, details: ["names none"])])
    }

    func probe(_ question: ProbeQuestion) async throws -> ProbeReport {
        try self.note { $0.probes.append(question) }
        return ProbeReport(
            address: "localhost:19092", succeeded: true, topics: ["orders"], predictedTopics: ["orders"],
            detail: "1 topic seen in 4 ms, as predicted.", milliseconds: 4)
    }

    func topics(virtualCluster: String) async throws -> [TopicView] {
        try self.note { _ in }
        return [
            TopicView(
                name: "orders", physicalName: "orders", topicID: nil, isInternal: false,
                partitions: [.init(index: 0, leader: 1, replicas: [1], inSyncReplicas: [1])], readers: ["ali"],
                writers: [])
        ]
    }

    func groups(virtualCluster: String) async throws -> [GroupView] {
        try self.note { _ in }
        return [
            GroupView(
                groupID: "workers", physicalName: "workers", type: "classic", state: "Empty", members: [],
                offsets: [.init(topic: "orders", partition: 0, committed: 3, end: 5)], principals: [])
        ]
    }

    func check(_ target: ReachabilityTarget) async throws -> ReachabilityReport {
        try self.note { $0.targets.append(target) }
        return ReachabilityReport(reachable: false, detail: "refused", milliseconds: 1)
    }

    func createTopic(_ name: String, partitions: Int32, virtualCluster: String) async throws {
        try self.note { $0.createdTopics.append("\(name)/\(partitions)/\(virtualCluster)") }
    }

    func closeConnection(sessionID: UInt64) async throws -> Bool {
        try self.note { $0.closed.append(sessionID) }
        return sessionID != 404
    }
}

extension LogLine {
    static func example(_ sequence: UInt64) -> LogLine {
        LogLine(
            sequence: sequence, time: Timestamp.date(milliseconds: 0), level: .info, component: "listener",
            message: "listener port bound", metadata: ["listener": "public"])
    }
}

extension LiveSnapshot {
    static let empty = LiveSnapshot(
        time: Timestamp.date(milliseconds: 0), connections: [], counters: [], decisions: [], components: [])

    func with(_ change: (inout LiveSnapshot) -> Void) -> LiveSnapshot {
        var copy = self
        change(&copy)
        return copy
    }
}

extension ConnectionView {
    static func example(_ id: UInt64, requests: UInt64 = 0) -> ConnectionView {
        ConnectionView(
            sessionID: id, gateway: "edge", listener: "public", virtualCluster: "team",
            remoteAddress: "127.0.0.1:5", localPort: 19092, principal: "anonymous", authentication: "anonymous",
            clientID: nil, clientSoftwareName: nil, clientSoftwareVersion: nil, upstream: nil, state: .active,
            connectedAt: Timestamp.date(milliseconds: 0), requests: requests, bytesIn: 0, bytesOut: 0, denied: 0)
    }
}

extension DecisionRecord {
    static func example(_ sequence: UInt64) -> DecisionRecord {
        DecisionRecord(
            sequence: sequence, eventLoop: 0, ordinal: sequence, time: Timestamp.date(milliseconds: 0),
            gateway: "edge", virtualCluster: "team", principal: "anonymous", sessionID: 1, clientID: nil,
            api: "Produce", resourceType: .topic,
            resourceName: "orders", operation: .write, verdict: .denied, rule: "__internal/default-deny",
            reason: "no rule allows it")
    }
}

extension DecisionCounter {
    static func example(_ count: UInt64, principal: String = "anonymous") -> DecisionCounter {
        DecisionCounter(
            key: Key(
                gateway: "edge", virtualCluster: "team", principal: principal, resourceType: .topic, operation: .write,
                rule: "__internal/default-deny", verdict: .denied), count: count)
    }
}
