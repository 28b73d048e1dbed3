// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct OffsetCommitRequest: KafkaMessage {
    package static let apiKey = APIKey.offsetCommit
    package static let versions: ClosedRange<Int16> = 2...10
    package static let firstFlexibleVersion: Int16 = 8

    package static let firstVersionWithGroupInstanceId: Int16 = 7

    package var groupId: String = ""
    package var generationIdOrMemberEpoch: Int32 = -1
    package var memberId: String = ""
    package var groupInstanceId: String? = nil
    package var retentionTimeMs: Int64 = -1
    package var topics: [OffsetCommitRequestTopic] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 8
        self.groupId = reader.readString("groupId", compact: isFlexible)
        self.generationIdOrMemberEpoch = reader.readInt32("generationIdOrMemberEpoch")
        self.memberId = reader.readString("memberId", compact: isFlexible)
        if version >= 7 {
            self.groupInstanceId = reader.readNullableString("groupInstanceId", compact: isFlexible)
        }
        if version <= 4 {
            self.retentionTimeMs = reader.readInt64("retentionTimeMs")
        }
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: OffsetCommitRequestTopic.minimumBytes) {
            var elements: [OffsetCommitRequestTopic] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<OffsetCommitRequestTopic>.stride))
            for index in 0..<count {
                elements.append(OffsetCommitRequestTopic(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("topics", at: index)
                    break
                }
            }
            self.topics = elements
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 8
        buffer.write(self.groupId, compact: isFlexible)
        buffer.write(self.generationIdOrMemberEpoch)
        buffer.write(self.memberId, compact: isFlexible)
        if version >= 7 {
            buffer.write(self.groupInstanceId, compact: isFlexible)
        }
        if version <= 4 {
            buffer.write(self.retentionTimeMs)
        }
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 9 }

    package struct OffsetCommitRequestTopic: KafkaStructure {
        package static let firstVersionWithTopicId: Int16 = 10

        package var name: String = ""
        package var topicId: KafkaUUID = .zero
        package var partitions: [OffsetCommitRequestPartition] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 8
            if version <= 9 {
                self.name = reader.readString("name", compact: isFlexible)
            }
            if version >= 10 {
                self.topicId = reader.readUUID("topicId")
            }
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: OffsetCommitRequestPartition.minimumBytes) {
                var elements: [OffsetCommitRequestPartition] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<OffsetCommitRequestPartition>.stride))
                for index in 0..<count {
                    elements.append(OffsetCommitRequestPartition(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("partitions", at: index)
                        break
                    }
                }
                self.partitions = elements
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 8
            if version <= 9 {
                buffer.write(self.name, compact: isFlexible)
            }
            if version >= 10 {
                buffer.write(self.topicId)
            }
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct OffsetCommitRequestPartition: KafkaStructure {
        package static let firstVersionWithCommittedLeaderEpoch: Int16 = 6

        package var partitionIndex: Int32 = 0
        package var committedOffset: Int64 = 0
        package var committedLeaderEpoch: Int32 = -1
        package var commitTimestamp: Int64 = -1
        package var committedMetadata: String? = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 8
            self.partitionIndex = reader.readInt32("partitionIndex")
            self.committedOffset = reader.readInt64("committedOffset")
            if version >= 6 {
                self.committedLeaderEpoch = reader.readInt32("committedLeaderEpoch")
            }
            self.committedMetadata = reader.readNullableString("committedMetadata", compact: isFlexible)
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 8
            buffer.write(self.partitionIndex)
            buffer.write(self.committedOffset)
            if version >= 6 {
                buffer.write(self.committedLeaderEpoch)
            }
            buffer.write(self.committedMetadata, compact: isFlexible)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 14 }
    }
}

package struct OffsetCommitResponse: KafkaMessage {
    package static let apiKey = APIKey.offsetCommit
    package static let versions: ClosedRange<Int16> = 2...10
    package static let firstFlexibleVersion: Int16 = 8

    package static let firstVersionWithThrottleTimeMs: Int16 = 3

    package var throttleTimeMs: Int32 = 0
    package var topics: [OffsetCommitResponseTopic] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 8
        if version >= 3 {
            self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        }
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: OffsetCommitResponseTopic.minimumBytes) {
            var elements: [OffsetCommitResponseTopic] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<OffsetCommitResponseTopic>.stride))
            for index in 0..<count {
                elements.append(OffsetCommitResponseTopic(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("topics", at: index)
                    break
                }
            }
            self.topics = elements
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 8
        if version >= 3 {
            buffer.write(self.throttleTimeMs)
        }
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 4 }

    package struct OffsetCommitResponseTopic: KafkaStructure {
        package static let firstVersionWithTopicId: Int16 = 10

        package var name: String = ""
        package var topicId: KafkaUUID = .zero
        package var partitions: [OffsetCommitResponsePartition] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 8
            if version <= 9 {
                self.name = reader.readString("name", compact: isFlexible)
            }
            if version >= 10 {
                self.topicId = reader.readUUID("topicId")
            }
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: OffsetCommitResponsePartition.minimumBytes) {
                var elements: [OffsetCommitResponsePartition] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<OffsetCommitResponsePartition>.stride))
                for index in 0..<count {
                    elements.append(OffsetCommitResponsePartition(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("partitions", at: index)
                        break
                    }
                }
                self.partitions = elements
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 8
            if version <= 9 {
                buffer.write(self.name, compact: isFlexible)
            }
            if version >= 10 {
                buffer.write(self.topicId)
            }
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct OffsetCommitResponsePartition: KafkaStructure {
        package var partitionIndex: Int32 = 0
        package var errorCode: Int16 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 8
            self.partitionIndex = reader.readInt32("partitionIndex")
            self.errorCode = reader.readInt16("errorCode")
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 8
            buffer.write(self.partitionIndex)
            buffer.write(self.errorCode)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }
}

