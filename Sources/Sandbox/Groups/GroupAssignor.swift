import KafkaProtocol

/// The ways in which a broker assigns partitions to the members of a group (KIP-848).
enum GroupAssignor: String, Sendable {
    /// As even as possible, with as few moves of partitions as possible.
    case uniform
    /// Per topic, consecutive partitions to members in the order of their IDs.
    case range

    struct Subscriber {
        var id: String
        var topics: [ConsumerGroup.TopicShape]
        /// The partitions that it had in the previous target.
        var current: Set<TopicIDPartition>
    }

    /// The assignor that most members ask for; `uniform` if none asks.
    static func chosen(by members: [GroupAssignor?]) -> GroupAssignor {
        let votes = members.compactMap { $0 }
        guard !votes.isEmpty else { return .uniform }
        return votes.filter { $0 == .range }.count * 2 > votes.count ? .range : .uniform
    }

    /// - Returns: The partitions of each subscriber, each in one place.
    func assign(_ subscribers: [Subscriber]) -> [String: Set<TopicIDPartition>] {
        switch self {
        case .uniform: Self.assignEvenly(subscribers)
        case .range: Self.assignRanges(subscribers)
        }
    }

    private static func assignRanges(_ subscribers: [Subscriber]) -> [String: Set<TopicIDPartition>] {
        var result = Dictionary(
            subscribers.map { ($0.id, Set<TopicIDPartition>()) }, uniquingKeysWith: { first, _ in first })
        var shapes: [KafkaUUID: Int32] = [:]
        var readers: [KafkaUUID: [String]] = [:]
        for subscriber in subscribers.sorted(by: { $0.id < $1.id }) {
            for topic in subscriber.topics {
                shapes[topic.id] = topic.partitions
                readers[topic.id, default: []].append(subscriber.id)
            }
        }
        for (topic, members) in readers {
            let partitions = Int(shapes[topic] ?? 0)
            var next = 0
            for (number, member) in members.enumerated() {
                let count = partitions / members.count + (number < partitions % members.count ? 1 : 0)
                for partition in next..<next + count {
                    result[member]?.insert(TopicIDPartition(topic: topic, partition: Int32(clamping: partition)))
                }
                next += count
            }
        }
        return result
    }

    private static func assignEvenly(_ subscribers: [Subscriber]) -> [String: Set<TopicIDPartition>] {
        let order = subscribers.map(\.id).sorted()
        var result = Dictionary(order.map { ($0, Set<TopicIDPartition>()) }, uniquingKeysWith: { first, _ in first })
        var readable: [String: Set<KafkaUUID>] = [:]
        var free: Set<TopicIDPartition> = []
        for subscriber in subscribers {
            readable[subscriber.id] = Set(subscriber.topics.map(\.id))
            for topic in subscriber.topics {
                for partition in 0..<max(0, topic.partitions) {
                    free.insert(TopicIDPartition(topic: topic.id, partition: partition))
                }
            }
        }
        // Members keep their partitions, as far as these still exist and are wanted.
        for subscriber in subscribers {
            let kept = subscriber.current.filter {
                free.contains($0) && readable[subscriber.id]?.contains($0.topic) == true
            }
            result[subscriber.id]?.formUnion(kept)
            free.subtract(kept)
        }
        // A free partition goes to the member with the fewest.
        for partition in Self.sorted(free) {
            let reader = order.filter { readable[$0]?.contains(partition.topic) == true }
                .min { (result[$0]?.count ?? 0) < (result[$1]?.count ?? 0) }
            if let reader { result[reader]?.insert(partition) }
        }
        // Then as few partitions as necessary move from members with too many.
        var hasMoved = true
        while hasMoved {
            hasMoved = false
            for poor in order.sorted(by: { (result[$0]?.count ?? 0) < (result[$1]?.count ?? 0) }) {
                let rich = order.sorted { (result[$0]?.count ?? 0) > (result[$1]?.count ?? 0) }
                for member in rich where (result[member]?.count ?? 0) > (result[poor]?.count ?? 0) + 1 {
                    let movable = result[member]?.first { readable[poor]?.contains($0.topic) == true }
                    guard let movable else { continue }
                    result[member]?.remove(movable)
                    result[poor]?.insert(movable)
                    hasMoved = true
                    break
                }
                if hasMoved { break }
            }
        }
        return result
    }

    private static func sorted(_ partitions: Set<TopicIDPartition>) -> [TopicIDPartition] {
        partitions.sorted {
            ($0.topic.high, $0.topic.low, $0.partition) < ($1.topic.high, $1.topic.low, $1.partition)
        }
    }
}
