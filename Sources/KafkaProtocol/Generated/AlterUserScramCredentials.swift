// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct AlterUserScramCredentialsRequest: KafkaMessage {
    package static let apiKey = APIKey.alterUserScramCredentials
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = 0

    package var deletions: [ScramCredentialDeletion] = []
    package var upsertions: [ScramCredentialUpsertion] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        if let count = reader.readCount("deletions", compact: isFlexible, minimumBytes: ScramCredentialDeletion.minimumBytes) {
            var elements: [ScramCredentialDeletion] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<ScramCredentialDeletion>.stride))
            for index in 0..<count {
                elements.append(ScramCredentialDeletion(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("deletions", at: index)
                    break
                }
            }
            self.deletions = elements
        }
        if let count = reader.readCount("upsertions", compact: isFlexible, minimumBytes: ScramCredentialUpsertion.minimumBytes) {
            var elements: [ScramCredentialUpsertion] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<ScramCredentialUpsertion>.stride))
            for index in 0..<count {
                elements.append(ScramCredentialUpsertion(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("upsertions", at: index)
                    break
                }
            }
            self.upsertions = elements
        }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.writeCount(self.deletions.count, compact: isFlexible)
        for element in self.deletions {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeCount(self.upsertions.count, compact: isFlexible)
        for element in self.upsertions {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 3 }

    package struct ScramCredentialDeletion: KafkaStructure {
        package var name: String = ""
        package var mechanism: Int8 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.name = reader.readString("name", compact: isFlexible)
            self.mechanism = reader.readInt8("mechanism")
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.name, compact: isFlexible)
            buffer.write(self.mechanism)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }

    package struct ScramCredentialUpsertion: KafkaStructure {
        package var name: String = ""
        package var mechanism: Int8 = 0
        package var iterations: Int32 = 0
        package var salt: ByteBuffer = ByteBuffer()
        package var saltedPassword: ByteBuffer = ByteBuffer()
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.name = reader.readString("name", compact: isFlexible)
            self.mechanism = reader.readInt8("mechanism")
            self.iterations = reader.readInt32("iterations")
            self.salt = reader.readBytes("salt", compact: isFlexible)
            self.saltedPassword = reader.readBytes("saltedPassword", compact: isFlexible)
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.name, compact: isFlexible)
            buffer.write(self.mechanism)
            buffer.write(self.iterations)
            buffer.write(self.salt, compact: isFlexible)
            buffer.write(self.saltedPassword, compact: isFlexible)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 9 }
    }
}

package struct AlterUserScramCredentialsResponse: KafkaMessage {
    package static let apiKey = APIKey.alterUserScramCredentials
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = 0

    package var throttleTimeMs: Int32 = 0
    package var results: [AlterUserScramCredentialsResult] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if let count = reader.readCount("results", compact: isFlexible, minimumBytes: AlterUserScramCredentialsResult.minimumBytes) {
            var elements: [AlterUserScramCredentialsResult] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<AlterUserScramCredentialsResult>.stride))
            for index in 0..<count {
                elements.append(AlterUserScramCredentialsResult(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("results", at: index)
                    break
                }
            }
            self.results = elements
        }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.throttleTimeMs)
        buffer.writeCount(self.results.count, compact: isFlexible)
        for element in self.results {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }

    package struct AlterUserScramCredentialsResult: KafkaStructure {
        package var user: String = ""
        package var errorCode: Int16 = 0
        package var errorMessage: String? = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.user = reader.readString("user", compact: isFlexible)
            self.errorCode = reader.readInt16("errorCode")
            self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.user, compact: isFlexible)
            buffer.write(self.errorCode)
            buffer.write(self.errorMessage, compact: isFlexible)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 5 }
    }
}

