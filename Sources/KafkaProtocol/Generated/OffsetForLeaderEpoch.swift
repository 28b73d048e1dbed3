// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct OffsetForLeaderEpochRequest: KafkaMessage {
    package static let apiKey = APIKey.offsetForLeaderEpoch
    package static let versions: ClosedRange<Int16> = 2...4
    package static let firstFlexibleVersion: Int16 = 4

    package static let firstVersionWithReplicaId: Int16 = 3

    package var replicaId: Int32 = -2
    package var topics: [OffsetForLeaderTopic] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 4
        if version >= 3 {
            self.replicaId = reader.readInt32("replicaId")
        }
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: OffsetForLeaderTopic.minimumBytes) {
            var elements: [OffsetForLeaderTopic] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<OffsetForLeaderTopic>.stride))
            for index in 0..<count {
                elements.append(OffsetForLeaderTopic(reading: &reader, version: version))
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
        let isFlexible = version >= 4
        if version >= 3 {
            buffer.write(self.replicaId)
        }
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 4 }

    package struct OffsetForLeaderTopic: KafkaStructure {
        package var topic: String = ""
        package var partitions: [OffsetForLeaderPartition] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 4
            self.topic = reader.readString("topic", compact: isFlexible)
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: OffsetForLeaderPartition.minimumBytes) {
                var elements: [OffsetForLeaderPartition] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<OffsetForLeaderPartition>.stride))
                for index in 0..<count {
                    elements.append(OffsetForLeaderPartition(reading: &reader, version: version))
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
            let isFlexible = version >= 4
            buffer.write(self.topic, compact: isFlexible)
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct OffsetForLeaderPartition: KafkaStructure {
        package var partition: Int32 = 0
        package var currentLeaderEpoch: Int32 = -1
        package var leaderEpoch: Int32 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 4
            self.partition = reader.readInt32("partition")
            self.currentLeaderEpoch = reader.readInt32("currentLeaderEpoch")
            self.leaderEpoch = reader.readInt32("leaderEpoch")
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 4
            buffer.write(self.partition)
            buffer.write(self.currentLeaderEpoch)
            buffer.write(self.leaderEpoch)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 12 }
    }
}

package struct OffsetForLeaderEpochResponse: KafkaMessage {
    package static let apiKey = APIKey.offsetForLeaderEpoch
    package static let versions: ClosedRange<Int16> = 2...4
    package static let firstFlexibleVersion: Int16 = 4

    package var throttleTimeMs: Int32 = 0
    package var topics: [OffsetForLeaderTopicResult] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 4
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: OffsetForLeaderTopicResult.minimumBytes) {
            var elements: [OffsetForLeaderTopicResult] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<OffsetForLeaderTopicResult>.stride))
            for index in 0..<count {
                elements.append(OffsetForLeaderTopicResult(reading: &reader, version: version))
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
        let isFlexible = version >= 4
        buffer.write(self.throttleTimeMs)
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct OffsetForLeaderTopicResult: KafkaStructure {
        package var topic: String = ""
        package var partitions: [EpochEndOffset] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 4
            self.topic = reader.readString("topic", compact: isFlexible)
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: EpochEndOffset.minimumBytes) {
                var elements: [EpochEndOffset] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<EpochEndOffset>.stride))
                for index in 0..<count {
                    elements.append(EpochEndOffset(reading: &reader, version: version))
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
            let isFlexible = version >= 4
            buffer.write(self.topic, compact: isFlexible)
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct EpochEndOffset: KafkaStructure {
        package var errorCode: Int16 = 0
        package var partition: Int32 = 0
        package var leaderEpoch: Int32 = -1
        package var endOffset: Int64 = -1
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 4
            self.errorCode = reader.readInt16("errorCode")
            self.partition = reader.readInt32("partition")
            self.leaderEpoch = reader.readInt32("leaderEpoch")
            self.endOffset = reader.readInt64("endOffset")
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 4
            buffer.write(self.errorCode)
            buffer.write(self.partition)
            buffer.write(self.leaderEpoch)
            buffer.write(self.endOffset)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 18 }
    }
}

