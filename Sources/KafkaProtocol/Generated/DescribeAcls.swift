// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct DescribeAclsRequest: KafkaMessage {
    package static let apiKey = APIKey.describeAcls
    package static let versions: ClosedRange<Int16> = 1...3
    package static let firstFlexibleVersion: Int16 = 2

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

package struct DescribeAclsResponse: KafkaMessage {
    package static let apiKey = APIKey.describeAcls
    package static let versions: ClosedRange<Int16> = 1...3
    package static let firstFlexibleVersion: Int16 = 2

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var errorMessage: String? = ""
    package var resources: [DescribeAclsResource] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        self.errorCode = reader.readInt16("errorCode")
        self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
        if let count = reader.readCount("resources", compact: isFlexible, minimumBytes: DescribeAclsResource.minimumBytes) {
            var elements: [DescribeAclsResource] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DescribeAclsResource>.stride))
            for index in 0..<count {
                elements.append(DescribeAclsResource(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("resources", at: index)
                    break
                }
            }
            self.resources = elements
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 2
        buffer.write(self.throttleTimeMs)
        buffer.write(self.errorCode)
        buffer.write(self.errorMessage, compact: isFlexible)
        buffer.writeCount(self.resources.count, compact: isFlexible)
        for element in self.resources {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 9 }

    package struct DescribeAclsResource: KafkaStructure {
        package var resourceType: Int8 = 0
        package var resourceName: String = ""
        package var patternType: Int8 = 3
        package var acls: [AclDescription] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.resourceType = reader.readInt8("resourceType")
            self.resourceName = reader.readString("resourceName", compact: isFlexible)
            self.patternType = reader.readInt8("patternType")
            if let count = reader.readCount("acls", compact: isFlexible, minimumBytes: AclDescription.minimumBytes) {
                var elements: [AclDescription] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<AclDescription>.stride))
                for index in 0..<count {
                    elements.append(AclDescription(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("acls", at: index)
                        break
                    }
                }
                self.acls = elements
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 2
            buffer.write(self.resourceType)
            buffer.write(self.resourceName, compact: isFlexible)
            buffer.write(self.patternType)
            buffer.writeCount(self.acls.count, compact: isFlexible)
            for element in self.acls {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 5 }
    }

    package struct AclDescription: KafkaStructure {
        package var principal: String = ""
        package var host: String = ""
        package var operation: Int8 = 0
        package var permissionType: Int8 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.principal = reader.readString("principal", compact: isFlexible)
            self.host = reader.readString("host", compact: isFlexible)
            self.operation = reader.readInt8("operation")
            self.permissionType = reader.readInt8("permissionType")
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 2
            buffer.write(self.principal, compact: isFlexible)
            buffer.write(self.host, compact: isFlexible)
            buffer.write(self.operation)
            buffer.write(self.permissionType)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 5 }
    }
}

