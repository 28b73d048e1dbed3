// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct DescribeUserScramCredentialsRequest: KafkaMessage {
    package static let apiKey = APIKey.describeUserScramCredentials
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = 0

    package var users: [UserName]? = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        if let count = reader.readNullableCount("users", compact: isFlexible, minimumBytes: UserName.minimumBytes) {
            var elements: [UserName] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<UserName>.stride))
            for index in 0..<count {
                elements.append(UserName(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("users", at: index)
                    break
                }
            }
            self.users = elements
        } else { self.users = nil }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.writeCount(self.users?.count, compact: isFlexible)
        for element in self.users ?? [] {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 2 }

    package struct UserName: KafkaStructure {
        package var name: String = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.name = reader.readString("name", compact: isFlexible)
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.name, compact: isFlexible)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 2 }
    }
}

package struct DescribeUserScramCredentialsResponse: KafkaMessage {
    package static let apiKey = APIKey.describeUserScramCredentials
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = 0

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var errorMessage: String? = ""
    package var results: [DescribeUserScramCredentialsResult] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        self.errorCode = reader.readInt16("errorCode")
        self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
        if let count = reader.readCount("results", compact: isFlexible, minimumBytes: DescribeUserScramCredentialsResult.minimumBytes) {
            var elements: [DescribeUserScramCredentialsResult] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DescribeUserScramCredentialsResult>.stride))
            for index in 0..<count {
                elements.append(DescribeUserScramCredentialsResult(reading: &reader, version: version))
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
        buffer.write(self.errorCode)
        buffer.write(self.errorMessage, compact: isFlexible)
        buffer.writeCount(self.results.count, compact: isFlexible)
        for element in self.results {
            element.encode(into: &buffer, version: version)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 9 }

    package struct DescribeUserScramCredentialsResult: KafkaStructure {
        package var user: String = ""
        package var errorCode: Int16 = 0
        package var errorMessage: String? = ""
        package var credentialInfos: [CredentialInfo] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.user = reader.readString("user", compact: isFlexible)
            self.errorCode = reader.readInt16("errorCode")
            self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
            if let count = reader.readCount("credentialInfos", compact: isFlexible, minimumBytes: CredentialInfo.minimumBytes) {
                var elements: [CredentialInfo] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<CredentialInfo>.stride))
                for index in 0..<count {
                    elements.append(CredentialInfo(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("credentialInfos", at: index)
                        break
                    }
                }
                self.credentialInfos = elements
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.user, compact: isFlexible)
            buffer.write(self.errorCode)
            buffer.write(self.errorMessage, compact: isFlexible)
            buffer.writeCount(self.credentialInfos.count, compact: isFlexible)
            for element in self.credentialInfos {
                element.encode(into: &buffer, version: version)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }

    package struct CredentialInfo: KafkaStructure {
        package var mechanism: Int8 = 0
        package var iterations: Int32 = 0
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            self.mechanism = reader.readInt8("mechanism")
            self.iterations = reader.readInt32("iterations")
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            buffer.write(self.mechanism)
            buffer.write(self.iterations)
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 6 }
    }
}

