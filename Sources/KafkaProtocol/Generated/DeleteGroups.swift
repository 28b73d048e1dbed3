// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct DeleteGroupsRequest: KafkaMessage {
    package static let apiKey = APIKey.deleteGroups
    package static let versions: ClosedRange<Int16> = 0...2
    package static let firstFlexibleVersion: Int16 = 2

    package var groupsNames: [String] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        if let count = reader.readCount("groupsNames", compact: isFlexible, minimumBytes: 1) {
            var elements: [String] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<String>.stride))
            for index in 0..<count {
                elements.append(reader.readString("groupsNames", at: index, compact: isFlexible))
                if reader.isFailed { break }
            }
            self.groupsNames = elements
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 2
        buffer.writeCount(self.groupsNames.count, compact: isFlexible)
        for element in self.groupsNames {
            buffer.write(element, compact: isFlexible)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 2 }
}

package struct DeleteGroupsResponse: KafkaMessage {
    package static let apiKey = APIKey.deleteGroups
    package static let versions: ClosedRange<Int16> = 0...2
    package static let firstFlexibleVersion: Int16 = 2

    package var throttleTimeMs: Int32 = 0
    package var results: [DeletableGroupResult] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if let count = reader.readCount("results", compact: isFlexible, minimumBytes: DeletableGroupResult.minimumBytes) {
            var elements: [DeletableGroupResult] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DeletableGroupResult>.stride))
            for index in 0..<count {
                elements.append(DeletableGroupResult(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("results", at: index)
                    break
                }
            }
            self.results = elements
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 2
        buffer.write(self.throttleTimeMs)
        buffer.writeCount(self.results.count, compact: isFlexible)
        for element in self.results {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct DeletableGroupResult: KafkaStructure {
        package var groupId: String = ""
        package var errorCode: Int16 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.groupId = reader.readString("groupId", compact: isFlexible)
            self.errorCode = reader.readInt16("errorCode")
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 2
            buffer.write(self.groupId, compact: isFlexible)
            buffer.write(self.errorCode)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 4 }
    }
}

