// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct ProduceRequest: KafkaMessage {
    package static let apiKey = APIKey.produce
    package static let versions: ClosedRange<Int16> = 3...13
    package static let firstFlexibleVersion: Int16 = 9

    package var transactionalId: String? = nil
    package var acks: Int16 = 0
    package var timeoutMs: Int32 = 0
    package var topicData: [TopicProduceData] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 9
        self.transactionalId = reader.readNullableString("transactionalId", compact: isFlexible)
        self.acks = reader.readInt16("acks")
        self.timeoutMs = reader.readInt32("timeoutMs")
        if let count = reader.readCount("topicData", compact: isFlexible, minimumBytes: TopicProduceData.minimumBytes) {
            var elements: [TopicProduceData] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TopicProduceData>.stride))
            for index in 0..<count {
                elements.append(TopicProduceData(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("topicData", at: index)
                    break
                }
            }
            self.topicData = elements
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 9
        buffer.write(self.transactionalId, compact: isFlexible)
        buffer.write(self.acks)
        buffer.write(self.timeoutMs)
        buffer.writeCount(self.topicData.count, compact: isFlexible)
        for element in self.topicData {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 9 }

    package struct TopicProduceData: KafkaStructure {
        package static let firstVersionWithTopicId: Int16 = 13

        package var name: String = ""
        package var topicId: KafkaUUID = .zero
        package var partitionData: [PartitionProduceData] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 9
            if version <= 12 {
                self.name = reader.readString("name", compact: isFlexible)
            }
            if version >= 13 {
                self.topicId = reader.readUUID("topicId")
            }
            if let count = reader.readCount("partitionData", compact: isFlexible, minimumBytes: PartitionProduceData.minimumBytes) {
                var elements: [PartitionProduceData] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<PartitionProduceData>.stride))
                for index in 0..<count {
                    elements.append(PartitionProduceData(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("partitionData", at: index)
                        break
                    }
                }
                self.partitionData = elements
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 9
            if version <= 12 {
                buffer.write(self.name, compact: isFlexible)
            }
            if version >= 13 {
                buffer.write(self.topicId)
            }
            buffer.writeCount(self.partitionData.count, compact: isFlexible)
            for element in self.partitionData {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct PartitionProduceData: KafkaStructure {
        package var index: Int32 = 0
        package var records: ByteBuffer? = nil
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 9
            self.index = reader.readInt32("index")
            self.records = reader.readNullableBytes("records", compact: isFlexible)
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 9
            buffer.write(self.index)
            buffer.write(self.records, compact: isFlexible)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }
}

package struct ProduceResponse: KafkaMessage {
    package static let apiKey = APIKey.produce
    package static let versions: ClosedRange<Int16> = 3...13
    package static let firstFlexibleVersion: Int16 = 9

    package static let firstVersionWithNodeEndpoints: Int16 = 10

    package var responses: [TopicProduceResponse] = []
    package var throttleTimeMs: Int32 = 0
    package var nodeEndpoints: [NodeEndpoint] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 9
        if let count = reader.readCount("responses", compact: isFlexible, minimumBytes: TopicProduceResponse.minimumBytes) {
            var elements: [TopicProduceResponse] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TopicProduceResponse>.stride))
            for index in 0..<count {
                elements.append(TopicProduceResponse(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("responses", at: index)
                    break
                }
            }
            self.responses = elements
        }
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if isFlexible {
            var tagsLeft = reader.readTaggedFieldCount()
            while tagsLeft > 0, let head = reader.readTaggedFieldHead() {
                tagsLeft -= 1
                switch head.tag {
                    case 0 where version >= 10:
                        var field = reader.field(head)
                        if let count = field.readCount("nodeEndpoints", compact: true, minimumBytes: NodeEndpoint.minimumBytes) {
                            var elements: [NodeEndpoint] = []
                            elements.reserveCapacity(field.reservation(count, stride: MemoryLayout<NodeEndpoint>.stride))
                            for index in 0..<count {
                                elements.append(NodeEndpoint(reading: &field, version: version))
                                if field.isFailed {
                                    field.failedInside("nodeEndpoints", at: index)
                                    break
                                }
                            }
                            self.nodeEndpoints = elements
                        }
                        reader.finish(field)
                    default:
                        self.unknownTaggedFields.append(reader.unknownTaggedField(head))
                }
            }
        }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 9
        buffer.writeCount(self.responses.count, compact: isFlexible)
        for element in self.responses {
            element.encode(into: &buffer, version: version)
        }
        buffer.write(self.throttleTimeMs)
        if isFlexible {
            var tags = self.unknownTaggedFields
            if version >= 10, self.nodeEndpoints != [] {
                var field = ByteBuffer()
                field.writeCount(self.nodeEndpoints.count, compact: true)
                for element in self.nodeEndpoints {
                    element.encode(into: &field, version: version)
                }
                tags.set(0, to: field)
            }
            buffer.writeTaggedFields(tags)
        }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct TopicProduceResponse: KafkaStructure {
        package static let firstVersionWithTopicId: Int16 = 13

        package var name: String = ""
        package var topicId: KafkaUUID = .zero
        package var partitionResponses: [PartitionProduceResponse] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 9
            if version <= 12 {
                self.name = reader.readString("name", compact: isFlexible)
            }
            if version >= 13 {
                self.topicId = reader.readUUID("topicId")
            }
            if let count = reader.readCount("partitionResponses", compact: isFlexible, minimumBytes: PartitionProduceResponse.minimumBytes) {
                var elements: [PartitionProduceResponse] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<PartitionProduceResponse>.stride))
                for index in 0..<count {
                    elements.append(PartitionProduceResponse(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("partitionResponses", at: index)
                        break
                    }
                }
                self.partitionResponses = elements
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 9
            if version <= 12 {
                buffer.write(self.name, compact: isFlexible)
            }
            if version >= 13 {
                buffer.write(self.topicId)
            }
            buffer.writeCount(self.partitionResponses.count, compact: isFlexible)
            for element in self.partitionResponses {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct PartitionProduceResponse: KafkaStructure {
        package static let firstVersionWithLogStartOffset: Int16 = 5
        package static let firstVersionWithRecordErrors: Int16 = 8
        package static let firstVersionWithErrorMessage: Int16 = 8
        package static let firstVersionWithCurrentLeader: Int16 = 10

        package var index: Int32 = 0
        package var errorCode: Int16 = 0
        package var baseOffset: Int64 = 0
        package var logAppendTimeMs: Int64 = -1
        package var logStartOffset: Int64 = -1
        package var recordErrors: [BatchIndexAndErrorMessage] = []
        package var errorMessage: String? = nil
        package var currentLeader: LeaderIdAndEpoch = LeaderIdAndEpoch()
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 9
            self.index = reader.readInt32("index")
            self.errorCode = reader.readInt16("errorCode")
            self.baseOffset = reader.readInt64("baseOffset")
            self.logAppendTimeMs = reader.readInt64("logAppendTimeMs")
            if version >= 5 {
                self.logStartOffset = reader.readInt64("logStartOffset")
            }
            if version >= 8 {
                if let count = reader.readCount("recordErrors", compact: isFlexible, minimumBytes: BatchIndexAndErrorMessage.minimumBytes) {
                    var elements: [BatchIndexAndErrorMessage] = []
                    elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<BatchIndexAndErrorMessage>.stride))
                    for index in 0..<count {
                        elements.append(BatchIndexAndErrorMessage(reading: &reader, version: version))
                        if reader.isFailed {
                            reader.failedInside("recordErrors", at: index)
                            break
                        }
                    }
                    self.recordErrors = elements
                }
            }
            if version >= 8 {
                self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
            }
            if isFlexible {
                var tagsLeft = reader.readTaggedFieldCount()
                while tagsLeft > 0, let head = reader.readTaggedFieldHead() {
                    tagsLeft -= 1
                    switch head.tag {
                        case 0 where version >= 10:
                            var field = reader.field(head)
                            self.currentLeader = LeaderIdAndEpoch(reading: &field, version: version)
                            if field.isFailed { field.failedInside("currentLeader") }
                            reader.finish(field)
                        default:
                            self.unknownTaggedFields.append(reader.unknownTaggedField(head))
                    }
                }
            }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 9
            buffer.write(self.index)
            buffer.write(self.errorCode)
            buffer.write(self.baseOffset)
            buffer.write(self.logAppendTimeMs)
            if version >= 5 {
                buffer.write(self.logStartOffset)
            }
            if version >= 8 {
                buffer.writeCount(self.recordErrors.count, compact: isFlexible)
                for element in self.recordErrors {
                    element.encode(into: &buffer, version: version)
                }
            }
            if version >= 8 {
                buffer.write(self.errorMessage, compact: isFlexible)
            }
            if isFlexible {
                var tags = self.unknownTaggedFields
                if version >= 10, self.currentLeader != LeaderIdAndEpoch() {
                    var field = ByteBuffer()
                    self.currentLeader.encode(into: &field, version: version)
                    tags.set(0, to: field)
                }
                buffer.writeTaggedFields(tags)
            }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 22 }
    }

    package struct BatchIndexAndErrorMessage: KafkaStructure {
        package var batchIndex: Int32 = 0
        package var batchIndexErrorMessage: String? = nil
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 9
            if version >= 8 {
                self.batchIndex = reader.readInt32("batchIndex")
            }
            if version >= 8 {
                self.batchIndexErrorMessage = reader.readNullableString("batchIndexErrorMessage", compact: isFlexible)
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 9
            if version >= 8 {
                buffer.write(self.batchIndex)
            }
            if version >= 8 {
                buffer.write(self.batchIndexErrorMessage, compact: isFlexible)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }

    package struct LeaderIdAndEpoch: KafkaStructure {
        package var leaderId: Int32 = -1
        package var leaderEpoch: Int32 = -1
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 9
            if version >= 10 {
                self.leaderId = reader.readInt32("leaderId")
            }
            if version >= 10 {
                self.leaderEpoch = reader.readInt32("leaderEpoch")
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 9
            if version >= 10 {
                buffer.write(self.leaderId)
            }
            if version >= 10 {
                buffer.write(self.leaderEpoch)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 9 }
    }

    package struct NodeEndpoint: KafkaStructure {
        package var nodeId: Int32 = 0
        package var host: String = ""
        package var port: Int32 = 0
        package var rack: String? = nil
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 9
            if version >= 10 {
                self.nodeId = reader.readInt32("nodeId")
            }
            if version >= 10 {
                self.host = reader.readString("host", compact: isFlexible)
            }
            if version >= 10 {
                self.port = reader.readInt32("port")
            }
            if version >= 10 {
                self.rack = reader.readNullableString("rack", compact: isFlexible)
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 9
            if version >= 10 {
                buffer.write(self.nodeId)
            }
            if version >= 10 {
                buffer.write(self.host, compact: isFlexible)
            }
            if version >= 10 {
                buffer.write(self.port)
            }
            if version >= 10 {
                buffer.write(self.rack, compact: isFlexible)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 11 }
    }
}

