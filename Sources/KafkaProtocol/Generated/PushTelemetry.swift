// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct PushTelemetryRequest: KafkaMessage {
    package static let apiKey = APIKey.pushTelemetry
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = 0

    package var clientInstanceId: KafkaUUID = .zero
    package var subscriptionId: Int32 = 0
    package var terminating: Bool = false
    package var compressionType: Int8 = 0
    package var metrics: ByteBuffer = ByteBuffer()
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.clientInstanceId = reader.readUUID("clientInstanceId")
        self.subscriptionId = reader.readInt32("subscriptionId")
        self.terminating = reader.readBool("terminating")
        self.compressionType = reader.readInt8("compressionType")
        self.metrics = reader.readBytes("metrics", compact: isFlexible)
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.clientInstanceId)
        buffer.write(self.subscriptionId)
        buffer.write(self.terminating)
        buffer.write(self.compressionType)
        buffer.write(self.metrics, compact: isFlexible)
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 24 }
}

package struct PushTelemetryResponse: KafkaMessage {
    package static let apiKey = APIKey.pushTelemetry
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = 0

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        self.errorCode = reader.readInt16("errorCode")
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        buffer.write(self.throttleTimeMs)
        buffer.write(self.errorCode)
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 7 }
}

