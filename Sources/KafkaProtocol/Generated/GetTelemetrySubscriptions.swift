// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct GetTelemetrySubscriptionsRequest: KafkaMessage {
    package static let apiKey = APIKey.getTelemetrySubscriptions
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = 0

    package var clientInstanceId: KafkaUUID = .zero
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        self.clientInstanceId = reader.readUUID("clientInstanceId")
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        buffer.write(self.clientInstanceId)
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 17 }
}

package struct GetTelemetrySubscriptionsResponse: KafkaMessage {
    package static let apiKey = APIKey.getTelemetrySubscriptions
    package static let versions: ClosedRange<Int16> = 0...0
    package static let firstFlexibleVersion: Int16 = 0

    package var throttleTimeMs: Int32 = 0
    package var errorCode: Int16 = 0
    package var clientInstanceId: KafkaUUID = .zero
    package var subscriptionId: Int32 = 0
    package var acceptedCompressionTypes: [Int8] = []
    package var pushIntervalMs: Int32 = 0
    package var telemetryMaxBytes: Int32 = 0
    package var deltaTemporality: Bool = false
    package var requestedMetrics: [String] = []
    package var unknownTaggedFields: [UnknownTaggedField] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        let isFlexible = true
        self.throttleTimeMs = reader.readInt32("throttleTimeMs")
        self.errorCode = reader.readInt16("errorCode")
        self.clientInstanceId = reader.readUUID("clientInstanceId")
        self.subscriptionId = reader.readInt32("subscriptionId")
        if let count = reader.readCount("acceptedCompressionTypes", compact: isFlexible, minimumBytes: 1) {
            var elements: [Int8] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<Int8>.stride))
            for index in 0..<count {
                elements.append(reader.readInt8("acceptedCompressionTypes", at: index))
                if reader.isFailed { break }
            }
            self.acceptedCompressionTypes = elements
        }
        self.pushIntervalMs = reader.readInt32("pushIntervalMs")
        self.telemetryMaxBytes = reader.readInt32("telemetryMaxBytes")
        self.deltaTemporality = reader.readBool("deltaTemporality")
        if let count = reader.readCount("requestedMetrics", compact: isFlexible, minimumBytes: 1) {
            var elements: [String] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<String>.stride))
            for index in 0..<count {
                elements.append(reader.readString("requestedMetrics", at: index, compact: isFlexible))
                if reader.isFailed { break }
            }
            self.requestedMetrics = elements
        }
        self.unknownTaggedFields = reader.readUnknownTaggedFields()
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        let isFlexible = true
        buffer.write(self.throttleTimeMs)
        buffer.write(self.errorCode)
        buffer.write(self.clientInstanceId)
        buffer.write(self.subscriptionId)
        buffer.writeCount(self.acceptedCompressionTypes.count, compact: isFlexible)
        for element in self.acceptedCompressionTypes {
            buffer.write(element)
        }
        buffer.write(self.pushIntervalMs)
        buffer.write(self.telemetryMaxBytes)
        buffer.write(self.deltaTemporality)
        buffer.writeCount(self.requestedMetrics.count, compact: isFlexible)
        for element in self.requestedMetrics {
            buffer.write(element, compact: isFlexible)
        }
        buffer.writeTaggedFields(self.unknownTaggedFields)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 38 }
}

