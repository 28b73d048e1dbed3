// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct DeleteRecordsRequest: KafkaMessage {
    package static let apiKey = APIKey.deleteRecords
    package static let versions: ClosedRange<Int16> = 0...2
    package static let firstFlexibleVersion: Int16 = 2

    package var topics: [DeleteRecordsTopic] = []
    package var timeoutMs: Int32 = 0
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: DeleteRecordsTopic.minimumBytes) {
            var elements: [DeleteRecordsTopic] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DeleteRecordsTopic>.stride))
            for index in 0..<count {
                elements.append(DeleteRecordsTopic(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("topics", at: index)
                    break
                }
            }
            self.topics = elements
        }
        self.timeoutMs = reader.readInt32("timeoutMs")
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 2
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        buffer.write(self.timeoutMs)
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct DeleteRecordsTopic: KafkaStructure {
        package var name: String = ""
        package var partitions: [DeleteRecordsPartition] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.name = reader.readString("name", compact: isFlexible)
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: DeleteRecordsPartition.minimumBytes) {
                var elements: [DeleteRecordsPartition] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DeleteRecordsPartition>.stride))
                for index in 0..<count {
                    elements.append(DeleteRecordsPartition(reading: &reader, version: version))
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
            let isFlexible = version >= 2
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

    package struct DeleteRecordsPartition: KafkaStructure {
        package var partitionIndex: Int32 = 0
        package var offset: Int64 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.partitionIndex = reader.readInt32("partitionIndex")
            self.offset = reader.readInt64("offset")
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 2
            buffer.write(self.partitionIndex)
            buffer.write(self.offset)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 12 }
    }
}

package struct DeleteRecordsResponse: KafkaMessage {
    package static let apiKey = APIKey.deleteRecords
    package static let versions: ClosedRange<Int16> = 0...2
    package static let firstFlexibleVersion: Int16 = 2

    package var throttleTimeMs: Int32 = 0
    package var topics: [DeleteRecordsTopicResult] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: DeleteRecordsTopicResult.minimumBytes) {
            var elements: [DeleteRecordsTopicResult] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DeleteRecordsTopicResult>.stride))
            for index in 0..<count {
                elements.append(DeleteRecordsTopicResult(reading: &reader, version: version))
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
        let isFlexible = version >= 2
        buffer.write(self.throttleTimeMs)
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct DeleteRecordsTopicResult: KafkaStructure {
        package var name: String = ""
        package var partitions: [DeleteRecordsPartitionResult] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.name = reader.readString("name", compact: isFlexible)
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: DeleteRecordsPartitionResult.minimumBytes) {
                var elements: [DeleteRecordsPartitionResult] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DeleteRecordsPartitionResult>.stride))
                for index in 0..<count {
                    elements.append(DeleteRecordsPartitionResult(reading: &reader, version: version))
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
            let isFlexible = version >= 2
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

    package struct DeleteRecordsPartitionResult: KafkaStructure {
        package var partitionIndex: Int32 = 0
        package var lowWatermark: Int64 = 0
        package var errorCode: Int16 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.partitionIndex = reader.readInt32("partitionIndex")
            self.lowWatermark = reader.readInt64("lowWatermark")
            self.errorCode = reader.readInt16("errorCode")
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 2
            buffer.write(self.partitionIndex)
            buffer.write(self.lowWatermark)
            buffer.write(self.errorCode)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 14 }
    }
}

