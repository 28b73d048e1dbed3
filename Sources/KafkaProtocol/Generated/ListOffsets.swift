// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct ListOffsetsRequest: KafkaMessage {
    package static let apiKey = APIKey.listOffsets
    package static let versions: ClosedRange<Int16> = 1...11
    package static let firstFlexibleVersion: Int16 = 6

    package static let firstVersionWithIsolationLevel: Int16 = 2
    package static let firstVersionWithTimeoutMs: Int16 = 10

    package var replicaId: Int32 = 0
    package var isolationLevel: Int8 = 0
    package var topics: [ListOffsetsTopic] = []
    package var timeoutMs: Int32 = 0
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 6
        self.replicaId = reader.readInt32("replicaId")
        if version >= 2 {
            self.isolationLevel = reader.readInt8("isolationLevel")
        }
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: ListOffsetsTopic.minimumBytes) {
            var elements: [ListOffsetsTopic] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<ListOffsetsTopic>.stride))
            for index in 0..<count {
                elements.append(ListOffsetsTopic(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("topics", at: index)
                    break
                }
            }
            self.topics = elements
        }
        if version >= 10 {
            self.timeoutMs = reader.readInt32("timeoutMs")
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 6
        buffer.write(self.replicaId)
        if version >= 2 {
            buffer.write(self.isolationLevel)
        }
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        if version >= 10 {
            buffer.write(self.timeoutMs)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 7 }

    package struct ListOffsetsTopic: KafkaStructure {
        package var name: String = ""
        package var partitions: [ListOffsetsPartition] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 6
            self.name = reader.readString("name", compact: isFlexible)
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: ListOffsetsPartition.minimumBytes) {
                var elements: [ListOffsetsPartition] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<ListOffsetsPartition>.stride))
                for index in 0..<count {
                    elements.append(ListOffsetsPartition(reading: &reader, version: version))
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
            let isFlexible = version >= 6
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

    package struct ListOffsetsPartition: KafkaStructure {
        package static let firstVersionWithCurrentLeaderEpoch: Int16 = 4

        package var partitionIndex: Int32 = 0
        package var currentLeaderEpoch: Int32 = -1
        package var timestamp: Int64 = 0
        package var maxNumOffsets: Int32 = 1
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 6
            self.partitionIndex = reader.readInt32("partitionIndex")
            if version >= 4 {
                self.currentLeaderEpoch = reader.readInt32("currentLeaderEpoch")
            }
            self.timestamp = reader.readInt64("timestamp")
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 6
            buffer.write(self.partitionIndex)
            if version >= 4 {
                buffer.write(self.currentLeaderEpoch)
            }
            buffer.write(self.timestamp)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 12 }
    }
}

package struct ListOffsetsResponse: KafkaMessage {
    package static let apiKey = APIKey.listOffsets
    package static let versions: ClosedRange<Int16> = 1...11
    package static let firstFlexibleVersion: Int16 = 6

    package static let firstVersionWithThrottleTimeMs: Int16 = 2

    package var throttleTimeMs: Int32 = 0
    package var topics: [ListOffsetsTopicResponse] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 6
        if version >= 2 {
            self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        }
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: ListOffsetsTopicResponse.minimumBytes) {
            var elements: [ListOffsetsTopicResponse] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<ListOffsetsTopicResponse>.stride))
            for index in 0..<count {
                elements.append(ListOffsetsTopicResponse(reading: &reader, version: version))
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
        let isFlexible = version >= 6
        if version >= 2 {
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

    package struct ListOffsetsTopicResponse: KafkaStructure {
        package var name: String = ""
        package var partitions: [ListOffsetsPartitionResponse] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 6
            self.name = reader.readString("name", compact: isFlexible)
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: ListOffsetsPartitionResponse.minimumBytes) {
                var elements: [ListOffsetsPartitionResponse] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<ListOffsetsPartitionResponse>.stride))
                for index in 0..<count {
                    elements.append(ListOffsetsPartitionResponse(reading: &reader, version: version))
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
            let isFlexible = version >= 6
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

    package struct ListOffsetsPartitionResponse: KafkaStructure {
        package static let firstVersionWithLeaderEpoch: Int16 = 4

        package var partitionIndex: Int32 = 0
        package var errorCode: Int16 = 0
        package var oldStyleOffsets: [Int64] = []
        package var timestamp: Int64 = -1
        package var offset: Int64 = -1
        package var leaderEpoch: Int32 = -1
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 6
            self.partitionIndex = reader.readInt32("partitionIndex")
            self.errorCode = reader.readInt16("errorCode")
            self.timestamp = reader.readInt64("timestamp")
            self.offset = reader.readInt64("offset")
            if version >= 4 {
                self.leaderEpoch = reader.readInt32("leaderEpoch")
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 6
            buffer.write(self.partitionIndex)
            buffer.write(self.errorCode)
            buffer.write(self.timestamp)
            buffer.write(self.offset)
            if version >= 4 {
                buffer.write(self.leaderEpoch)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 22 }
    }
}

