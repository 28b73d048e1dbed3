// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct AlterClientQuotasRequest: KafkaMessage {
    package static let apiKey = APIKey.alterClientQuotas
    package static let versions: ClosedRange<Int16> = 0...1
    package static let firstFlexibleVersion: Int16 = 1

    package var entries: [EntryData] = []
    package var validateOnly: Bool = false
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 1
        if let count = reader.readCount("entries", compact: isFlexible, minimumBytes: EntryData.minimumBytes) {
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
        }
        self.validateOnly = reader.readBool("validateOnly")
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 1
        buffer.writeCount(self.entries.count, compact: isFlexible)
        for element in self.entries {
            element.encode(into: &buffer, version: version)
        }
        buffer.write(self.validateOnly)
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 3 }

    package struct EntryData: KafkaStructure {
        package var entity: [EntityData] = []
        package var ops: [OpData] = []
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
            if let count = reader.readCount("ops", compact: isFlexible, minimumBytes: OpData.minimumBytes) {
                var elements: [OpData] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<OpData>.stride))
                for index in 0..<count {
                    elements.append(OpData(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("ops", at: index)
                        break
                    }
                }
                self.ops = elements
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 1
            buffer.writeCount(self.entity.count, compact: isFlexible)
            for element in self.entity {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeCount(self.ops.count, compact: isFlexible)
            for element in self.ops {
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

    package struct OpData: KafkaStructure {
        package var key: String = ""
        package var value: Double = 0
        package var remove: Bool = false
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 1
            self.key = reader.readString("key", compact: isFlexible)
            self.value = reader.readDouble("value")
            self.remove = reader.readBool("remove")
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 1
            buffer.write(self.key, compact: isFlexible)
            buffer.write(self.value)
            buffer.write(self.remove)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 11 }
    }
}

package struct AlterClientQuotasResponse: KafkaMessage {
    package static let apiKey = APIKey.alterClientQuotas
    package static let versions: ClosedRange<Int16> = 0...1
    package static let firstFlexibleVersion: Int16 = 1

    package var throttleTimeMs: Int32 = 0
    package var entries: [EntryData] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 1
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if let count = reader.readCount("entries", compact: isFlexible, minimumBytes: EntryData.minimumBytes) {
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
        }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 1
        buffer.write(self.throttleTimeMs)
        buffer.writeCount(self.entries.count, compact: isFlexible)
        for element in self.entries {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct EntryData: KafkaStructure {
        package var errorCode: Int16 = 0
        package var errorMessage: String? = ""
        package var entity: [EntityData] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 1
            self.errorCode = reader.readInt16("errorCode")
            self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
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
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 1
            buffer.write(self.errorCode)
            buffer.write(self.errorMessage, compact: isFlexible)
            buffer.writeCount(self.entity.count, compact: isFlexible)
            for element in self.entity {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 5 }
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
}

