// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct MetadataRequest: KafkaMessage {
    package static let apiKey = APIKey.metadata
    package static let versions: ClosedRange<Int16> = 0...13
    package static let firstFlexibleVersion: Int16 = 9

    package static let firstVersionWithAllowAutoTopicCreation: Int16 = 4
    package static let firstVersionWithIncludeClusterAuthorizedOperations: Int16 = 8
    package static let firstVersionWithIncludeTopicAuthorizedOperations: Int16 = 8

    package var topics: [MetadataRequestTopic]? = []
    package var allowAutoTopicCreation: Bool = true
    package var includeClusterAuthorizedOperations: Bool = false
    package var includeTopicAuthorizedOperations: Bool = false
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 9
        if let count = reader.readNullableCount("topics", compact: isFlexible, nullable: version >= 1, minimumBytes: MetadataRequestTopic.minimumBytes) {
            var elements: [MetadataRequestTopic] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<MetadataRequestTopic>.stride))
            for index in 0..<count {
                elements.append(MetadataRequestTopic(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("topics", at: index)
                    break
                }
            }
            self.topics = elements
        } else { self.topics = nil }
        if version >= 4 {
            self.allowAutoTopicCreation = reader.readBool("allowAutoTopicCreation")
        }
        if version >= 8 && version <= 10 {
            self.includeClusterAuthorizedOperations = reader.readBool("includeClusterAuthorizedOperations")
        }
        if version >= 8 {
            self.includeTopicAuthorizedOperations = reader.readBool("includeTopicAuthorizedOperations")
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 9
        buffer.writeCount(self.topics?.count, compact: isFlexible, nullable: version >= 1)
        for element in self.topics ?? [] {
            element.encode(into: &buffer, version: version)
        }
        if version >= 4 {
            buffer.write(self.allowAutoTopicCreation)
        }
        if version >= 8 && version <= 10 {
            buffer.write(self.includeClusterAuthorizedOperations)
        }
        if version >= 8 {
            buffer.write(self.includeTopicAuthorizedOperations)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 4 }

    package struct MetadataRequestTopic: KafkaStructure {
        package static let firstVersionWithTopicId: Int16 = 10

        package var topicId: KafkaUUID = .zero
        package var name: String? = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 9
            if version >= 10 {
                self.topicId = reader.readUUID("topicId")
            }
            self.name = reader.readNullableString("name", compact: isFlexible, nullable: version >= 10)
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 9
            if version >= 10 {
                buffer.write(self.topicId)
            }
            buffer.write(self.name, compact: isFlexible, nullable: version >= 10)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 2 }
    }
}

package struct MetadataResponse: KafkaMessage {
    package static let apiKey = APIKey.metadata
    package static let versions: ClosedRange<Int16> = 0...13
    package static let firstFlexibleVersion: Int16 = 9

    package static let firstVersionWithThrottleTimeMs: Int16 = 3
    package static let firstVersionWithClusterId: Int16 = 2
    package static let firstVersionWithControllerId: Int16 = 1
    package static let firstVersionWithClusterAuthorizedOperations: Int16 = 8
    package static let firstVersionWithErrorCode: Int16 = 13

    package var throttleTimeMs: Int32 = 0
    package var brokers: [MetadataResponseBroker] = []
    package var clusterId: String? = nil
    package var controllerId: Int32 = -1
    package var topics: [MetadataResponseTopic] = []
    package var clusterAuthorizedOperations: Int32 = -2147483648
    package var errorCode: Int16 = 0
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 9
        if version >= 3 {
            self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        }
        if let count = reader.readCount("brokers", compact: isFlexible, minimumBytes: MetadataResponseBroker.minimumBytes) {
            var elements: [MetadataResponseBroker] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<MetadataResponseBroker>.stride))
            for index in 0..<count {
                elements.append(MetadataResponseBroker(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("brokers", at: index)
                    break
                }
            }
            self.brokers = elements
        }
        if version >= 2 {
            self.clusterId = reader.readNullableString("clusterId", compact: isFlexible)
        }
        if version >= 1 {
            self.controllerId = reader.readInt32("controllerId")
        }
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: MetadataResponseTopic.minimumBytes) {
            var elements: [MetadataResponseTopic] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<MetadataResponseTopic>.stride))
            for index in 0..<count {
                elements.append(MetadataResponseTopic(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("topics", at: index)
                    break
                }
            }
            self.topics = elements
        }
        if version >= 8 && version <= 10 {
            self.clusterAuthorizedOperations = reader.readInt32("clusterAuthorizedOperations")
        }
        if version >= 13 {
            self.errorCode = reader.readInt16("errorCode")
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 9
        if version >= 3 {
            buffer.write(self.throttleTimeMs)
        }
        buffer.writeCount(self.brokers.count, compact: isFlexible)
        for element in self.brokers {
            element.encode(into: &buffer, version: version)
        }
        if version >= 2 {
            buffer.write(self.clusterId, compact: isFlexible)
        }
        if version >= 1 {
            buffer.write(self.controllerId)
        }
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        if version >= 8 && version <= 10 {
            buffer.write(self.clusterAuthorizedOperations)
        }
        if version >= 13 {
            buffer.write(self.errorCode)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 8 }

    package struct MetadataResponseBroker: KafkaStructure {
        package static let firstVersionWithRack: Int16 = 1

        package var nodeId: Int32 = 0
        package var host: String = ""
        package var port: Int32 = 0
        package var rack: String? = nil
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 9
            self.nodeId = reader.readInt32("nodeId")
            self.host = reader.readString("host", compact: isFlexible)
            self.port = reader.readInt32("port")
            if version >= 1 {
                self.rack = reader.readNullableString("rack", compact: isFlexible)
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 9
            buffer.write(self.nodeId)
            buffer.write(self.host, compact: isFlexible)
            buffer.write(self.port)
            if version >= 1 {
                buffer.write(self.rack, compact: isFlexible)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 10 }
    }

    package struct MetadataResponseTopic: KafkaStructure {
        package static let firstVersionWithTopicId: Int16 = 10
        package static let firstVersionWithIsInternal: Int16 = 1
        package static let firstVersionWithTopicAuthorizedOperations: Int16 = 8

        package var errorCode: Int16 = 0
        package var name: String? = ""
        package var topicId: KafkaUUID = .zero
        package var isInternal: Bool = false
        package var partitions: [MetadataResponsePartition] = []
        package var topicAuthorizedOperations: Int32 = -2147483648
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 9
            self.errorCode = reader.readInt16("errorCode")
            self.name = reader.readNullableString("name", compact: isFlexible, nullable: version >= 12)
            if version >= 10 {
                self.topicId = reader.readUUID("topicId")
            }
            if version >= 1 {
                self.isInternal = reader.readBool("isInternal")
            }
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: MetadataResponsePartition.minimumBytes) {
                var elements: [MetadataResponsePartition] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<MetadataResponsePartition>.stride))
                for index in 0..<count {
                    elements.append(MetadataResponsePartition(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("partitions", at: index)
                        break
                    }
                }
                self.partitions = elements
            }
            if version >= 8 {
                self.topicAuthorizedOperations = reader.readInt32("topicAuthorizedOperations")
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 9
            buffer.write(self.errorCode)
            buffer.write(self.name, compact: isFlexible, nullable: version >= 12)
            if version >= 10 {
                buffer.write(self.topicId)
            }
            if version >= 1 {
                buffer.write(self.isInternal)
            }
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                element.encode(into: &buffer, version: version)
            }
            if version >= 8 {
                buffer.write(self.topicAuthorizedOperations)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 8 }
    }

    package struct MetadataResponsePartition: KafkaStructure {
        package static let firstVersionWithLeaderEpoch: Int16 = 7
        package static let firstVersionWithOfflineReplicas: Int16 = 5

        package var errorCode: Int16 = 0
        package var partitionIndex: Int32 = 0
        package var leaderId: Int32 = 0
        package var leaderEpoch: Int32 = -1
        package var replicaNodes: [Int32] = []
        package var isrNodes: [Int32] = []
        package var offlineReplicas: [Int32] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 9
            self.errorCode = reader.readInt16("errorCode")
            self.partitionIndex = reader.readInt32("partitionIndex")
            self.leaderId = reader.readInt32("leaderId")
            if version >= 7 {
                self.leaderEpoch = reader.readInt32("leaderEpoch")
            }
            if let count = reader.readCount("replicaNodes", compact: isFlexible, minimumBytes: 4) {
                var elements: [Int32] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt32("replicaNodes", at: index))
                    if reader.isFailed { break }
                }
                self.replicaNodes = elements
            }
            if let count = reader.readCount("isrNodes", compact: isFlexible, minimumBytes: 4) {
                var elements: [Int32] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt32("isrNodes", at: index))
                    if reader.isFailed { break }
                }
                self.isrNodes = elements
            }
            if version >= 5 {
                if let count = reader.readCount("offlineReplicas", compact: isFlexible, minimumBytes: 4) {
                    var elements: [Int32] = []
                    elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                    for index in 0..<count {
                        elements.append(reader.readInt32("offlineReplicas", at: index))
                        if reader.isFailed { break }
                    }
                    self.offlineReplicas = elements
                }
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 9
            buffer.write(self.errorCode)
            buffer.write(self.partitionIndex)
            buffer.write(self.leaderId)
            if version >= 7 {
                buffer.write(self.leaderEpoch)
            }
            buffer.writeCount(self.replicaNodes.count, compact: isFlexible)
            for element in self.replicaNodes {
                buffer.write(element)
            }
            buffer.writeCount(self.isrNodes.count, compact: isFlexible)
            for element in self.isrNodes {
                buffer.write(element)
            }
            if version >= 5 {
                buffer.writeCount(self.offlineReplicas.count, compact: isFlexible)
                for element in self.offlineReplicas {
                    buffer.write(element)
                }
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 18 }
    }
}

