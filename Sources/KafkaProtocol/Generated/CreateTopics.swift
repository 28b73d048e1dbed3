// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct CreateTopicsRequest: KafkaMessage {
    package static let apiKey = APIKey.createTopics
    package static let versions: ClosedRange<Int16> = 2...7
    package static let firstFlexibleVersion: Int16 = 5

    package var topics: [CreatableTopic] = []
    package var timeoutMs: Int32 = 60000
    package var validateOnly: Bool = false
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 5
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: CreatableTopic.minimumBytes) {
            var elements: [CreatableTopic] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<CreatableTopic>.stride))
            for index in 0..<count {
                elements.append(CreatableTopic(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("topics", at: index)
                    break
                }
            }
            self.topics = elements
        }
        self.timeoutMs = reader.readInt32("timeoutMs")
        self.validateOnly = reader.readBool("validateOnly")
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 5
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        buffer.write(self.timeoutMs)
        buffer.write(self.validateOnly)
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 7 }

    package struct CreatableTopic: KafkaStructure {
        package var name: String = ""
        package var numPartitions: Int32 = 0
        package var replicationFactor: Int16 = 0
        package var assignments: [CreatableReplicaAssignment] = []
        package var configs: [CreatableTopicConfig] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 5
            self.name = reader.readString("name", compact: isFlexible)
            self.numPartitions = reader.readInt32("numPartitions")
            self.replicationFactor = reader.readInt16("replicationFactor")
            if let count = reader.readCount("assignments", compact: isFlexible, minimumBytes: CreatableReplicaAssignment.minimumBytes) {
                var elements: [CreatableReplicaAssignment] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<CreatableReplicaAssignment>.stride))
                for index in 0..<count {
                    elements.append(CreatableReplicaAssignment(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("assignments", at: index)
                        break
                    }
                }
                self.assignments = elements
            }
            if let count = reader.readCount("configs", compact: isFlexible, minimumBytes: CreatableTopicConfig.minimumBytes) {
                var elements: [CreatableTopicConfig] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<CreatableTopicConfig>.stride))
                for index in 0..<count {
                    elements.append(CreatableTopicConfig(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("configs", at: index)
                        break
                    }
                }
                self.configs = elements
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 5
            buffer.write(self.name, compact: isFlexible)
            buffer.write(self.numPartitions)
            buffer.write(self.replicationFactor)
            buffer.writeCount(self.assignments.count, compact: isFlexible)
            for element in self.assignments {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeCount(self.configs.count, compact: isFlexible)
            for element in self.configs {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 10 }
    }

    package struct CreatableReplicaAssignment: KafkaStructure {
        package var partitionIndex: Int32 = 0
        package var brokerIds: [Int32] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 5
            self.partitionIndex = reader.readInt32("partitionIndex")
            if let count = reader.readCount("brokerIds", compact: isFlexible, minimumBytes: 4) {
                var elements: [Int32] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt32("brokerIds", at: index))
                    if reader.isFailed { break }
                }
                self.brokerIds = elements
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 5
            buffer.write(self.partitionIndex)
            buffer.writeCount(self.brokerIds.count, compact: isFlexible)
            for element in self.brokerIds {
                buffer.write(element)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }

    package struct CreatableTopicConfig: KafkaStructure {
        package var name: String = ""
        package var value: String? = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 5
            self.name = reader.readString("name", compact: isFlexible)
            self.value = reader.readNullableString("value", compact: isFlexible)
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 5
            buffer.write(self.name, compact: isFlexible)
            buffer.write(self.value, compact: isFlexible)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }
}

package struct CreateTopicsResponse: KafkaMessage {
    package static let apiKey = APIKey.createTopics
    package static let versions: ClosedRange<Int16> = 2...7
    package static let firstFlexibleVersion: Int16 = 5

    package var throttleTimeMs: Int32 = 0
    package var topics: [CreatableTopicResult] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 5
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: CreatableTopicResult.minimumBytes) {
            var elements: [CreatableTopicResult] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<CreatableTopicResult>.stride))
            for index in 0..<count {
                elements.append(CreatableTopicResult(reading: &reader, version: version))
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
        let isFlexible = version >= 5
        buffer.write(self.throttleTimeMs)
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct CreatableTopicResult: KafkaStructure {
        package static let firstVersionWithTopicId: Int16 = 7
        package static let firstVersionWithTopicConfigErrorCode: Int16 = 5
        package static let firstVersionWithNumPartitions: Int16 = 5
        package static let firstVersionWithReplicationFactor: Int16 = 5
        package static let firstVersionWithConfigs: Int16 = 5

        package var name: String = ""
        package var topicId: KafkaUUID = .zero
        package var errorCode: Int16 = 0
        package var errorMessage: String? = ""
        package var topicConfigErrorCode: Int16 = 0
        package var numPartitions: Int32 = -1
        package var replicationFactor: Int16 = -1
        package var configs: [CreatableTopicConfigs]? = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 5
            self.name = reader.readString("name", compact: isFlexible)
            if version >= 7 {
                self.topicId = reader.readUUID("topicId")
            }
            self.errorCode = reader.readInt16("errorCode")
            self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
            if version >= 5 {
                self.numPartitions = reader.readInt32("numPartitions")
            }
            if version >= 5 {
                self.replicationFactor = reader.readInt16("replicationFactor")
            }
            if version >= 5 {
                if let count = reader.readNullableCount("configs", compact: isFlexible, minimumBytes: CreatableTopicConfigs.minimumBytes) {
                    var elements: [CreatableTopicConfigs] = []
                    elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<CreatableTopicConfigs>.stride))
                    for index in 0..<count {
                        elements.append(CreatableTopicConfigs(reading: &reader, version: version))
                        if reader.isFailed {
                            reader.failedInside("configs", at: index)
                            break
                        }
                    }
                    self.configs = elements
                } else { self.configs = nil }
            }
            if isFlexible {
                var tagsLeft = reader.readTaggedFieldCount()
                while tagsLeft > 0, let head = reader.readTaggedFieldHead() {
                    tagsLeft -= 1
                    switch head.tag {
                        case 0 where version >= 5:
                            var field = reader.field(head)
                            self.topicConfigErrorCode = field.readInt16("topicConfigErrorCode")
                            reader.finish(field)
                        default:
                            self.unknownTaggedFields.append(reader.unknownTaggedField(head))
                    }
                }
            }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 5
            buffer.write(self.name, compact: isFlexible)
            if version >= 7 {
                buffer.write(self.topicId)
            }
            buffer.write(self.errorCode)
            buffer.write(self.errorMessage, compact: isFlexible)
            if version >= 5 {
                buffer.write(self.numPartitions)
            }
            if version >= 5 {
                buffer.write(self.replicationFactor)
            }
            if version >= 5 {
                buffer.writeCount(self.configs?.count, compact: isFlexible)
                for element in self.configs ?? [] {
                    element.encode(into: &buffer, version: version)
                }
            }
            if isFlexible {
                var tags = self.unknownTaggedFields
                if version >= 5, self.topicConfigErrorCode != 0 {
                    var field = ByteBuffer()
                    field.write(self.topicConfigErrorCode)
                    tags.set(0, to: field)
                }
                buffer.writeTaggedFields(tags)
            }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }

    package struct CreatableTopicConfigs: KafkaStructure {
        package var name: String = ""
        package var value: String? = ""
        package var readOnly: Bool = false
        package var configSource: Int8 = -1
        package var isSensitive: Bool = false
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 5
            if version >= 5 {
                self.name = reader.readString("name", compact: isFlexible)
            }
            if version >= 5 {
                self.value = reader.readNullableString("value", compact: isFlexible)
            }
            if version >= 5 {
                self.readOnly = reader.readBool("readOnly")
            }
            if version >= 5 {
                self.configSource = reader.readInt8("configSource")
            }
            if version >= 5 {
                self.isSensitive = reader.readBool("isSensitive")
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 5
            if version >= 5 {
                buffer.write(self.name, compact: isFlexible)
            }
            if version >= 5 {
                buffer.write(self.value, compact: isFlexible)
            }
            if version >= 5 {
                buffer.write(self.readOnly)
            }
            if version >= 5 {
                buffer.write(self.configSource)
            }
            if version >= 5 {
                buffer.write(self.isSensitive)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }
}

