// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct FindCoordinatorRequest: KafkaMessage {
    package static let apiKey = APIKey.findCoordinator
    package static let versions: ClosedRange<Int16> = 0...6
    package static let firstFlexibleVersion: Int16 = 3

    package static let firstVersionWithKeyType: Int16 = 1
    package static let firstVersionWithCoordinatorKeys: Int16 = 4

    package var key: String = ""
    package var keyType: Int8 = 0
    package var coordinatorKeys: [String] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 3
        if version <= 3 {
            self.key = reader.readString("key", compact: isFlexible)
        }
        if version >= 1 {
            self.keyType = reader.readInt8("keyType")
        }
        if version >= 4 {
            if let count = reader.readCount("coordinatorKeys", compact: isFlexible, minimumBytes: 1) {
                var elements: [String] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<String>.stride))
                for index in 0..<count {
                    elements.append(reader.readString("coordinatorKeys", at: index, compact: isFlexible))
                    if reader.isFailed { break }
                }
                self.coordinatorKeys = elements
            }
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 3
        if version <= 3 {
            buffer.write(self.key, compact: isFlexible)
        }
        if version >= 1 {
            buffer.write(self.keyType)
        }
        if version >= 4 {
            buffer.writeCount(self.coordinatorKeys.count, compact: isFlexible)
            for element in self.coordinatorKeys {
                buffer.write(element, compact: isFlexible)
            }
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 2 }
}

package struct FindCoordinatorResponse: KafkaMessage {
    package static let apiKey = APIKey.findCoordinator
    package static let versions: ClosedRange<Int16> = 0...6
    package static let firstFlexibleVersion: Int16 = 3

    package static let firstVersionWithThrottleTimeMs: Int16 = 1
    package static let firstVersionWithErrorMessage: Int16 = 1
    package static let firstVersionWithCoordinators: Int16 = 4

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var errorMessage: String? = ""
    package var nodeId: Int32 = 0
    package var host: String = ""
    package var port: Int32 = 0
    package var coordinators: [Coordinator] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 3
        if version >= 1 {
            self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        }
        if version <= 3 {
            self.errorCode = reader.readInt16("errorCode")
        }
        if version >= 1 && version <= 3 {
            self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
        }
        if version <= 3 {
            self.nodeId = reader.readInt32("nodeId")
        }
        if version <= 3 {
            self.host = reader.readString("host", compact: isFlexible)
        }
        if version <= 3 {
            self.port = reader.readInt32("port")
        }
        if version >= 4 {
            if let count = reader.readCount("coordinators", compact: isFlexible, minimumBytes: Coordinator.minimumBytes) {
                var elements: [Coordinator] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Coordinator>.stride))
                for index in 0..<count {
                    elements.append(Coordinator(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("coordinators", at: index)
                        break
                    }
                }
                self.coordinators = elements
            }
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 3
        if version >= 1 {
            buffer.write(self.throttleTimeMs)
        }
        if version <= 3 {
            buffer.write(self.errorCode)
        }
        if version >= 1 && version <= 3 {
            buffer.write(self.errorMessage, compact: isFlexible)
        }
        if version <= 3 {
            buffer.write(self.nodeId)
        }
        if version <= 3 {
            buffer.write(self.host, compact: isFlexible)
        }
        if version <= 3 {
            buffer.write(self.port)
        }
        if version >= 4 {
            buffer.writeCount(self.coordinators.count, compact: isFlexible)
            for element in self.coordinators {
                element.encode(into: &buffer, version: version)
            }
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct Coordinator: KafkaStructure {
        package var key: String = ""
        package var nodeId: Int32 = 0
        package var host: String = ""
        package var port: Int32 = 0
        package var errorCode: Int16 = 0
        package var errorMessage: String? = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 3
            if version >= 4 {
                self.key = reader.readString("key", compact: isFlexible)
            }
            if version >= 4 {
                self.nodeId = reader.readInt32("nodeId")
            }
            if version >= 4 {
                self.host = reader.readString("host", compact: isFlexible)
            }
            if version >= 4 {
                self.port = reader.readInt32("port")
            }
            if version >= 4 {
                self.errorCode = reader.readInt16("errorCode")
            }
            if version >= 4 {
                self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 3
            if version >= 4 {
                buffer.write(self.key, compact: isFlexible)
            }
            if version >= 4 {
                buffer.write(self.nodeId)
            }
            if version >= 4 {
                buffer.write(self.host, compact: isFlexible)
            }
            if version >= 4 {
                buffer.write(self.port)
            }
            if version >= 4 {
                buffer.write(self.errorCode)
            }
            if version >= 4 {
                buffer.write(self.errorMessage, compact: isFlexible)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 14 }
    }
}

