// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct OffsetDeleteRequest: KafkaMessage {
    package static let apiKey = APIKey.offsetDelete
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = .max

    package var groupId: String = ""
    package var topics: [OffsetDeleteRequestTopic] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        self.groupId = reader.readString("groupId", compact: false)
        if let count = reader.readCount("topics", compact: false, minimumBytes: OffsetDeleteRequestTopic.minimumBytes) {
            var elements: [OffsetDeleteRequestTopic] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<OffsetDeleteRequestTopic>.stride))
            for index in 0..<count {
                elements.append(OffsetDeleteRequestTopic(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("topics", at: index)
                    break
                }
            }
            self.topics = elements
        }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        buffer.write(self.groupId, compact: false)
        buffer.writeCount(self.topics.count, compact: false)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct OffsetDeleteRequestTopic: KafkaStructure {
        package var name: String = ""
        package var partitions: [OffsetDeleteRequestPartition] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            self.name = reader.readString("name", compact: false)
            if let count = reader.readCount("partitions", compact: false, minimumBytes: OffsetDeleteRequestPartition.minimumBytes) {
                var elements: [OffsetDeleteRequestPartition] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<OffsetDeleteRequestPartition>.stride))
                for index in 0..<count {
                    elements.append(OffsetDeleteRequestPartition(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("partitions", at: index)
                        break
                    }
                }
                self.partitions = elements
            }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            buffer.write(self.name, compact: false)
            buffer.writeCount(self.partitions.count, compact: false)
            for element in self.partitions {
                element.encode(into: &buffer, version: version)
            }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }

    package struct OffsetDeleteRequestPartition: KafkaStructure {
        package var partitionIndex: Int32 = 0

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            self.partitionIndex = reader.readInt32("partitionIndex")
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            buffer.write(self.partitionIndex)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 4 }
    }
}

package struct OffsetDeleteResponse: KafkaMessage {
    package static let apiKey = APIKey.offsetDelete
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = .max

    package var errorCode: Int16 = 0
    package var throttleTimeMs: Int32 = 0
    package var topics: [OffsetDeleteResponseTopic] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        self.errorCode = reader.readInt16("errorCode")
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if let count = reader.readCount("topics", compact: false, minimumBytes: OffsetDeleteResponseTopic.minimumBytes) {
            var elements: [OffsetDeleteResponseTopic] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<OffsetDeleteResponseTopic>.stride))
            for index in 0..<count {
                elements.append(OffsetDeleteResponseTopic(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("topics", at: index)
                    break
                }
            }
            self.topics = elements
        }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        buffer.write(self.errorCode)
        buffer.write(self.throttleTimeMs)
        buffer.writeCount(self.topics.count, compact: false)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 10 }

    package struct OffsetDeleteResponseTopic: KafkaStructure {
        package var name: String = ""
        package var partitions: [OffsetDeleteResponsePartition] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            self.name = reader.readString("name", compact: false)
            if let count = reader.readCount("partitions", compact: false, minimumBytes: OffsetDeleteResponsePartition.minimumBytes) {
                var elements: [OffsetDeleteResponsePartition] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<OffsetDeleteResponsePartition>.stride))
                for index in 0..<count {
                    elements.append(OffsetDeleteResponsePartition(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("partitions", at: index)
                        break
                    }
                }
                self.partitions = elements
            }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            buffer.write(self.name, compact: false)
            buffer.writeCount(self.partitions.count, compact: false)
            for element in self.partitions {
                element.encode(into: &buffer, version: version)
            }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }

    package struct OffsetDeleteResponsePartition: KafkaStructure {
        package var partitionIndex: Int32 = 0
        package var errorCode: Int16 = 0

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            self.partitionIndex = reader.readInt32("partitionIndex")
            self.errorCode = reader.readInt16("errorCode")
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            buffer.write(self.partitionIndex)
            buffer.write(self.errorCode)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }
}

