// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct AddRaftVoterRequest: KafkaMessage {
    package static let apiKey = APIKey.addRaftVoter
    package static let versions: ClosedRange<Int16> = 0...1
    package static let firstFlexibleVersion: Int16 = 0

    package static let firstVersionWithAckWhenCommitted: Int16 = 1

    package var clusterId: String? = ""
    package var timeoutMs: Int32 = 0
    package var voterId: Int32 = 0
    package var voterDirectoryId: KafkaUUID = .zero
    package var listeners: [Listener] = []
    package var ackWhenCommitted: Bool = true
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.clusterId = reader.readNullableString("clusterId", compact: isFlexible)
        self.timeoutMs = reader.readInt32("timeoutMs")
        self.voterId = reader.readInt32("voterId")
        self.voterDirectoryId = reader.readUUID("voterDirectoryId")
        if let count = reader.readCount("listeners", compact: isFlexible, minimumBytes: Listener.minimumBytes) {
            var elements: [Listener] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Listener>.stride))
            for index in 0..<count {
                elements.append(Listener(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("listeners", at: index)
                    break
                }
            }
            self.listeners = elements
        }
        if version >= 1 {
            self.ackWhenCommitted = reader.readBool("ackWhenCommitted")
        }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.clusterId, compact: isFlexible)
        buffer.write(self.timeoutMs)
        buffer.write(self.voterId)
        buffer.write(self.voterDirectoryId)
        buffer.writeCount(self.listeners.count, compact: isFlexible)
        for element in self.listeners {
            element.encode(into: &buffer, version: version)
        }
        if version >= 1 {
            buffer.write(self.ackWhenCommitted)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 27 }

    package struct Listener: KafkaStructure {
        package var name: String = ""
        package var host: String = ""
        package var port: UInt16 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.name = reader.readString("name", compact: isFlexible)
            self.host = reader.readString("host", compact: isFlexible)
            self.port = reader.readUInt16("port")
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.name, compact: isFlexible)
            buffer.write(self.host, compact: isFlexible)
            buffer.write(self.port)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 5 }
    }
}

package struct AddRaftVoterResponse: KafkaMessage {
    package static let apiKey = APIKey.addRaftVoter
    package static let versions: ClosedRange<Int16> = 0...1
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

