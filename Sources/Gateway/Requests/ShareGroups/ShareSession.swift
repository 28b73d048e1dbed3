import KafkaProtocol
import NIOCore

/// A share session (KIP-932): the topics that one member of a share group reads on this connection, and those of them
/// that the backend has. A ShareFetch lists only what changed; permission is checked against the whole session.
struct ShareSession: Equatable {
    struct Topic: Equatable {
        var partitions: Set<Int32> = []
        /// Whether the backend reads these partitions. Otherwise the gateway answers for them.
        var isAtBackend = false
    }

    /// The most partitions of a session.
    static let maximumPartitions = 100_000

    var topics: [KafkaUUID: Topic] = [:]

    var isTooLarge: Bool {
        self.topics.count > FetchSession.maximumTopics
            || self.topics.values.reduce(0) { $0 + $1.partitions.count } > Self.maximumPartitions
    }
}

/// The effect of a ShareFetch on its session: the topics to forward to the backend, and those to refuse.
struct ShareSessionUpdate {
    typealias Asked = ShareFetchRequest.Topic
    typealias Forgotten = ShareFetchRequest.ForgottenTopicsData
    typealias Row = ShareFetchResponse.Topic

    /// The topics that the client adds, changes or acknowledges and may read, and earlier ones that it may read now.
    private(set) var topics: [Asked] = []
    /// The topics that the backend has to forget: those that the client forgets, and those that it may no longer read.
    private(set) var forgotten: [Forgotten] = []
    /// A row for every refused partition of the session, because every answer lists errors.
    private(set) var denied: [Row] = []
    /// Whether `topics` and `forgotten` differ from the client's.
    private(set) var isChanged = false

    private var listed: [KafkaUUID: [Asked]] = [:]
    /// Partitions of topics that the backend does not read, as they were before this request.
    private var withheld: [KafkaUUID: Set<Int32>] = [:]

    /// Applies the client's changes to the session.
    init(_ message: ShareFetchRequest, _ session: inout ShareSession) {
        for topic in message.topics {
            self.listed[topic.topicId, default: []].append(topic)
        }
        for (id, topic) in session.topics where !topic.isAtBackend { self.withheld[id] = topic.partitions }
        for topic in message.topics {
            session.topics[topic.topicId, default: .init()].partitions.formUnion(
                topic.partitions.lazy.map(\.partitionIndex))
        }
        for forgotten in message.forgottenTopicsData {
            let isAtBackend = session.topics[forgotten.topicId]?.isAtBackend ?? true
            session.topics[forgotten.topicId]?.partitions.subtract(forgotten.partitions)
            self.withheld[forgotten.topicId]?.subtract(forgotten.partitions)
            if session.topics[forgotten.topicId]?.partitions.isEmpty ?? false, self.listed[forgotten.topicId] == nil {
                session.topics[forgotten.topicId] = nil
            }
            if isAtBackend { self.forgotten.append(forgotten) } else { self.isChanged = true }
        }
    }

    /// Judges the topics of the session, and drops those that are forgotten.
    /// - Parameter refusal: Returns nil for a topic that may be read.
    mutating func judgeAll(_ session: inout ShareSession, _ refusal: (KafkaUUID) -> KafkaErrorCode?) {
        for (id, topic) in session.topics { self.judge(id, topic, refusal(id), &session) }
        for (id, topic) in session.topics where topic.partitions.isEmpty { session.topics[id] = nil }
    }

    private mutating func judge(
        _ id: KafkaUUID, _ topic: ShareSession.Topic, _ refusal: KafkaErrorCode?, _ session: inout ShareSession
    ) {
        let listed = self.listed[id] ?? []
        guard let refusal else {
            self.topics += listed
            if !topic.isAtBackend { session.topics[id]?.isAtBackend = true }
            let late = (self.withheld[id] ?? []).subtracting(listed.lazy.flatMap(\.partitions).map(\.partitionIndex))
            guard !late.isEmpty else { return }
            self.isChanged = true
            var row = Asked()
            row.topicId = id
            row.partitions = late.sorted().map { index in
                var partition = ShareFetchRequest.Partition()
                partition.partitionIndex = index
                return partition
            }
            self.topics.append(row)
            return
        }
        if topic.isAtBackend {
            session.topics[id]?.isAtBackend = false
            var lost = Forgotten()
            lost.topicId = id
            lost.partitions = topic.partitions.sorted()
            self.forgotten.append(lost)
            self.isChanged = true
        }
        if !listed.isEmpty { self.isChanged = true }
        self.denied.append(Self.row(id, topic.partitions.sorted(), refusal, acknowledged: Self.acknowledged(listed)))
    }

    /// The partitions whose records the client acknowledges.
    static func acknowledged(_ topics: [Asked]) -> Set<Int32> {
        Set(
            topics.lazy.flatMap(\.partitions).filter { !$0.acknowledgementBatches.isEmpty }.map(\.partitionIndex))
    }

    static func row(
        _ id: KafkaUUID, _ partitions: [Int32], _ code: KafkaErrorCode, acknowledged: Set<Int32>, isRead: Bool = true
    ) -> Row {
        var row = Row()
        row.topicId = id
        row.partitions = partitions.map { index in
            var partition = ShareFetchResponse.Partition()
            partition.partitionIndex = index
            partition.errorCode = isRead ? code.rawValue : KafkaErrorCode.none.rawValue
            partition.errorMessage = nil
            partition.acknowledgeErrorCode = acknowledged.contains(index) ? code.rawValue : 0
            partition.acknowledgeErrorMessage = nil
            partition.records = .init()
            return partition
        }
        return row
    }
}
