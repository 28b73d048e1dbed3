/// A topic as clients of a virtual cluster see it.
package struct TopicView: Codable, Equatable, Sendable {
    package struct Partition: Codable, Equatable, Sendable {
        package var index: Int32
        /// -1: none.
        package var leader: Int32
        package var replicas: [Int32]
        package var inSyncReplicas: [Int32]

        package init(index: Int32, leader: Int32, replicas: [Int32], inSyncReplicas: [Int32]) {
            self.index = index
            self.leader = leader
            self.replicas = replicas
            self.inSyncReplicas = inSyncReplicas
        }

        package enum CodingKeys: String, CodingKey {
            case index, leader, replicas
            case inSyncReplicas = "in_sync_replicas"
        }
    }

    package var name: String
    /// On the backend.
    package var physicalName: String
    /// Kafka's base64 form; nil when the backend has none.
    package var topicID: String?
    package var isInternal: Bool
    package var partitions: [Partition]
    /// Who may read it, sorted: of the principals that are connected, that were seen since the engine started or that a
    /// condition names, and `anonymous` where it may sign in. Those that are not connected are judged without claims.
    package var readers: [String]
    package var writers: [String]

    package init(
        name: String, physicalName: String, topicID: String?, isInternal: Bool, partitions: [Partition],
        readers: [String], writers: [String]
    ) {
        self.name = name
        self.physicalName = physicalName
        self.topicID = topicID
        self.isInternal = isInternal
        self.partitions = partitions
        self.readers = readers
        self.writers = writers
    }

    package var replicationFactor: Int { self.partitions.first?.replicas.count ?? 0 }

    package enum CodingKeys: String, CodingKey {
        case name, partitions, readers, writers
        case physicalName = "physical_name"
        case topicID = "topic_id"
        case isInternal = "is_internal"
    }
}
