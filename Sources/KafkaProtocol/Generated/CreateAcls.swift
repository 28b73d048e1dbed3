// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct CreateAclsRequest: KafkaMessage {
    package static let apiKey = APIKey.createAcls
    package static let versions: ClosedRange<Int16> = 1...3
    package static let firstFlexibleVersion: Int16 = 2

    package var creations: [AclCreation] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        if let count = reader.readCount("creations", compact: isFlexible, minimumBytes: AclCreation.minimumBytes) {
            var elements: [AclCreation] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<AclCreation>.stride))
            for index in 0..<count {
                elements.append(AclCreation(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("creations", at: index)
                    break
                }
            }
            self.creations = elements
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 2
        buffer.writeCount(self.creations.count, compact: isFlexible)
        for element in self.creations {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 2 }

    package struct AclCreation: KafkaStructure {
        package var resourceType: Int8 = 0
        package var resourceName: String = ""
        package var resourcePatternType: Int8 = 3
        package var principal: String = ""
        package var host: String = ""
        package var operation: Int8 = 0
        package var permissionType: Int8 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.resourceType = reader.readInt8("resourceType")
            self.resourceName = reader.readString("resourceName", compact: isFlexible)
            self.resourcePatternType = reader.readInt8("resourcePatternType")
            self.principal = reader.readString("principal", compact: isFlexible)
            self.host = reader.readString("host", compact: isFlexible)
            self.operation = reader.readInt8("operation")
            self.permissionType = reader.readInt8("permissionType")
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 2
            buffer.write(self.resourceType)
            buffer.write(self.resourceName, compact: isFlexible)
            buffer.write(self.resourcePatternType)
            buffer.write(self.principal, compact: isFlexible)
            buffer.write(self.host, compact: isFlexible)
            buffer.write(self.operation)
            buffer.write(self.permissionType)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 8 }
    }
}

package struct CreateAclsResponse: KafkaMessage {
    package static let apiKey = APIKey.createAcls
    package static let versions: ClosedRange<Int16> = 1...3
    package static let firstFlexibleVersion: Int16 = 2

    package var throttleTimeMs: Int32 = 0
    package var results: [AclCreationResult] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if let count = reader.readCount("results", compact: isFlexible, minimumBytes: AclCreationResult.minimumBytes) {
            var elements: [AclCreationResult] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<AclCreationResult>.stride))
            for index in 0..<count {
                elements.append(AclCreationResult(reading: &reader, version: version))
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

    package struct AclCreationResult: KafkaStructure {
        package var errorCode: Int16 = 0
        package var errorMessage: String? = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.errorCode = reader.readInt16("errorCode")
            self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 2
            buffer.write(self.errorCode)
            buffer.write(self.errorMessage, compact: isFlexible)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 4 }
    }
}

