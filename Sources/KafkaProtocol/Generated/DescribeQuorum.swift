// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct DescribeQuorumRequest: KafkaMessage {
    package static let apiKey = APIKey.describeQuorum
    package static let versions: ClosedRange<Int16> = 0...2
    package static let firstFlexibleVersion: Int16 = 0

    package var topics: [TopicData] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: TopicData.minimumBytes) {
            var elements: [TopicData] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TopicData>.stride))
            for index in 0..<count {
                elements.append(TopicData(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("topics", at: index)
                    break
                }
            }
            self.topics = elements
        }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 2 }

    package struct TopicData: KafkaStructure {
        package var topicName: String = ""
        package var partitions: [PartitionData] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.topicName = reader.readString("topicName", compact: isFlexible)
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: PartitionData.minimumBytes) {
                var elements: [PartitionData] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<PartitionData>.stride))
                for index in 0..<count {
                    elements.append(PartitionData(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("partitions", at: index)
                        break
                    }
                }
                self.partitions = elements
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.topicName, compact: isFlexible)
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct PartitionData: KafkaStructure {
        package var partitionIndex: Int32 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            self.partitionIndex = reader.readInt32("partitionIndex")
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            buffer.write(self.partitionIndex)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 5 }
    }
}

package struct DescribeQuorumResponse: KafkaMessage {
    package static let apiKey = APIKey.describeQuorum
    package static let versions: ClosedRange<Int16> = 0...2
    package static let firstFlexibleVersion: Int16 = 0

    package static let firstVersionWithErrorMessage: Int16 = 2
    package static let firstVersionWithNodes: Int16 = 2

    package var errorCode: Int16 = 0
    package var errorMessage: String? = ""
    package var topics: [TopicData] = []
    package var nodes: [Node] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.errorCode = reader.readInt16("errorCode")
        if version >= 2 {
            self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
        }
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: TopicData.minimumBytes) {
            var elements: [TopicData] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TopicData>.stride))
            for index in 0..<count {
                elements.append(TopicData(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("topics", at: index)
                    break
                }
            }
            self.topics = elements
        }
        if version >= 2 {
            if let count = reader.readCount("nodes", compact: isFlexible, minimumBytes: Node.minimumBytes) {
                var elements: [Node] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Node>.stride))
                for index in 0..<count {
                    elements.append(Node(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("nodes", at: index)
                        break
                    }
                }
                self.nodes = elements
            }
        }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.errorCode)
        if version >= 2 {
            buffer.write(self.errorMessage, compact: isFlexible)
        }
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        if version >= 2 {
            buffer.writeCount(self.nodes.count, compact: isFlexible)
            for element in self.nodes {
                element.encode(into: &buffer, version: version)
            }
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 4 }

    package struct TopicData: KafkaStructure {
        package var topicName: String = ""
        package var partitions: [PartitionData] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.topicName = reader.readString("topicName", compact: isFlexible)
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: PartitionData.minimumBytes) {
                var elements: [PartitionData] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<PartitionData>.stride))
                for index in 0..<count {
                    elements.append(PartitionData(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("partitions", at: index)
                        break
                    }
                }
                self.partitions = elements
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.topicName, compact: isFlexible)
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct PartitionData: KafkaStructure {
        package static let firstVersionWithErrorMessage: Int16 = 2

        package var partitionIndex: Int32 = 0
        package var errorCode: Int16 = 0
        package var errorMessage: String? = ""
        package var leaderId: Int32 = 0
        package var leaderEpoch: Int32 = 0
        package var highWatermark: Int64 = 0
        package var currentVoters: [ReplicaState] = []
        package var observers: [ReplicaState] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.partitionIndex = reader.readInt32("partitionIndex")
            self.errorCode = reader.readInt16("errorCode")
            if version >= 2 {
                self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
            }
            self.leaderId = reader.readInt32("leaderId")
            self.leaderEpoch = reader.readInt32("leaderEpoch")
            self.highWatermark = reader.readInt64("highWatermark")
            if let count = reader.readCount("currentVoters", compact: isFlexible, minimumBytes: ReplicaState.minimumBytes) {
                var elements: [ReplicaState] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<ReplicaState>.stride))
                for index in 0..<count {
                    elements.append(ReplicaState(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("currentVoters", at: index)
                        break
                    }
                }
                self.currentVoters = elements
            }
            if let count = reader.readCount("observers", compact: isFlexible, minimumBytes: ReplicaState.minimumBytes) {
                var elements: [ReplicaState] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<ReplicaState>.stride))
                for index in 0..<count {
                    elements.append(ReplicaState(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("observers", at: index)
                        break
                    }
                }
                self.observers = elements
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.partitionIndex)
            buffer.write(self.errorCode)
            if version >= 2 {
                buffer.write(self.errorMessage, compact: isFlexible)
            }
            buffer.write(self.leaderId)
            buffer.write(self.leaderEpoch)
            buffer.write(self.highWatermark)
            buffer.writeCount(self.currentVoters.count, compact: isFlexible)
            for element in self.currentVoters {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeCount(self.observers.count, compact: isFlexible)
            for element in self.observers {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 25 }
    }

    package struct ReplicaState: KafkaStructure {
        package static let firstVersionWithReplicaDirectoryId: Int16 = 2
        package static let firstVersionWithLastFetchTimestamp: Int16 = 1
        package static let firstVersionWithLastCaughtUpTimestamp: Int16 = 1

        package var replicaId: Int32 = 0
        package var replicaDirectoryId: KafkaUUID = .zero
        package var logEndOffset: Int64 = 0
        package var lastFetchTimestamp: Int64 = -1
        package var lastCaughtUpTimestamp: Int64 = -1
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            self.replicaId = reader.readInt32("replicaId")
            if version >= 2 {
                self.replicaDirectoryId = reader.readUUID("replicaDirectoryId")
            }
            self.logEndOffset = reader.readInt64("logEndOffset")
            if version >= 1 {
                self.lastFetchTimestamp = reader.readInt64("lastFetchTimestamp")
            }
            if version >= 1 {
                self.lastCaughtUpTimestamp = reader.readInt64("lastCaughtUpTimestamp")
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            buffer.write(self.replicaId)
            if version >= 2 {
                buffer.write(self.replicaDirectoryId)
            }
            buffer.write(self.logEndOffset)
            if version >= 1 {
                buffer.write(self.lastFetchTimestamp)
            }
            if version >= 1 {
                buffer.write(self.lastCaughtUpTimestamp)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 13 }
    }

    package struct Node: KafkaStructure {
        package var nodeId: Int32 = 0
        package var listeners: [Listener] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            if version >= 2 {
                self.nodeId = reader.readInt32("nodeId")
            }
            if version >= 2 {
                if let count = reader.readCount("listeners", compact: isFlexible, minimumBytes: Listener.minimumBytes) {
                    var elements: [Listener] = []
                    elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Listener>.stride))
                    for index in 0..<count {
                        elements.append(Listener(reading: &reader, version: version))
                        if reader.isFailed {
                            reader.failedInside("listeners", at: index)
                            break
                        }
                    }
                    self.listeners = elements
                }
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            if version >= 2 {
                buffer.write(self.nodeId)
            }
            if version >= 2 {
                buffer.writeCount(self.listeners.count, compact: isFlexible)
                for element in self.listeners {
                    element.encode(into: &buffer, version: version)
                }
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }

    package struct Listener: KafkaStructure {
        package var name: String = ""
        package var host: String = ""
        package var port: UInt16 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            if version >= 2 {
                self.name = reader.readString("name", compact: isFlexible)
            }
            if version >= 2 {
                self.host = reader.readString("host", compact: isFlexible)
            }
            if version >= 2 {
                self.port = reader.readUInt16("port")
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            if version >= 2 {
                buffer.write(self.name, compact: isFlexible)
            }
            if version >= 2 {
                buffer.write(self.host, compact: isFlexible)
            }
            if version >= 2 {
                buffer.write(self.port)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 5 }
    }
}

