// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct ListConfigResourcesRequest: KafkaMessage {
    package static let apiKey = APIKey.listConfigResources
    package static let versions: ClosedRange<Int16> = 0...1
    package static let firstFlexibleVersion: Int16 = 0

    package static let firstVersionWithResourceTypes: Int16 = 1

    package var resourceTypes: [Int8] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        if version >= 1 {
            if let count = reader.readCount("resourceTypes", compact: isFlexible, minimumBytes: 1) {
                var elements: [Int8] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int8>.stride))
                for index in 0..<count {
                    elements.append(reader.readInt8("resourceTypes", at: index))
                    if reader.isFailed { break }
                }
                self.resourceTypes = elements
            }
        }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        if version >= 1 {
            buffer.writeCount(self.resourceTypes.count, compact: isFlexible)
            for element in self.resourceTypes {
                buffer.write(element)
            }
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 1 }
}

package struct ListConfigResourcesResponse: KafkaMessage {
    package static let apiKey = APIKey.listConfigResources
    package static let versions: ClosedRange<Int16> = 0...1
    package static let firstFlexibleVersion: Int16 = 0

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var configResources: [ConfigResource] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        self.errorCode = reader.readInt16("errorCode")
        if let count = reader.readCount("configResources", compact: isFlexible, minimumBytes: ConfigResource.minimumBytes) {
            var elements: [ConfigResource] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<ConfigResource>.stride))
            for index in 0..<count {
                elements.append(ConfigResource(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("configResources", at: index)
                    break
                }
            }
            self.configResources = elements
        }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.throttleTimeMs)
        buffer.write(self.errorCode)
        buffer.writeCount(self.configResources.count, compact: isFlexible)
        for element in self.configResources {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 8 }

    package struct ConfigResource: KafkaStructure {
        package static let firstVersionWithResourceType: Int16 = 1

        package var resourceName: String = ""
        package var resourceType: Int8 = 16
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.resourceName = reader.readString("resourceName", compact: isFlexible)
            if version >= 1 {
                self.resourceType = reader.readInt8("resourceType")
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.resourceName, compact: isFlexible)
            if version >= 1 {
                buffer.write(self.resourceType)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 2 }
    }
}

