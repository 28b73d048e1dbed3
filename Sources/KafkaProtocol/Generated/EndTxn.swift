// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct EndTxnRequest: KafkaMessage {
    package static let apiKey = APIKey.endTxn
    package static let versions: ClosedRange<Int16> = 0...5
    package static let firstFlexibleVersion: Int16 = 3

    package var transactionalId: String = ""
    package var producerId: Int64 = 0
    package var producerEpoch: Int16 = 0
    package var committed: Bool = false
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 3
        self.transactionalId = reader.readString("transactionalId", compact: isFlexible)
        self.producerId = reader.readInt64("producerId")
        self.producerEpoch = reader.readInt16("producerEpoch")
        self.committed = reader.readBool("committed")
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 3
        buffer.write(self.transactionalId, compact: isFlexible)
        buffer.write(self.producerId)
        buffer.write(self.producerEpoch)
        buffer.write(self.committed)
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 13 }
}

package struct EndTxnResponse: KafkaMessage {
    package static let apiKey = APIKey.endTxn
    package static let versions: ClosedRange<Int16> = 0...5
    package static let firstFlexibleVersion: Int16 = 3

    package static let firstVersionWithProducerId: Int16 = 5
    package static let firstVersionWithProducerEpoch: Int16 = 5

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var producerId: Int64 = -1
    package var producerEpoch: Int16 = -1
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 3
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        self.errorCode = reader.readInt16("errorCode")
        if version >= 5 {
            self.producerId = reader.readInt64("producerId")
        }
        if version >= 5 {
            self.producerEpoch = reader.readInt16("producerEpoch")
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 3
        buffer.write(self.throttleTimeMs)
        buffer.write(self.errorCode)
        if version >= 5 {
            buffer.write(self.producerId)
        }
        if version >= 5 {
            buffer.write(self.producerEpoch)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }
}

