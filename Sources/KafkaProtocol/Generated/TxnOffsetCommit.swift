// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct TxnOffsetCommitRequest: KafkaMessage {
    package static let apiKey = APIKey.txnOffsetCommit
    package static let versions: ClosedRange<Int16> = 0...5
    package static let firstFlexibleVersion: Int16 = 3

    package static let firstVersionWithGenerationId: Int16 = 3
    package static let firstVersionWithMemberId: Int16 = 3
    package static let firstVersionWithGroupInstanceId: Int16 = 3

    package var transactionalId: String = ""
    package var groupId: String = ""
    package var producerId: Int64 = 0
    package var producerEpoch: Int16 = 0
    package var generationId: Int32 = -1
    package var memberId: String = ""
    package var groupInstanceId: String? = nil
    package var topics: [TxnOffsetCommitRequestTopic] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 3
        self.transactionalId = reader.readString("transactionalId", compact: isFlexible)
        self.groupId = reader.readString("groupId", compact: isFlexible)
        self.producerId = reader.readInt64("producerId")
        self.producerEpoch = reader.readInt16("producerEpoch")
        if version >= 3 {
            self.generationId = reader.readInt32("generationId")
        }
        if version >= 3 {
            self.memberId = reader.readString("memberId", compact: isFlexible)
        }
        if version >= 3 {
            self.groupInstanceId = reader.readNullableString("groupInstanceId", compact: isFlexible)
        }
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: TxnOffsetCommitRequestTopic.minimumBytes) {
            var elements: [TxnOffsetCommitRequestTopic] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TxnOffsetCommitRequestTopic>.stride))
            for index in 0..<count {
                elements.append(TxnOffsetCommitRequestTopic(reading: &reader, version: version))
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
        let isFlexible = version >= 3
        buffer.write(self.transactionalId, compact: isFlexible)
        buffer.write(self.groupId, compact: isFlexible)
        buffer.write(self.producerId)
        buffer.write(self.producerEpoch)
        if version >= 3 {
            buffer.write(self.generationId)
        }
        if version >= 3 {
            buffer.write(self.memberId, compact: isFlexible)
        }
        if version >= 3 {
            buffer.write(self.groupInstanceId, compact: isFlexible)
        }
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 18 }

    package struct TxnOffsetCommitRequestTopic: KafkaStructure {
        package var name: String = ""
        package var partitions: [TxnOffsetCommitRequestPartition] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 3
            self.name = reader.readString("name", compact: isFlexible)
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: TxnOffsetCommitRequestPartition.minimumBytes) {
                var elements: [TxnOffsetCommitRequestPartition] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TxnOffsetCommitRequestPartition>.stride))
                for index in 0..<count {
                    elements.append(TxnOffsetCommitRequestPartition(reading: &reader, version: version))
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
            let isFlexible = version >= 3
            buffer.write(self.name, compact: isFlexible)
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct TxnOffsetCommitRequestPartition: KafkaStructure {
        package static let firstVersionWithCommittedLeaderEpoch: Int16 = 2

        package var partitionIndex: Int32 = 0
        package var committedOffset: Int64 = 0
        package var committedLeaderEpoch: Int32 = -1
        package var committedMetadata: String? = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 3
            self.partitionIndex = reader.readInt32("partitionIndex")
            self.committedOffset = reader.readInt64("committedOffset")
            if version >= 2 {
                self.committedLeaderEpoch = reader.readInt32("committedLeaderEpoch")
            }
            self.committedMetadata = reader.readNullableString("committedMetadata", compact: isFlexible)
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 3
            buffer.write(self.partitionIndex)
            buffer.write(self.committedOffset)
            if version >= 2 {
                buffer.write(self.committedLeaderEpoch)
            }
            buffer.write(self.committedMetadata, compact: isFlexible)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 14 }
    }
}

package struct TxnOffsetCommitResponse: KafkaMessage {
    package static let apiKey = APIKey.txnOffsetCommit
    package static let versions: ClosedRange<Int16> = 0...5
    package static let firstFlexibleVersion: Int16 = 3

    package var throttleTimeMs: Int32 = 0
    package var topics: [TxnOffsetCommitResponseTopic] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 3
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: TxnOffsetCommitResponseTopic.minimumBytes) {
            var elements: [TxnOffsetCommitResponseTopic] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TxnOffsetCommitResponseTopic>.stride))
            for index in 0..<count {
                elements.append(TxnOffsetCommitResponseTopic(reading: &reader, version: version))
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
        let isFlexible = version >= 3
        buffer.write(self.throttleTimeMs)
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct TxnOffsetCommitResponseTopic: KafkaStructure {
        package var name: String = ""
        package var partitions: [TxnOffsetCommitResponsePartition] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 3
            self.name = reader.readString("name", compact: isFlexible)
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: TxnOffsetCommitResponsePartition.minimumBytes) {
                var elements: [TxnOffsetCommitResponsePartition] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TxnOffsetCommitResponsePartition>.stride))
                for index in 0..<count {
                    elements.append(TxnOffsetCommitResponsePartition(reading: &reader, version: version))
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
            let isFlexible = version >= 3
            buffer.write(self.name, compact: isFlexible)
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct TxnOffsetCommitResponsePartition: KafkaStructure {
        package var partitionIndex: Int32 = 0
        package var errorCode: Int16 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 3
            self.partitionIndex = reader.readInt32("partitionIndex")
            self.errorCode = reader.readInt16("errorCode")
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 3
            buffer.write(self.partitionIndex)
            buffer.write(self.errorCode)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }
}

