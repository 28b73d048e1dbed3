// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct ListPartitionReassignmentsRequest: KafkaMessage {
    package static let apiKey = APIKey.listPartitionReassignments
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = 0

    package var timeoutMs: Int32 = 60000
    package var topics: [ListPartitionReassignmentsTopics]? = nil
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.timeoutMs = reader.readInt32("timeoutMs")
        if let count = reader.readNullableCount("topics", compact: isFlexible, minimumBytes: ListPartitionReassignmentsTopics.minimumBytes) {
            var elements: [ListPartitionReassignmentsTopics] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<ListPartitionReassignmentsTopics>.stride))
            for index in 0..<count {
                elements.append(ListPartitionReassignmentsTopics(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("topics", at: index)
                    break
                }
            }
            self.topics = elements
        } else { self.topics = nil }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.timeoutMs)
        buffer.writeCount(self.topics?.count, compact: isFlexible)
        for element in self.topics ?? [] {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct ListPartitionReassignmentsTopics: KafkaStructure {
        package var name: String = ""
        package var partitionIndexes: [Int32] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.name = reader.readString("name", compact: isFlexible)
            if let count = reader.readCount("partitionIndexes", compact: isFlexible, minimumBytes: 4) {
                var elements: [Int32] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt32("partitionIndexes", at: index))
                    if reader.isFailed { break }
                }
                self.partitionIndexes = elements
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.name, compact: isFlexible)
            buffer.writeCount(self.partitionIndexes.count, compact: isFlexible)
            for element in self.partitionIndexes {
                buffer.write(element)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }
}

package struct ListPartitionReassignmentsResponse: KafkaMessage {
    package static let apiKey = APIKey.listPartitionReassignments
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = 0

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var errorMessage: String? = ""
    package var topics: [OngoingTopicReassignment] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        self.errorCode = reader.readInt16("errorCode")
        self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: OngoingTopicReassignment.minimumBytes) {
            var elements: [OngoingTopicReassignment] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<OngoingTopicReassignment>.stride))
            for index in 0..<count {
                elements.append(OngoingTopicReassignment(reading: &reader, version: version))
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
        buffer.write(self.throttleTimeMs)
        buffer.write(self.errorCode)
        buffer.write(self.errorMessage, compact: isFlexible)
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 9 }

    package struct OngoingTopicReassignment: KafkaStructure {
        package var name: String = ""
        package var partitions: [OngoingPartitionReassignment] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.name = reader.readString("name", compact: isFlexible)
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: OngoingPartitionReassignment.minimumBytes) {
                var elements: [OngoingPartitionReassignment] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<OngoingPartitionReassignment>.stride))
                for index in 0..<count {
                    elements.append(OngoingPartitionReassignment(reading: &reader, version: version))
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

    package struct OngoingPartitionReassignment: KafkaStructure {
        package var partitionIndex: Int32 = 0
        package var replicas: [Int32] = []
        package var addingReplicas: [Int32] = []
        package var removingReplicas: [Int32] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.partitionIndex = reader.readInt32("partitionIndex")
            if let count = reader.readCount("replicas", compact: isFlexible, minimumBytes: 4) {
                var elements: [Int32] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt32("replicas", at: index))
                    if reader.isFailed { break }
                }
                self.replicas = elements
            }
            if let count = reader.readCount("addingReplicas", compact: isFlexible, minimumBytes: 4) {
                var elements: [Int32] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt32("addingReplicas", at: index))
                    if reader.isFailed { break }
                }
                self.addingReplicas = elements
            }
            if let count = reader.readCount("removingReplicas", compact: isFlexible, minimumBytes: 4) {
                var elements: [Int32] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt32("removingReplicas", at: index))
                    if reader.isFailed { break }
                }
                self.removingReplicas = elements
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.partitionIndex)
            buffer.writeCount(self.replicas.count, compact: isFlexible)
            for element in self.replicas {
                buffer.write(element)
            }
            buffer.writeCount(self.addingReplicas.count, compact: isFlexible)
            for element in self.addingReplicas {
                buffer.write(element)
            }
            buffer.writeCount(self.removingReplicas.count, compact: isFlexible)
            for element in self.removingReplicas {
                buffer.write(element)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 8 }
    }
}

