// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct OffsetFetchRequest: KafkaMessage {
    package static let apiKey = APIKey.offsetFetch
    package static let versions: ClosedRange<Int16> = 1...10
    package static let firstFlexibleVersion: Int16 = 6

    package static let firstVersionWithGroups: Int16 = 8
    package static let firstVersionWithRequireStable: Int16 = 7

    package var groupId: String = ""
    package var topics: [OffsetFetchRequestTopic]? = []
    package var groups: [OffsetFetchRequestGroup] = []
    package var requireStable: Bool = false
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 6
        if version <= 7 {
            self.groupId = reader.readString("groupId", compact: isFlexible)
        }
        if version <= 7 {
            if let count = reader.readNullableCount("topics", compact: isFlexible, nullable: version >= 2, minimumBytes: OffsetFetchRequestTopic.minimumBytes) {
                var elements: [OffsetFetchRequestTopic] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<OffsetFetchRequestTopic>.stride))
                for index in 0..<count {
                    elements.append(OffsetFetchRequestTopic(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("topics", at: index)
                        break
                    }
                }
                self.topics = elements
            } else { self.topics = nil }
        }
        if version >= 8 {
            if let count = reader.readCount("groups", compact: isFlexible, minimumBytes: OffsetFetchRequestGroup.minimumBytes) {
                var elements: [OffsetFetchRequestGroup] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<OffsetFetchRequestGroup>.stride))
                for index in 0..<count {
                    elements.append(OffsetFetchRequestGroup(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("groups", at: index)
                        break
                    }
                }
                self.groups = elements
            }
        }
        if version >= 7 {
            self.requireStable = reader.readBool("requireStable")
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 6
        if version <= 7 {
            buffer.write(self.groupId, compact: isFlexible)
        }
        if version <= 7 {
            buffer.writeCount(self.topics?.count, compact: isFlexible, nullable: version >= 2)
            for element in self.topics ?? [] {
                element.encode(into: &buffer, version: version)
            }
        }
        if version >= 8 {
            buffer.writeCount(self.groups.count, compact: isFlexible)
            for element in self.groups {
                element.encode(into: &buffer, version: version)
            }
        }
        if version >= 7 {
            buffer.write(self.requireStable)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 3 }

    package struct OffsetFetchRequestTopic: KafkaStructure {
        package var name: String = ""
        package var partitionIndexes: [Int32] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 6
            if version <= 7 {
                self.name = reader.readString("name", compact: isFlexible)
            }
            if version <= 7 {
                if let count = reader.readCount("partitionIndexes", compact: isFlexible, minimumBytes: 4) {
                    var elements: [Int32] = []
                    elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                    for index in 0..<count {
                        elements.append(reader.readInt32("partitionIndexes", at: index))
                        if reader.isFailed { break }
                    }
                    self.partitionIndexes = elements
                }
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 6
            if version <= 7 {
                buffer.write(self.name, compact: isFlexible)
            }
            if version <= 7 {
                buffer.writeCount(self.partitionIndexes.count, compact: isFlexible)
                for element in self.partitionIndexes {
                    buffer.write(element)
                }
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct OffsetFetchRequestGroup: KafkaStructure {
        package static let firstVersionWithMemberId: Int16 = 9
        package static let firstVersionWithMemberEpoch: Int16 = 9

        package var groupId: String = ""
        package var memberId: String? = nil
        package var memberEpoch: Int32 = -1
        package var topics: [OffsetFetchRequestTopics]? = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 6
            if version >= 8 {
                self.groupId = reader.readString("groupId", compact: isFlexible)
            }
            if version >= 9 {
                self.memberId = reader.readNullableString("memberId", compact: isFlexible)
            }
            if version >= 9 {
                self.memberEpoch = reader.readInt32("memberEpoch")
            }
            if version >= 8 {
                if let count = reader.readNullableCount("topics", compact: isFlexible, minimumBytes: OffsetFetchRequestTopics.minimumBytes) {
                    var elements: [OffsetFetchRequestTopics] = []
                    elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<OffsetFetchRequestTopics>.stride))
                    for index in 0..<count {
                        elements.append(OffsetFetchRequestTopics(reading: &reader, version: version))
                        if reader.isFailed {
                            reader.failedInside("topics", at: index)
                            break
                        }
                    }
                    self.topics = elements
                } else { self.topics = nil }
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 6
            if version >= 8 {
                buffer.write(self.groupId, compact: isFlexible)
            }
            if version >= 9 {
                buffer.write(self.memberId, compact: isFlexible)
            }
            if version >= 9 {
                buffer.write(self.memberEpoch)
            }
            if version >= 8 {
                buffer.writeCount(self.topics?.count, compact: isFlexible)
                for element in self.topics ?? [] {
                    element.encode(into: &buffer, version: version)
                }
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct OffsetFetchRequestTopics: KafkaStructure {
        package static let firstVersionWithTopicId: Int16 = 10

        package var name: String = ""
        package var topicId: KafkaUUID = .zero
        package var partitionIndexes: [Int32] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 6
            if version >= 8 && version <= 9 {
                self.name = reader.readString("name", compact: isFlexible)
            }
            if version >= 10 {
                self.topicId = reader.readUUID("topicId")
            }
            if version >= 8 {
                if let count = reader.readCount("partitionIndexes", compact: isFlexible, minimumBytes: 4) {
                    var elements: [Int32] = []
                    elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                    for index in 0..<count {
                        elements.append(reader.readInt32("partitionIndexes", at: index))
                        if reader.isFailed { break }
                    }
                    self.partitionIndexes = elements
                }
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 6
            if version >= 8 && version <= 9 {
                buffer.write(self.name, compact: isFlexible)
            }
            if version >= 10 {
                buffer.write(self.topicId)
            }
            if version >= 8 {
                buffer.writeCount(self.partitionIndexes.count, compact: isFlexible)
                for element in self.partitionIndexes {
                    buffer.write(element)
                }
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }
}

package struct OffsetFetchResponse: KafkaMessage {
    package static let apiKey = APIKey.offsetFetch
    package static let versions: ClosedRange<Int16> = 1...10
    package static let firstFlexibleVersion: Int16 = 6

    package static let firstVersionWithThrottleTimeMs: Int16 = 3
    package static let firstVersionWithErrorCode: Int16 = 2
    package static let firstVersionWithGroups: Int16 = 8

    package var throttleTimeMs: Int32 = 0
    package var topics: [OffsetFetchResponseTopic] = []
    package var errorCode: Int16 = 0
    package var groups: [OffsetFetchResponseGroup] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 6
        if version >= 3 {
            self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        }
        if version <= 7 {
            if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: OffsetFetchResponseTopic.minimumBytes) {
                var elements: [OffsetFetchResponseTopic] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<OffsetFetchResponseTopic>.stride))
                for index in 0..<count {
                    elements.append(OffsetFetchResponseTopic(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("topics", at: index)
                        break
                    }
                }
                self.topics = elements
            }
        }
        if version >= 2 && version <= 7 {
            self.errorCode = reader.readInt16("errorCode")
        }
        if version >= 8 {
            if let count = reader.readCount("groups", compact: isFlexible, minimumBytes: OffsetFetchResponseGroup.minimumBytes) {
                var elements: [OffsetFetchResponseGroup] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<OffsetFetchResponseGroup>.stride))
                for index in 0..<count {
                    elements.append(OffsetFetchResponseGroup(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("groups", at: index)
                        break
                    }
                }
                self.groups = elements
            }
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 6
        if version >= 3 {
            buffer.write(self.throttleTimeMs)
        }
        if version <= 7 {
            buffer.writeCount(self.topics.count, compact: isFlexible)
            for element in self.topics {
                element.encode(into: &buffer, version: version)
            }
        }
        if version >= 2 && version <= 7 {
            buffer.write(self.errorCode)
        }
        if version >= 8 {
            buffer.writeCount(self.groups.count, compact: isFlexible)
            for element in self.groups {
                element.encode(into: &buffer, version: version)
            }
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 4 }

    package struct OffsetFetchResponseTopic: KafkaStructure {
        package var name: String = ""
        package var partitions: [OffsetFetchResponsePartition] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 6
            if version <= 7 {
                self.name = reader.readString("name", compact: isFlexible)
            }
            if version <= 7 {
                if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: OffsetFetchResponsePartition.minimumBytes) {
                    var elements: [OffsetFetchResponsePartition] = []
                    elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<OffsetFetchResponsePartition>.stride))
                    for index in 0..<count {
                        elements.append(OffsetFetchResponsePartition(reading: &reader, version: version))
                        if reader.isFailed {
                            reader.failedInside("partitions", at: index)
                            break
                        }
                    }
                    self.partitions = elements
                }
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 6
            if version <= 7 {
                buffer.write(self.name, compact: isFlexible)
            }
            if version <= 7 {
                buffer.writeCount(self.partitions.count, compact: isFlexible)
                for element in self.partitions {
                    element.encode(into: &buffer, version: version)
                }
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct OffsetFetchResponsePartition: KafkaStructure {
        package static let firstVersionWithCommittedLeaderEpoch: Int16 = 5

        package var partitionIndex: Int32 = 0
        package var committedOffset: Int64 = 0
        package var committedLeaderEpoch: Int32 = -1
        package var metadata: String? = ""
        package var errorCode: Int16 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 6
            if version <= 7 {
                self.partitionIndex = reader.readInt32("partitionIndex")
            }
            if version <= 7 {
                self.committedOffset = reader.readInt64("committedOffset")
            }
            if version >= 5 && version <= 7 {
                self.committedLeaderEpoch = reader.readInt32("committedLeaderEpoch")
            }
            if version <= 7 {
                self.metadata = reader.readNullableString("metadata", compact: isFlexible)
            }
            if version <= 7 {
                self.errorCode = reader.readInt16("errorCode")
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 6
            if version <= 7 {
                buffer.write(self.partitionIndex)
            }
            if version <= 7 {
                buffer.write(self.committedOffset)
            }
            if version >= 5 && version <= 7 {
                buffer.write(self.committedLeaderEpoch)
            }
            if version <= 7 {
                buffer.write(self.metadata, compact: isFlexible)
            }
            if version <= 7 {
                buffer.write(self.errorCode)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 16 }
    }

    package struct OffsetFetchResponseGroup: KafkaStructure {
        package var groupId: String = ""
        package var topics: [OffsetFetchResponseTopics] = []
        package var errorCode: Int16 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 6
            if version >= 8 {
                self.groupId = reader.readString("groupId", compact: isFlexible)
            }
            if version >= 8 {
                if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: OffsetFetchResponseTopics.minimumBytes) {
                    var elements: [OffsetFetchResponseTopics] = []
                    elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<OffsetFetchResponseTopics>.stride))
                    for index in 0..<count {
                        elements.append(OffsetFetchResponseTopics(reading: &reader, version: version))
                        if reader.isFailed {
                            reader.failedInside("topics", at: index)
                            break
                        }
                    }
                    self.topics = elements
                }
            }
            if version >= 8 {
                self.errorCode = reader.readInt16("errorCode")
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 6
            if version >= 8 {
                buffer.write(self.groupId, compact: isFlexible)
            }
            if version >= 8 {
                buffer.writeCount(self.topics.count, compact: isFlexible)
                for element in self.topics {
                    element.encode(into: &buffer, version: version)
                }
            }
            if version >= 8 {
                buffer.write(self.errorCode)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 5 }
    }

    package struct OffsetFetchResponseTopics: KafkaStructure {
        package static let firstVersionWithTopicId: Int16 = 10

        package var name: String = ""
        package var topicId: KafkaUUID = .zero
        package var partitions: [OffsetFetchResponsePartitions] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 6
            if version >= 8 && version <= 9 {
                self.name = reader.readString("name", compact: isFlexible)
            }
            if version >= 10 {
                self.topicId = reader.readUUID("topicId")
            }
            if version >= 8 {
                if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: OffsetFetchResponsePartitions.minimumBytes) {
                    var elements: [OffsetFetchResponsePartitions] = []
                    elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<OffsetFetchResponsePartitions>.stride))
                    for index in 0..<count {
                        elements.append(OffsetFetchResponsePartitions(reading: &reader, version: version))
                        if reader.isFailed {
                            reader.failedInside("partitions", at: index)
                            break
                        }
                    }
                    self.partitions = elements
                }
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 6
            if version >= 8 && version <= 9 {
                buffer.write(self.name, compact: isFlexible)
            }
            if version >= 10 {
                buffer.write(self.topicId)
            }
            if version >= 8 {
                buffer.writeCount(self.partitions.count, compact: isFlexible)
                for element in self.partitions {
                    element.encode(into: &buffer, version: version)
                }
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct OffsetFetchResponsePartitions: KafkaStructure {
        package var partitionIndex: Int32 = 0
        package var committedOffset: Int64 = 0
        package var committedLeaderEpoch: Int32 = -1
        package var metadata: String? = ""
        package var errorCode: Int16 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 6
            if version >= 8 {
                self.partitionIndex = reader.readInt32("partitionIndex")
            }
            if version >= 8 {
                self.committedOffset = reader.readInt64("committedOffset")
            }
            if version >= 8 {
                self.committedLeaderEpoch = reader.readInt32("committedLeaderEpoch")
            }
            if version >= 8 {
                self.metadata = reader.readNullableString("metadata", compact: isFlexible)
            }
            if version >= 8 {
                self.errorCode = reader.readInt16("errorCode")
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 6
            if version >= 8 {
                buffer.write(self.partitionIndex)
            }
            if version >= 8 {
                buffer.write(self.committedOffset)
            }
            if version >= 8 {
                buffer.write(self.committedLeaderEpoch)
            }
            if version >= 8 {
                buffer.write(self.metadata, compact: isFlexible)
            }
            if version >= 8 {
                buffer.write(self.errorCode)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 20 }
    }
}

