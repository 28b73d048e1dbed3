// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct ExpireDelegationTokenRequest: KafkaMessage {
    package static let apiKey = APIKey.expireDelegationToken
    package static let versions: ClosedRange<Int16> = 1...2
    package static let firstFlexibleVersion: Int16 = 2

    package var hmac: ByteBuffer = ByteBuffer()
    package var expiryTimePeriodMs: Int64 = 0
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        self.hmac = reader.readBytes("hmac", compact: isFlexible)
        self.expiryTimePeriodMs = reader.readInt64("expiryTimePeriodMs")
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 2
        buffer.write(self.hmac, compact: isFlexible)
        buffer.write(self.expiryTimePeriodMs)
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 10 }
}

package struct ExpireDelegationTokenResponse: KafkaMessage {
    package static let apiKey = APIKey.expireDelegationToken
    package static let versions: ClosedRange<Int16> = 1...2
    package static let firstFlexibleVersion: Int16 = 2

    package var errorCode: Int16 = 0
    package var expiryTimestampMs: Int64 = 0
    package var throttleTimeMs: Int32 = 0
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        self.errorCode = reader.readInt16("errorCode")
        self.expiryTimestampMs = reader.readInt64("expiryTimestampMs")
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 2
        buffer.write(self.errorCode)
        buffer.write(self.expiryTimestampMs)
        buffer.write(self.throttleTimeMs)
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 14 }
}

