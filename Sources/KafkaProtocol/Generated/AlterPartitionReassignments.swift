// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct AlterPartitionReassignmentsRequest: KafkaMessage {
    package static let apiKey = APIKey.alterPartitionReassignments
    package static let versions: ClosedRange<Int16> = 0...1
    package static let firstFlexibleVersion: Int16 = 0

    package static let firstVersionWithAllowReplicationFactorChange: Int16 = 1

    package var timeoutMs: Int32 = 60000
    package var allowReplicationFactorChange: Bool = true
    package var topics: [ReassignableTopic] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.timeoutMs = reader.readInt32("timeoutMs")
        if version >= 1 {
            self.allowReplicationFactorChange = reader.readBool("allowReplicationFactorChange")
        }
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: ReassignableTopic.minimumBytes) {
            var elements: [ReassignableTopic] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<ReassignableTopic>.stride))
            for index in 0..<count {
                elements.append(ReassignableTopic(reading: &reader, version: version))
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
        buffer.write(self.timeoutMs)
        if version >= 1 {
            buffer.write(self.allowReplicationFactorChange)
        }
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct ReassignableTopic: KafkaStructure {
        package var name: String = ""
        package var partitions: [ReassignablePartition] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.name = reader.readString("name", compact: isFlexible)
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: ReassignablePartition.minimumBytes) {
                var elements: [ReassignablePartition] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<ReassignablePartition>.stride))
                for index in 0..<count {
                    elements.append(ReassignablePartition(reading: &reader, version: version))
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
            buffer.write(self.name, compact: isFlexible)
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct ReassignablePartition: KafkaStructure {
        package var partitionIndex: Int32 = 0
        package var replicas: [Int32]? = nil
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.partitionIndex = reader.readInt32("partitionIndex")
            if let count = reader.readNullableCount("replicas", compact: isFlexible, minimumBytes: 4) {
                var elements: [Int32] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt32("replicas", at: index))
                    if reader.isFailed { break }
                }
                self.replicas = elements
            } else { self.replicas = nil }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.partitionIndex)
            buffer.writeCount(self.replicas?.count, compact: isFlexible)
            for element in self.replicas ?? [] {
                buffer.write(element)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }
}

package struct AlterPartitionReassignmentsResponse: KafkaMessage {
    package static let apiKey = APIKey.alterPartitionReassignments
    package static let versions: ClosedRange<Int16> = 0...1
    package static let firstFlexibleVersion: Int16 = 0

    package static let firstVersionWithAllowReplicationFactorChange: Int16 = 1

    package var throttleTimeMs: Int32 = 0
    package var allowReplicationFactorChange: Bool = true
    package var errorCode: Int16 = 0
    package var errorMessage: String? = ""
    package var responses: [ReassignableTopicResponse] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if version >= 1 {
            self.allowReplicationFactorChange = reader.readBool("allowReplicationFactorChange")
        }
        self.errorCode = reader.readInt16("errorCode")
        self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
        if let count = reader.readCount("responses", compact: isFlexible, minimumBytes: ReassignableTopicResponse.minimumBytes) {
            var elements: [ReassignableTopicResponse] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<ReassignableTopicResponse>.stride))
            for index in 0..<count {
                elements.append(ReassignableTopicResponse(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("responses", at: index)
                    break
                }
            }
            self.responses = elements
        }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.throttleTimeMs)
        if version >= 1 {
            buffer.write(self.allowReplicationFactorChange)
        }
        buffer.write(self.errorCode)
        buffer.write(self.errorMessage, compact: isFlexible)
        buffer.writeCount(self.responses.count, compact: isFlexible)
        for element in self.responses {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 9 }

    package struct ReassignableTopicResponse: KafkaStructure {
        package var name: String = ""
        package var partitions: [ReassignablePartitionResponse] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.name = reader.readString("name", compact: isFlexible)
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: ReassignablePartitionResponse.minimumBytes) {
                var elements: [ReassignablePartitionResponse] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<ReassignablePartitionResponse>.stride))
                for index in 0..<count {
                    elements.append(ReassignablePartitionResponse(reading: &reader, version: version))
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
            buffer.write(self.name, compact: isFlexible)
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct ReassignablePartitionResponse: KafkaStructure {
        package var partitionIndex: Int32 = 0
        package var errorCode: Int16 = 0
        package var errorMessage: String? = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.partitionIndex = reader.readInt32("partitionIndex")
            self.errorCode = reader.readInt16("errorCode")
            self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.partitionIndex)
            buffer.write(self.errorCode)
            buffer.write(self.errorMessage, compact: isFlexible)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 8 }
    }
}

