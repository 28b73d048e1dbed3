// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct JoinGroupRequest: KafkaMessage {
    package static let apiKey = APIKey.joinGroup
    package static let versions: ClosedRange<Int16> = 0...9
    package static let firstFlexibleVersion: Int16 = 6

    package static let firstVersionWithRebalanceTimeoutMs: Int16 = 1
    package static let firstVersionWithGroupInstanceId: Int16 = 5
    package static let firstVersionWithReason: Int16 = 8

    package var groupId: String = ""
    package var sessionTimeoutMs: Int32 = 0
    package var rebalanceTimeoutMs: Int32 = -1
    package var memberId: String = ""
    package var groupInstanceId: String? = nil
    package var protocolType: String = ""
    package var protocols: [JoinGroupRequestProtocol] = []
    package var reason: String? = nil
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 6
        self.groupId = reader.readString("groupId", compact: isFlexible)
        self.sessionTimeoutMs = reader.readInt32("sessionTimeoutMs")
        if version >= 1 {
            self.rebalanceTimeoutMs = reader.readInt32("rebalanceTimeoutMs")
        }
        self.memberId = reader.readString("memberId", compact: isFlexible)
        if version >= 5 {
            self.groupInstanceId = reader.readNullableString("groupInstanceId", compact: isFlexible)
        }
        self.protocolType = reader.readString("protocolType", compact: isFlexible)
        if let count = reader.readCount("protocols", compact: isFlexible, minimumBytes: JoinGroupRequestProtocol.minimumBytes) {
            var elements: [JoinGroupRequestProtocol] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<JoinGroupRequestProtocol>.stride))
            for index in 0..<count {
                elements.append(JoinGroupRequestProtocol(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("protocols", at: index)
                    break
                }
            }
            self.protocols = elements
        }
        if version >= 8 {
            self.reason = reader.readNullableString("reason", compact: isFlexible)
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 6
        buffer.write(self.groupId, compact: isFlexible)
        buffer.write(self.sessionTimeoutMs)
        if version >= 1 {
            buffer.write(self.rebalanceTimeoutMs)
        }
        buffer.write(self.memberId, compact: isFlexible)
        if version >= 5 {
            buffer.write(self.groupInstanceId, compact: isFlexible)
        }
        buffer.write(self.protocolType, compact: isFlexible)
        buffer.writeCount(self.protocols.count, compact: isFlexible)
        for element in self.protocols {
            element.encode(into: &buffer, version: version)
        }
        if version >= 8 {
            buffer.write(self.reason, compact: isFlexible)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 14 }

    package struct JoinGroupRequestProtocol: KafkaStructure {
        package var name: String = ""
        package var metadata: ByteBuffer = ByteBuffer()
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 6
            self.name = reader.readString("name", compact: isFlexible)
            self.metadata = reader.readBytes("metadata", compact: isFlexible)
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 6
            buffer.write(self.name, compact: isFlexible)
            buffer.write(self.metadata, compact: isFlexible)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }
}

package struct JoinGroupResponse: KafkaMessage {
    package static let apiKey = APIKey.joinGroup
    package static let versions: ClosedRange<Int16> = 0...9
    package static let firstFlexibleVersion: Int16 = 6

    package static let firstVersionWithThrottleTimeMs: Int16 = 2
    package static let firstVersionWithProtocolType: Int16 = 7
    package static let firstVersionWithSkipAssignment: Int16 = 9

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var generationId: Int32 = -1
    package var protocolType: String? = nil
    package var protocolName: String? = ""
    package var leader: String = ""
    package var skipAssignment: Bool = false
    package var memberId: String = ""
    package var members: [JoinGroupResponseMember] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 6
        if version >= 2 {
            self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        }
        self.errorCode = reader.readInt16("errorCode")
        self.generationId = reader.readInt32("generationId")
        if version >= 7 {
            self.protocolType = reader.readNullableString("protocolType", compact: isFlexible)
        }
        self.protocolName = reader.readNullableString("protocolName", compact: isFlexible, nullable: version >= 7)
        self.leader = reader.readString("leader", compact: isFlexible)
        if version >= 9 {
            self.skipAssignment = reader.readBool("skipAssignment")
        }
        self.memberId = reader.readString("memberId", compact: isFlexible)
        if let count = reader.readCount("members", compact: isFlexible, minimumBytes: JoinGroupResponseMember.minimumBytes) {
            var elements: [JoinGroupResponseMember] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<JoinGroupResponseMember>.stride))
            for index in 0..<count {
                elements.append(JoinGroupResponseMember(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("members", at: index)
                    break
                }
            }
            self.members = elements
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 6
        if version >= 2 {
            buffer.write(self.throttleTimeMs)
        }
        buffer.write(self.errorCode)
        buffer.write(self.generationId)
        if version >= 7 {
            buffer.write(self.protocolType, compact: isFlexible)
        }
        buffer.write(self.protocolName, compact: isFlexible, nullable: version >= 7)
        buffer.write(self.leader, compact: isFlexible)
        if version >= 9 {
            buffer.write(self.skipAssignment)
        }
        buffer.write(self.memberId, compact: isFlexible)
        buffer.writeCount(self.members.count, compact: isFlexible)
        for element in self.members {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 15 }

    package struct JoinGroupResponseMember: KafkaStructure {
        package static let firstVersionWithGroupInstanceId: Int16 = 5

        package var memberId: String = ""
        package var groupInstanceId: String? = nil
        package var metadata: ByteBuffer = ByteBuffer()
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 6
            self.memberId = reader.readString("memberId", compact: isFlexible)
            if version >= 5 {
                self.groupInstanceId = reader.readNullableString("groupInstanceId", compact: isFlexible)
            }
            self.metadata = reader.readBytes("metadata", compact: isFlexible)
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 6
            buffer.write(self.memberId, compact: isFlexible)
            if version >= 5 {
                buffer.write(self.groupInstanceId, compact: isFlexible)
            }
            buffer.write(self.metadata, compact: isFlexible)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 4 }
    }
}

