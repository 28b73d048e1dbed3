// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct InitProducerIdRequest: KafkaMessage {
    package static let apiKey = APIKey.initProducerId
    package static let versions: ClosedRange<Int16> = 0...6
    package static let firstFlexibleVersion: Int16 = 2

    package static let firstVersionWithProducerId: Int16 = 3
    package static let firstVersionWithProducerEpoch: Int16 = 3
    package static let firstVersionWithEnable2Pc: Int16 = 6
    package static let firstVersionWithKeepPreparedTxn: Int16 = 6

    package var transactionalId: String? = ""
    package var transactionTimeoutMs: Int32 = 0
    package var producerId: Int64 = -1
    package var producerEpoch: Int16 = -1
    package var enable2Pc: Bool = false
    package var keepPreparedTxn: Bool = false
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        self.transactionalId = reader.readNullableString("transactionalId", compact: isFlexible)
        self.transactionTimeoutMs = reader.readInt32("transactionTimeoutMs")
        if version >= 3 {
            self.producerId = reader.readInt64("producerId")
        }
        if version >= 3 {
            self.producerEpoch = reader.readInt16("producerEpoch")
        }
        if version >= 6 {
            self.enable2Pc = reader.readBool("enable2Pc")
        }
        if version >= 6 {
            self.keepPreparedTxn = reader.readBool("keepPreparedTxn")
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 2
        buffer.write(self.transactionalId, compact: isFlexible)
        buffer.write(self.transactionTimeoutMs)
        if version >= 3 {
            buffer.write(self.producerId)
        }
        if version >= 3 {
            buffer.write(self.producerEpoch)
        }
        if version >= 6 {
            buffer.write(self.enable2Pc)
        }
        if version >= 6 {
            buffer.write(self.keepPreparedTxn)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }
}

package struct InitProducerIdResponse: KafkaMessage {
    package static let apiKey = APIKey.initProducerId
    package static let versions: ClosedRange<Int16> = 0...6
    package static let firstFlexibleVersion: Int16 = 2

    package static let firstVersionWithOngoingTxnProducerId: Int16 = 6
    package static let firstVersionWithOngoingTxnProducerEpoch: Int16 = 6

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var producerId: Int64 = -1
    package var producerEpoch: Int16 = 0
    package var ongoingTxnProducerId: Int64 = -1
    package var ongoingTxnProducerEpoch: Int16 = -1
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        self.errorCode = reader.readInt16("errorCode")
        self.producerId = reader.readInt64("producerId")
        self.producerEpoch = reader.readInt16("producerEpoch")
        if version >= 6 {
            self.ongoingTxnProducerId = reader.readInt64("ongoingTxnProducerId")
        }
        if version >= 6 {
            self.ongoingTxnProducerEpoch = reader.readInt16("ongoingTxnProducerEpoch")
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 2
        buffer.write(self.throttleTimeMs)
        buffer.write(self.errorCode)
        buffer.write(self.producerId)
        buffer.write(self.producerEpoch)
        if version >= 6 {
            buffer.write(self.ongoingTxnProducerId)
        }
        if version >= 6 {
            buffer.write(self.ongoingTxnProducerEpoch)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 16 }
}

