// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct StreamsGroupDescribeRequest: KafkaMessage {
    package static let apiKey = APIKey.streamsGroupDescribe
    package static let versions: ClosedRange<Int16> = 0...0
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

package struct StreamsGroupDescribeResponse: KafkaMessage {
    package static let apiKey = APIKey.streamsGroupDescribe
    package static let versions: ClosedRange<Int16> = 0...0
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
        package var topology: Topology? = nil
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
            self.topology = reader.readPresence("topology") ? Topology(reading: &reader, version: version) : nil
            if reader.isFailed { reader.failedInside("topology") }
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
            buffer.writePresence(self.topology != nil)
            self.topology?.encode(into: &buffer, version: version)
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

    package struct Topology: KafkaStructure {
        package var epoch: Int32 = 0
        package var subtopologies: [Subtopology]? = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.epoch = reader.readInt32("epoch")
            if let count = reader.readNullableCount("subtopologies", compact: isFlexible, minimumBytes: Subtopology.minimumBytes) {
                var elements: [Subtopology] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Subtopology>.stride))
                for index in 0..<count {
                    elements.append(Subtopology(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("subtopologies", at: index)
                        break
                    }
                }
                self.subtopologies = elements
            } else { self.subtopologies = nil }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.epoch)
            buffer.writeCount(self.subtopologies?.count, compact: isFlexible)
            for element in self.subtopologies ?? [] {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }

    package struct Subtopology: KafkaStructure {
        package var subtopologyId: String = ""
        package var sourceTopics: [String] = []
        package var repartitionSinkTopics: [String] = []
        package var stateChangelogTopics: [TopicInfo] = []
        package var repartitionSourceTopics: [TopicInfo] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.subtopologyId = reader.readString("subtopologyId", compact: isFlexible)
            if let count = reader.readCount("sourceTopics", compact: isFlexible, minimumBytes: 1) {
                var elements: [String] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<String>.stride))
                for index in 0..<count {
                    elements.append(reader.readString("sourceTopics", at: index, compact: isFlexible))
                    if reader.isFailed { break }
                }
                self.sourceTopics = elements
            }
            if let count = reader.readCount("repartitionSinkTopics", compact: isFlexible, minimumBytes: 1) {
                var elements: [String] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<String>.stride))
                for index in 0..<count {
                    elements.append(reader.readString("repartitionSinkTopics", at: index, compact: isFlexible))
                    if reader.isFailed { break }
                }
                self.repartitionSinkTopics = elements
            }
            if let count = reader.readCount("stateChangelogTopics", compact: isFlexible, minimumBytes: TopicInfo.minimumBytes) {
                var elements: [TopicInfo] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TopicInfo>.stride))
                for index in 0..<count {
                    elements.append(TopicInfo(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("stateChangelogTopics", at: index)
                        break
                    }
                }
                self.stateChangelogTopics = elements
            }
            if let count = reader.readCount("repartitionSourceTopics", compact: isFlexible, minimumBytes: TopicInfo.minimumBytes) {
                var elements: [TopicInfo] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TopicInfo>.stride))
                for index in 0..<count {
                    elements.append(TopicInfo(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("repartitionSourceTopics", at: index)
                        break
                    }
                }
                self.repartitionSourceTopics = elements
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.subtopologyId, compact: isFlexible)
            buffer.writeCount(self.sourceTopics.count, compact: isFlexible)
            for element in self.sourceTopics {
                buffer.write(element, compact: isFlexible)
            }
            buffer.writeCount(self.repartitionSinkTopics.count, compact: isFlexible)
            for element in self.repartitionSinkTopics {
                buffer.write(element, compact: isFlexible)
            }
            buffer.writeCount(self.stateChangelogTopics.count, compact: isFlexible)
            for element in self.stateChangelogTopics {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeCount(self.repartitionSourceTopics.count, compact: isFlexible)
            for element in self.repartitionSourceTopics {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }

    package struct TopicInfo: KafkaStructure {
        package var name: String = ""
        package var partitions: Int32 = 0
        package var replicationFactor: Int16 = 0
        package var topicConfigs: [Config] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.name = reader.readString("name", compact: isFlexible)
            self.partitions = reader.readInt32("partitions")
            self.replicationFactor = reader.readInt16("replicationFactor")
            if let count = reader.readCount("topicConfigs", compact: isFlexible, minimumBytes: Config.minimumBytes) {
                var elements: [Config] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Config>.stride))
                for index in 0..<count {
                    elements.append(Config(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("topicConfigs", at: index)
                        break
                    }
                }
                self.topicConfigs = elements
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.name, compact: isFlexible)
            buffer.write(self.partitions)
            buffer.write(self.replicationFactor)
            buffer.writeCount(self.topicConfigs.count, compact: isFlexible)
            for element in self.topicConfigs {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 9 }
    }

    package struct Config: KafkaStructure {
        package var key: String = ""
        package var value: String = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.key = reader.readString("key", compact: isFlexible)
            self.value = reader.readString("value", compact: isFlexible)
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.key, compact: isFlexible)
            buffer.write(self.value, compact: isFlexible)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct Member: KafkaStructure {
        package var memberId: String = ""
        package var memberEpoch: Int32 = 0
        package var instanceId: String? = ""
        package var rackId: String? = ""
        package var clientId: String = ""
        package var clientHost: String = ""
        package var topologyEpoch: Int32 = 0
        package var processId: String = ""
        package var userEndpoint: UserEndpoint? = nil
        package var clientTags: [ClientTag] = []
        package var taskOffsets: [TaskOffset] = []
        package var taskEndOffsets: [TaskOffset] = []
        package var assignment: StreamsAssignment = StreamsAssignment()
        package var targetAssignment: StreamsAssignment = StreamsAssignment()
        package var isClassic: Bool = false
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.memberId = reader.readString("memberId", compact: isFlexible)
            self.memberEpoch = reader.readInt32("memberEpoch")
            self.instanceId = reader.readNullableString("instanceId", compact: isFlexible)
            self.rackId = reader.readNullableString("rackId", compact: isFlexible)
            self.clientId = reader.readString("clientId", compact: isFlexible)
            self.clientHost = reader.readString("clientHost", compact: isFlexible)
            self.topologyEpoch = reader.readInt32("topologyEpoch")
            self.processId = reader.readString("processId", compact: isFlexible)
            self.userEndpoint = reader.readPresence("userEndpoint") ? UserEndpoint(reading: &reader, version: version) : nil
            if reader.isFailed { reader.failedInside("userEndpoint") }
            if let count = reader.readCount("clientTags", compact: isFlexible, minimumBytes: ClientTag.minimumBytes) {
                var elements: [ClientTag] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<ClientTag>.stride))
                for index in 0..<count {
                    elements.append(ClientTag(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("clientTags", at: index)
                        break
                    }
                }
                self.clientTags = elements
            }
            if let count = reader.readCount("taskOffsets", compact: isFlexible, minimumBytes: TaskOffset.minimumBytes) {
                var elements: [TaskOffset] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TaskOffset>.stride))
                for index in 0..<count {
                    elements.append(TaskOffset(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("taskOffsets", at: index)
                        break
                    }
                }
                self.taskOffsets = elements
            }
            if let count = reader.readCount("taskEndOffsets", compact: isFlexible, minimumBytes: TaskOffset.minimumBytes) {
                var elements: [TaskOffset] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TaskOffset>.stride))
                for index in 0..<count {
                    elements.append(TaskOffset(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("taskEndOffsets", at: index)
                        break
                    }
                }
                self.taskEndOffsets = elements
            }
            self.assignment = StreamsAssignment(reading: &reader, version: version)
            if reader.isFailed { reader.failedInside("assignment") }
            self.targetAssignment = StreamsAssignment(reading: &reader, version: version)
            if reader.isFailed { reader.failedInside("targetAssignment") }
            self.isClassic = reader.readBool("isClassic")
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.memberId, compact: isFlexible)
            buffer.write(self.memberEpoch)
            buffer.write(self.instanceId, compact: isFlexible)
            buffer.write(self.rackId, compact: isFlexible)
            buffer.write(self.clientId, compact: isFlexible)
            buffer.write(self.clientHost, compact: isFlexible)
            buffer.write(self.topologyEpoch)
            buffer.write(self.processId, compact: isFlexible)
            buffer.writePresence(self.userEndpoint != nil)
            self.userEndpoint?.encode(into: &buffer, version: version)
            buffer.writeCount(self.clientTags.count, compact: isFlexible)
            for element in self.clientTags {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeCount(self.taskOffsets.count, compact: isFlexible)
            for element in self.taskOffsets {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeCount(self.taskEndOffsets.count, compact: isFlexible)
            for element in self.taskEndOffsets {
                element.encode(into: &buffer, version: version)
            }
            self.assignment.encode(into: &buffer, version: version)
            self.targetAssignment.encode(into: &buffer, version: version)
            buffer.write(self.isClassic)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 28 }
    }

    package struct UserEndpoint: KafkaStructure {
        package var host: String = ""
        package var port: UInt16 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.host = reader.readString("host", compact: isFlexible)
            self.port = reader.readUInt16("port")
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.host, compact: isFlexible)
            buffer.write(self.port)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 4 }
    }

    package struct ClientTag: KafkaStructure {
        package var key: String = ""
        package var value: String = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.key = reader.readString("key", compact: isFlexible)
            self.value = reader.readString("value", compact: isFlexible)
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.key, compact: isFlexible)
            buffer.write(self.value, compact: isFlexible)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct TaskOffset: KafkaStructure {
        package var subtopologyId: String = ""
        package var partition: Int32 = 0
        package var offset: Int64 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.subtopologyId = reader.readString("subtopologyId", compact: isFlexible)
            self.partition = reader.readInt32("partition")
            self.offset = reader.readInt64("offset")
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.subtopologyId, compact: isFlexible)
            buffer.write(self.partition)
            buffer.write(self.offset)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 14 }
    }

    package struct StreamsAssignment: KafkaStructure {
        package var activeTasks: [TaskIDs] = []
        package var standbyTasks: [TaskIDs] = []
        package var warmupTasks: [TaskIDs] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            if let count = reader.readCount("activeTasks", compact: isFlexible, minimumBytes: TaskIDs.minimumBytes) {
                var elements: [TaskIDs] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TaskIDs>.stride))
                for index in 0..<count {
                    elements.append(TaskIDs(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("activeTasks", at: index)
                        break
                    }
                }
                self.activeTasks = elements
            }
            if let count = reader.readCount("standbyTasks", compact: isFlexible, minimumBytes: TaskIDs.minimumBytes) {
                var elements: [TaskIDs] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TaskIDs>.stride))
                for index in 0..<count {
                    elements.append(TaskIDs(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("standbyTasks", at: index)
                        break
                    }
                }
                self.standbyTasks = elements
            }
            if let count = reader.readCount("warmupTasks", compact: isFlexible, minimumBytes: TaskIDs.minimumBytes) {
                var elements: [TaskIDs] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TaskIDs>.stride))
                for index in 0..<count {
                    elements.append(TaskIDs(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("warmupTasks", at: index)
                        break
                    }
                }
                self.warmupTasks = elements
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.writeCount(self.activeTasks.count, compact: isFlexible)
            for element in self.activeTasks {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeCount(self.standbyTasks.count, compact: isFlexible)
            for element in self.standbyTasks {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeCount(self.warmupTasks.count, compact: isFlexible)
            for element in self.warmupTasks {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 4 }
    }

    package struct TaskIDs: KafkaStructure {
        package var subtopologyId: String = ""
        package var partitions: [Int32] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.subtopologyId = reader.readString("subtopologyId", compact: isFlexible)
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
            buffer.write(self.subtopologyId, compact: isFlexible)
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

