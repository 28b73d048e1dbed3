// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct UnregisterBrokerRequest: KafkaMessage {
    package static let apiKey = APIKey.unregisterBroker
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = 0

    package var brokerId: Int32 = 0
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        self.brokerId = reader.readInt32("brokerId")
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        buffer.write(self.brokerId)
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 5 }
}

package struct UnregisterBrokerResponse: KafkaMessage {
    package static let apiKey = APIKey.unregisterBroker
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = 0

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var errorMessage: String? = ""
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        self.errorCode = reader.readInt16("errorCode")
        self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.throttleTimeMs)
        buffer.write(self.errorCode)
        buffer.write(self.errorMessage, compact: isFlexible)
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 8 }
}

