// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct SyncGroupRequest: KafkaMessage {
    package static let apiKey = APIKey.syncGroup
    package static let versions: ClosedRange<Int16> = 0...5
    package static let firstFlexibleVersion: Int16 = 4

    package static let firstVersionWithGroupInstanceId: Int16 = 3
    package static let firstVersionWithProtocolType: Int16 = 5
    package static let firstVersionWithProtocolName: Int16 = 5

    package var groupId: String = ""
    package var generationId: Int32 = 0
    package var memberId: String = ""
    package var groupInstanceId: String? = nil
    package var protocolType: String? = nil
    package var protocolName: String? = nil
    package var assignments: [SyncGroupRequestAssignment] = []
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
        if version >= 5 {
            self.protocolType = reader.readNullableString("protocolType", compact: isFlexible)
        }
        if version >= 5 {
            self.protocolName = reader.readNullableString("protocolName", compact: isFlexible)
        }
        if let count = reader.readCount("assignments", compact: isFlexible, minimumBytes: SyncGroupRequestAssignment.minimumBytes) {
            var elements: [SyncGroupRequestAssignment] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<SyncGroupRequestAssignment>.stride))
            for index in 0..<count {
                elements.append(SyncGroupRequestAssignment(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("assignments", at: index)
                    break
                }
            }
            self.assignments = elements
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
        if version >= 5 {
            buffer.write(self.protocolType, compact: isFlexible)
        }
        if version >= 5 {
            buffer.write(self.protocolName, compact: isFlexible)
        }
        buffer.writeCount(self.assignments.count, compact: isFlexible)
        for element in self.assignments {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 9 }

    package struct SyncGroupRequestAssignment: KafkaStructure {
        package var memberId: String = ""
        package var assignment: ByteBuffer = ByteBuffer()
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 4
            self.memberId = reader.readString("memberId", compact: isFlexible)
            self.assignment = reader.readBytes("assignment", compact: isFlexible)
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 4
            buffer.write(self.memberId, compact: isFlexible)
            buffer.write(self.assignment, compact: isFlexible)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }
}

package struct SyncGroupResponse: KafkaMessage {
    package static let apiKey = APIKey.syncGroup
    package static let versions: ClosedRange<Int16> = 0...5
    package static let firstFlexibleVersion: Int16 = 4

    package static let firstVersionWithThrottleTimeMs: Int16 = 1
    package static let firstVersionWithProtocolType: Int16 = 5
    package static let firstVersionWithProtocolName: Int16 = 5

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var protocolType: String? = nil
    package var protocolName: String? = nil
    package var assignment: ByteBuffer = ByteBuffer()
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 4
        if version >= 1 {
            self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        }
        self.errorCode = reader.readInt16("errorCode")
        if version >= 5 {
            self.protocolType = reader.readNullableString("protocolType", compact: isFlexible)
        }
        if version >= 5 {
            self.protocolName = reader.readNullableString("protocolName", compact: isFlexible)
        }
        self.assignment = reader.readBytes("assignment", compact: isFlexible)
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 4
        if version >= 1 {
            buffer.write(self.throttleTimeMs)
        }
        buffer.write(self.errorCode)
        if version >= 5 {
            buffer.write(self.protocolType, compact: isFlexible)
        }
        if version >= 5 {
            buffer.write(self.protocolName, compact: isFlexible)
        }
        buffer.write(self.assignment, compact: isFlexible)
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }
}

