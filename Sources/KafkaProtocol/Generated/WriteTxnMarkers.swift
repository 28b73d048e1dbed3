// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct WriteTxnMarkersRequest: KafkaMessage {
    package static let apiKey = APIKey.writeTxnMarkers
    package static let versions: ClosedRange<Int16> = 1...2
    package static let firstFlexibleVersion: Int16 = 1

    package var markers: [WritableTxnMarker] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        if let count = reader.readCount("markers", compact: isFlexible, minimumBytes: WritableTxnMarker.minimumBytes) {
            var elements: [WritableTxnMarker] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<WritableTxnMarker>.stride))
            for index in 0..<count {
                elements.append(WritableTxnMarker(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("markers", at: index)
                    break
                }
            }
            self.markers = elements
        }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.writeCount(self.markers.count, compact: isFlexible)
        for element in self.markers {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 2 }

    package struct WritableTxnMarker: KafkaStructure {
        package static let firstVersionWithTransactionVersion: Int16 = 2

        package var producerId: Int64 = 0
        package var producerEpoch: Int16 = 0
        package var transactionResult: Bool = false
        package var topics: [WritableTxnMarkerTopic] = []
        package var coordinatorEpoch: Int32 = 0
        package var transactionVersion: Int8 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.producerId = reader.readInt64("producerId")
            self.producerEpoch = reader.readInt16("producerEpoch")
            self.transactionResult = reader.readBool("transactionResult")
            if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: WritableTxnMarkerTopic.minimumBytes) {
                var elements: [WritableTxnMarkerTopic] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<WritableTxnMarkerTopic>.stride))
                for index in 0..<count {
                    elements.append(WritableTxnMarkerTopic(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("topics", at: index)
                        break
                    }
                }
                self.topics = elements
            }
            self.coordinatorEpoch = reader.readInt32("coordinatorEpoch")
            if version >= 2 {
                self.transactionVersion = reader.readInt8("transactionVersion")
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.producerId)
            buffer.write(self.producerEpoch)
            buffer.write(self.transactionResult)
            buffer.writeCount(self.topics.count, compact: isFlexible)
            for element in self.topics {
                element.encode(into: &buffer, version: version)
            }
            buffer.write(self.coordinatorEpoch)
            if version >= 2 {
                buffer.write(self.transactionVersion)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 17 }
    }

    package struct WritableTxnMarkerTopic: KafkaStructure {
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

package struct WriteTxnMarkersResponse: KafkaMessage {
    package static let apiKey = APIKey.writeTxnMarkers
    package static let versions: ClosedRange<Int16> = 1...2
    package static let firstFlexibleVersion: Int16 = 1

    package var markers: [WritableTxnMarkerResult] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        if let count = reader.readCount("markers", compact: isFlexible, minimumBytes: WritableTxnMarkerResult.minimumBytes) {
            var elements: [WritableTxnMarkerResult] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<WritableTxnMarkerResult>.stride))
            for index in 0..<count {
                elements.append(WritableTxnMarkerResult(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("markers", at: index)
                    break
                }
            }
            self.markers = elements
        }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.writeCount(self.markers.count, compact: isFlexible)
        for element in self.markers {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 2 }

    package struct WritableTxnMarkerResult: KafkaStructure {
        package var producerId: Int64 = 0
        package var topics: [WritableTxnMarkerTopicResult] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.producerId = reader.readInt64("producerId")
            if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: WritableTxnMarkerTopicResult.minimumBytes) {
                var elements: [WritableTxnMarkerTopicResult] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<WritableTxnMarkerTopicResult>.stride))
                for index in 0..<count {
                    elements.append(WritableTxnMarkerTopicResult(reading: &reader, version: version))
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
            buffer.write(self.producerId)
            buffer.writeCount(self.topics.count, compact: isFlexible)
            for element in self.topics {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 10 }
    }

    package struct WritableTxnMarkerTopicResult: KafkaStructure {
        package var name: String = ""
        package var partitions: [WritableTxnMarkerPartitionResult] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.name = reader.readString("name", compact: isFlexible)
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: WritableTxnMarkerPartitionResult.minimumBytes) {
                var elements: [WritableTxnMarkerPartitionResult] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<WritableTxnMarkerPartitionResult>.stride))
                for index in 0..<count {
                    elements.append(WritableTxnMarkerPartitionResult(reading: &reader, version: version))
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

    package struct WritableTxnMarkerPartitionResult: KafkaStructure {
        package var partitionIndex: Int32 = 0
        package var errorCode: Int16 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            self.partitionIndex = reader.readInt32("partitionIndex")
            self.errorCode = reader.readInt16("errorCode")
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            buffer.write(self.partitionIndex)
            buffer.write(self.errorCode)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 7 }
    }
}

