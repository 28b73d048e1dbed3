// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct ConsumerProtocolSubscription: KafkaData {
    package static let versions: ClosedRange<Int16> = 0...3
    package static let firstFlexibleVersion: Int16 = .max

    package static let firstVersionWithOwnedPartitions: Int16 = 1
    package static let firstVersionWithGenerationId: Int16 = 2
    package static let firstVersionWithRackId: Int16 = 3

    package var topics: [String] = []
    package var userData: ByteBuffer? = nil
    package var ownedPartitions: [TopicPartition] = []
    package var generationId: Int32 = -1
    package var rackId: String? = nil

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        if let count = reader.readCount("topics", compact: false, minimumBytes: 1) {
            var elements: [String] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<String>.stride))
            for index in 0..<count {
                elements.append(reader.readString("topics", at: index, compact: false))
                if reader.isFailed { break }
            }
            self.topics = elements
        }
        self.userData = reader.readNullableBytes("userData", compact: false)
        if version >= 1 {
            if let count = reader.readCount("ownedPartitions", compact: false, minimumBytes: TopicPartition.minimumBytes) {
                var elements: [TopicPartition] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TopicPartition>.stride))
                for index in 0..<count {
                    elements.append(TopicPartition(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("ownedPartitions", at: index)
                        break
                    }
                }
                self.ownedPartitions = elements
            }
        }
        if version >= 2 {
            self.generationId = reader.readInt32("generationId")
        }
        if version >= 3 {
            self.rackId = reader.readNullableString("rackId", compact: false)
        }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        buffer.writeCount(self.topics.count, compact: false)
        for element in self.topics {
            buffer.write(element, compact: false)
        }
        buffer.write(self.userData, compact: false)
        if version >= 1 {
            buffer.writeCount(self.ownedPartitions.count, compact: false)
            for element in self.ownedPartitions {
                element.encode(into: &buffer, version: version)
            }
        }
        if version >= 2 {
            buffer.write(self.generationId)
        }
        if version >= 3 {
            buffer.write(self.rackId, compact: false)
        }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 8 }

    package struct TopicPartition: KafkaStructure {
        package var topic: String = ""
        package var partitions: [Int32] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            if version >= 1 {
                self.topic = reader.readString("topic", compact: false)
            }
            if version >= 1 {
                if let count = reader.readCount("partitions", compact: false, minimumBytes: 4) {
                    var elements: [Int32] = []
                    elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                    for index in 0..<count {
                        elements.append(reader.readInt32("partitions", at: index))
                        if reader.isFailed { break }
                    }
                    self.partitions = elements
                }
            }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            if version >= 1 {
                buffer.write(self.topic, compact: false)
            }
            if version >= 1 {
                buffer.writeCount(self.partitions.count, compact: false)
                for element in self.partitions {
                    buffer.write(element)
                }
            }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }
}

