// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct DeleteAclsRequest: KafkaMessage {
    package static let apiKey = APIKey.deleteAcls
    package static let versions: ClosedRange<Int16> = 1...3
    package static let firstFlexibleVersion: Int16 = 2

    package var filters: [DeleteAclsFilter] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        if let count = reader.readCount("filters", compact: isFlexible, minimumBytes: DeleteAclsFilter.minimumBytes) {
            var elements: [DeleteAclsFilter] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DeleteAclsFilter>.stride))
            for index in 0..<count {
                elements.append(DeleteAclsFilter(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("filters", at: index)
                    break
                }
            }
            self.filters = elements
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 2
        buffer.writeCount(self.filters.count, compact: isFlexible)
        for element in self.filters {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 2 }

    package struct DeleteAclsFilter: KafkaStructure {
        package var resourceTypeFilter: Int8 = 0
        package var resourceNameFilter: String? = ""
        package var patternTypeFilter: Int8 = 3
        package var principalFilter: String? = ""
        package var hostFilter: String? = ""
        package var operation: Int8 = 0
        package var permissionType: Int8 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.resourceTypeFilter = reader.readInt8("resourceTypeFilter")
            self.resourceNameFilter = reader.readNullableString("resourceNameFilter", compact: isFlexible)
            self.patternTypeFilter = reader.readInt8("patternTypeFilter")
            self.principalFilter = reader.readNullableString("principalFilter", compact: isFlexible)
            self.hostFilter = reader.readNullableString("hostFilter", compact: isFlexible)
            self.operation = reader.readInt8("operation")
            self.permissionType = reader.readInt8("permissionType")
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 2
            buffer.write(self.resourceTypeFilter)
            buffer.write(self.resourceNameFilter, compact: isFlexible)
            buffer.write(self.patternTypeFilter)
            buffer.write(self.principalFilter, compact: isFlexible)
            buffer.write(self.hostFilter, compact: isFlexible)
            buffer.write(self.operation)
            buffer.write(self.permissionType)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 8 }
    }
}

package struct DeleteAclsResponse: KafkaMessage {
    package static let apiKey = APIKey.deleteAcls
    package static let versions: ClosedRange<Int16> = 1...3
    package static let firstFlexibleVersion: Int16 = 2

    package var throttleTimeMs: Int32 = 0
    package var filterResults: [DeleteAclsFilterResult] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if let count = reader.readCount("filterResults", compact: isFlexible, minimumBytes: DeleteAclsFilterResult.minimumBytes) {
            var elements: [DeleteAclsFilterResult] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DeleteAclsFilterResult>.stride))
            for index in 0..<count {
                elements.append(DeleteAclsFilterResult(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("filterResults", at: index)
                    break
                }
            }
            self.filterResults = elements
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 2
        buffer.write(self.throttleTimeMs)
        buffer.writeCount(self.filterResults.count, compact: isFlexible)
        for element in self.filterResults {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct DeleteAclsFilterResult: KafkaStructure {
        package var errorCode: Int16 = 0
        package var errorMessage: String? = ""
        package var matchingAcls: [DeleteAclsMatchingAcl] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.errorCode = reader.readInt16("errorCode")
            self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
            if let count = reader.readCount("matchingAcls", compact: isFlexible, minimumBytes: DeleteAclsMatchingAcl.minimumBytes) {
                var elements: [DeleteAclsMatchingAcl] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DeleteAclsMatchingAcl>.stride))
                for index in 0..<count {
                    elements.append(DeleteAclsMatchingAcl(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("matchingAcls", at: index)
                        break
                    }
                }
                self.matchingAcls = elements
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 2
            buffer.write(self.errorCode)
            buffer.write(self.errorMessage, compact: isFlexible)
            buffer.writeCount(self.matchingAcls.count, compact: isFlexible)
            for element in self.matchingAcls {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 5 }
    }

    package struct DeleteAclsMatchingAcl: KafkaStructure {
        package var errorCode: Int16 = 0
        package var errorMessage: String? = ""
        package var resourceType: Int8 = 0
        package var resourceName: String = ""
        package var patternType: Int8 = 3
        package var principal: String = ""
        package var host: String = ""
        package var operation: Int8 = 0
        package var permissionType: Int8 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.errorCode = reader.readInt16("errorCode")
            self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
            self.resourceType = reader.readInt8("resourceType")
            self.resourceName = reader.readString("resourceName", compact: isFlexible)
            self.patternType = reader.readInt8("patternType")
            self.principal = reader.readString("principal", compact: isFlexible)
            self.host = reader.readString("host", compact: isFlexible)
            self.operation = reader.readInt8("operation")
            self.permissionType = reader.readInt8("permissionType")
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 2
            buffer.write(self.errorCode)
            buffer.write(self.errorMessage, compact: isFlexible)
            buffer.write(self.resourceType)
            buffer.write(self.resourceName, compact: isFlexible)
            buffer.write(self.patternType)
            buffer.write(self.principal, compact: isFlexible)
            buffer.write(self.host, compact: isFlexible)
            buffer.write(self.operation)
            buffer.write(self.permissionType)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 11 }
    }
}

