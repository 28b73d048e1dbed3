// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct FetchRequest: KafkaMessage {
    package static let apiKey = APIKey.fetch
    package static let versions: ClosedRange<Int16> = 4...18
    package static let firstFlexibleVersion: Int16 = 12

    package static let firstVersionWithClusterId: Int16 = 12
    package static let firstVersionWithReplicaState: Int16 = 15
    package static let firstVersionWithSessionId: Int16 = 7
    package static let firstVersionWithSessionEpoch: Int16 = 7
    package static let firstVersionWithForgottenTopicsData: Int16 = 7
    package static let firstVersionWithRackId: Int16 = 11

    package var clusterId: String? = nil
    package var replicaId: Int32 = -1
    package var replicaState: ReplicaState = ReplicaState()
    package var maxWaitMs: Int32 = 0
    package var minBytes: Int32 = 0
    package var maxBytes: Int32 = 0x7fffffff
    package var isolationLevel: Int8 = 0
    package var sessionId: Int32 = 0
    package var sessionEpoch: Int32 = -1
    package var topics: [FetchTopic] = []
    package var forgottenTopicsData: [ForgottenTopic] = []
    package var rackId: String = ""
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 12
        if version <= 14 {
            self.replicaId = reader.readInt32("replicaId")
        }
        self.maxWaitMs = reader.readInt32("maxWaitMs")
        self.minBytes = reader.readInt32("minBytes")
        self.maxBytes = reader.readInt32("maxBytes")
        self.isolationLevel = reader.readInt8("isolationLevel")
        if version >= 7 {
            self.sessionId = reader.readInt32("sessionId")
        }
        if version >= 7 {
            self.sessionEpoch = reader.readInt32("sessionEpoch")
        }
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: FetchTopic.minimumBytes) {
            var elements: [FetchTopic] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<FetchTopic>.stride))
            for index in 0..<count {
                elements.append(FetchTopic(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("topics", at: index)
                    break
                }
            }
            self.topics = elements
        }
        if version >= 7 {
            if let count = reader.readCount("forgottenTopicsData", compact: isFlexible, minimumBytes: ForgottenTopic.minimumBytes) {
                var elements: [ForgottenTopic] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<ForgottenTopic>.stride))
                for index in 0..<count {
                    elements.append(ForgottenTopic(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("forgottenTopicsData", at: index)
                        break
                    }
                }
                self.forgottenTopicsData = elements
            }
        }
        if version >= 11 {
            self.rackId = reader.readString("rackId", compact: isFlexible)
        }
        if isFlexible {
            var tagsLeft = reader.readTaggedFieldCount()
            while tagsLeft > 0, let head = reader.readTaggedFieldHead() {
                tagsLeft -= 1
                switch head.tag {
                    case 0 where version >= 12:
                        var field = reader.field(head)
                        self.clusterId = field.readNullableString("clusterId", compact: true)
                        reader.finish(field)
                    case 1 where version >= 15:
                        var field = reader.field(head)
                        self.replicaState = ReplicaState(reading: &field, version: version)
                        if field.isFailed { field.failedInside("replicaState") }
                        reader.finish(field)
                    default:
                        self.unknownTaggedFields.append(reader.unknownTaggedField(head))
                }
            }
        }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 12
        if version <= 14 {
            buffer.write(self.replicaId)
        }
        buffer.write(self.maxWaitMs)
        buffer.write(self.minBytes)
        buffer.write(self.maxBytes)
        buffer.write(self.isolationLevel)
        if version >= 7 {
            buffer.write(self.sessionId)
        }
        if version >= 7 {
            buffer.write(self.sessionEpoch)
        }
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        if version >= 7 {
            buffer.writeCount(self.forgottenTopicsData.count, compact: isFlexible)
            for element in self.forgottenTopicsData {
                element.encode(into: &buffer, version: version)
            }
        }
        if version >= 11 {
            buffer.write(self.rackId, compact: isFlexible)
        }
        if isFlexible {
            var tags = self.unknownTaggedFields
            if version >= 12, self.clusterId != nil {
                var field = ByteBuffer()
                field.write(self.clusterId, compact: true)
                tags.set(0, to: field)
            }
            if version >= 15, self.replicaState != ReplicaState() {
                var field = ByteBuffer()
                self.replicaState.encode(into: &field, version: version)
                tags.set(1, to: field)
            }
            buffer.writeTaggedFields(tags)
        }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 21 }

    package struct ReplicaState: KafkaStructure {
        package var replicaId: Int32 = -1
        package var replicaEpoch: Int64 = -1
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 12
            if version >= 15 {
                self.replicaId = reader.readInt32("replicaId")
            }
            if version >= 15 {
                self.replicaEpoch = reader.readInt64("replicaEpoch")
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 12
            if version >= 15 {
                buffer.write(self.replicaId)
            }
            if version >= 15 {
                buffer.write(self.replicaEpoch)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 13 }
    }

    package struct FetchTopic: KafkaStructure {
        package static let firstVersionWithTopicId: Int16 = 13

        package var topic: String = ""
        package var topicId: KafkaUUID = .zero
        package var partitions: [FetchPartition] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 12
            if version <= 12 {
                self.topic = reader.readString("topic", compact: isFlexible)
            }
            if version >= 13 {
                self.topicId = reader.readUUID("topicId")
            }
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: FetchPartition.minimumBytes) {
                var elements: [FetchPartition] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<FetchPartition>.stride))
                for index in 0..<count {
                    elements.append(FetchPartition(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("partitions", at: index)
                        break
                    }
                }
                self.partitions = elements
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 12
            if version <= 12 {
                buffer.write(self.topic, compact: isFlexible)
            }
            if version >= 13 {
                buffer.write(self.topicId)
            }
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct FetchPartition: KafkaStructure {
        package static let firstVersionWithCurrentLeaderEpoch: Int16 = 9
        package static let firstVersionWithLastFetchedEpoch: Int16 = 12
        package static let firstVersionWithLogStartOffset: Int16 = 5
        package static let firstVersionWithReplicaDirectoryId: Int16 = 17
        package static let firstVersionWithHighWatermark: Int16 = 18

        package var partition: Int32 = 0
        package var currentLeaderEpoch: Int32 = -1
        package var fetchOffset: Int64 = 0
        package var lastFetchedEpoch: Int32 = -1
        package var logStartOffset: Int64 = -1
        package var partitionMaxBytes: Int32 = 0
        package var replicaDirectoryId: KafkaUUID = .zero
        package var highWatermark: Int64 = 9223372036854775807
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 12
            self.partition = reader.readInt32("partition")
            if version >= 9 {
                self.currentLeaderEpoch = reader.readInt32("currentLeaderEpoch")
            }
            self.fetchOffset = reader.readInt64("fetchOffset")
            if version >= 12 {
                self.lastFetchedEpoch = reader.readInt32("lastFetchedEpoch")
            }
            if version >= 5 {
                self.logStartOffset = reader.readInt64("logStartOffset")
            }
            self.partitionMaxBytes = reader.readInt32("partitionMaxBytes")
            if isFlexible {
                var tagsLeft = reader.readTaggedFieldCount()
                while tagsLeft > 0, let head = reader.readTaggedFieldHead() {
                    tagsLeft -= 1
                    switch head.tag {
                        case 0 where version >= 17:
                            var field = reader.field(head)
                            self.replicaDirectoryId = field.readUUID("replicaDirectoryId")
                            reader.finish(field)
                        case 1 where version >= 18:
                            var field = reader.field(head)
                            self.highWatermark = field.readInt64("highWatermark")
                            reader.finish(field)
                        default:
                            self.unknownTaggedFields.append(reader.unknownTaggedField(head))
                    }
                }
            }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 12
            buffer.write(self.partition)
            if version >= 9 {
                buffer.write(self.currentLeaderEpoch)
            }
            buffer.write(self.fetchOffset)
            if version >= 12 {
                buffer.write(self.lastFetchedEpoch)
            }
            if version >= 5 {
                buffer.write(self.logStartOffset)
            }
            buffer.write(self.partitionMaxBytes)
            if isFlexible {
                var tags = self.unknownTaggedFields
                if version >= 17, self.replicaDirectoryId != .zero {
                    var field = ByteBuffer()
                    field.write(self.replicaDirectoryId)
                    tags.set(0, to: field)
                }
                if version >= 18, self.highWatermark != 9223372036854775807 {
                    var field = ByteBuffer()
                    field.write(self.highWatermark)
                    tags.set(1, to: field)
                }
                buffer.writeTaggedFields(tags)
            }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 16 }
    }

    package struct ForgottenTopic: KafkaStructure {
        package static let firstVersionWithTopicId: Int16 = 13

        package var topic: String = ""
        package var topicId: KafkaUUID = .zero
        package var partitions: [Int32] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 12
            if version >= 7 && version <= 12 {
                self.topic = reader.readString("topic", compact: isFlexible)
            }
            if version >= 13 {
                self.topicId = reader.readUUID("topicId")
            }
            if version >= 7 {
                if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: 4) {
                    var elements: [Int32] = []
                    elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                    for index in 0..<count {
                        elements.append(reader.readInt32("partitions", at: index))
                        if reader.isFailed { break }
                    }
                    self.partitions = elements
                }
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 12
            if version >= 7 && version <= 12 {
                buffer.write(self.topic, compact: isFlexible)
            }
            if version >= 13 {
                buffer.write(self.topicId)
            }
            if version >= 7 {
                buffer.writeCount(self.partitions.count, compact: isFlexible)
                for element in self.partitions {
                    buffer.write(element)
                }
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }
}

package struct FetchResponse: KafkaMessage {
    package static let apiKey = APIKey.fetch
    package static let versions: ClosedRange<Int16> = 4...18
    package static let firstFlexibleVersion: Int16 = 12

    package static let firstVersionWithErrorCode: Int16 = 7
    package static let firstVersionWithSessionId: Int16 = 7
    package static let firstVersionWithNodeEndpoints: Int16 = 16

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var sessionId: Int32 = 0
    package var responses: [FetchableTopicResponse] = []
    package var nodeEndpoints: [NodeEndpoint] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 12
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if version >= 7 {
            self.errorCode = reader.readInt16("errorCode")
        }
        if version >= 7 {
            self.sessionId = reader.readInt32("sessionId")
        }
        if let count = reader.readCount("responses", compact: isFlexible, minimumBytes: FetchableTopicResponse.minimumBytes) {
            var elements: [FetchableTopicResponse] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<FetchableTopicResponse>.stride))
            for index in 0..<count {
                elements.append(FetchableTopicResponse(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("responses", at: index)
                    break
                }
            }
            self.responses = elements
        }
        if isFlexible {
            var tagsLeft = reader.readTaggedFieldCount()
            while tagsLeft > 0, let head = reader.readTaggedFieldHead() {
                tagsLeft -= 1
                switch head.tag {
                    case 0 where version >= 16:
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
        let isFlexible = version >= 12
        buffer.write(self.throttleTimeMs)
        if version >= 7 {
            buffer.write(self.errorCode)
        }
        if version >= 7 {
            buffer.write(self.sessionId)
        }
        buffer.writeCount(self.responses.count, compact: isFlexible)
        for element in self.responses {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible {
            var tags = self.unknownTaggedFields
            if version >= 16, self.nodeEndpoints != [] {
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
    package static var minimumBytes: Int { 8 }

    package struct FetchableTopicResponse: KafkaStructure {
        package static let firstVersionWithTopicId: Int16 = 13

        package var topic: String = ""
        package var topicId: KafkaUUID = .zero
        package var partitions: [PartitionData] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 12
            if version <= 12 {
                self.topic = reader.readString("topic", compact: isFlexible)
            }
            if version >= 13 {
                self.topicId = reader.readUUID("topicId")
            }
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: PartitionData.minimumBytes) {
                var elements: [PartitionData] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<PartitionData>.stride))
                for index in 0..<count {
                    elements.append(PartitionData(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("partitions", at: index)
                        break
                    }
                }
                self.partitions = elements
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 12
            if version <= 12 {
                buffer.write(self.topic, compact: isFlexible)
            }
            if version >= 13 {
                buffer.write(self.topicId)
            }
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct PartitionData: KafkaStructure {
        package static let firstVersionWithLogStartOffset: Int16 = 5
        package static let firstVersionWithDivergingEpoch: Int16 = 12
        package static let firstVersionWithCurrentLeader: Int16 = 12
        package static let firstVersionWithSnapshotId: Int16 = 12
        package static let firstVersionWithPreferredReadReplica: Int16 = 11

        package var partitionIndex: Int32 = 0
        package var errorCode: Int16 = 0
        package var highWatermark: Int64 = 0
        package var lastStableOffset: Int64 = -1
        package var logStartOffset: Int64 = -1
        package var divergingEpoch: EpochEndOffset = EpochEndOffset()
        package var currentLeader: LeaderIdAndEpoch = LeaderIdAndEpoch()
        package var snapshotId: SnapshotId = SnapshotId()
        package var abortedTransactions: [AbortedTransaction]? = []
        package var preferredReadReplica: Int32 = -1
        package var records: ByteBuffer? = nil
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 12
            self.partitionIndex = reader.readInt32("partitionIndex")
            self.errorCode = reader.readInt16("errorCode")
            self.highWatermark = reader.readInt64("highWatermark")
            self.lastStableOffset = reader.readInt64("lastStableOffset")
            if version >= 5 {
                self.logStartOffset = reader.readInt64("logStartOffset")
            }
            if let count = reader.readNullableCount("abortedTransactions", compact: isFlexible, minimumBytes: AbortedTransaction.minimumBytes) {
                var elements: [AbortedTransaction] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<AbortedTransaction>.stride))
                for index in 0..<count {
                    elements.append(AbortedTransaction(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("abortedTransactions", at: index)
                        break
                    }
                }
                self.abortedTransactions = elements
            } else { self.abortedTransactions = nil }
            if version >= 11 {
                self.preferredReadReplica = reader.readInt32("preferredReadReplica")
            }
            self.records = reader.readNullableBytes("records", compact: isFlexible)
            if isFlexible {
                var tagsLeft = reader.readTaggedFieldCount()
                while tagsLeft > 0, let head = reader.readTaggedFieldHead() {
                    tagsLeft -= 1
                    switch head.tag {
                        case 0 where version >= 12:
                            var field = reader.field(head)
                            self.divergingEpoch = EpochEndOffset(reading: &field, version: version)
                            if field.isFailed { field.failedInside("divergingEpoch") }
                            reader.finish(field)
                        case 1 where version >= 12:
                            var field = reader.field(head)
                            self.currentLeader = LeaderIdAndEpoch(reading: &field, version: version)
                            if field.isFailed { field.failedInside("currentLeader") }
                            reader.finish(field)
                        case 2 where version >= 12:
                            var field = reader.field(head)
                            self.snapshotId = SnapshotId(reading: &field, version: version)
                            if field.isFailed { field.failedInside("snapshotId") }
                            reader.finish(field)
                        default:
                            self.unknownTaggedFields.append(reader.unknownTaggedField(head))
                    }
                }
            }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 12
            buffer.write(self.partitionIndex)
            buffer.write(self.errorCode)
            buffer.write(self.highWatermark)
            buffer.write(self.lastStableOffset)
            if version >= 5 {
                buffer.write(self.logStartOffset)
            }
            buffer.writeCount(self.abortedTransactions?.count, compact: isFlexible)
            for element in self.abortedTransactions ?? [] {
                element.encode(into: &buffer, version: version)
            }
            if version >= 11 {
                buffer.write(self.preferredReadReplica)
            }
            buffer.write(self.records, compact: isFlexible)
            if isFlexible {
                var tags = self.unknownTaggedFields
                if version >= 12, self.divergingEpoch != EpochEndOffset() {
                    var field = ByteBuffer()
                    self.divergingEpoch.encode(into: &field, version: version)
                    tags.set(0, to: field)
                }
                if version >= 12, self.currentLeader != LeaderIdAndEpoch() {
                    var field = ByteBuffer()
                    self.currentLeader.encode(into: &field, version: version)
                    tags.set(1, to: field)
                }
                if version >= 12, self.snapshotId != SnapshotId() {
                    var field = ByteBuffer()
                    self.snapshotId.encode(into: &field, version: version)
                    tags.set(2, to: field)
                }
                buffer.writeTaggedFields(tags)
            }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 30 }
    }

    package struct EpochEndOffset: KafkaStructure {
        package var epoch: Int32 = -1
        package var endOffset: Int64 = -1
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 12
            if version >= 12 {
                self.epoch = reader.readInt32("epoch")
            }
            if version >= 12 {
                self.endOffset = reader.readInt64("endOffset")
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 12
            if version >= 12 {
                buffer.write(self.epoch)
            }
            if version >= 12 {
                buffer.write(self.endOffset)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 13 }
    }

    package struct LeaderIdAndEpoch: KafkaStructure {
        package var leaderId: Int32 = -1
        package var leaderEpoch: Int32 = -1
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 12
            if version >= 12 {
                self.leaderId = reader.readInt32("leaderId")
            }
            if version >= 12 {
                self.leaderEpoch = reader.readInt32("leaderEpoch")
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 12
            if version >= 12 {
                buffer.write(self.leaderId)
            }
            if version >= 12 {
                buffer.write(self.leaderEpoch)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 9 }
    }

    package struct SnapshotId: KafkaStructure {
        package var endOffset: Int64 = -1
        package var epoch: Int32 = -1
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 12
            self.endOffset = reader.readInt64("endOffset")
            self.epoch = reader.readInt32("epoch")
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 12
            buffer.write(self.endOffset)
            buffer.write(self.epoch)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 13 }
    }

    package struct AbortedTransaction: KafkaStructure {
        package var producerId: Int64 = 0
        package var firstOffset: Int64 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 12
            self.producerId = reader.readInt64("producerId")
            self.firstOffset = reader.readInt64("firstOffset")
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 12
            buffer.write(self.producerId)
            buffer.write(self.firstOffset)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 16 }
    }

    package struct NodeEndpoint: KafkaStructure {
        package var nodeId: Int32 = 0
        package var host: String = ""
        package var port: Int32 = 0
        package var rack: String? = nil
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 12
            if version >= 16 {
                self.nodeId = reader.readInt32("nodeId")
            }
            if version >= 16 {
                self.host = reader.readString("host", compact: isFlexible)
            }
            if version >= 16 {
                self.port = reader.readInt32("port")
            }
            if version >= 16 {
                self.rack = reader.readNullableString("rack", compact: isFlexible)
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 12
            if version >= 16 {
                buffer.write(self.nodeId)
            }
            if version >= 16 {
                buffer.write(self.host, compact: isFlexible)
            }
            if version >= 16 {
                buffer.write(self.port)
            }
            if version >= 16 {
                buffer.write(self.rack, compact: isFlexible)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 11 }
    }
}

