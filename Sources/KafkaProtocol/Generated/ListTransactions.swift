// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct ListTransactionsRequest: KafkaMessage {
    package static let apiKey = APIKey.listTransactions
    package static let versions: ClosedRange<Int16> = 0...2
    package static let firstFlexibleVersion: Int16 = 0

    package static let firstVersionWithDurationFilter: Int16 = 1
    package static let firstVersionWithTransactionalIdPattern: Int16 = 2

    package var stateFilters: [String] = []
    package var producerIdFilters: [Int64] = []
    package var durationFilter: Int64 = -1
    package var transactionalIdPattern: String? = nil
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        if let count = reader.readCount("stateFilters", compact: isFlexible, minimumBytes: 1) {
            var elements: [String] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<String>.stride))
            for index in 0..<count {
                elements.append(reader.readString("stateFilters", at: index, compact: isFlexible))
                if reader.isFailed { break }
            }
            self.stateFilters = elements
        }
        if let count = reader.readCount("producerIdFilters", compact: isFlexible, minimumBytes: 8) {
            var elements: [Int64] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int64>.stride))
            for index in 0..<count {
                elements.append(reader.readInt64("producerIdFilters", at: index))
                if reader.isFailed { break }
            }
            self.producerIdFilters = elements
        }
        if version >= 1 {
            self.durationFilter = reader.readInt64("durationFilter")
        }
        if version >= 2 {
            self.transactionalIdPattern = reader.readNullableString("transactionalIdPattern", compact: isFlexible)
        }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.writeCount(self.stateFilters.count, compact: isFlexible)
        for element in self.stateFilters {
            buffer.write(element, compact: isFlexible)
        }
        buffer.writeCount(self.producerIdFilters.count, compact: isFlexible)
        for element in self.producerIdFilters {
            buffer.write(element)
        }
        if version >= 1 {
            buffer.write(self.durationFilter)
        }
        if version >= 2 {
            buffer.write(self.transactionalIdPattern, compact: isFlexible)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 3 }
}

package struct ListTransactionsResponse: KafkaMessage {
    package static let apiKey = APIKey.listTransactions
    package static let versions: ClosedRange<Int16> = 0...2
    package static let firstFlexibleVersion: Int16 = 0

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var unknownStateFilters: [String] = []
    package var transactionStates: [TransactionState] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        self.errorCode = reader.readInt16("errorCode")
        if let count = reader.readCount("unknownStateFilters", compact: isFlexible, minimumBytes: 1) {
            var elements: [String] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<String>.stride))
            for index in 0..<count {
                elements.append(reader.readString("unknownStateFilters", at: index, compact: isFlexible))
                if reader.isFailed { break }
            }
            self.unknownStateFilters = elements
        }
        if let count = reader.readCount("transactionStates", compact: isFlexible, minimumBytes: TransactionState.minimumBytes) {
            var elements: [TransactionState] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<TransactionState>.stride))
            for index in 0..<count {
                elements.append(TransactionState(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("transactionStates", at: index)
                    break
                }
            }
            self.transactionStates = elements
        }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.throttleTimeMs)
        buffer.write(self.errorCode)
        buffer.writeCount(self.unknownStateFilters.count, compact: isFlexible)
        for element in self.unknownStateFilters {
            buffer.write(element, compact: isFlexible)
        }
        buffer.writeCount(self.transactionStates.count, compact: isFlexible)
        for element in self.transactionStates {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 9 }

    package struct TransactionState: KafkaStructure {
        package var transactionalId: String = ""
        package var producerId: Int64 = 0
        package var transactionState: String = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.transactionalId = reader.readString("transactionalId", compact: isFlexible)
            self.producerId = reader.readInt64("producerId")
            self.transactionState = reader.readString("transactionState", compact: isFlexible)
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.transactionalId, compact: isFlexible)
            buffer.write(self.producerId)
            buffer.write(self.transactionState, compact: isFlexible)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 11 }
    }
}

