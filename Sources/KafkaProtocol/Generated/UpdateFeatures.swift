// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct UpdateFeaturesRequest: KafkaMessage {
    package static let apiKey = APIKey.updateFeatures
    package static let versions: ClosedRange<Int16> = 0...2
    package static let firstFlexibleVersion: Int16 = 0

    package static let firstVersionWithValidateOnly: Int16 = 1

    package var timeoutMs: Int32 = 60000
    package var featureUpdates: [FeatureUpdateKey] = []
    package var validateOnly: Bool = false
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.timeoutMs = reader.readInt32("timeoutMs")
        if let count = reader.readCount("featureUpdates", compact: isFlexible, minimumBytes: FeatureUpdateKey.minimumBytes) {
            var elements: [FeatureUpdateKey] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<FeatureUpdateKey>.stride))
            for index in 0..<count {
                elements.append(FeatureUpdateKey(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("featureUpdates", at: index)
                    break
                }
            }
            self.featureUpdates = elements
        }
        if version >= 1 {
            self.validateOnly = reader.readBool("validateOnly")
        }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.timeoutMs)
        buffer.writeCount(self.featureUpdates.count, compact: isFlexible)
        for element in self.featureUpdates {
            element.encode(into: &buffer, version: version)
        }
        if version >= 1 {
            buffer.write(self.validateOnly)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct FeatureUpdateKey: KafkaStructure {
        package static let firstVersionWithUpgradeType: Int16 = 1

        package var feature: String = ""
        package var maxVersionLevel: Int16 = 0
        package var allowDowngrade: Bool = false
        package var upgradeType: Int8 = 1
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.feature = reader.readString("feature", compact: isFlexible)
            self.maxVersionLevel = reader.readInt16("maxVersionLevel")
            if version <= 0 {
                self.allowDowngrade = reader.readBool("allowDowngrade")
            }
            if version >= 1 {
                self.upgradeType = reader.readInt8("upgradeType")
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.feature, compact: isFlexible)
            buffer.write(self.maxVersionLevel)
            if version <= 0 {
                buffer.write(self.allowDowngrade)
            }
            if version >= 1 {
                buffer.write(self.upgradeType)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 5 }
    }
}

package struct UpdateFeaturesResponse: KafkaMessage {
    package static let apiKey = APIKey.updateFeatures
    package static let versions: ClosedRange<Int16> = 0...2
    package static let firstFlexibleVersion: Int16 = 0

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var errorMessage: String? = ""
    package var results: [UpdatableFeatureResult] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        self.errorCode = reader.readInt16("errorCode")
        self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
        if version <= 1 {
            if let count = reader.readCount("results", compact: isFlexible, minimumBytes: UpdatableFeatureResult.minimumBytes) {
                var elements: [UpdatableFeatureResult] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<UpdatableFeatureResult>.stride))
                for index in 0..<count {
                    elements.append(UpdatableFeatureResult(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("results", at: index)
                        break
                    }
                }
                self.results = elements
            }
        }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.throttleTimeMs)
        buffer.write(self.errorCode)
        buffer.write(self.errorMessage, compact: isFlexible)
        if version <= 1 {
            buffer.writeCount(self.results.count, compact: isFlexible)
            for element in self.results {
                element.encode(into: &buffer, version: version)
            }
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 8 }

    package struct UpdatableFeatureResult: KafkaStructure {
        package var feature: String = ""
        package var errorCode: Int16 = 0
        package var errorMessage: String? = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.feature = reader.readString("feature", compact: isFlexible)
            self.errorCode = reader.readInt16("errorCode")
            self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.feature, compact: isFlexible)
            buffer.write(self.errorCode)
            buffer.write(self.errorMessage, compact: isFlexible)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 5 }
    }
}

