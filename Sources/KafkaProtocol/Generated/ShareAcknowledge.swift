// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct ShareAcknowledgeRequest: KafkaMessage {
    package static let apiKey = APIKey.shareAcknowledge
    package static let versions: ClosedRange<Int16> = 1...2
    package static let firstFlexibleVersion: Int16 = 0

    package static let firstVersionWithIsRenewAck: Int16 = 2

    package var groupId: String? = ""
    package var memberId: String? = ""
    package var shareSessionEpoch: Int32 = 0
    package var isRenewAck: Bool = false
    package var topics: [Topic] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.groupId = reader.readNullableString("groupId", compact: isFlexible)
        self.memberId = reader.readNullableString("memberId", compact: isFlexible)
        self.shareSessionEpoch = reader.readInt32("shareSessionEpoch")
        if version >= 2 {
            self.isRenewAck = reader.readBool("isRenewAck")
        }
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
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.groupId, compact: isFlexible)
        buffer.write(self.memberId, compact: isFlexible)
        buffer.write(self.shareSessionEpoch)
        if version >= 2 {
            buffer.write(self.isRenewAck)
        }
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 8 }

    package struct Topic: KafkaStructure {
        package var topicId: KafkaUUID = .zero
        package var partitions: [Partition] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
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
            buffer.write(self.topicId)
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 18 }
    }

    package struct Partition: KafkaStructure {
        package var partitionIndex: Int32 = 0
        package var acknowledgementBatches: [AcknowledgementBatche] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.partitionIndex = reader.readInt32("partitionIndex")
            if let count = reader.readCount("acknowledgementBatches", compact: isFlexible, minimumBytes: AcknowledgementBatche.minimumBytes) {
                var elements: [AcknowledgementBatche] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<AcknowledgementBatche>.stride))
                for index in 0..<count {
                    elements.append(AcknowledgementBatche(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("acknowledgementBatches", at: index)
                        break
                    }
                }
                self.acknowledgementBatches = elements
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.partitionIndex)
            buffer.writeCount(self.acknowledgementBatches.count, compact: isFlexible)
            for element in self.acknowledgementBatches {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }

    package struct AcknowledgementBatche: KafkaStructure {
        package var firstOffset: Int64 = 0
        package var lastOffset: Int64 = 0
        package var acknowledgeTypes: [Int8] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.firstOffset = reader.readInt64("firstOffset")
            self.lastOffset = reader.readInt64("lastOffset")
            if let count = reader.readCount("acknowledgeTypes", compact: isFlexible, minimumBytes: 1) {
                var elements: [Int8] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int8>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt8("acknowledgeTypes", at: index))
                    if reader.isFailed { break }
                }
                self.acknowledgeTypes = elements
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.firstOffset)
            buffer.write(self.lastOffset)
            buffer.writeCount(self.acknowledgeTypes.count, compact: isFlexible)
            for element in self.acknowledgeTypes {
                buffer.write(element)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 18 }
    }
}

package struct ShareAcknowledgeResponse: KafkaMessage {
    package static let apiKey = APIKey.shareAcknowledge
    package static let versions: ClosedRange<Int16> = 1...2
    package static let firstFlexibleVersion: Int16 = 0

    package static let firstVersionWithAcquisitionLockTimeoutMs: Int16 = 2

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var errorMessage: String? = ""
    package var acquisitionLockTimeoutMs: Int32 = 0
    package var responses: [Topic] = []
    package var nodeEndpoints: [NodeEndpoint] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        self.errorCode = reader.readInt16("errorCode")
        self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
        if version >= 2 {
            self.acquisitionLockTimeoutMs = reader.readInt32("acquisitionLockTimeoutMs")
        }
        if let count = reader.readCount("responses", compact: isFlexible, minimumBytes: Topic.minimumBytes) {
            var elements: [Topic] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Topic>.stride))
            for index in 0..<count {
                elements.append(Topic(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("responses", at: index)
                    break
                }
            }
            self.responses = elements
        }
        if let count = reader.readCount("nodeEndpoints", compact: isFlexible, minimumBytes: NodeEndpoint.minimumBytes) {
            var elements: [NodeEndpoint] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<NodeEndpoint>.stride))
            for index in 0..<count {
                elements.append(NodeEndpoint(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("nodeEndpoints", at: index)
                    break
                }
            }
            self.nodeEndpoints = elements
        }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.throttleTimeMs)
        buffer.write(self.errorCode)
        buffer.write(self.errorMessage, compact: isFlexible)
        if version >= 2 {
            buffer.write(self.acquisitionLockTimeoutMs)
        }
        buffer.writeCount(self.responses.count, compact: isFlexible)
        for element in self.responses {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeCount(self.nodeEndpoints.count, compact: isFlexible)
        for element in self.nodeEndpoints {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 10 }

    package struct Topic: KafkaStructure {
        package var topicId: KafkaUUID = .zero
        package var partitions: [Partition] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
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
            buffer.write(self.topicId)
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 18 }
    }

    package struct Partition: KafkaStructure {
        package var partitionIndex: Int32 = 0
        package var errorCode: Int16 = 0
        package var errorMessage: String? = ""
        package var currentLeader: CurrentLeader = CurrentLeader()
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.partitionIndex = reader.readInt32("partitionIndex")
            self.errorCode = reader.readInt16("errorCode")
            self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
            self.currentLeader = CurrentLeader(reading: &reader, version: version)
            if reader.isFailed { reader.failedInside("currentLeader") }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.partitionIndex)
            buffer.write(self.errorCode)
            buffer.write(self.errorMessage, compact: isFlexible)
            self.currentLeader.encode(into: &buffer, version: version)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 17 }
    }

    package struct CurrentLeader: KafkaStructure {
        package var leaderId: Int32 = 0
        package var leaderEpoch: Int32 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            self.leaderId = reader.readInt32("leaderId")
            self.leaderEpoch = reader.readInt32("leaderEpoch")
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            buffer.write(self.leaderId)
            buffer.write(self.leaderEpoch)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 9 }
    }

    package struct NodeEndpoint: KafkaStructure {
        package var nodeId: Int32 = 0
        package var host: String = ""
        package var port: Int32 = 0
        package var rack: String? = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.nodeId = reader.readInt32("nodeId")
            self.host = reader.readString("host", compact: isFlexible)
            self.port = reader.readInt32("port")
            self.rack = reader.readNullableString("rack", compact: isFlexible)
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.nodeId)
            buffer.write(self.host, compact: isFlexible)
            buffer.write(self.port)
            buffer.write(self.rack, compact: isFlexible)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 11 }
    }
}

