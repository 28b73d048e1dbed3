// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct DescribeGroupsRequest: KafkaMessage {
    package static let apiKey = APIKey.describeGroups
    package static let versions: ClosedRange<Int16> = 0...6
    package static let firstFlexibleVersion: Int16 = 5

    package static let firstVersionWithIncludeAuthorizedOperations: Int16 = 3

    package var groups: [String] = []
    package var includeAuthorizedOperations: Bool = false
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 5
        if let count = reader.readCount("groups", compact: isFlexible, minimumBytes: 1) {
            var elements: [String] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<String>.stride))
            for index in 0..<count {
                elements.append(reader.readString("groups", at: index, compact: isFlexible))
                if reader.isFailed { break }
            }
            self.groups = elements
        }
        if version >= 3 {
            self.includeAuthorizedOperations = reader.readBool("includeAuthorizedOperations")
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 5
        buffer.writeCount(self.groups.count, compact: isFlexible)
        for element in self.groups {
            buffer.write(element, compact: isFlexible)
        }
        if version >= 3 {
            buffer.write(self.includeAuthorizedOperations)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 3 }
}

package struct DescribeGroupsResponse: KafkaMessage {
    package static let apiKey = APIKey.describeGroups
    package static let versions: ClosedRange<Int16> = 0...6
    package static let firstFlexibleVersion: Int16 = 5

    package static let firstVersionWithThrottleTimeMs: Int16 = 1

    package var throttleTimeMs: Int32 = 0
    package var groups: [DescribedGroup] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 5
        if version >= 1 {
            self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        }
        if let count = reader.readCount("groups", compact: isFlexible, minimumBytes: DescribedGroup.minimumBytes) {
            var elements: [DescribedGroup] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DescribedGroup>.stride))
            for index in 0..<count {
                elements.append(DescribedGroup(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("groups", at: index)
                    break
                }
            }
            self.groups = elements
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 5
        if version >= 1 {
            buffer.write(self.throttleTimeMs)
        }
        buffer.writeCount(self.groups.count, compact: isFlexible)
        for element in self.groups {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 4 }

    package struct DescribedGroup: KafkaStructure {
        package static let firstVersionWithErrorMessage: Int16 = 6
        package static let firstVersionWithAuthorizedOperations: Int16 = 3

        package var errorCode: Int16 = 0
        package var errorMessage: String? = nil
        package var groupId: String = ""
        package var groupState: String = ""
        package var protocolType: String = ""
        package var protocolData: String = ""
        package var members: [DescribedGroupMember] = []
        package var authorizedOperations: Int32 = -2147483648
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 5
            self.errorCode = reader.readInt16("errorCode")
            if version >= 6 {
                self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
            }
            self.groupId = reader.readString("groupId", compact: isFlexible)
            self.groupState = reader.readString("groupState", compact: isFlexible)
            self.protocolType = reader.readString("protocolType", compact: isFlexible)
            self.protocolData = reader.readString("protocolData", compact: isFlexible)
            if let count = reader.readCount("members", compact: isFlexible, minimumBytes: DescribedGroupMember.minimumBytes) {
                var elements: [DescribedGroupMember] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DescribedGroupMember>.stride))
                for index in 0..<count {
                    elements.append(DescribedGroupMember(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("members", at: index)
                        break
                    }
                }
                self.members = elements
            }
            if version >= 3 {
                self.authorizedOperations = reader.readInt32("authorizedOperations")
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 5
            buffer.write(self.errorCode)
            if version >= 6 {
                buffer.write(self.errorMessage, compact: isFlexible)
            }
            buffer.write(self.groupId, compact: isFlexible)
            buffer.write(self.groupState, compact: isFlexible)
            buffer.write(self.protocolType, compact: isFlexible)
            buffer.write(self.protocolData, compact: isFlexible)
            buffer.writeCount(self.members.count, compact: isFlexible)
            for element in self.members {
                element.encode(into: &buffer, version: version)
            }
            if version >= 3 {
                buffer.write(self.authorizedOperations)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 12 }
    }

    package struct DescribedGroupMember: KafkaStructure {
        package static let firstVersionWithGroupInstanceId: Int16 = 4

        package var memberId: String = ""
        package var groupInstanceId: String? = nil
        package var clientId: String = ""
        package var clientHost: String = ""
        package var memberMetadata: ByteBuffer = ByteBuffer()
        package var memberAssignment: ByteBuffer = ByteBuffer()
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 5
            self.memberId = reader.readString("memberId", compact: isFlexible)
            if version >= 4 {
                self.groupInstanceId = reader.readNullableString("groupInstanceId", compact: isFlexible)
            }
            self.clientId = reader.readString("clientId", compact: isFlexible)
            self.clientHost = reader.readString("clientHost", compact: isFlexible)
            self.memberMetadata = reader.readBytes("memberMetadata", compact: isFlexible)
            self.memberAssignment = reader.readBytes("memberAssignment", compact: isFlexible)
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 5
            buffer.write(self.memberId, compact: isFlexible)
            if version >= 4 {
                buffer.write(self.groupInstanceId, compact: isFlexible)
            }
            buffer.write(self.clientId, compact: isFlexible)
            buffer.write(self.clientHost, compact: isFlexible)
            buffer.write(self.memberMetadata, compact: isFlexible)
            buffer.write(self.memberAssignment, compact: isFlexible)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 7 }
    }
}

