// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct DescribeClientQuotasRequest: KafkaMessage {
    package static let apiKey = APIKey.describeClientQuotas
    package static let versions: ClosedRange<Int16> = 0...1
    package static let firstFlexibleVersion: Int16 = 1

    package var components: [ComponentData] = []
    package var strict: Bool = false
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 1
        if let count = reader.readCount("components", compact: isFlexible, minimumBytes: ComponentData.minimumBytes) {
            var elements: [ComponentData] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<ComponentData>.stride))
            for index in 0..<count {
                elements.append(ComponentData(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("components", at: index)
                    break
                }
            }
            self.components = elements
        }
        self.strict = reader.readBool("strict")
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 1
        buffer.writeCount(self.components.count, compact: isFlexible)
        for element in self.components {
            element.encode(into: &buffer, version: version)
        }
        buffer.write(self.strict)
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 3 }

    package struct ComponentData: KafkaStructure {
        package var entityType: String = ""
        package var matchType: Int8 = 0
        package var match: String? = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 1
            self.entityType = reader.readString("entityType", compact: isFlexible)
            self.matchType = reader.readInt8("matchType")
            self.match = reader.readNullableString("match", compact: isFlexible)
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 1
            buffer.write(self.entityType, compact: isFlexible)
            buffer.write(self.matchType)
            buffer.write(self.match, compact: isFlexible)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 4 }
    }
}

package struct DescribeClientQuotasResponse: KafkaMessage {
    package static let apiKey = APIKey.describeClientQuotas
    package static let versions: ClosedRange<Int16> = 0...1
    package static let firstFlexibleVersion: Int16 = 1

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var errorMessage: String? = ""
    package var entries: [EntryData]? = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 1
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        self.errorCode = reader.readInt16("errorCode")
        self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
        if let count = reader.readNullableCount("entries", compact: isFlexible, minimumBytes: EntryData.minimumBytes) {
            var elements: [EntryData] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<EntryData>.stride))
            for index in 0..<count {
                elements.append(EntryData(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("entries", at: index)
                    break
                }
            }
            self.entries = elements
        } else { self.entries = nil }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 1
        buffer.write(self.throttleTimeMs)
        buffer.write(self.errorCode)
        buffer.write(self.errorMessage, compact: isFlexible)
        buffer.writeCount(self.entries?.count, compact: isFlexible)
        for element in self.entries ?? [] {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 9 }

    package struct EntryData: KafkaStructure {
        package var entity: [EntityData] = []
        package var values: [ValueData] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 1
            if let count = reader.readCount("entity", compact: isFlexible, minimumBytes: EntityData.minimumBytes) {
                var elements: [EntityData] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<EntityData>.stride))
                for index in 0..<count {
                    elements.append(EntityData(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("entity", at: index)
                        break
                    }
                }
                self.entity = elements
            }
            if let count = reader.readCount("values", compact: isFlexible, minimumBytes: ValueData.minimumBytes) {
                var elements: [ValueData] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<ValueData>.stride))
                for index in 0..<count {
                    elements.append(ValueData(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("values", at: index)
                        break
                    }
                }
                self.values = elements
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 1
            buffer.writeCount(self.entity.count, compact: isFlexible)
            for element in self.entity {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeCount(self.values.count, compact: isFlexible)
            for element in self.values {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct EntityData: KafkaStructure {
        package var entityType: String = ""
        package var entityName: String? = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 1
            self.entityType = reader.readString("entityType", compact: isFlexible)
            self.entityName = reader.readNullableString("entityName", compact: isFlexible)
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 1
            buffer.write(self.entityType, compact: isFlexible)
            buffer.write(self.entityName, compact: isFlexible)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct ValueData: KafkaStructure {
        package var key: String = ""
        package var value: Double = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 1
            self.key = reader.readString("key", compact: isFlexible)
            self.value = reader.readDouble("value")
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 1
            buffer.write(self.key, compact: isFlexible)
            buffer.write(self.value)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 10 }
    }
}

