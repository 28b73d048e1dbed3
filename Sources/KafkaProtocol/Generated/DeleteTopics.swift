// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct DeleteTopicsRequest: KafkaMessage {
    package static let apiKey = APIKey.deleteTopics
    package static let versions: ClosedRange<Int16> = 1...6
    package static let firstFlexibleVersion: Int16 = 4

    package static let firstVersionWithTopics: Int16 = 6

    package var topics: [DeleteTopicState] = []
    package var topicNames: [String] = []
    package var timeoutMs: Int32 = 0
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 4
        if version >= 6 {
            if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: DeleteTopicState.minimumBytes) {
                var elements: [DeleteTopicState] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DeleteTopicState>.stride))
                for index in 0..<count {
                    elements.append(DeleteTopicState(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("topics", at: index)
                        break
                    }
                }
                self.topics = elements
            }
        }
        if version <= 5 {
            if let count = reader.readCount("topicNames", compact: isFlexible, minimumBytes: 1) {
                var elements: [String] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<String>.stride))
                for index in 0..<count {
                    elements.append(reader.readString("topicNames", at: index, compact: isFlexible))
                    if reader.isFailed { break }
                }
                self.topicNames = elements
            }
        }
        self.timeoutMs = reader.readInt32("timeoutMs")
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 4
        if version >= 6 {
            buffer.writeCount(self.topics.count, compact: isFlexible)
            for element in self.topics {
                element.encode(into: &buffer, version: version)
            }
        }
        if version <= 5 {
            buffer.writeCount(self.topicNames.count, compact: isFlexible)
            for element in self.topicNames {
                buffer.write(element, compact: isFlexible)
            }
        }
        buffer.write(self.timeoutMs)
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct DeleteTopicState: KafkaStructure {
        package var name: String? = nil
        package var topicId: KafkaUUID = .zero
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 4
            if version >= 6 {
                self.name = reader.readNullableString("name", compact: isFlexible)
            }
            if version >= 6 {
                self.topicId = reader.readUUID("topicId")
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 4
            if version >= 6 {
                buffer.write(self.name, compact: isFlexible)
            }
            if version >= 6 {
                buffer.write(self.topicId)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 18 }
    }
}

package struct DeleteTopicsResponse: KafkaMessage {
    package static let apiKey = APIKey.deleteTopics
    package static let versions: ClosedRange<Int16> = 1...6
    package static let firstFlexibleVersion: Int16 = 4

    package var throttleTimeMs: Int32 = 0
    package var responses: [DeletableTopicResult] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 4
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if let count = reader.readCount("responses", compact: isFlexible, minimumBytes: DeletableTopicResult.minimumBytes) {
            var elements: [DeletableTopicResult] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DeletableTopicResult>.stride))
            for index in 0..<count {
                elements.append(DeletableTopicResult(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("responses", at: index)
                    break
                }
            }
            self.responses = elements
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 4
        buffer.write(self.throttleTimeMs)
        buffer.writeCount(self.responses.count, compact: isFlexible)
        for element in self.responses {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct DeletableTopicResult: KafkaStructure {
        package static let firstVersionWithTopicId: Int16 = 6
        package static let firstVersionWithErrorMessage: Int16 = 5

        package var name: String? = ""
        package var topicId: KafkaUUID = .zero
        package var errorCode: Int16 = 0
        package var errorMessage: String? = nil
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 4
            self.name = reader.readNullableString("name", compact: isFlexible, nullable: version >= 6)
            if version >= 6 {
                self.topicId = reader.readUUID("topicId")
            }
            self.errorCode = reader.readInt16("errorCode")
            if version >= 5 {
                self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 4
            buffer.write(self.name, compact: isFlexible, nullable: version >= 6)
            if version >= 6 {
                buffer.write(self.topicId)
            }
            buffer.write(self.errorCode)
            if version >= 5 {
                buffer.write(self.errorMessage, compact: isFlexible)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 4 }
    }
}

