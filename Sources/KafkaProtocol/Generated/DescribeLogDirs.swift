// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct DescribeLogDirsRequest: KafkaMessage {
    package static let apiKey = APIKey.describeLogDirs
    package static let versions: ClosedRange<Int16> = 1...5
    package static let firstFlexibleVersion: Int16 = 2

    package var topics: [DescribableLogDirTopic]? = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        if let count = reader.readNullableCount("topics", compact: isFlexible, minimumBytes: DescribableLogDirTopic.minimumBytes) {
            var elements: [DescribableLogDirTopic] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DescribableLogDirTopic>.stride))
            for index in 0..<count {
                elements.append(DescribableLogDirTopic(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("topics", at: index)
                    break
                }
            }
            self.topics = elements
        } else { self.topics = nil }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 2
        buffer.writeCount(self.topics?.count, compact: isFlexible)
        for element in self.topics ?? [] {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 2 }

    package struct DescribableLogDirTopic: KafkaStructure {
        package var topic: String = ""
        package var partitions: [Int32] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
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
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 2
            buffer.write(self.topic, compact: isFlexible)
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

package struct DescribeLogDirsResponse: KafkaMessage {
    package static let apiKey = APIKey.describeLogDirs
    package static let versions: ClosedRange<Int16> = 1...5
    package static let firstFlexibleVersion: Int16 = 2

    package static let firstVersionWithErrorCode: Int16 = 3

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var results: [DescribeLogDirsResult] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if version >= 3 {
            self.errorCode = reader.readInt16("errorCode")
        }
        if let count = reader.readCount("results", compact: isFlexible, minimumBytes: DescribeLogDirsResult.minimumBytes) {
            var elements: [DescribeLogDirsResult] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DescribeLogDirsResult>.stride))
            for index in 0..<count {
                elements.append(DescribeLogDirsResult(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("results", at: index)
                    break
                }
            }
            self.results = elements
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 2
        buffer.write(self.throttleTimeMs)
        if version >= 3 {
            buffer.write(self.errorCode)
        }
        buffer.writeCount(self.results.count, compact: isFlexible)
        for element in self.results {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct DescribeLogDirsResult: KafkaStructure {
        package static let firstVersionWithTotalBytes: Int16 = 4
        package static let firstVersionWithUsableBytes: Int16 = 4
        package static let firstVersionWithIsCordoned: Int16 = 5

        package var errorCode: Int16 = 0
        package var logDir: String = ""
        package var topics: [DescribeLogDirsTopic] = []
        package var totalBytes: Int64 = -1
        package var usableBytes: Int64 = -1
        package var isCordoned: Bool = false
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.errorCode = reader.readInt16("errorCode")
            self.logDir = reader.readString("logDir", compact: isFlexible)
            if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: DescribeLogDirsTopic.minimumBytes) {
                var elements: [DescribeLogDirsTopic] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DescribeLogDirsTopic>.stride))
                for index in 0..<count {
                    elements.append(DescribeLogDirsTopic(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("topics", at: index)
                        break
                    }
                }
                self.topics = elements
            }
            if version >= 4 {
                self.totalBytes = reader.readInt64("totalBytes")
            }
            if version >= 4 {
                self.usableBytes = reader.readInt64("usableBytes")
            }
            if version >= 5 {
                self.isCordoned = reader.readBool("isCordoned")
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 2
            buffer.write(self.errorCode)
            buffer.write(self.logDir, compact: isFlexible)
            buffer.writeCount(self.topics.count, compact: isFlexible)
            for element in self.topics {
                element.encode(into: &buffer, version: version)
            }
            if version >= 4 {
                buffer.write(self.totalBytes)
            }
            if version >= 4 {
                buffer.write(self.usableBytes)
            }
            if version >= 5 {
                buffer.write(self.isCordoned)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 5 }
    }

    package struct DescribeLogDirsTopic: KafkaStructure {
        package var name: String = ""
        package var partitions: [DescribeLogDirsPartition] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.name = reader.readString("name", compact: isFlexible)
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: DescribeLogDirsPartition.minimumBytes) {
                var elements: [DescribeLogDirsPartition] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DescribeLogDirsPartition>.stride))
                for index in 0..<count {
                    elements.append(DescribeLogDirsPartition(reading: &reader, version: version))
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
            let isFlexible = version >= 2
            buffer.write(self.name, compact: isFlexible)
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct DescribeLogDirsPartition: KafkaStructure {
        package var partitionIndex: Int32 = 0
        package var partitionSize: Int64 = 0
        package var offsetLag: Int64 = 0
        package var isFutureKey: Bool = false
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.partitionIndex = reader.readInt32("partitionIndex")
            self.partitionSize = reader.readInt64("partitionSize")
            self.offsetLag = reader.readInt64("offsetLag")
            self.isFutureKey = reader.readBool("isFutureKey")
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 2
            buffer.write(self.partitionIndex)
            buffer.write(self.partitionSize)
            buffer.write(self.offsetLag)
            buffer.write(self.isFutureKey)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 21 }
    }
}

