// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct DescribeTopicPartitionsRequest: KafkaMessage {
    package static let apiKey = APIKey.describeTopicPartitions
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = 0

    package var topics: [TopicRequest] = []
    package var responsePartitionLimit: Int32 = 2000
    package var cursor: Cursor? = nil
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: TopicRequest.minimumBytes) {
            var elements: [TopicRequest] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TopicRequest>.stride))
            for index in 0..<count {
                elements.append(TopicRequest(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("topics", at: index)
                    break
                }
            }
            self.topics = elements
        }
        self.responsePartitionLimit = reader.readInt32("responsePartitionLimit")
        self.cursor = reader.readPresence("cursor") ? Cursor(reading: &reader, version: version) : nil
        if reader.isFailed { reader.failedInside("cursor") }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        buffer.write(self.responsePartitionLimit)
        buffer.writePresence(self.cursor != nil)
        self.cursor?.encode(into: &buffer, version: version)
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 7 }

    package struct TopicRequest: KafkaStructure {
        package var name: String = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.name = reader.readString("name", compact: isFlexible)
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.name, compact: isFlexible)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 2 }
    }

    package struct Cursor: KafkaStructure {
        package var topicName: String = ""
        package var partitionIndex: Int32 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.topicName = reader.readString("topicName", compact: isFlexible)
            self.partitionIndex = reader.readInt32("partitionIndex")
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.topicName, compact: isFlexible)
            buffer.write(self.partitionIndex)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }
}

package struct DescribeTopicPartitionsResponse: KafkaMessage {
    package static let apiKey = APIKey.describeTopicPartitions
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = 0

    package var throttleTimeMs: Int32 = 0
    package var topics: [DescribeTopicPartitionsResponseTopic] = []
    package var nextCursor: Cursor? = nil
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: DescribeTopicPartitionsResponseTopic.minimumBytes) {
            var elements: [DescribeTopicPartitionsResponseTopic] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DescribeTopicPartitionsResponseTopic>.stride))
            for index in 0..<count {
                elements.append(DescribeTopicPartitionsResponseTopic(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("topics", at: index)
                    break
                }
            }
            self.topics = elements
        }
        self.nextCursor = reader.readPresence("nextCursor") ? Cursor(reading: &reader, version: version) : nil
        if reader.isFailed { reader.failedInside("nextCursor") }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.throttleTimeMs)
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        buffer.writePresence(self.nextCursor != nil)
        self.nextCursor?.encode(into: &buffer, version: version)
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 7 }

    package struct DescribeTopicPartitionsResponseTopic: KafkaStructure {
        package var errorCode: Int16 = 0
        package var name: String? = ""
        package var topicId: KafkaUUID = .zero
        package var isInternal: Bool = false
        package var partitions: [DescribeTopicPartitionsResponsePartition] = []
        package var topicAuthorizedOperations: Int32 = -2147483648
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.errorCode = reader.readInt16("errorCode")
            self.name = reader.readNullableString("name", compact: isFlexible)
            self.topicId = reader.readUUID("topicId")
            self.isInternal = reader.readBool("isInternal")
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: DescribeTopicPartitionsResponsePartition.minimumBytes) {
                var elements: [DescribeTopicPartitionsResponsePartition] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DescribeTopicPartitionsResponsePartition>.stride))
                for index in 0..<count {
                    elements.append(DescribeTopicPartitionsResponsePartition(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("partitions", at: index)
                        break
                    }
                }
                self.partitions = elements
            }
            self.topicAuthorizedOperations = reader.readInt32("topicAuthorizedOperations")
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.errorCode)
            buffer.write(self.name, compact: isFlexible)
            buffer.write(self.topicId)
            buffer.write(self.isInternal)
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                element.encode(into: &buffer, version: version)
            }
            buffer.write(self.topicAuthorizedOperations)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 26 }
    }

    package struct DescribeTopicPartitionsResponsePartition: KafkaStructure {
        package var errorCode: Int16 = 0
        package var partitionIndex: Int32 = 0
        package var leaderId: Int32 = 0
        package var leaderEpoch: Int32 = -1
        package var replicaNodes: [Int32] = []
        package var isrNodes: [Int32] = []
        package var eligibleLeaderReplicas: [Int32]? = nil
        package var lastKnownElr: [Int32]? = nil
        package var offlineReplicas: [Int32] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.errorCode = reader.readInt16("errorCode")
            self.partitionIndex = reader.readInt32("partitionIndex")
            self.leaderId = reader.readInt32("leaderId")
            self.leaderEpoch = reader.readInt32("leaderEpoch")
            if let count = reader.readCount("replicaNodes", compact: isFlexible, minimumBytes: 4) {
                var elements: [Int32] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt32("replicaNodes", at: index))
                    if reader.isFailed { break }
                }
                self.replicaNodes = elements
            }
            if let count = reader.readCount("isrNodes", compact: isFlexible, minimumBytes: 4) {
                var elements: [Int32] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt32("isrNodes", at: index))
                    if reader.isFailed { break }
                }
                self.isrNodes = elements
            }
            if let count = reader.readNullableCount("eligibleLeaderReplicas", compact: isFlexible, minimumBytes: 4) {
                var elements: [Int32] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt32("eligibleLeaderReplicas", at: index))
                    if reader.isFailed { break }
                }
                self.eligibleLeaderReplicas = elements
            } else { self.eligibleLeaderReplicas = nil }
            if let count = reader.readNullableCount("lastKnownElr", compact: isFlexible, minimumBytes: 4) {
                var elements: [Int32] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt32("lastKnownElr", at: index))
                    if reader.isFailed { break }
                }
                self.lastKnownElr = elements
            } else { self.lastKnownElr = nil }
            if let count = reader.readCount("offlineReplicas", compact: isFlexible, minimumBytes: 4) {
                var elements: [Int32] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt32("offlineReplicas", at: index))
                    if reader.isFailed { break }
                }
                self.offlineReplicas = elements
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.errorCode)
            buffer.write(self.partitionIndex)
            buffer.write(self.leaderId)
            buffer.write(self.leaderEpoch)
            buffer.writeCount(self.replicaNodes.count, compact: isFlexible)
            for element in self.replicaNodes {
                buffer.write(element)
            }
            buffer.writeCount(self.isrNodes.count, compact: isFlexible)
            for element in self.isrNodes {
                buffer.write(element)
            }
            buffer.writeCount(self.eligibleLeaderReplicas?.count, compact: isFlexible)
            for element in self.eligibleLeaderReplicas ?? [] {
                buffer.write(element)
            }
            buffer.writeCount(self.lastKnownElr?.count, compact: isFlexible)
            for element in self.lastKnownElr ?? [] {
                buffer.write(element)
            }
            buffer.writeCount(self.offlineReplicas.count, compact: isFlexible)
            for element in self.offlineReplicas {
                buffer.write(element)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 20 }
    }

    package struct Cursor: KafkaStructure {
        package var topicName: String = ""
        package var partitionIndex: Int32 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.topicName = reader.readString("topicName", compact: isFlexible)
            self.partitionIndex = reader.readInt32("partitionIndex")
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.topicName, compact: isFlexible)
            buffer.write(self.partitionIndex)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }
}

