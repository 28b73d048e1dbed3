// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct DescribeClusterRequest: KafkaMessage {
    package static let apiKey = APIKey.describeCluster
    package static let versions: ClosedRange<Int16> = 0...2
    package static let firstFlexibleVersion: Int16 = 0

    package static let firstVersionWithEndpointType: Int16 = 1
    package static let firstVersionWithIncludeFencedBrokers: Int16 = 2

    package var includeClusterAuthorizedOperations: Bool = false
    package var endpointType: Int8 = 1
    package var includeFencedBrokers: Bool = false
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        self.includeClusterAuthorizedOperations = reader.readBool("includeClusterAuthorizedOperations")
        if version >= 1 {
            self.endpointType = reader.readInt8("endpointType")
        }
        if version >= 2 {
            self.includeFencedBrokers = reader.readBool("includeFencedBrokers")
        }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        buffer.write(self.includeClusterAuthorizedOperations)
        if version >= 1 {
            buffer.write(self.endpointType)
        }
        if version >= 2 {
            buffer.write(self.includeFencedBrokers)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 2 }
}

package struct DescribeClusterResponse: KafkaMessage {
    package static let apiKey = APIKey.describeCluster
    package static let versions: ClosedRange<Int16> = 0...2
    package static let firstFlexibleVersion: Int16 = 0

    package static let firstVersionWithEndpointType: Int16 = 1

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var errorMessage: String? = nil
    package var endpointType: Int8 = 1
    package var clusterId: String = ""
    package var controllerId: Int32 = -1
    package var brokers: [DescribeClusterBroker] = []
    package var clusterAuthorizedOperations: Int32 = -2147483648
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        self.errorCode = reader.readInt16("errorCode")
        self.errorMessage = reader.readNullableString("errorMessage", compact: isFlexible)
        if version >= 1 {
            self.endpointType = reader.readInt8("endpointType")
        }
        self.clusterId = reader.readString("clusterId", compact: isFlexible)
        self.controllerId = reader.readInt32("controllerId")
        if let count = reader.readCount("brokers", compact: isFlexible, minimumBytes: DescribeClusterBroker.minimumBytes) {
            var elements: [DescribeClusterBroker] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<DescribeClusterBroker>.stride))
            for index in 0..<count {
                elements.append(DescribeClusterBroker(reading: &reader, version: version))
                if reader.isFailed {
                    reader.failedInside("brokers", at: index)
                    break
                }
            }
            self.brokers = elements
        }
        self.clusterAuthorizedOperations = reader.readInt32("clusterAuthorizedOperations")
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.throttleTimeMs)
        buffer.write(self.errorCode)
        buffer.write(self.errorMessage, compact: isFlexible)
        if version >= 1 {
            buffer.write(self.endpointType)
        }
        buffer.write(self.clusterId, compact: isFlexible)
        buffer.write(self.controllerId)
        buffer.writeCount(self.brokers.count, compact: isFlexible)
        for element in self.brokers {
            element.encode(into: &buffer, version: version)
        }
        buffer.write(self.clusterAuthorizedOperations)
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 18 }

    package struct DescribeClusterBroker: KafkaStructure {
        package static let firstVersionWithIsFenced: Int16 = 2

        package var brokerId: Int32 = 0
        package var host: String = ""
        package var port: Int32 = 0
        package var rack: String? = nil
        package var isFenced: Bool = false
        package var unknownTaggedFields: [UnknownTaggedField] = []

        package init() {}

        package init(reading reader: inout WireReader, version: Int16) {
            let isFlexible = true
            self.brokerId = reader.readInt32("brokerId")
            self.host = reader.readString("host", compact: isFlexible)
            self.port = reader.readInt32("port")
            self.rack = reader.readNullableString("rack", compact: isFlexible)
            if version >= 2 {
                self.isFenced = reader.readBool("isFenced")
            }
            self.unknownTaggedFields = reader.readUnknownTaggedFields()
        }

        package func encode(into buffer: inout ByteBuffer, version: Int16) {
            let isFlexible = true
            buffer.write(self.brokerId)
            buffer.write(self.host, compact: isFlexible)
            buffer.write(self.port)
            buffer.write(self.rack, compact: isFlexible)
            if version >= 2 {
                buffer.write(self.isFenced)
            }
            buffer.writeTaggedFields(self.unknownTaggedFields)
        }

        /// Bytes that the smallest value takes: a bound on the number of elements in an array.
        package static var minimumBytes: Int { 11 }
    }
}

