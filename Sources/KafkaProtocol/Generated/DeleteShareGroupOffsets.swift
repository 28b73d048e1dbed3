// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct DeleteShareGroupOffsetsRequest: KafkaMessage {
    package static let apiKey = APIKey.deleteShareGroupOffsets
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = 0

    package var groupId: String = ""
    package var topics: [Topic] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.groupId = reader.readString("groupId", compact: isFlexible)
        if let count = reader.readCount("topics", compact: isFlexible, minimumBytes: Topic.minimumBytes) {
            var elements: [Topic] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Topic>.stride))
            for index in 0..<count {
                elements.append(Topic(reading: &reader, version: version))
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
        buffer.write(self.groupId, compact: isFlexible)
        buffer.writeCount(self.topics.count, compact: isFlexible)
        for element in self.topics {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 3 }

    package struct Topic: KafkaStructure {
        package var topicName: String = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.topicName = reader.readString("topicName", compact: isFlexible)
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.topicName, compact: isFlexible)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 2 }
    }
}

package struct DeleteShareGroupOffsetsResponse: KafkaMessage {
    package static let apiKey = APIKey.deleteShareGroupOffsets
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = 0

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var errorMessage: String? = ""
    package var responses: [Topic] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        self.errorCode = reader.readInt16("errorCode")
        self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
        if let count = reader.readCount("responses", compact: isFlexible, minimumBytes: Topic.minimumBytes) {
            var elements: [Topic] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Topic>.stride))
            for index in 0..<count {
                elements.append(Topic(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("responses", at: index)
                    break
                }
            }
            self.responses = elements
        }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.throttleTimeMs)
        buffer.write(self.errorCode)
        buffer.write(self.errorMessage, compact: isFlexible)
        buffer.writeCount(self.responses.count, compact: isFlexible)
        for element in self.responses {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 9 }

    package struct Topic: KafkaStructure {
        package var topicName: String = ""
        package var topicId: KafkaUUID = .zero
        package var errorCode: Int16 = 0
        package var errorMessage: String? = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.topicName = reader.readString("topicName", compact: isFlexible)
            self.topicId = reader.readUUID("topicId")
            self.errorCode = reader.readInt16("errorCode")
            self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.topicName, compact: isFlexible)
            buffer.write(self.topicId)
            buffer.write(self.errorCode)
            buffer.write(self.errorMessage, compact: isFlexible)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 21 }
    }
}

