// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct IncrementalAlterConfigsRequest: KafkaMessage {
    package static let apiKey = APIKey.incrementalAlterConfigs
    package static let versions: ClosedRange<Int16> = 0...1
    package static let firstFlexibleVersion: Int16 = 1

    package var resources: [AlterConfigsResource] = []
    package var validateOnly: Bool = false
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 1
        if let count = reader.readCount("resources", compact: isFlexible, minimumBytes: AlterConfigsResource.minimumBytes) {
            var elements: [AlterConfigsResource] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<AlterConfigsResource>.stride))
            for index in 0..<count {
                elements.append(AlterConfigsResource(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("resources", at: index)
                    break
                }
            }
            self.resources = elements
        }
        self.validateOnly = reader.readBool("validateOnly")
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 1
        buffer.writeCount(self.resources.count, compact: isFlexible)
        for element in self.resources {
            element.encode(into: &buffer, version: version)
        }
        buffer.write(self.validateOnly)
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 3 }

    package struct AlterConfigsResource: KafkaStructure {
        package var resourceType: Int8 = 0
        package var resourceName: String = ""
        package var configs: [AlterableConfig] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 1
            self.resourceType = reader.readInt8("resourceType")
            self.resourceName = reader.readString("resourceName", compact: isFlexible)
            if let count = reader.readCount("configs", compact: isFlexible, minimumBytes: AlterableConfig.minimumBytes) {
                var elements: [AlterableConfig] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<AlterableConfig>.stride))
                for index in 0..<count {
                    elements.append(AlterableConfig(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("configs", at: index)
                        break
                    }
                }
                self.configs = elements
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 1
            buffer.write(self.resourceType)
            buffer.write(self.resourceName, compact: isFlexible)
            buffer.writeCount(self.configs.count, compact: isFlexible)
            for element in self.configs {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 4 }
    }

    package struct AlterableConfig: KafkaStructure {
        package var name: String = ""
        package var configOperation: Int8 = 0
        package var value: String? = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 1
            self.name = reader.readString("name", compact: isFlexible)
            self.configOperation = reader.readInt8("configOperation")
            self.value = reader.readNullableString("value", compact: isFlexible)
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 1
            buffer.write(self.name, compact: isFlexible)
            buffer.write(self.configOperation)
            buffer.write(self.value, compact: isFlexible)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 4 }
    }
}

package struct IncrementalAlterConfigsResponse: KafkaMessage {
    package static let apiKey = APIKey.incrementalAlterConfigs
    package static let versions: ClosedRange<Int16> = 0...1
    package static let firstFlexibleVersion: Int16 = 1

    package var throttleTimeMs: Int32 = 0
    package var responses: [AlterConfigsResourceResponse] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 1
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if let count = reader.readCount("responses", compact: isFlexible, minimumBytes: AlterConfigsResourceResponse.minimumBytes) {
            var elements: [AlterConfigsResourceResponse] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<AlterConfigsResourceResponse>.stride))
            for index in 0..<count {
                elements.append(AlterConfigsResourceResponse(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("responses", at: index)
                    break
                }
            }
            self.responses = elements
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 1
        buffer.write(self.throttleTimeMs)
        buffer.writeCount(self.responses.count, compact: isFlexible)
        for element in self.responses {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct AlterConfigsResourceResponse: KafkaStructure {
        package var errorCode: Int16 = 0
        package var errorMessage: String? = ""
        package var resourceType: Int8 = 0
        package var resourceName: String = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 1
            self.errorCode = reader.readInt16("errorCode")
            self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
            self.resourceType = reader.readInt8("resourceType")
            self.resourceName = reader.readString("resourceName", compact: isFlexible)
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 1
            buffer.write(self.errorCode)
            buffer.write(self.errorMessage, compact: isFlexible)
            buffer.write(self.resourceType)
            buffer.write(self.resourceName, compact: isFlexible)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }
}

