// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct DescribeDelegationTokenRequest: KafkaMessage {
    package static let apiKey = APIKey.describeDelegationToken
    package static let versions: ClosedRange<Int16> = 1...3
    package static let firstFlexibleVersion: Int16 = 2

    package var owners: [DescribeDelegationTokenOwner]? = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        if let count = reader.readNullableCount("owners", compact: isFlexible, minimumBytes: DescribeDelegationTokenOwner.minimumBytes) {
            var elements: [DescribeDelegationTokenOwner] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DescribeDelegationTokenOwner>.stride))
            for index in 0..<count {
                elements.append(DescribeDelegationTokenOwner(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("owners", at: index)
                    break
                }
            }
            self.owners = elements
        } else { self.owners = nil }
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 2
        buffer.writeCount(self.owners?.count, compact: isFlexible)
        for element in self.owners ?? [] {
            element.encode(into: &buffer, version: version)
        }
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 2 }

    package struct DescribeDelegationTokenOwner: KafkaStructure {
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

package struct DescribeDelegationTokenResponse: KafkaMessage {
    package static let apiKey = APIKey.describeDelegationToken
    package static let versions: ClosedRange<Int16> = 1...3
    package static let firstFlexibleVersion: Int16 = 2

    package var errorCode: Int16 = 0
    package var tokens: [DescribedDelegationToken] = []
    package var throttleTimeMs: Int32 = 0
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = version >= 2
        self.errorCode = reader.readInt16("errorCode")
        if let count = reader.readCount("tokens", compact: isFlexible, minimumBytes: DescribedDelegationToken.minimumBytes) {
            var elements: [DescribedDelegationToken] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DescribedDelegationToken>.stride))
            for index in 0..<count {
                elements.append(DescribedDelegationToken(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("tokens", at: index)
                    break
                }
            }
            self.tokens = elements
        }
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = version >= 2
        buffer.write(self.errorCode)
        buffer.writeCount(self.tokens.count, compact: isFlexible)
        for element in self.tokens {
            element.encode(into: &buffer, version: version)
        }
        buffer.write(self.throttleTimeMs)
        if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 8 }

    package struct DescribedDelegationToken: KafkaStructure {
        package static let firstVersionWithTokenRequesterPrincipalType: Int16 = 3
        package static let firstVersionWithTokenRequesterPrincipalName: Int16 = 3

        package var principalType: String = ""
        package var principalName: String = ""
        package var tokenRequesterPrincipalType: String = ""
        package var tokenRequesterPrincipalName: String = ""
        package var issueTimestamp: Int64 = 0
        package var expiryTimestamp: Int64 = 0
        package var maxTimestamp: Int64 = 0
        package var tokenId: String = ""
        package var hmac: ByteBuffer = ByteBuffer()
        package var renewers: [DescribedDelegationTokenRenewer] = []
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = version >= 2
            self.principalType = reader.readString("principalType", compact: isFlexible)
            self.principalName = reader.readString("principalName", compact: isFlexible)
            if version >= 3 {
                self.tokenRequesterPrincipalType = reader.readString("tokenRequesterPrincipalType", compact: isFlexible)
            }
            if version >= 3 {
                self.tokenRequesterPrincipalName = reader.readString("tokenRequesterPrincipalName", compact: isFlexible)
            }
            self.issueTimestamp = reader.readInt64("issueTimestamp")
            self.expiryTimestamp = reader.readInt64("expiryTimestamp")
            self.maxTimestamp = reader.readInt64("maxTimestamp")
            self.tokenId = reader.readString("tokenId", compact: isFlexible)
            self.hmac = reader.readBytes("hmac", compact: isFlexible)
            if let count = reader.readCount("renewers", compact: isFlexible, minimumBytes: DescribedDelegationTokenRenewer.minimumBytes) {
                var elements: [DescribedDelegationTokenRenewer] = []
                elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DescribedDelegationTokenRenewer>.stride))
                for index in 0..<count {
                    elements.append(DescribedDelegationTokenRenewer(reading: &reader, version: version))
                    if reader.isFailed {
                        reader.failedInside("renewers", at: index)
                        break
                    }
                }
                self.renewers = elements
            }
            if isFlexible { self.unknownTaggedFields = reader.readUnknownTaggedFields() }
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = version >= 2
            buffer.write(self.principalType, compact: isFlexible)
            buffer.write(self.principalName, compact: isFlexible)
            if version >= 3 {
                buffer.write(self.tokenRequesterPrincipalType, compact: isFlexible)
            }
            if version >= 3 {
                buffer.write(self.tokenRequesterPrincipalName, compact: isFlexible)
            }
            buffer.write(self.issueTimestamp)
            buffer.write(self.expiryTimestamp)
            buffer.write(self.maxTimestamp)
            buffer.write(self.tokenId, compact: isFlexible)
            buffer.write(self.hmac, compact: isFlexible)
            buffer.writeCount(self.renewers.count, compact: isFlexible)
            for element in self.renewers {
                element.encode(into: &buffer, version: version)
            }
            if isFlexible { buffer.writeTaggedFields(self.unknownTaggedFields) }
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 30 }
    }

    package struct DescribedDelegationTokenRenewer: KafkaStructure {
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

