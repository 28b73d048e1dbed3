// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct AlterReplicaLogDirsRequest: KafkaMessage {
    package static let apiKey = APIKey.alterReplicaLogDirs
    package static let versions: ClosedRange<Int16> = 1...2
    package static let firstFlexibleVersion: Int16 = 2

    package var dirs: [AlterReplicaLogDir] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        if let count = reader.readCount("dirs", compact: isFlexible, minimumBytes: AlterReplicaLogDir.minimumBytes) {
            var elements: [AlterReplicaLogDir] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<AlterReplicaLogDir>.stride))
            for index in 0..<count {
                elements.append(AlterReplicaLogDir(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("dirs", at: index)
                    break
                }
            }
            self.dirs = elements
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 2
        buffer.writeCount(self.dirs.count, compact: isFlexible)
        for element in self.dirs {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 2 }

    package struct AlterReplicaLogDir: KafkaStructure {
        package var path: String = ""
        package var topics: [AlterReplicaLogDirTopic] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.path = reader.readString("path", compact: isFlexible)
            if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: AlterReplicaLogDirTopic.minimumBytes) {
                var elements: [AlterReplicaLogDirTopic] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<AlterReplicaLogDirTopic>.stride))
                for index in 0..<count {
                    elements.append(AlterReplicaLogDirTopic(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("topics", at: index)
                        break
                    }
                }
                self.topics = elements
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 2
            buffer.write(self.path, compact: isFlexible)
            buffer.writeCount(self.topics.count, compact: isFlexible)
            for element in self.topics {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct AlterReplicaLogDirTopic: KafkaStructure {
        package var name: String = ""
        package var partitions: [Int32] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
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
            let isFlexible = version >= 2
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

package struct AlterReplicaLogDirsResponse: KafkaMessage {
    package static let apiKey = APIKey.alterReplicaLogDirs
    package static let versions: ClosedRange<Int16> = 1...2
    package static let firstFlexibleVersion: Int16 = 2

    package var throttleTimeMs: Int32 = 0
    package var results: [AlterReplicaLogDirTopicResult] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if let count = reader.readCount("results", compact: isFlexible, minimumBytes: AlterReplicaLogDirTopicResult.minimumBytes) {
            var elements: [AlterReplicaLogDirTopicResult] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<AlterReplicaLogDirTopicResult>.stride))
            for index in 0..<count {
                elements.append(AlterReplicaLogDirTopicResult(reading: &reader, version: version))
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
        buffer.writeCount(self.results.count, compact: isFlexible)
        for element in self.results {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct AlterReplicaLogDirTopicResult: KafkaStructure {
        package var topicName: String = ""
        package var partitions: [AlterReplicaLogDirPartitionResult] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.topicName = reader.readString("topicName", compact: isFlexible)
            if let count = reader.readCount("partitions", compact: isFlexible, minimumBytes: AlterReplicaLogDirPartitionResult.minimumBytes) {
                var elements: [AlterReplicaLogDirPartitionResult] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<AlterReplicaLogDirPartitionResult>.stride))
                for index in 0..<count {
                    elements.append(AlterReplicaLogDirPartitionResult(reading: &reader, version: version))
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
            buffer.write(self.topicName, compact: isFlexible)
            buffer.writeCount(self.partitions.count, compact: isFlexible)
            for element in self.partitions {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct AlterReplicaLogDirPartitionResult: KafkaStructure {
        package var partitionIndex: Int32 = 0
        package var errorCode: Int16 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.partitionIndex = reader.readInt32("partitionIndex")
            self.errorCode = reader.readInt16("errorCode")
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 2
            buffer.write(self.partitionIndex)
            buffer.write(self.errorCode)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }
}

