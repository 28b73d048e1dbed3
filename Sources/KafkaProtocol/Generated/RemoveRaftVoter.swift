// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct RemoveRaftVoterRequest: KafkaMessage {
    package static let apiKey = APIKey.removeRaftVoter
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = 0

    package var clusterId: String? = ""
    package var voterId: Int32 = 0
    package var voterDirectoryId: KafkaUUID = .zero
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.clusterId = reader.readNullableString("clusterId", compact: isFlexible)
        self.voterId = reader.readInt32("voterId")
        self.voterDirectoryId = reader.readUUID("voterDirectoryId")
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.clusterId, compact: isFlexible)
        buffer.write(self.voterId)
        buffer.write(self.voterDirectoryId)
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 22 }
}

package struct RemoveRaftVoterResponse: KafkaMessage {
    package static let apiKey = APIKey.removeRaftVoter
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

