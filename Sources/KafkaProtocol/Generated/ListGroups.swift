// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct ListGroupsRequest: KafkaMessage {
    package static let apiKey = APIKey.listGroups
    package static let versions: ClosedRange<Int16> = 0...5
    package static let firstFlexibleVersion: Int16 = 3

    package static let firstVersionWithStatesFilter: Int16 = 4
    package static let firstVersionWithTypesFilter: Int16 = 5

    package var statesFilter: [String] = []
    package var typesFilter: [String] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 3
        if version >= 4 {
            if let count = reader.readCount("statesFilter", compact: isFlexible, minimumBytes: 1) {
                var elements: [String] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<String>.stride))
                for index in 0..<count {
                    elements.append(reader.readString("statesFilter", at: index, compact: isFlexible))
                    if reader.isFailed { break }
                }
                self.statesFilter = elements
            }
        }
        if version >= 5 {
            if let count = reader.readCount("typesFilter", compact: isFlexible, minimumBytes: 1) {
                var elements: [String] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<String>.stride))
                for index in 0..<count {
                    elements.append(reader.readString("typesFilter", at: index, compact: isFlexible))
                    if reader.isFailed { break }
                }
                self.typesFilter = elements
            }
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 3
        if version >= 4 {
            buffer.writeCount(self.statesFilter.count, compact: isFlexible)
            for element in self.statesFilter {
                buffer.write(element, compact: isFlexible)
            }
        }
        if version >= 5 {
            buffer.writeCount(self.typesFilter.count, compact: isFlexible)
            for element in self.typesFilter {
                buffer.write(element, compact: isFlexible)
            }
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 1 }
}

package struct ListGroupsResponse: KafkaMessage {
    package static let apiKey = APIKey.listGroups
    package static let versions: ClosedRange<Int16> = 0...5
    package static let firstFlexibleVersion: Int16 = 3

    package static let firstVersionWithThrottleTimeMs: Int16 = 1

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var groups: [ListedGroup] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 3
        if version >= 1 {
            self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        }
        self.errorCode = reader.readInt16("errorCode")
        if let count = reader.readCount("groups", compact: isFlexible, minimumBytes: ListedGroup.minimumBytes) {
            var elements: [ListedGroup] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<ListedGroup>.stride))
            for index in 0..<count {
                elements.append(ListedGroup(reading: &reader, version: version))
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
        let isFlexible = version >= 3
        if version >= 1 {
            buffer.write(self.throttleTimeMs)
        }
        buffer.write(self.errorCode)
        buffer.writeCount(self.groups.count, compact: isFlexible)
        for element in self.groups {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct ListedGroup: KafkaStructure {
        package static let firstVersionWithGroupState: Int16 = 4
        package static let firstVersionWithGroupType: Int16 = 5

        package var groupId: String = ""
        package var protocolType: String = ""
        package var groupState: String = ""
        package var groupType: String = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 3
            self.groupId = reader.readString("groupId", compact: isFlexible)
            self.protocolType = reader.readString("protocolType", compact: isFlexible)
            if version >= 4 {
                self.groupState = reader.readString("groupState", compact: isFlexible)
            }
            if version >= 5 {
                self.groupType = reader.readString("groupType", compact: isFlexible)
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 3
            buffer.write(self.groupId, compact: isFlexible)
            buffer.write(self.protocolType, compact: isFlexible)
            if version >= 4 {
                buffer.write(self.groupState, compact: isFlexible)
            }
            if version >= 5 {
                buffer.write(self.groupType, compact: isFlexible)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }
}

