// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct ConsumerGroupHeartbeatRequest: KafkaMessage {
    package static let apiKey = APIKey.consumerGroupHeartbeat
    package static let versions: ClosedRange<Int16> = 0...1
    package static let firstFlexibleVersion: Int16 = 0

    package static let firstVersionWithSubscribedTopicRegex: Int16 = 1

    package var groupId: String = ""
    package var memberId: String = ""
    package var memberEpoch: Int32 = 0
    package var instanceId: String? = nil
    package var rackId: String? = nil
    package var rebalanceTimeoutMs: Int32 = -1
    package var subscribedTopicNames: [String]? = nil
    package var subscribedTopicRegex: String? = nil
    package var serverAssignor: String? = nil
    package var topicPartitions: [TopicPartitions]? = nil
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.groupId = reader.readString("groupId", compact: isFlexible)
        self.memberId = reader.readString("memberId", compact: isFlexible)
        self.memberEpoch = reader.readInt32("memberEpoch")
        self.instanceId = reader.readNullableString("instanceId", compact: isFlexible)
        self.rackId = reader.readNullableString("rackId", compact: isFlexible)
        self.rebalanceTimeoutMs = reader.readInt32("rebalanceTimeoutMs")
        if let count = reader.readNullableCount("subscribedTopicNames", compact: isFlexible, minimumBytes: 1) {
            var elements: [String] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<String>.stride))
            for index in 0..<count {
                elements.append(reader.readString("subscribedTopicNames", at: index, compact: isFlexible))
                if reader.isFailed { break }
            }
            self.subscribedTopicNames = elements
        } else { self.subscribedTopicNames = nil }
        if version >= 1 {
            self.subscribedTopicRegex = reader.readNullableString("subscribedTopicRegex", compact: isFlexible)
        }
        self.serverAssignor = reader.readNullableString("serverAssignor", compact: isFlexible)
        if let count = reader.readNullableCount("topicPartitions", compact: isFlexible, minimumBytes: TopicPartitions.minimumBytes) {
            var elements: [TopicPartitions] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TopicPartitions>.stride))
            for index in 0..<count {
                elements.append(TopicPartitions(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("topicPartitions", at: index)
                    break
                }
            }
            self.topicPartitions = elements
        } else { self.topicPartitions = nil }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.groupId, compact: isFlexible)
        buffer.write(self.memberId, compact: isFlexible)
        buffer.write(self.memberEpoch)
        buffer.write(self.instanceId, compact: isFlexible)
        buffer.write(self.rackId, compact: isFlexible)
        buffer.write(self.rebalanceTimeoutMs)
        buffer.writeCount(self.subscribedTopicNames?.count, compact: isFlexible)
        for element in self.subscribedTopicNames ?? [] {
            buffer.write(element, compact: isFlexible)
        }
        if version >= 1 {
            buffer.write(self.subscribedTopicRegex, compact: isFlexible)
        }
        buffer.write(self.serverAssignor, compact: isFlexible)
        buffer.writeCount(self.topicPartitions?.count, compact: isFlexible)
        for element in self.topicPartitions ?? [] {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 16 }

    package struct TopicPartitions: KafkaStructure {
        package var topicId: KafkaUUID = .zero
        package var partitions: [Int32] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.topicId = reader.readUUID("topicId")
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: 4) {
                var elements: [Int32] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt32("partitions", at: index))
                    if reader.isFailed { break }
                }
                self.partitions = elements
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.topicId)
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                buffer.write(element)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 18 }
    }
}

package struct ConsumerGroupHeartbeatResponse: KafkaMessage {
    package static let apiKey = APIKey.consumerGroupHeartbeat
    package static let versions: ClosedRange<Int16> = 0...1
    package static let firstFlexibleVersion: Int16 = 0

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var errorMessage: String? = nil
    package var memberId: String? = nil
    package var memberEpoch: Int32 = 0
    package var heartbeatIntervalMs: Int32 = 0
    package var assignment: Assignment? = nil
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        self.errorCode = reader.readInt16("errorCode")
        self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
        self.memberId = reader.readNullableString("memberId", compact: isFlexible)
        self.memberEpoch = reader.readInt32("memberEpoch")
        self.heartbeatIntervalMs = reader.readInt32("heartbeatIntervalMs")
        self.assignment = reader.readPresence("assignment") ? Assignment(reading: &reader, version: version) : nil
        if reader.isFailed { reader.failedInside("assignment") }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.throttleTimeMs)
        buffer.write(self.errorCode)
        buffer.write(self.errorMessage, compact: isFlexible)
        buffer.write(self.memberId, compact: isFlexible)
        buffer.write(self.memberEpoch)
        buffer.write(self.heartbeatIntervalMs)
        buffer.writePresence(self.assignment != nil)
        self.assignment?.encode(into: &buffer, version: version)
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 18 }

    package struct Assignment: KafkaStructure {
        package var topicPartitions: [TopicPartitions] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            if let count = reader.readCount("topicPartitions", compact: isFlexible, minimumBytes: TopicPartitions.minimumBytes) {
                var elements: [TopicPartitions] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TopicPartitions>.stride))
                for index in 0..<count {
                    elements.append(TopicPartitions(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("topicPartitions", at: index)
                        break
                    }
                }
                self.topicPartitions = elements
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.writeCount(self.topicPartitions.count, compact: isFlexible)
            for element in self.topicPartitions {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 2 }
    }

    package struct TopicPartitions: KafkaStructure {
        package var topicId: KafkaUUID = .zero
        package var partitions: [Int32] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.topicId = reader.readUUID("topicId")
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: 4) {
                var elements: [Int32] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt32("partitions", at: index))
                    if reader.isFailed { break }
                }
                self.partitions = elements
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.topicId)
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                buffer.write(element)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 18 }
    }
}

