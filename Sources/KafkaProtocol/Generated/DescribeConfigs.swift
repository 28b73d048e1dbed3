// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct DescribeConfigsRequest: KafkaMessage {
    package static let apiKey = APIKey.describeConfigs
    package static let versions: ClosedRange<Int16> = 1...4
    package static let firstFlexibleVersion: Int16 = 4

    package static let firstVersionWithIncludeDocumentation: Int16 = 3

    package var resources: [DescribeConfigsResource] = []
    package var includeSynonyms: Bool = false
    package var includeDocumentation: Bool = false
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 4
        if let count = reader.readCount("resources", compact: isFlexible, minimumBytes: DescribeConfigsResource.minimumBytes) {
            var elements: [DescribeConfigsResource] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DescribeConfigsResource>.stride))
            for index in 0..<count {
                elements.append(DescribeConfigsResource(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("resources", at: index)
                    break
                }
            }
            self.resources = elements
        }
        self.includeSynonyms = reader.readBool("includeSynonyms")
        if version >= 3 {
            self.includeDocumentation = reader.readBool("includeDocumentation")
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 4
        buffer.writeCount(self.resources.count, compact: isFlexible)
        for element in self.resources {
            element.encode(into: &buffer, version: version)
        }
        buffer.write(self.includeSynonyms)
        if version >= 3 {
            buffer.write(self.includeDocumentation)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 4 }

    package struct DescribeConfigsResource: KafkaStructure {
        package var resourceType: Int8 = 0
        package var resourceName: String = ""
        package var configurationKeys: [String]? = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 4
            self.resourceType = reader.readInt8("resourceType")
            self.resourceName = reader.readString("resourceName", compact: isFlexible)
            if let count = reader.readNullableCount("configurationKeys", compact: isFlexible, minimumBytes: 1) {
                var elements: [String] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<String>.stride))
                for index in 0..<count {
                    elements.append(reader.readString("configurationKeys", at: index, compact: isFlexible))
                    if reader.isFailed { break }
                }
                self.configurationKeys = elements
            } else { self.configurationKeys = nil }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 4
            buffer.write(self.resourceType)
            buffer.write(self.resourceName, compact: isFlexible)
            buffer.writeCount(self.configurationKeys?.count, compact: isFlexible)
            for element in self.configurationKeys ?? [] {
                buffer.write(element, compact: isFlexible)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 4 }
    }
}

package struct DescribeConfigsResponse: KafkaMessage {
    package static let apiKey = APIKey.describeConfigs
    package static let versions: ClosedRange<Int16> = 1...4
    package static let firstFlexibleVersion: Int16 = 4

    package var throttleTimeMs: Int32 = 0
    package var results: [DescribeConfigsResult] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 4
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if let count = reader.readCount("results", compact: isFlexible, minimumBytes: DescribeConfigsResult.minimumBytes) {
            var elements: [DescribeConfigsResult] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DescribeConfigsResult>.stride))
            for index in 0..<count {
                elements.append(DescribeConfigsResult(reading: &reader, version: version))
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
        let isFlexible = version >= 4
        buffer.write(self.throttleTimeMs)
        buffer.writeCount(self.results.count, compact: isFlexible)
        for element in self.results {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct DescribeConfigsResult: KafkaStructure {
        package var errorCode: Int16 = 0
        package var errorMessage: String? = ""
        package var resourceType: Int8 = 0
        package var resourceName: String = ""
        package var configs: [DescribeConfigsResourceResult] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 4
            self.errorCode = reader.readInt16("errorCode")
            self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
            self.resourceType = reader.readInt8("resourceType")
            self.resourceName = reader.readString("resourceName", compact: isFlexible)
            if let count = reader.readCount("configs", compact: isFlexible, minimumBytes: DescribeConfigsResourceResult.minimumBytes) {
                var elements: [DescribeConfigsResourceResult] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DescribeConfigsResourceResult>.stride))
                for index in 0..<count {
                    elements.append(DescribeConfigsResourceResult(reading: &reader, version: version))
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
            let isFlexible = version >= 4
            buffer.write(self.errorCode)
            buffer.write(self.errorMessage, compact: isFlexible)
            buffer.write(self.resourceType)
            buffer.write(self.resourceName, compact: isFlexible)
            buffer.writeCount(self.configs.count, compact: isFlexible)
            for element in self.configs {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 7 }
    }

    package struct DescribeConfigsResourceResult: KafkaStructure {
        package static let firstVersionWithConfigType: Int16 = 3
        package static let firstVersionWithDocumentation: Int16 = 3

        package var name: String = ""
        package var value: String? = ""
        package var readOnly: Bool = false
        package var configSource: Int8 = -1
        package var isDefault: Bool = false
        package var isSensitive: Bool = false
        package var synonyms: [DescribeConfigsSynonym] = []
        package var configType: Int8 = 0
        package var documentation: String? = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 4
            self.name = reader.readString("name", compact: isFlexible)
            self.value = reader.readNullableString("value", compact: isFlexible)
            self.readOnly = reader.readBool("readOnly")
            self.configSource = reader.readInt8("configSource")
            self.isSensitive = reader.readBool("isSensitive")
            if let count = reader.readCount("synonyms", compact: isFlexible, minimumBytes: DescribeConfigsSynonym.minimumBytes) {
                var elements: [DescribeConfigsSynonym] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DescribeConfigsSynonym>.stride))
                for index in 0..<count {
                    elements.append(DescribeConfigsSynonym(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("synonyms", at: index)
                        break
                    }
                }
                self.synonyms = elements
            }
            if version >= 3 {
                self.configType = reader.readInt8("configType")
            }
            if version >= 3 {
                self.documentation = reader.readNullableString("documentation", compact: isFlexible)
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 4
            buffer.write(self.name, compact: isFlexible)
            buffer.write(self.value, compact: isFlexible)
            buffer.write(self.readOnly)
            buffer.write(self.configSource)
            buffer.write(self.isSensitive)
            buffer.writeCount(self.synonyms.count, compact: isFlexible)
            for element in self.synonyms {
                element.encode(into: &buffer, version: version)
            }
            if version >= 3 {
                buffer.write(self.configType)
            }
            if version >= 3 {
                buffer.write(self.documentation, compact: isFlexible)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 9 }
    }

    package struct DescribeConfigsSynonym: KafkaStructure {
        package var name: String = ""
        package var value: String? = ""
        package var source: Int8 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 4
            self.name = reader.readString("name", compact: isFlexible)
            self.value = reader.readNullableString("value", compact: isFlexible)
            self.source = reader.readInt8("source")
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 4
            buffer.write(self.name, compact: isFlexible)
            buffer.write(self.value, compact: isFlexible)
            buffer.write(self.source)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 4 }
    }
}

