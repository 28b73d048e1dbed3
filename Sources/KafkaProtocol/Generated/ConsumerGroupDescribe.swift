// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct ConsumerGroupDescribeRequest: KafkaMessage {
    package static let apiKey = APIKey.consumerGroupDescribe
    package static let versions: ClosedRange<Int16> = 0...1
    package static let firstFlexibleVersion: Int16 = 0

    package var groupIds: [String] = []
    package var includeAuthorizedOperations: Bool = false
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        if let count = reader.readCount("groupIds", compact: isFlexible, minimumBytes: 1) {
            var elements: [String] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<String>.stride))
            for index in 0..<count {
                elements.append(reader.readString("groupIds", at: index, compact: isFlexible))
                if reader.isFailed { break }
            }
            self.groupIds = elements
        }
        self.includeAuthorizedOperations = reader.readBool("includeAuthorizedOperations")
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.writeCount(self.groupIds.count, compact: isFlexible)
        for element in self.groupIds {
            buffer.write(element, compact: isFlexible)
        }
        buffer.write(self.includeAuthorizedOperations)
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 3 }
}

package struct ConsumerGroupDescribeResponse: KafkaMessage {
    package static let apiKey = APIKey.consumerGroupDescribe
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
        package var errorCode: Int16 = 0
        package var errorMessage: String? = ""
        package var groupId: String = ""
        package var groupState: String = ""
        package var groupEpoch: Int32 = 0
        package var assignmentEpoch: Int32 = 0
        package var assignorName: String = ""
        package var members: [Member] = []
        package var authorizedOperations: Int32 = -2147483648
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.errorCode = reader.readInt16("errorCode")
            self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
            self.groupId = reader.readString("groupId", compact: isFlexible)
            self.groupState = reader.readString("groupState", compact: isFlexible)
            self.groupEpoch = reader.readInt32("groupEpoch")
            self.assignmentEpoch = reader.readInt32("assignmentEpoch")
            self.assignorName = reader.readString("assignorName", compact: isFlexible)
            if let count = reader.readCount("members", compact: isFlexible, minimumBytes: Member.minimumBytes) {
                var elements: [Member] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Member>.stride))
                for index in 0..<count {
                    elements.append(Member(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("members", at: index)
                        break
                    }
                }
                self.members = elements
            }
            self.authorizedOperations = reader.readInt32("authorizedOperations")
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.errorCode)
            buffer.write(self.errorMessage, compact: isFlexible)
            buffer.write(self.groupId, compact: isFlexible)
            buffer.write(self.groupState, compact: isFlexible)
            buffer.write(self.groupEpoch)
            buffer.write(self.assignmentEpoch)
            buffer.write(self.assignorName, compact: isFlexible)
            buffer.writeCount(self.members.count, compact: isFlexible)
            for element in self.members {
                element.encode(into: &buffer, version: version)
            }
            buffer.write(self.authorizedOperations)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 20 }
    }

    package struct Member: KafkaStructure {
        package static let firstVersionWithMemberType: Int16 = 1

        package var memberId: String = ""
        package var instanceId: String? = ""
        package var rackId: String? = ""
        package var memberEpoch: Int32 = 0
        package var clientId: String = ""
        package var clientHost: String = ""
        package var subscribedTopicNames: [String] = []
        package var subscribedTopicRegex: String? = ""
        package var assignment: Assignment = Assignment()
        package var targetAssignment: Assignment = Assignment()
        package var memberType: Int8 = -1
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.memberId = reader.readString("memberId", compact: isFlexible)
            self.instanceId = reader.readNullableString("instanceId", compact: isFlexible)
            self.rackId = reader.readNullableString("rackId", compact: isFlexible)
            self.memberEpoch = reader.readInt32("memberEpoch")
            self.clientId = reader.readString("clientId", compact: isFlexible)
            self.clientHost = reader.readString("clientHost", compact: isFlexible)
            if let count = reader.readCount("subscribedTopicNames", compact: isFlexible, minimumBytes: 1) {
                var elements: [String] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<String>.stride))
                for index in 0..<count {
                    elements.append(reader.readString("subscribedTopicNames", at: index, compact: isFlexible))
                    if reader.isFailed { break }
                }
                self.subscribedTopicNames = elements
            }
            self.subscribedTopicRegex = reader.readNullableString("subscribedTopicRegex", compact: isFlexible)
            self.assignment = Assignment(reading: &reader, version: version)
            if reader.isFailed { reader.failedInside("assignment") }
            self.targetAssignment = Assignment(reading: &reader, version: version)
            if reader.isFailed { reader.failedInside("targetAssignment") }
            if version >= 1 {
                self.memberType = reader.readInt8("memberType")
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.memberId, compact: isFlexible)
            buffer.write(self.instanceId, compact: isFlexible)
            buffer.write(self.rackId, compact: isFlexible)
            buffer.write(self.memberEpoch)
            buffer.write(self.clientId, compact: isFlexible)
            buffer.write(self.clientHost, compact: isFlexible)
            buffer.writeCount(self.subscribedTopicNames.count, compact: isFlexible)
            for element in self.subscribedTopicNames {
                buffer.write(element, compact: isFlexible)
            }
            buffer.write(self.subscribedTopicRegex, compact: isFlexible)
            self.assignment.encode(into: &buffer, version: version)
            self.targetAssignment.encode(into: &buffer, version: version)
            if version >= 1 {
                buffer.write(self.memberType)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 16 }
    }

    package struct Assignment: KafkaStructure {
        package var topicPartitions: [TopicPartition] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            if let count = reader.readCount("topicPartitions", compact: isFlexible, minimumBytes: TopicPartition.minimumBytes) {
                var elements: [TopicPartition] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TopicPartition>.stride))
                for index in 0..<count {
                    elements.append(TopicPartition(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("topicPartitions", at: index)
                        break
                    }
                }
                self.topicPartitions = elements
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.writeCount(self.topicPartitions.count, compact: isFlexible)
            for element in self.topicPartitions {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 2 }
    }

    package struct TopicPartition: KafkaStructure {
        package var topicId: KafkaUUID = .zero
        package var topicName: String = ""
        package var partitions: [Int32] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.topicId = reader.readUUID("topicId")
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
            buffer.write(self.topicId)
            buffer.write(self.topicName, compact: isFlexible)
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                buffer.write(element)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 19 }
    }
}

