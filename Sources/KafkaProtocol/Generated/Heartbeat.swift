// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct HeartbeatRequest: KafkaMessage {
    package static let apiKey = APIKey.heartbeat
    package static let versions: ClosedRange<Int16> = 0...4
    package static let firstFlexibleVersion: Int16 = 4

    package static let firstVersionWithGroupInstanceId: Int16 = 3

    package var groupId: String = ""
    package var generationId: Int32 = 0
    package var memberId: String = ""
    package var groupInstanceId: String? = nil
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 4
        self.groupId = reader.readString("groupId", compact: isFlexible)
        self.generationId = reader.readInt32("generationId")
        self.memberId = reader.readString("memberId", compact: isFlexible)
        if version >= 3 {
            self.groupInstanceId = reader.readNullableString("groupInstanceId", compact: isFlexible)
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 4
        buffer.write(self.groupId, compact: isFlexible)
        buffer.write(self.generationId)
        buffer.write(self.memberId, compact: isFlexible)
        if version >= 3 {
            buffer.write(self.groupInstanceId, compact: isFlexible)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 8 }
}

package struct HeartbeatResponse: KafkaMessage {
    package static let apiKey = APIKey.heartbeat
    package static let versions: ClosedRange<Int16> = 0...4
    package static let firstFlexibleVersion: Int16 = 4

    package static let firstVersionWithThrottleTimeMs: Int16 = 1

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 4
        if version >= 1 {
            self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        }
        self.errorCode = reader.readInt16("errorCode")
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 4
        if version >= 1 {
            buffer.write(self.throttleTimeMs)
        }
        buffer.write(self.errorCode)
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 2 }
}

