// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct AddPartitionsToTxnRequest: KafkaMessage {
    package static let apiKey = APIKey.addPartitionsToTxn
    package static let versions: ClosedRange<Int16> = 0...5
    package static let firstFlexibleVersion: Int16 = 3

    package static let firstVersionWithTransactions: Int16 = 4

    package var transactions: [AddPartitionsToTxnTransaction] = []
    package var v3AndBelowTransactionalId: String = ""
    package var v3AndBelowProducerId: Int64 = 0
    package var v3AndBelowProducerEpoch: Int16 = 0
    package var v3AndBelowTopics: [AddPartitionsToTxnTopic] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 3
        if version >= 4 {
            if let count = reader.readCount("transactions", compact: isFlexible, minimumBytes: AddPartitionsToTxnTransaction.minimumBytes) {
                var elements: [AddPartitionsToTxnTransaction] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<AddPartitionsToTxnTransaction>.stride))
                for index in 0..<count {
                    elements.append(AddPartitionsToTxnTransaction(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("transactions", at: index)
                        break
                    }
                }
                self.transactions = elements
            }
        }
        if version <= 3 {
            self.v3AndBelowTransactionalId = reader.readString("v3AndBelowTransactionalId", compact: isFlexible)
        }
        if version <= 3 {
            self.v3AndBelowProducerId = reader.readInt64("v3AndBelowProducerId")
        }
        if version <= 3 {
            self.v3AndBelowProducerEpoch = reader.readInt16("v3AndBelowProducerEpoch")
        }
        if version <= 3 {
            if let count = reader.readCount("v3AndBelowTopics", compact: isFlexible, minimumBytes: AddPartitionsToTxnTopic.minimumBytes) {
                var elements: [AddPartitionsToTxnTopic] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<AddPartitionsToTxnTopic>.stride))
                for index in 0..<count {
                    elements.append(AddPartitionsToTxnTopic(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("v3AndBelowTopics", at: index)
                        break
                    }
                }
                self.v3AndBelowTopics = elements
            }
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 3
        if version >= 4 {
            buffer.writeCount(self.transactions.count, compact: isFlexible)
            for element in self.transactions {
                element.encode(into: &buffer, version: version)
            }
        }
        if version <= 3 {
            buffer.write(self.v3AndBelowTransactionalId, compact: isFlexible)
        }
        if version <= 3 {
            buffer.write(self.v3AndBelowProducerId)
        }
        if version <= 3 {
            buffer.write(self.v3AndBelowProducerEpoch)
        }
        if version <= 3 {
            buffer.writeCount(self.v3AndBelowTopics.count, compact: isFlexible)
            for element in self.v3AndBelowTopics {
                element.encode(into: &buffer, version: version)
            }
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 2 }

    package struct AddPartitionsToTxnTransaction: KafkaStructure {
        package var transactionalId: String = ""
        package var producerId: Int64 = 0
        package var producerEpoch: Int16 = 0
        package var verifyOnly: Bool = false
        package var topics: [AddPartitionsToTxnTopic] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 3
            if version >= 4 {
                self.transactionalId = reader.readString("transactionalId", compact: isFlexible)
            }
            if version >= 4 {
                self.producerId = reader.readInt64("producerId")
            }
            if version >= 4 {
                self.producerEpoch = reader.readInt16("producerEpoch")
            }
            if version >= 4 {
                self.verifyOnly = reader.readBool("verifyOnly")
            }
            if version >= 4 {
                if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: AddPartitionsToTxnTopic.minimumBytes) {
                    var elements: [AddPartitionsToTxnTopic] = []
                    elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<AddPartitionsToTxnTopic>.stride))
                    for index in 0..<count {
                        elements.append(AddPartitionsToTxnTopic(reading: &reader, version: version))
                        if reader.isFailed {
                            reader.failedInside("topics", at: index)
                            break
                        }
                    }
                    self.topics = elements
                }
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 3
            if version >= 4 {
                buffer.write(self.transactionalId, compact: isFlexible)
            }
            if version >= 4 {
                buffer.write(self.producerId)
            }
            if version >= 4 {
                buffer.write(self.producerEpoch)
            }
            if version >= 4 {
                buffer.write(self.verifyOnly)
            }
            if version >= 4 {
                buffer.writeCount(self.topics.count, compact: isFlexible)
                for element in self.topics {
                    element.encode(into: &buffer, version: version)
                }
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 14 }
    }

    package struct AddPartitionsToTxnTopic: KafkaStructure {
        package var name: String = ""
        package var partitions: [Int32] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 3
            self.name = reader.readString("name", compact: isFlexible)
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: 4) {
                var elements: [Int32] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt32("partitions", at: index))
                    if reader.isFailed { break }
                }
                self.partitions = elements
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 3
            buffer.write(self.name, compact: isFlexible)
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                buffer.write(element)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }
}

package struct AddPartitionsToTxnResponse: KafkaMessage {
    package static let apiKey = APIKey.addPartitionsToTxn
    package static let versions: ClosedRange<Int16> = 0...5
    package static let firstFlexibleVersion: Int16 = 3

    package static let firstVersionWithErrorCode: Int16 = 4
    package static let firstVersionWithResultsByTransaction: Int16 = 4

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var resultsByTransaction: [AddPartitionsToTxnResult] = []
    package var resultsByTopicV3AndBelow: [AddPartitionsToTxnTopicResult] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 3
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if version >= 4 {
            self.errorCode = reader.readInt16("errorCode")
        }
        if version >= 4 {
            if let count = reader.readCount("resultsByTransaction", compact: isFlexible, minimumBytes: AddPartitionsToTxnResult.minimumBytes) {
                var elements: [AddPartitionsToTxnResult] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<AddPartitionsToTxnResult>.stride))
                for index in 0..<count {
                    elements.append(AddPartitionsToTxnResult(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("resultsByTransaction", at: index)
                        break
                    }
                }
                self.resultsByTransaction = elements
            }
        }
        if version <= 3 {
            if let count = reader.readCount("resultsByTopicV3AndBelow", compact: isFlexible, minimumBytes: AddPartitionsToTxnTopicResult.minimumBytes) {
                var elements: [AddPartitionsToTxnTopicResult] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<AddPartitionsToTxnTopicResult>.stride))
                for index in 0..<count {
                    elements.append(AddPartitionsToTxnTopicResult(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("resultsByTopicV3AndBelow", at: index)
                        break
                    }
                }
                self.resultsByTopicV3AndBelow = elements
            }
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 3
        buffer.write(self.throttleTimeMs)
        if version >= 4 {
            buffer.write(self.errorCode)
        }
        if version >= 4 {
            buffer.writeCount(self.resultsByTransaction.count, compact: isFlexible)
            for element in self.resultsByTransaction {
                element.encode(into: &buffer, version: version)
            }
        }
        if version <= 3 {
            buffer.writeCount(self.resultsByTopicV3AndBelow.count, compact: isFlexible)
            for element in self.resultsByTopicV3AndBelow {
                element.encode(into: &buffer, version: version)
            }
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct AddPartitionsToTxnResult: KafkaStructure {
        package var transactionalId: String = ""
        package var topicResults: [AddPartitionsToTxnTopicResult] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 3
            if version >= 4 {
                self.transactionalId = reader.readString("transactionalId", compact: isFlexible)
            }
            if version >= 4 {
                if let count = reader.readCount("topicResults", compact: isFlexible, minimumBytes: AddPartitionsToTxnTopicResult.minimumBytes) {
                    var elements: [AddPartitionsToTxnTopicResult] = []
                    elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<AddPartitionsToTxnTopicResult>.stride))
                    for index in 0..<count {
                        elements.append(AddPartitionsToTxnTopicResult(reading: &reader, version: version))
                        if reader.isFailed {
                            reader.failedInside("topicResults", at: index)
                            break
                        }
                    }
                    self.topicResults = elements
                }
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 3
            if version >= 4 {
                buffer.write(self.transactionalId, compact: isFlexible)
            }
            if version >= 4 {
                buffer.writeCount(self.topicResults.count, compact: isFlexible)
                for element in self.topicResults {
                    element.encode(into: &buffer, version: version)
                }
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct AddPartitionsToTxnTopicResult: KafkaStructure {
        package var name: String = ""
        package var resultsByPartition: [AddPartitionsToTxnPartitionResult] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 3
            self.name = reader.readString("name", compact: isFlexible)
            if let count = reader.readCount("resultsByPartition", compact: isFlexible, minimumBytes: AddPartitionsToTxnPartitionResult.minimumBytes) {
                var elements: [AddPartitionsToTxnPartitionResult] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<AddPartitionsToTxnPartitionResult>.stride))
                for index in 0..<count {
                    elements.append(AddPartitionsToTxnPartitionResult(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("resultsByPartition", at: index)
                        break
                    }
                }
                self.resultsByPartition = elements
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 3
            buffer.write(self.name, compact: isFlexible)
            buffer.writeCount(self.resultsByPartition.count, compact: isFlexible)
            for element in self.resultsByPartition {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct AddPartitionsToTxnPartitionResult: KafkaStructure {
        package var partitionIndex: Int32 = 0
        package var partitionErrorCode: Int16 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 3
            self.partitionIndex = reader.readInt32("partitionIndex")
            self.partitionErrorCode = reader.readInt16("partitionErrorCode")
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 3
            buffer.write(self.partitionIndex)
            buffer.write(self.partitionErrorCode)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }
}

