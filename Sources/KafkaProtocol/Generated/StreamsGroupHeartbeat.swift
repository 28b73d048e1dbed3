// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct StreamsGroupHeartbeatRequest: KafkaMessage {
    package static let apiKey = APIKey.streamsGroupHeartbeat
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = 0

    package var groupId: String = ""
    package var memberId: String = ""
    package var memberEpoch: Int32 = 0
    package var endpointInformationEpoch: Int32 = 0
    package var instanceId: String? = ""
    package var rackId: String? = ""
    package var rebalanceTimeoutMs: Int32 = -1
    package var topology: Topology? = nil
    package var activeTasks: [TaskIDs]? = []
    package var standbyTasks: [TaskIDs]? = []
    package var warmupTasks: [TaskIDs]? = []
    package var processId: String? = ""
    package var userEndpoint: UserEndpoint? = nil
    package var clientTags: [ClientTag]? = []
    package var taskOffsets: [TaskOffset]? = []
    package var taskEndOffsets: [TaskOffset]? = []
    package var shutdownApplication: Bool = false
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.groupId = reader.readString("groupId", compact: isFlexible)
        self.memberId = reader.readString("memberId", compact: isFlexible)
        self.memberEpoch = reader.readInt32("memberEpoch")
        self.endpointInformationEpoch = reader.readInt32("endpointInformationEpoch")
        self.instanceId = reader.readNullableString("instanceId", compact: isFlexible)
        self.rackId = reader.readNullableString("rackId", compact: isFlexible)
        self.rebalanceTimeoutMs = reader.readInt32("rebalanceTimeoutMs")
        self.topology = reader.readPresence("topology") ? Topology(reading: &reader, version: version) : nil
        if reader.isFailed { reader.failedInside("topology") }
        if let count = reader.readNullableCount("activeTasks", compact: isFlexible, minimumBytes: TaskIDs.minimumBytes) {
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
        } else { self.activeTasks = nil }
        if let count = reader.readNullableCount("standbyTasks", compact: isFlexible, minimumBytes: TaskIDs.minimumBytes) {
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
        } else { self.standbyTasks = nil }
        if let count = reader.readNullableCount("warmupTasks", compact: isFlexible, minimumBytes: TaskIDs.minimumBytes) {
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
        } else { self.warmupTasks = nil }
        self.processId = reader.readNullableString("processId", compact: isFlexible)
        self.userEndpoint = reader.readPresence("userEndpoint") ? UserEndpoint(reading: &reader, version: version) : nil
        if reader.isFailed { reader.failedInside("userEndpoint") }
        if let count = reader.readNullableCount("clientTags", compact: isFlexible, minimumBytes: ClientTag.minimumBytes) {
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
        } else { self.clientTags = nil }
        if let count = reader.readNullableCount("taskOffsets", compact: isFlexible, minimumBytes: TaskOffset.minimumBytes) {
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
        } else { self.taskOffsets = nil }
        if let count = reader.readNullableCount("taskEndOffsets", compact: isFlexible, minimumBytes: TaskOffset.minimumBytes) {
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
        } else { self.taskEndOffsets = nil }
        self.shutdownApplication = reader.readBool("shutdownApplication")
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.groupId, compact: isFlexible)
        buffer.write(self.memberId, compact: isFlexible)
        buffer.write(self.memberEpoch)
        buffer.write(self.endpointInformationEpoch)
        buffer.write(self.instanceId, compact: isFlexible)
        buffer.write(self.rackId, compact: isFlexible)
        buffer.write(self.rebalanceTimeoutMs)
        buffer.writePresence(self.topology != nil)
        self.topology?.encode(into: &buffer, version: version)
        buffer.writeCount(self.activeTasks?.count, compact: isFlexible)
        for element in self.activeTasks ?? [] {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeCount(self.standbyTasks?.count, compact: isFlexible)
        for element in self.standbyTasks ?? [] {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeCount(self.warmupTasks?.count, compact: isFlexible)
        for element in self.warmupTasks ?? [] {
            element.encode(into: &buffer, version: version)
        }
        buffer.write(self.processId, compact: isFlexible)
        buffer.writePresence(self.userEndpoint != nil)
        self.userEndpoint?.encode(into: &buffer, version: version)
        buffer.writeCount(self.clientTags?.count, compact: isFlexible)
        for element in self.clientTags ?? [] {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeCount(self.taskOffsets?.count, compact: isFlexible)
        for element in self.taskOffsets ?? [] {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeCount(self.taskEndOffsets?.count, compact: isFlexible)
        for element in self.taskEndOffsets ?? [] {
            element.encode(into: &buffer, version: version)
        }
        buffer.write(self.shutdownApplication)
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 27 }

    package struct Topology: KafkaStructure {
        package var epoch: Int32 = 0
        package var subtopologies: [Subtopology] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.epoch = reader.readInt32("epoch")
            if let count = reader.readCount("subtopologies", compact: isFlexible, minimumBytes: Subtopology.minimumBytes) {
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
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.epoch)
            buffer.writeCount(self.subtopologies.count, compact: isFlexible)
            for element in self.subtopologies {
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
        package var sourceTopicRegex: [String] = []
        package var stateChangelogTopics: [TopicInfo] = []
        package var repartitionSinkTopics: [String] = []
        package var repartitionSourceTopics: [TopicInfo] = []
        package var copartitionGroups: [CopartitionGroup] = []
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
            if let count = reader.readCount("sourceTopicRegex", compact: isFlexible, minimumBytes: 1) {
                var elements: [String] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<String>.stride))
                for index in 0..<count {
                    elements.append(reader.readString("sourceTopicRegex", at: index, compact: isFlexible))
                    if reader.isFailed { break }
                }
                self.sourceTopicRegex = elements
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
            if let count = reader.readCount("repartitionSinkTopics", compact: isFlexible, minimumBytes: 1) {
                var elements: [String] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<String>.stride))
                for index in 0..<count {
                    elements.append(reader.readString("repartitionSinkTopics", at: index, compact: isFlexible))
                    if reader.isFailed { break }
                }
                self.repartitionSinkTopics = elements
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
            if let count = reader.readCount("copartitionGroups", compact: isFlexible, minimumBytes: CopartitionGroup.minimumBytes) {
                var elements: [CopartitionGroup] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<CopartitionGroup>.stride))
                for index in 0..<count {
                    elements.append(CopartitionGroup(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("copartitionGroups", at: index)
                        break
                    }
                }
                self.copartitionGroups = elements
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
            buffer.writeCount(self.sourceTopicRegex.count, compact: isFlexible)
            for element in self.sourceTopicRegex {
                buffer.write(element, compact: isFlexible)
            }
            buffer.writeCount(self.stateChangelogTopics.count, compact: isFlexible)
            for element in self.stateChangelogTopics {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeCount(self.repartitionSinkTopics.count, compact: isFlexible)
            for element in self.repartitionSinkTopics {
                buffer.write(element, compact: isFlexible)
            }
            buffer.writeCount(self.repartitionSourceTopics.count, compact: isFlexible)
            for element in self.repartitionSourceTopics {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeCount(self.copartitionGroups.count, compact: isFlexible)
            for element in self.copartitionGroups {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 8 }
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

    package struct CopartitionGroup: KafkaStructure {
        package var sourceTopics: [Int16] = []
        package var sourceTopicRegex: [Int16] = []
        package var repartitionSourceTopics: [Int16] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            if let count = reader.readCount("sourceTopics", compact: isFlexible, minimumBytes: 2) {
                var elements: [Int16] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int16>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt16("sourceTopics", at: index))
                    if reader.isFailed { break }
                }
                self.sourceTopics = elements
            }
            if let count = reader.readCount("sourceTopicRegex", compact: isFlexible, minimumBytes: 2) {
                var elements: [Int16] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int16>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt16("sourceTopicRegex", at: index))
                    if reader.isFailed { break }
                }
                self.sourceTopicRegex = elements
            }
            if let count = reader.readCount("repartitionSourceTopics", compact: isFlexible, minimumBytes: 2) {
                var elements: [Int16] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int16>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt16("repartitionSourceTopics", at: index))
                    if reader.isFailed { break }
                }
                self.repartitionSourceTopics = elements
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.writeCount(self.sourceTopics.count, compact: isFlexible)
            for element in self.sourceTopics {
                buffer.write(element)
            }
            buffer.writeCount(self.sourceTopicRegex.count, compact: isFlexible)
            for element in self.sourceTopicRegex {
                buffer.write(element)
            }
            buffer.writeCount(self.repartitionSourceTopics.count, compact: isFlexible)
            for element in self.repartitionSourceTopics {
                buffer.write(element)
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
}

package struct StreamsGroupHeartbeatResponse: KafkaMessage {
    package static let apiKey = APIKey.streamsGroupHeartbeat
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = 0

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var errorMessage: String? = ""
    package var memberId: String = ""
    package var memberEpoch: Int32 = 0
    package var heartbeatIntervalMs: Int32 = 0
    package var acceptableRecoveryLag: Int32 = 0
    package var taskOffsetIntervalMs: Int32 = 0
    package var status: [Status]? = []
    package var activeTasks: [TaskIDs]? = []
    package var standbyTasks: [TaskIDs]? = []
    package var warmupTasks: [TaskIDs]? = []
    package var endpointInformationEpoch: Int32 = 0
    package var partitionsByUserEndpoint: [PartitionsByUserEndpoint]? = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        self.errorCode = reader.readInt16("errorCode")
        self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
        self.memberId = reader.readString("memberId", compact: isFlexible)
        self.memberEpoch = reader.readInt32("memberEpoch")
        self.heartbeatIntervalMs = reader.readInt32("heartbeatIntervalMs")
        self.acceptableRecoveryLag = reader.readInt32("acceptableRecoveryLag")
        self.taskOffsetIntervalMs = reader.readInt32("taskOffsetIntervalMs")
        if let count = reader.readNullableCount("status", compact: isFlexible, minimumBytes: Status.minimumBytes) {
            var elements: [Status] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Status>.stride))
            for index in 0..<count {
                elements.append(Status(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("status", at: index)
                    break
                }
            }
            self.status = elements
        } else { self.status = nil }
        if let count = reader.readNullableCount("activeTasks", compact: isFlexible, minimumBytes: TaskIDs.minimumBytes) {
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
        } else { self.activeTasks = nil }
        if let count = reader.readNullableCount("standbyTasks", compact: isFlexible, minimumBytes: TaskIDs.minimumBytes) {
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
        } else { self.standbyTasks = nil }
        if let count = reader.readNullableCount("warmupTasks", compact: isFlexible, minimumBytes: TaskIDs.minimumBytes) {
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
        } else { self.warmupTasks = nil }
        self.endpointInformationEpoch = reader.readInt32("endpointInformationEpoch")
        if let count = reader.readNullableCount("partitionsByUserEndpoint", compact: isFlexible, minimumBytes: PartitionsByUserEndpoint.minimumBytes) {
            var elements: [PartitionsByUserEndpoint] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<PartitionsByUserEndpoint>.stride))
            for index in 0..<count {
                elements.append(PartitionsByUserEndpoint(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("partitionsByUserEndpoint", at: index)
                    break
                }
            }
            self.partitionsByUserEndpoint = elements
        } else { self.partitionsByUserEndpoint = nil }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.throttleTimeMs)
        buffer.write(self.errorCode)
        buffer.write(self.errorMessage, compact: isFlexible)
        buffer.write(self.memberId, compact: isFlexible)
        buffer.write(self.memberEpoch)
        buffer.write(self.heartbeatIntervalMs)
        buffer.write(self.acceptableRecoveryLag)
        buffer.write(self.taskOffsetIntervalMs)
        buffer.writeCount(self.status?.count, compact: isFlexible)
        for element in self.status ?? [] {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeCount(self.activeTasks?.count, compact: isFlexible)
        for element in self.activeTasks ?? [] {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeCount(self.standbyTasks?.count, compact: isFlexible)
        for element in self.standbyTasks ?? [] {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeCount(self.warmupTasks?.count, compact: isFlexible)
        for element in self.warmupTasks ?? [] {
            element.encode(into: &buffer, version: version)
        }
        buffer.write(self.endpointInformationEpoch)
        buffer.writeCount(self.partitionsByUserEndpoint?.count, compact: isFlexible)
        for element in self.partitionsByUserEndpoint ?? [] {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 34 }

    package struct Status: KafkaStructure {
        package var statusCode: Int8 = 0
        package var statusDetail: String = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.statusCode = reader.readInt8("statusCode")
            self.statusDetail = reader.readString("statusDetail", compact: isFlexible)
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.statusCode)
            buffer.write(self.statusDetail, compact: isFlexible)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
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

    package struct PartitionsByUserEndpoint: KafkaStructure {
        package var userEndpoint: Endpoint = Endpoint()
        package var activePartitions: [ActivePartition] = []
        package var standbyPartitions: [StandbyPartition] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.userEndpoint = Endpoint(reading: &reader, version: version)
            if reader.isFailed { reader.failedInside("userEndpoint") }
            if let count = reader.readCount("activePartitions", compact: isFlexible, minimumBytes: ActivePartition.minimumBytes) {
                var elements: [ActivePartition] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<ActivePartition>.stride))
                for index in 0..<count {
                    elements.append(ActivePartition(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("activePartitions", at: index)
                        break
                    }
                }
                self.activePartitions = elements
            }
            if let count = reader.readCount("standbyPartitions", compact: isFlexible, minimumBytes: StandbyPartition.minimumBytes) {
                var elements: [StandbyPartition] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<StandbyPartition>.stride))
                for index in 0..<count {
                    elements.append(StandbyPartition(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("standbyPartitions", at: index)
                        break
                    }
                }
                self.standbyPartitions = elements
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            self.userEndpoint.encode(into: &buffer, version: version)
            buffer.writeCount(self.activePartitions.count, compact: isFlexible)
            for element in self.activePartitions {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeCount(self.standbyPartitions.count, compact: isFlexible)
            for element in self.standbyPartitions {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 7 }
    }

    package struct Endpoint: KafkaStructure {
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

    package struct ActivePartition: KafkaStructure {
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

    package struct StandbyPartition: KafkaStructure {
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

