// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct DescribeShareGroupOffsetsRequest: KafkaMessage {
    package static let apiKey = APIKey.describeShareGroupOffsets
    package static let versions: ClosedRange<Int16> = 0...1
    package static let firstFlexibleVersion: Int16 = 0

    package var groups: [Group] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        if let count = reader.readCount("groups", compact: isFlexible, minimumBytes: Group.minimumBytes) {
            var elements: [Group] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Group>.stride))
            for index in 0..<count {
                elements.append(Group(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("groups", at: index)
                    break
                }
            }
            self.groups = elements
        }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.writeCount(self.groups.count, compact: isFlexible)
        for element in self.groups {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 2 }

    package struct Group: KafkaStructure {
        package var groupId: String = ""
        package var topics: [Topic]? = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.groupId = reader.readString("groupId", compact: isFlexible)
            if let count = reader.readNullableCount("topics", compact: isFlexible, minimumBytes: Topic.minimumBytes) {
                var elements: [Topic] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Topic>.stride))
                for index in 0..<count {
                    elements.append(Topic(reading: &reader, version: version))
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
            buffer.write(self.groupId, compact: isFlexible)
            buffer.writeCount(self.topics?.count, compact: isFlexible)
            for element in self.topics ?? [] {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct Topic: KafkaStructure {
        package var topicName: String = ""
        package var partitions: [Int32] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.topicName = reader.readString("topicName", compact: isFlexible)
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
            buffer.write(self.topicName, compact: isFlexible)
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                buffer.write(element)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }
}

package struct DescribeShareGroupOffsetsResponse: KafkaMessage {
    package static let apiKey = APIKey.describeShareGroupOffsets
    package static let versions: ClosedRange<Int16> = 0...1
    package static let firstFlexibleVersion: Int16 = 0

    package var throttleTimeMs: Int32 = 0
    package var groups: [Group] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if let count = reader.readCount("groups", compact: isFlexible, minimumBytes: Group.minimumBytes) {
            var elements: [Group] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Group>.stride))
            for index in 0..<count {
                elements.append(Group(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("groups", at: index)
                    break
                }
            }
            self.groups = elements
        }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.throttleTimeMs)
        buffer.writeCount(self.groups.count, compact: isFlexible)
        for element in self.groups {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct Group: KafkaStructure {
        package var groupId: String = ""
        package var topics: [Topic] = []
        package var errorCode: Int16 = 0
        package var errorMessage: String? = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.groupId = reader.readString("groupId", compact: isFlexible)
            if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: Topic.minimumBytes) {
                var elements: [Topic] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Topic>.stride))
                for index in 0..<count {
                    elements.append(Topic(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("topics", at: index)
                        break
                    }
                }
                self.topics = elements
            }
            self.errorCode = reader.readInt16("errorCode")
            self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.groupId, compact: isFlexible)
            buffer.writeCount(self.topics.count, compact: isFlexible)
            for element in self.topics {
                element.encode(into: &buffer, version: version)
            }
            buffer.write(self.errorCode)
            buffer.write(self.errorMessage, compact: isFlexible)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }

    package struct Topic: KafkaStructure {
        package var topicName: String = ""
        package var topicId: KafkaUUID = .zero
        package var partitions: [Partition] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.topicName = reader.readString("topicName", compact: isFlexible)
            self.topicId = reader.readUUID("topicId")
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: Partition.minimumBytes) {
                var elements: [Partition] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Partition>.stride))
                for index in 0..<count {
                    elements.append(Partition(reading: &reader, version: version))
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
            buffer.write(self.topicName, compact: isFlexible)
            buffer.write(self.topicId)
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 19 }
    }

    package struct Partition: KafkaStructure {
        package static let firstVersionWithLag: Int16 = 1

        package var partitionIndex: Int32 = 0
        package var startOffset: Int64 = 0
        package var leaderEpoch: Int32 = 0
        package var lag: Int64 = -1
        package var errorCode: Int16 = 0
        package var errorMessage: String? = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.partitionIndex = reader.readInt32("partitionIndex")
            self.startOffset = reader.readInt64("startOffset")
            self.leaderEpoch = reader.readInt32("leaderEpoch")
            if version >= 1 {
                self.lag = reader.readInt64("lag")
            }
            self.errorCode = reader.readInt16("errorCode")
            self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.partitionIndex)
            buffer.write(self.startOffset)
            buffer.write(self.leaderEpoch)
            if version >= 1 {
                buffer.write(self.lag)
            }
            buffer.write(self.errorCode)
            buffer.write(self.errorMessage, compact: isFlexible)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 20 }
    }
}

