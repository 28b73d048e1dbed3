// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct RequestHeader: KafkaData {
    package static let versions: ClosedRange<Int16> = 1...2
    package static let firstFlexibleVersion: Int16 = 2

    package var requestApiKey: Int16 = 0
    package var requestApiVersion: Int16 = 0
    package var correlationId: Int32 = 0
    package var clientId: String? = ""
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        self.requestApiKey = reader.readInt16("requestApiKey")
        self.requestApiVersion = reader.readInt16("requestApiVersion")
        self.correlationId = reader.readInt32("correlationId")
        self.clientId = reader.readNullableString("clientId", compact: false)
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 2
        buffer.write(self.requestApiKey)
        buffer.write(self.requestApiVersion)
        buffer.write(self.correlationId)
        buffer.write(self.clientId, compact: false)
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 10 }
}

