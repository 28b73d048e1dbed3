// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct ElectLeadersRequest: KafkaMessage {
    package static let apiKey = APIKey.electLeaders
    package static let versions: ClosedRange<Int16> = 0...2
    package static let firstFlexibleVersion: Int16 = 2

    package static let firstVersionWithElectionType: Int16 = 1

    package var electionType: Int8 = 0
    package var topicPartitions: [TopicPartitions]? = []
    package var timeoutMs: Int32 = 60000
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        if version >= 1 {
            self.electionType = reader.readInt8("electionType")
        }
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
        self.timeoutMs = reader.readInt32("timeoutMs")
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 2
        if version >= 1 {
            buffer.write(self.electionType)
        }
        buffer.writeCount(self.topicPartitions?.count, compact: isFlexible)
        for element in self.topicPartitions ?? [] {
            element.encode(into: &buffer, version: version)
        }
        buffer.write(self.timeoutMs)
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 7 }

    package struct TopicPartitions: KafkaStructure {
        package var topic: String = ""
        package var partitions: [Int32] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.topic = reader.readString("topic", compact: isFlexible)
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: 4) {
                var elements: [Int32] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt32("partitions", at: index))
                    if reader.isFailed { break }
                }
                self.partitions = elements
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 2
            buffer.write(self.topic, compact: isFlexible)
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                buffer.write(element)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }
}

package struct ElectLeadersResponse: KafkaMessage {
    package static let apiKey = APIKey.electLeaders
    package static let versions: ClosedRange<Int16> = 0...2
    package static let firstFlexibleVersion: Int16 = 2

    package static let firstVersionWithErrorCode: Int16 = 1

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var replicaElectionResults: [ReplicaElectionResult] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if version >= 1 {
            self.errorCode = reader.readInt16("errorCode")
        }
        if let count = reader.readCount("replicaElectionResults", compact: isFlexible, minimumBytes: ReplicaElectionResult.minimumBytes) {
            var elements: [ReplicaElectionResult] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<ReplicaElectionResult>.stride))
            for index in 0..<count {
                elements.append(ReplicaElectionResult(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("replicaElectionResults", at: index)
                    break
                }
            }
            self.replicaElectionResults = elements
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 2
        buffer.write(self.throttleTimeMs)
        if version >= 1 {
            buffer.write(self.errorCode)
        }
        buffer.writeCount(self.replicaElectionResults.count, compact: isFlexible)
        for element in self.replicaElectionResults {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 8 }

    package struct ReplicaElectionResult: KafkaStructure {
        package var topic: String = ""
        package var partitionResult: [PartitionResult] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.topic = reader.readString("topic", compact: isFlexible)
            if let count = reader.readCount("partitionResult", compact: isFlexible, minimumBytes: PartitionResult.minimumBytes) {
                var elements: [PartitionResult] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<PartitionResult>.stride))
                for index in 0..<count {
                    elements.append(PartitionResult(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("partitionResult", at: index)
                        break
                    }
                }
                self.partitionResult = elements
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 2
            buffer.write(self.topic, compact: isFlexible)
            buffer.writeCount(self.partitionResult.count, compact: isFlexible)
            for element in self.partitionResult {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct PartitionResult: KafkaStructure {
        package var partitionId: Int32 = 0
        package var errorCode: Int16 = 0
        package var errorMessage: String? = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.partitionId = reader.readInt32("partitionId")
            self.errorCode = reader.readInt16("errorCode")
            self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 2
            buffer.write(self.partitionId)
            buffer.write(self.errorCode)
            buffer.write(self.errorMessage, compact: isFlexible)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 8 }
    }
}

