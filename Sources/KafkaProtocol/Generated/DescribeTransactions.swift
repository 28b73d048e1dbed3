// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct DescribeTransactionsRequest: KafkaMessage {
    package static let apiKey = APIKey.describeTransactions
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = 0

    package var transactionalIds: [String] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        if let count = reader.readCount("transactionalIds", compact: isFlexible, minimumBytes: 1) {
            var elements: [String] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<String>.stride))
            for index in 0..<count {
                elements.append(reader.readString("transactionalIds", at: index, compact: isFlexible))
                if reader.isFailed { break }
            }
            self.transactionalIds = elements
        }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.writeCount(self.transactionalIds.count, compact: isFlexible)
        for element in self.transactionalIds {
            buffer.write(element, compact: isFlexible)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 2 }
}

package struct DescribeTransactionsResponse: KafkaMessage {
    package static let apiKey = APIKey.describeTransactions
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = 0

    package var throttleTimeMs: Int32 = 0
    package var transactionStates: [TransactionState] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if let count = reader.readCount("transactionStates", compact: isFlexible, minimumBytes: TransactionState.minimumBytes) {
            var elements: [TransactionState] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TransactionState>.stride))
            for index in 0..<count {
                elements.append(TransactionState(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("transactionStates", at: index)
                    break
                }
            }
            self.transactionStates = elements
        }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.throttleTimeMs)
        buffer.writeCount(self.transactionStates.count, compact: isFlexible)
        for element in self.transactionStates {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct TransactionState: KafkaStructure {
        package var errorCode: Int16 = 0
        package var transactionalId: String = ""
        package var transactionState: String = ""
        package var transactionTimeoutMs: Int32 = 0
        package var transactionStartTimeMs: Int64 = 0
        package var producerId: Int64 = 0
        package var producerEpoch: Int16 = 0
        package var topics: [TopicData] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.errorCode = reader.readInt16("errorCode")
            self.transactionalId = reader.readString("transactionalId", compact: isFlexible)
            self.transactionState = reader.readString("transactionState", compact: isFlexible)
            self.transactionTimeoutMs = reader.readInt32("transactionTimeoutMs")
            self.transactionStartTimeMs = reader.readInt64("transactionStartTimeMs")
            self.producerId = reader.readInt64("producerId")
            self.producerEpoch = reader.readInt16("producerEpoch")
            if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: TopicData.minimumBytes) {
                var elements: [TopicData] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TopicData>.stride))
                for index in 0..<count {
                    elements.append(TopicData(reading: &reader, version: version))
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
            buffer.write(self.errorCode)
            buffer.write(self.transactionalId, compact: isFlexible)
            buffer.write(self.transactionState, compact: isFlexible)
            buffer.write(self.transactionTimeoutMs)
            buffer.write(self.transactionStartTimeMs)
            buffer.write(self.producerId)
            buffer.write(self.producerEpoch)
            buffer.writeCount(self.topics.count, compact: isFlexible)
            for element in self.topics {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 28 }
    }

    package struct TopicData: KafkaStructure {
        package var topic: String = ""
        package var partitions: [Int32] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.topic = reader.readString("topic", compact: isFlexible)
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
            buffer.write(self.topic, compact: isFlexible)
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

