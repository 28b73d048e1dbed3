// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct CreatePartitionsRequest: KafkaMessage {
    package static let apiKey = APIKey.createPartitions
    package static let versions: ClosedRange<Int16> = 0...3
    package static let firstFlexibleVersion: Int16 = 2

    package var topics: [CreatePartitionsTopic] = []
    package var timeoutMs: Int32 = 0
    package var validateOnly: Bool = false
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: CreatePartitionsTopic.minimumBytes) {
            var elements: [CreatePartitionsTopic] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<CreatePartitionsTopic>.stride))
            for index in 0..<count {
                elements.append(CreatePartitionsTopic(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("topics", at: index)
                    break
                }
            }
            self.topics = elements
        }
        self.timeoutMs = reader.readInt32("timeoutMs")
        self.validateOnly = reader.readBool("validateOnly")
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 2
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        buffer.write(self.timeoutMs)
        buffer.write(self.validateOnly)
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 7 }

    package struct CreatePartitionsTopic: KafkaStructure {
        package var name: String = ""
        package var count: Int32 = 0
        package var assignments: [CreatePartitionsAssignment]? = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.name = reader.readString("name", compact: isFlexible)
            self.count = reader.readInt32("count")
            if let count = reader.readNullableCount("assignments", compact: isFlexible, minimumBytes: CreatePartitionsAssignment.minimumBytes) {
                var elements: [CreatePartitionsAssignment] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<CreatePartitionsAssignment>.stride))
                for index in 0..<count {
                    elements.append(CreatePartitionsAssignment(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("assignments", at: index)
                        break
                    }
                }
                self.assignments = elements
            } else { self.assignments = nil }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 2
            buffer.write(self.name, compact: isFlexible)
            buffer.write(self.count)
            buffer.writeCount(self.assignments?.count, compact: isFlexible)
            for element in self.assignments ?? [] {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 7 }
    }

    package struct CreatePartitionsAssignment: KafkaStructure {
        package var brokerIds: [Int32] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            if let count = reader.readCount("brokerIds", compact: isFlexible, minimumBytes: 4) {
                var elements: [Int32] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int32>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt32("brokerIds", at: index))
                    if reader.isFailed { break }
                }
                self.brokerIds = elements
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 2
            buffer.writeCount(self.brokerIds.count, compact: isFlexible)
            for element in self.brokerIds {
                buffer.write(element)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 2 }
    }
}

package struct CreatePartitionsResponse: KafkaMessage {
    package static let apiKey = APIKey.createPartitions
    package static let versions: ClosedRange<Int16> = 0...3
    package static let firstFlexibleVersion: Int16 = 2

    package var throttleTimeMs: Int32 = 0
    package var results: [CreatePartitionsTopicResult] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if let count = reader.readCount("results", compact: isFlexible, minimumBytes: CreatePartitionsTopicResult.minimumBytes) {
            var elements: [CreatePartitionsTopicResult] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<CreatePartitionsTopicResult>.stride))
            for index in 0..<count {
                elements.append(CreatePartitionsTopicResult(reading: &reader, version: version))
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

    package struct CreatePartitionsTopicResult: KafkaStructure {
        package var name: String = ""
        package var errorCode: Int16 = 0
        package var errorMessage: String? = nil
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.name = reader.readString("name", compact: isFlexible)
            self.errorCode = reader.readInt16("errorCode")
            self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 2
            buffer.write(self.name, compact: isFlexible)
            buffer.write(self.errorCode)
            buffer.write(self.errorMessage, compact: isFlexible)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 5 }
    }
}

