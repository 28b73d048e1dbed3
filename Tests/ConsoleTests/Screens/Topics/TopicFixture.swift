import EngineInterface

enum TopicFixture {
    static func topic(
        _ name: String, physical: String? = nil, partitions: Int = 1, replicas: [Int32] = [0], readers: [String] = [],
        writers: [String] = [], isInternal: Bool = false
    ) -> TopicView {
        TopicView(
            name: name, physicalName: physical ?? name, topicID: "Wm9vLWZvby1iYXItYmF6LQ", isInternal: isInternal,
            partitions: (0..<partitions).map { index in
                TopicView.Partition(
                    index: Int32(index), leader: replicas[index % replicas.count], replicas: replicas,
                    inSyncReplicas: replicas)
            }, readers: readers, writers: writers)
    }

    static let topics: [TopicView] = {
        var sick = topic(
            "orders.v1", physical: "team-a.orders.v1", partitions: 12, replicas: [0, 1, 2],
            readers: ["svc-orders", "svc-billing"], writers: ["svc-orders"])
        sick.partitions[3].inSyncReplicas = [0, 1]
        sick.partitions[4].leader = -1
        sick.partitions[4].inSyncReplicas = []
        return [
            topic("products-topic", readers: ["client7", "kafka-ui", "svc-a", "svc-b"], writers: ["client7"]),
            topic("products-audit", partitions: 3, replicas: [0, 1, 2], readers: ["client7"]), sick,
            topic("nobody-reads-this", partitions: 2, replicas: [1, 2]),
        ]
    }()
}
