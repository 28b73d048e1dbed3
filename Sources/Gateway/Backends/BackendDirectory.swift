import GatewayModel
import KafkaProtocol
import NIOCore
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
        /// The node ids of all brokers that were seen by this process, also of those that have left.
        private(set) var knownNodes: Set<Int32> = []
        /// What each broker offers that was asked with success, by the address at which it was asked.
        var versions: [BrokerAddress: BrokerVersions] = [:]
        /// Brokers whose versions may be others by now: they did not answer, or a connection to them has ended.
        var suspects: Set<BrokerAddress> = []
        /// Why the backend cannot be used, when the last try failed.
        var failure: String?

        /// Whether some broker was asked with success.
        var hasAnswered: Bool { !self.versions.isEmpty }
    }

    /// Topic ids kept per backend. Beyond that one of them is forgotten for each that is learned.
    static let maximumTopicIDs = 100_000

    private struct State {
        var snapshot = Snapshot()
        var topicNames: [KafkaUUID: String] = [:]
        /// The id that was learned last for each name: a topic that is deleted and made again has a new one.
        var topicIDs: [WireName: KafkaUUID] = [:]
        var topicList = TopicList()
        var topicListIsCurrent = false
        /// When the question for the list was asked last.
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

    /// Another number whenever the brokers of ``snapshot`` have changed. Read without a lock.
    var brokersVersion: UInt64 { self.brokerChanges.load(ordering: .acquiring) }

    func update(_ change: (inout Snapshot) -> Void) {
        self.state.withLock { state in
            let before = state.snapshot.brokers
            change(&state.snapshot)
            if state.snapshot.brokers != before { self.brokerChanges.add(1, ordering: .releasing) }
        }
    }

    /// Learns from an answer to a client where brokers are: a client may connect to one of them before the next look at
    /// the cluster. Who has left is found then.
    func learn(brokers: [Int32: BrokerAddress]) {
        self.state.withLock { state in
            let before = state.snapshot.brokers
            state.snapshot.brokers.merge(brokers) { _, new in new }
            if state.snapshot.brokers != before { self.brokerChanges.add(1, ordering: .releasing) }
        }
    }

    /// What a broker's answer means for clients. Brokers that offer the same share it.
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

    /// The names of all topics, when somebody has asked the backend for them lately.
    ///
    /// - Returns: nil when the caller is the one to ask. Meanwhile others get the list of before.
    func topicList(at now: NIODeadline) -> TopicList? {
        self.state.withLock { state in
            let isRecent = state.topicListAsked.map { now - $0 < Self.topicListAge } ?? false
            if isRecent, state.topicListIsCurrent { return state.topicList }
            state.topicListAsked = now
            state.topicListIsCurrent = state.topicList.version > 0
            return nil
        }
    }

    /// Keeps what the backend answered.
    /// - Returns: the list to go on with; the same one as before when nothing has changed.
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
            // There is a new topic.
            if state.topicIDs[WireName(name)] == nil, !state.topicList.contains(name) {
                state.topicListIsCurrent = false
            }
            state.topicIDs[WireName(name)] = id
        }
    }
}
