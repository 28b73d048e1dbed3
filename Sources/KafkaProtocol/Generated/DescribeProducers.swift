// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct DescribeProducersRequest: KafkaMessage {
    package static let apiKey = APIKey.describeProducers
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = 0

    package var topics: [TopicRequest] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: TopicRequest.minimumBytes) {
            var elements: [TopicRequest] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TopicRequest>.stride))
            for index in 0..<count {
                elements.append(TopicRequest(reading: &reader, version: version))
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
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 2 }

    package struct TopicRequest: KafkaStructure {
        package var name: String = ""
        package var partitionIndexes: [Int32] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.name = reader.readString("name", compact: isFlexible)
            if let count = reader.readCount("partitionIndexes", compact: isFlexible, minimumBytes: 4) {
                var elements: [Int32] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt32("partitionIndexes", at: index))
                    if reader.isFailed { break }
                }
                self.partitionIndexes = elements
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.name, compact: isFlexible)
            buffer.writeCount(self.partitionIndexes.count, compact: isFlexible)
            for element in self.partitionIndexes {
                buffer.write(element)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }
}

package struct DescribeProducersResponse: KafkaMessage {
    package static let apiKey = APIKey.describeProducers
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = 0

    package var throttleTimeMs: Int32 = 0
    package var topics: [TopicResponse] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: TopicResponse.minimumBytes) {
            var elements: [TopicResponse] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TopicResponse>.stride))
            for index in 0..<count {
                elements.append(TopicResponse(reading: &reader, version: version))
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
        buffer.write(self.throttleTimeMs)
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct TopicResponse: KafkaStructure {
        package var name: String = ""
        package var partitions: [PartitionResponse] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.name = reader.readString("name", compact: isFlexible)
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: PartitionResponse.minimumBytes) {
                var elements: [PartitionResponse] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<PartitionResponse>.stride))
                for index in 0..<count {
                    elements.append(PartitionResponse(reading: &reader, version: version))
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
            buffer.write(self.name, compact: isFlexible)
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct PartitionResponse: KafkaStructure {
        package var partitionIndex: Int32 = 0
        package var errorCode: Int16 = 0
        package var errorMessage: String? = nil
        package var activeProducers: [ProducerState] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.partitionIndex = reader.readInt32("partitionIndex")
            self.errorCode = reader.readInt16("errorCode")
            self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
            if let count = reader.readCount("activeProducers", compact: isFlexible, minimumBytes: ProducerState.minimumBytes) {
                var elements: [ProducerState] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<ProducerState>.stride))
                for index in 0..<count {
                    elements.append(ProducerState(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("activeProducers", at: index)
                        break
                    }
                }
                self.activeProducers = elements
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.partitionIndex)
            buffer.write(self.errorCode)
            buffer.write(self.errorMessage, compact: isFlexible)
            buffer.writeCount(self.activeProducers.count, compact: isFlexible)
            for element in self.activeProducers {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 9 }
    }

    package struct ProducerState: KafkaStructure {
        package var producerId: Int64 = 0
        package var producerEpoch: Int32 = 0
        package var lastSequence: Int32 = -1
        package var lastTimestamp: Int64 = -1
        package var coordinatorEpoch: Int32 = 0
        package var currentTxnStartOffset: Int64 = -1
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            self.producerId = reader.readInt64("producerId")
            self.producerEpoch = reader.readInt32("producerEpoch")
            self.lastSequence = reader.readInt32("lastSequence")
            self.lastTimestamp = reader.readInt64("lastTimestamp")
            self.coordinatorEpoch = reader.readInt32("coordinatorEpoch")
            self.currentTxnStartOffset = reader.readInt64("currentTxnStartOffset")
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            buffer.write(self.producerId)
            buffer.write(self.producerEpoch)
            buffer.write(self.lastSequence)
            buffer.write(self.lastTimestamp)
            buffer.write(self.coordinatorEpoch)
            buffer.write(self.currentTxnStartOffset)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 37 }
    }
}

