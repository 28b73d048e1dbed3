// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct ApiVersionsRequest: KafkaMessage {
    package static let apiKey = APIKey.apiVersions
    package static let versions: ClosedRange<Int16> = 0...4
    package static let firstFlexibleVersion: Int16 = 3

    package static let firstVersionWithClientSoftwareName: Int16 = 3
    package static let firstVersionWithClientSoftwareVersion: Int16 = 3

    package var clientSoftwareName: String = ""
    package var clientSoftwareVersion: String = ""
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 3
        if version >= 3 {
            self.clientSoftwareName = reader.readString("clientSoftwareName", compact: isFlexible)
        }
        if version >= 3 {
            self.clientSoftwareVersion = reader.readString("clientSoftwareVersion", compact: isFlexible)
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 3
        if version >= 3 {
            buffer.write(self.clientSoftwareName, compact: isFlexible)
        }
        if version >= 3 {
            buffer.write(self.clientSoftwareVersion, compact: isFlexible)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 1 }
}

package struct ApiVersionsResponse: KafkaMessage {
    package static let apiKey = APIKey.apiVersions
    package static let versions: ClosedRange<Int16> = 0...4
    package static let firstFlexibleVersion: Int16 = 3

    package static let firstVersionWithThrottleTimeMs: Int16 = 1
    package static let firstVersionWithSupportedFeatures: Int16 = 3
    package static let firstVersionWithFinalizedFeaturesEpoch: Int16 = 3
    package static let firstVersionWithFinalizedFeatures: Int16 = 3
    package static let firstVersionWithZkMigrationReady: Int16 = 3

    package var errorCode: Int16 = 0
    package var apiKeys: [ApiVersion] = []
    package var throttleTimeMs: Int32 = 0
    package var supportedFeatures: [SupportedFeatureKey] = []
    package var finalizedFeaturesEpoch: Int64 = -1
    package var finalizedFeatures: [FinalizedFeatureKey] = []
    package var zkMigrationReady: Bool = false
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 3
        self.errorCode = reader.readInt16("errorCode")
        if let count = reader.readCount("apiKeys", compact: isFlexible, minimumBytes: ApiVersion.minimumBytes) {
            var elements: [ApiVersion] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<ApiVersion>.stride))
            for index in 0..<count {
                elements.append(ApiVersion(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("apiKeys", at: index)
                    break
                }
            }
            self.apiKeys = elements
        }
        if version >= 1 {
            self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        }
        if isFlexible {
            var tagsLeft = reader.readTaggedFieldCount()
            while tagsLeft > 0, let head = reader.readTaggedFieldHead() {
                tagsLeft -= 1
                switch head.tag {
                    case 0 where version >= 3:
                        var field = reader.field(head)
                        if let count = field.readCount("supportedFeatures", compact: true, minimumBytes: SupportedFeatureKey.minimumBytes) {
                            var elements: [SupportedFeatureKey] = []
                            elements.reserveCapacity(field.reservation(count, stride: MemoryLayout<SupportedFeatureKey>.stride))
                            for index in 0..<count {
                                elements.append(SupportedFeatureKey(reading: &field, version: version))
                                if field.isFailed {
                                    field.failedInside("supportedFeatures", at: index)
                                    break
                                }
                            }
                            self.supportedFeatures = elements
                        }
                        reader.finish(field)
                    case 1 where version >= 3:
                        var field = reader.field(head)
                        self.finalizedFeaturesEpoch = field.readInt64("finalizedFeaturesEpoch")
                        reader.finish(field)
                    case 2 where version >= 3:
                        var field = reader.field(head)
                        if let count = field.readCount("finalizedFeatures", compact: true, minimumBytes: FinalizedFeatureKey.minimumBytes) {
                            var elements: [FinalizedFeatureKey] = []
                            elements.reserveCapacity(field.reservation(count, stride: MemoryLayout<FinalizedFeatureKey>.stride))
                            for index in 0..<count {
                                elements.append(FinalizedFeatureKey(reading: &field, version: version))
                                if field.isFailed {
                                    field.failedInside("finalizedFeatures", at: index)
                                    break
                                }
                            }
                            self.finalizedFeatures = elements
                        }
                        reader.finish(field)
                    case 3 where version >= 3:
                        var field = reader.field(head)
                        self.zkMigrationReady = field.readBool("zkMigrationReady")
                        reader.finish(field)
                    default:
                        self.unknownTaggedFields.append(reader.unknownTaggedField(head))
                }
            }
        }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 3
        buffer.write(self.errorCode)
        buffer.writeCount(self.apiKeys.count, compact: isFlexible)
        for element in self.apiKeys {
            element.encode(into: &buffer, version: version)
        }
        if version >= 1 {
            buffer.write(self.throttleTimeMs)
        }
        if isFlexible {
            var tags = self.unknownTaggedFields
            if version >= 3, self.supportedFeatures != [] {
                var field = ByteBuffer()
                field.writeCount(self.supportedFeatures.count, compact: true)
                for element in self.supportedFeatures {
                    element.encode(into: &field, version: version)
                }
                tags.set(0, to: field)
            }
            if version >= 3, self.finalizedFeaturesEpoch != -1 {
                var field = ByteBuffer()
                field.write(self.finalizedFeaturesEpoch)
                tags.set(1, to: field)
            }
            if version >= 3, self.finalizedFeatures != [] {
                var field = ByteBuffer()
                field.writeCount(self.finalizedFeatures.count, compact: true)
                for element in self.finalizedFeatures {
                    element.encode(into: &field, version: version)
                }
                tags.set(2, to: field)
            }
            if version >= 3, self.zkMigrationReady != false {
                var field = ByteBuffer()
                field.write(self.zkMigrationReady)
                tags.set(3, to: field)
            }
            buffer.writeTaggedFields(tags)
        }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct ApiVersion: KafkaStructure {
        package var apiKey: Int16 = 0
        package var minVersion: Int16 = 0
        package var maxVersion: Int16 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 3
            self.apiKey = reader.readInt16("apiKey")
            self.minVersion = reader.readInt16("minVersion")
            self.maxVersion = reader.readInt16("maxVersion")
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 3
            buffer.write(self.apiKey)
            buffer.write(self.minVersion)
            buffer.write(self.maxVersion)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }

    package struct SupportedFeatureKey: KafkaStructure {
        package var name: String = ""
        package var minVersion: Int16 = 0
        package var maxVersion: Int16 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 3
            if version >= 3 {
                self.name = reader.readString("name", compact: isFlexible)
            }
            if version >= 3 {
                self.minVersion = reader.readInt16("minVersion")
            }
            if version >= 3 {
                self.maxVersion = reader.readInt16("maxVersion")
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 3
            if version >= 3 {
                buffer.write(self.name, compact: isFlexible)
            }
            if version >= 3 {
                buffer.write(self.minVersion)
            }
            if version >= 3 {
                buffer.write(self.maxVersion)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }

    package struct FinalizedFeatureKey: KafkaStructure {
        package var name: String = ""
        package var maxVersionLevel: Int16 = 0
        package var minVersionLevel: Int16 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 3
            if version >= 3 {
                self.name = reader.readString("name", compact: isFlexible)
            }
            if version >= 3 {
                self.maxVersionLevel = reader.readInt16("maxVersionLevel")
            }
            if version >= 3 {
                self.minVersionLevel = reader.readInt16("minVersionLevel")
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 3
            if version >= 3 {
                buffer.write(self.name, compact: isFlexible)
            }
            if version >= 3 {
                buffer.write(self.maxVersionLevel)
            }
            if version >= 3 {
                buffer.write(self.minVersionLevel)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }
}

