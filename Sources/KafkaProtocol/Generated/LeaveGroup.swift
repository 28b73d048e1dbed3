// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct LeaveGroupRequest: KafkaMessage {
    package static let apiKey = APIKey.leaveGroup
    package static let versions: ClosedRange<Int16> = 0...5
    package static let firstFlexibleVersion: Int16 = 4

    package static let firstVersionWithMembers: Int16 = 3

    package var groupId: String = ""
    package var memberId: String = ""
    package var members: [MemberIdentity] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 4
        self.groupId = reader.readString("groupId", compact: isFlexible)
        if version <= 2 {
            self.memberId = reader.readString("memberId", compact: isFlexible)
        }
        if version >= 3 {
            if let count = reader.readCount("members", compact: isFlexible, minimumBytes: MemberIdentity.minimumBytes) {
                var elements: [MemberIdentity] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<MemberIdentity>.stride))
                for index in 0..<count {
                    elements.append(MemberIdentity(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("members", at: index)
                        break
                    }
                }
                self.members = elements
            }
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 4
        buffer.write(self.groupId, compact: isFlexible)
        if version <= 2 {
            buffer.write(self.memberId, compact: isFlexible)
        }
        if version >= 3 {
            buffer.writeCount(self.members.count, compact: isFlexible)
            for element in self.members {
                element.encode(into: &buffer, version: version)
            }
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 3 }

    package struct MemberIdentity: KafkaStructure {
        package static let firstVersionWithReason: Int16 = 5

        package var memberId: String = ""
        package var groupInstanceId: String? = nil
        package var reason: String? = nil
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 4
            if version >= 3 {
                self.memberId = reader.readString("memberId", compact: isFlexible)
            }
            if version >= 3 {
                self.groupInstanceId = reader.readNullableString("groupInstanceId", compact: isFlexible)
            }
            if version >= 5 {
                self.reason = reader.readNullableString("reason", compact: isFlexible)
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 4
            if version >= 3 {
                buffer.write(self.memberId, compact: isFlexible)
            }
            if version >= 3 {
                buffer.write(self.groupInstanceId, compact: isFlexible)
            }
            if version >= 5 {
                buffer.write(self.reason, compact: isFlexible)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }
}

package struct LeaveGroupResponse: KafkaMessage {
    package static let apiKey = APIKey.leaveGroup
    package static let versions: ClosedRange<Int16> = 0...5
    package static let firstFlexibleVersion: Int16 = 4

    package static let firstVersionWithThrottleTimeMs: Int16 = 1
    package static let firstVersionWithMembers: Int16 = 3

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var members: [MemberResponse] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 4
        if version >= 1 {
            self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        }
        self.errorCode = reader.readInt16("errorCode")
        if version >= 3 {
            if let count = reader.readCount("members", compact: isFlexible, minimumBytes: MemberResponse.minimumBytes) {
                var elements: [MemberResponse] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<MemberResponse>.stride))
                for index in 0..<count {
                    elements.append(MemberResponse(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("members", at: index)
                        break
                    }
                }
                self.members = elements
            }
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 4
        if version >= 1 {
            buffer.write(self.throttleTimeMs)
        }
        buffer.write(self.errorCode)
        if version >= 3 {
            buffer.writeCount(self.members.count, compact: isFlexible)
            for element in self.members {
                element.encode(into: &buffer, version: version)
            }
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 2 }

    package struct MemberResponse: KafkaStructure {
        package var memberId: String = ""
        package var groupInstanceId: String? = ""
        package var errorCode: Int16 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 4
            if version >= 3 {
                self.memberId = reader.readString("memberId", compact: isFlexible)
            }
            if version >= 3 {
                self.groupInstanceId = reader.readNullableString("groupInstanceId", compact: isFlexible)
            }
            if version >= 3 {
                self.errorCode = reader.readInt16("errorCode")
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 4
            if version >= 3 {
                buffer.write(self.memberId, compact: isFlexible)
            }
            if version >= 3 {
                buffer.write(self.groupInstanceId, compact: isFlexible)
            }
            if version >= 3 {
                buffer.write(self.errorCode)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 5 }
    }
}

