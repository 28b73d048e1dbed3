// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct CreateDelegationTokenRequest: KafkaMessage {
    package static let apiKey = APIKey.createDelegationToken
    package static let versions: ClosedRange<Int16> = 1...3
    package static let firstFlexibleVersion: Int16 = 2

    package static let firstVersionWithOwnerPrincipalType: Int16 = 3
    package static let firstVersionWithOwnerPrincipalName: Int16 = 3

    package var ownerPrincipalType: String? = ""
    package var ownerPrincipalName: String? = ""
    package var renewers: [CreatableRenewers] = []
    package var maxLifetimeMs: Int64 = 0
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        if version >= 3 {
            self.ownerPrincipalType = reader.readNullableString("ownerPrincipalType", compact: isFlexible)
        }
        if version >= 3 {
            self.ownerPrincipalName = reader.readNullableString("ownerPrincipalName", compact: isFlexible)
        }
        if let count = reader.readCount("renewers", compact: isFlexible, minimumBytes: CreatableRenewers.minimumBytes) {
            var elements: [CreatableRenewers] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<CreatableRenewers>.stride))
            for index in 0..<count {
                elements.append(CreatableRenewers(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("renewers", at: index)
                    break
                }
            }
            self.renewers = elements
        }
        self.maxLifetimeMs = reader.readInt64("maxLifetimeMs")
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 2
        if version >= 3 {
            buffer.write(self.ownerPrincipalType, compact: isFlexible)
        }
        if version >= 3 {
            buffer.write(self.ownerPrincipalName, compact: isFlexible)
        }
        buffer.writeCount(self.renewers.count, compact: isFlexible)
        for element in self.renewers {
            element.encode(into: &buffer, version: version)
        }
        buffer.write(self.maxLifetimeMs)
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 10 }

    package struct CreatableRenewers: KafkaStructure {
        package var principalType: String = ""
        package var principalName: String = ""
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.principalType = reader.readString("principalType", compact: isFlexible)
            self.principalName = reader.readString("principalName", compact: isFlexible)
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 2
            buffer.write(self.principalType, compact: isFlexible)
            buffer.write(self.principalName, compact: isFlexible)
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 3 }
    }
}

package struct CreateDelegationTokenResponse: KafkaMessage {
    package static let apiKey = APIKey.createDelegationToken
    package static let versions: ClosedRange<Int16> = 1...3
    package static let firstFlexibleVersion: Int16 = 2

    package static let firstVersionWithTokenRequesterPrincipalType: Int16 = 3
    package static let firstVersionWithTokenRequesterPrincipalName: Int16 = 3

    package var errorCode: Int16 = 0
    package var principalType: String = ""
    package var principalName: String = ""
    package var tokenRequesterPrincipalType: String = ""
    package var tokenRequesterPrincipalName: String = ""
    package var issueTimestampMs: Int64 = 0
    package var expiryTimestampMs: Int64 = 0
    package var maxTimestampMs: Int64 = 0
    package var tokenId: String = ""
    package var hmac: ByteBuffer = ByteBuffer()
    package var throttleTimeMs: Int32 = 0
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        self.errorCode = reader.readInt16("errorCode")
        self.principalType = reader.readString("principalType", compact: isFlexible)
        self.principalName = reader.readString("principalName", compact: isFlexible)
        if version >= 3 {
            self.tokenRequesterPrincipalType = reader.readString("tokenRequesterPrincipalType", compact: isFlexible)
        }
        if version >= 3 {
            self.tokenRequesterPrincipalName = reader.readString("tokenRequesterPrincipalName", compact: isFlexible)
        }
        self.issueTimestampMs = reader.readInt64("issueTimestampMs")
        self.expiryTimestampMs = reader.readInt64("expiryTimestampMs")
        self.maxTimestampMs = reader.readInt64("maxTimestampMs")
        self.tokenId = reader.readString("tokenId", compact: isFlexible)
        self.hmac = reader.readBytes("hmac", compact: isFlexible)
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 2
        buffer.write(self.errorCode)
        buffer.write(self.principalType, compact: isFlexible)
        buffer.write(self.principalName, compact: isFlexible)
        if version >= 3 {
            buffer.write(self.tokenRequesterPrincipalType, compact: isFlexible)
        }
        if version >= 3 {
            buffer.write(self.tokenRequesterPrincipalName, compact: isFlexible)
        }
        buffer.write(self.issueTimestampMs)
        buffer.write(self.expiryTimestampMs)
        buffer.write(self.maxTimestampMs)
        buffer.write(self.tokenId, compact: isFlexible)
        buffer.write(self.hmac, compact: isFlexible)
        buffer.write(self.throttleTimeMs)
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 35 }
}

