// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct ConsumerProtocolAssignment: KafkaData {
    package static let versions: ClosedRange<Int16> = 0...3
    package static let firstFlexibleVersion: Int16 = .max

    package var assignedPartitions: [TopicPartition] = []
    package var userData: ByteBuffer? = nil

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        if let count = reader.readCount("assignedPartitions", compact: false, minimumBytes: TopicPartition.minimumBytes) {
            var elements: [TopicPartition] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TopicPartition>.stride))
            for index in 0..<count {
                elements.append(TopicPartition(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("assignedPartitions", at: index)
                    break
                }
            }
            self.assignedPartitions = elements
        }
        self.userData = reader.readNullableBytes("userData", compact: false)
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        buffer.writeCount(self.assignedPartitions.count, compact: false)
        for element in self.assignedPartitions {
            element.encode(into: &buffer, version: version)
        }
        buffer.write(self.userData, compact: false)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 8 }

    package struct TopicPartition: KafkaStructure {
        package var topic: String = ""
        package var partitions: [Int32] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            self.topic = reader.readString("topic", compact: false)
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

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            buffer.write(self.topic, compact: false)
            buffer.writeCount(self.partitions.count, compact: false)
            for element in self.partitions {
                buffer.write(element)
            }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }
}

