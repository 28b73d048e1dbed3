import Foundation
import GatewayModel
import Synchronization

/// An engine that remembers what it was told, and cannot bind ports that someone else holds.
final class FakeEngine: EngineControl, EngineClient, Sendable {
    struct State {
        var applied: [EngineConfiguration] = []
        var prepared: [EngineConfiguration] = []
        var busyPorts: Set<Int> = []
        /// Answers of `liveSnapshot`, the last one again and again.
        var snapshots: [LiveSnapshot] = []
        var decisions: [DecisionRecord] = []
        /// After this many snapshots the engine is gone: a live stream then ends.
        var snapshotsLeft = Int.max
        var checkedTokens: [String] = []
    }

    struct Gone: Error {}

    let state = Mutex(State())

    var applied: [EngineConfiguration] { self.state.withLock { $0.applied } }

    func prepare(_ configuration: EngineConfiguration) async throws {
        try self.state.withLock { state in
            state.prepared.append(configuration)
            for listener in configuration.gateways.flatMap(\.listeners).map(\.listener) {
                let failures = listener.allPorts.filter(state.busyPorts.contains).map {
                    ListenerBindError.Failure(
                        address: listener.addresses[0], port: $0, reason: "address already in use")
                }
                if !failures.isEmpty { throw ListenerBindError(listener: listener.name, failures: failures) }
            }
        }
    }

    func apply(_ configuration: EngineConfiguration) async {
        self.state.withLock { $0.applied.append(configuration) }
    }

    func liveSnapshot(gateway: String?) async throws -> LiveSnapshot {
        try self.state.withLock { state in
            guard state.snapshotsLeft > 0 else { throw Gone() }
            state.snapshotsLeft -= 1
            if state.snapshots.count > 1 { return state.snapshots.removeFirst() }
            return state.snapshots.first ?? .empty
        }
    }

    func decisions(after sequence: UInt64, gateway: String?) async throws -> [DecisionRecord] {
        self.state.withLock { $0.decisions.filter { $0.sequence > sequence } }
    }

    func checkToken(_ token: String, virtualCluster: String) async throws -> TokenCheckReport {
        self.state.withLock { $0.checkedTokens.append(token) }
        return TokenCheckReport(
            accepted: false, checks: [.init(name: "signature", outcome: .failed, detail: "no key fits")])
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
            sequence: sequence, time: Timestamp.date(milliseconds: 0), gateway: "edge", virtualCluster: "team",
            principal: "anonymous", sessionID: 1, clientID: nil, api: "Produce", resourceType: .topic,
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
