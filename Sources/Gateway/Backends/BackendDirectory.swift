import KafkaProtocol
import NIOCore
import Resources
import Synchronization

/// What is known of one backend cluster, shared by all event loops.
///
/// Sessions read a snapshot when they connect or meet an unknown topic id, never per request.
final class BackendDirectory: Sendable {
    struct Snapshot: Sendable {
        /// Brokers by node id, as the backend advertises them.
        var brokers: [Int32: BrokerAddress] = [:] {
            didSet { self.knownNodes.formUnion(self.brokers.keys) }
        }
        /// The node ids of all brokers that this process has seen, including those that have left.
        private(set) var knownNodes: Set<Int32> = []
        /// The versions that each broker offers, by the address at which it was asked; brokers that have not answered
        /// are missing.
        var versions: [BrokerAddress: BrokerVersions] = [:]
        /// Brokers whose versions may have changed: they did not answer, or a connection to them has ended.
        var suspects: Set<BrokerAddress> = []
        /// Why the backend cannot be used, when the last try failed.
        var failure: String?

        /// Whether some broker has said what it offers.
        var hasAnswered: Bool { !self.versions.isEmpty }
    }

    /// Topic ids kept per backend. Beyond that, each new id replaces another.
    static let maximumTopicIDs = 100_000

    private struct State {
        var snapshot = Snapshot()
        var topicNames: [KafkaUUID: String] = [:]
        /// The id that was learned last for each name: a topic that is deleted and made again has a new one.
        var topicIDs: [WireName: KafkaUUID] = [:]
        var topicList = TopicList()
        var topicListIsCurrent = false
        /// The time of the last question for the list.
        var topicListAsked: NIODeadline?

        mutating func forget(_ id: KafkaUUID) {
            guard let name = self.topicNames.removeValue(forKey: id) else { return }
            let key = WireName(name)
            if self.topicIDs[key] == id { self.topicIDs[key] = nil }
        }
    }

    private let state = Mutex(State())
    private let brokerChanges = Atomic<UInt64>(0)

    var snapshot: Snapshot { self.state.withLock { $0.snapshot } }

    /// A number that changes whenever the brokers of ``snapshot`` do. Read without a lock.
    var brokersVersion: UInt64 { self.brokerChanges.load(ordering: .acquiring) }

    func update(_ change: (inout Snapshot) -> Void) {
        self.state.withLock { state in
            let before = state.snapshot.brokers
            change(&state.snapshot)
            if state.snapshot.brokers != before { self.brokerChanges.add(1, ordering: .releasing) }
        }
    }

    /// Learns the addresses of brokers from an answer to a client, which may connect to one of them before the next
    /// round. Brokers that have left are found in that round.
    func learn(brokers: [Int32: BrokerAddress]) {
        self.state.withLock { state in
            let before = state.snapshot.brokers
            state.snapshot.brokers.merge(brokers) { _, new in new }
            if state.snapshot.brokers != before { self.brokerChanges.add(1, ordering: .releasing) }
        }
    }

    /// The versions that follow from a broker's answer. Brokers with equal answers share one value.
    func versions(of response: ApiVersionsResponse) -> BrokerVersions {
        let known = self.snapshot.versions.values.first { $0.response == response }
        return known ?? BrokerVersions(response)
    }

    /// Learns what the broker at an address offers.
    func learn(_ response: ApiVersionsResponse, at address: BrokerAddress) {
        let versions = self.versions(of: response)
        self.update { snapshot in
            snapshot.versions[address] = versions
            snapshot.suspects.remove(address)
        }
    }

    /// How long a list of all topics serves all sessions.
    static let topicListAge = TimeAmount.seconds(3)

    /// The names of all topics, if the backend was asked for them lately.
    ///
    /// - Returns: nil when the caller has to ask. Until the answer comes, other callers get the previous list.
    func topicList(at now: NIODeadline) -> TopicList? {
        self.state.withLock { state in
            let isRecent = state.topicListAsked.map { now - $0 < Self.topicListAge } ?? false
            if isRecent, state.topicListIsCurrent { return state.topicList }
            state.topicListAsked = now
            state.topicListIsCurrent = state.topicList.version > 0
            return nil
        }
    }

    /// Keeps the list that the backend answered with.
    /// - Returns: The list to use from now on; the same one as before when it has not changed.
    func keep(_ list: TopicList) -> TopicList {
        self.state.withLock { state in
            if state.topicList.version == 0 || state.topicList.names != list.names {
                let version = state.topicList.version + 1
                state.topicList = list
                state.topicList.version = version
            }
            state.topicListIsCurrent = true
            return state.topicList
        }
    }

    /// Matches clients' patterns with the list.
    let patterns = PatternMatcher()

    func topicName(of id: KafkaUUID) -> String? {
        self.state.withLock { $0.topicNames[id] }
    }

    func learn(topicID id: KafkaUUID, name: String) {
        self.state.withLock { state in
            if let known = state.topicNames[id], known.hasSameBytes(as: name) { return }
            if let old = state.topicIDs[WireName(name)] { state.forget(old) }
            state.forget(id)
            if state.topicNames.count >= Self.maximumTopicIDs, let victim = state.topicNames.keys.first {
                state.forget(victim)
            }
            state.topicNames[id] = name
            // A name without an id belongs to a new topic.
            if state.topicIDs[WireName(name)] == nil, !state.topicList.contains(name) {
                state.topicListIsCurrent = false
            }
            state.topicIDs[WireName(name)] = id
        }
    }
}
