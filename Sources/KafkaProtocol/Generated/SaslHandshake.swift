// swift-format-ignore-file
// Made by KafkaProtocolGenerator from its Specifications (Apache Kafka 4.3). Do not edit: change the
// specification or the generator and run it again.

package import NIOCore

package struct SaslHandshakeRequest: KafkaMessage {
    package static let apiKey = APIKey.saslHandshake
    package static let versions: ClosedRange<Int16> = 0...1
    package static let firstFlexibleVersion: Int16 = .max

    package var mechanism: String = ""

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        self.mechanism = reader.readString("mechanism", compact: false)
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        buffer.write(self.mechanism, compact: false)
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 2 }
}

package struct SaslHandshakeResponse: KafkaMessage {
    package static let apiKey = APIKey.saslHandshake
    package static let versions: ClosedRange<Int16> = 0...1
    package static let firstFlexibleVersion: Int16 = .max

    package var errorCode: Int16 = 0
    package var mechanisms: [String] = []

    package init() {}

    package init(reading reader: inout WireReader, version: Int16) {
        self.errorCode = reader.readInt16("errorCode")
        if let count = reader.readCount("mechanisms", compact: false, minimumBytes: 1) {
            var elements: [String] = []
            elements.reserveCapacity(reader.reservation(count, stride: MemoryLayout<String>.stride))
            for index in 0..<count {
                elements.append(reader.readString("mechanisms", at: index, compact: false))
                if reader.isFailed { break }
            }
            self.mechanisms = elements
        }
    }

    package func encode(into buffer: inout ByteBuffer, version: Int16) {
        buffer.write(self.errorCode)
        buffer.writeCount(self.mechanisms.count, compact: false)
        for element in self.mechanisms {
            buffer.write(element, compact: false)
        }
    }

    /// Bytes that the smallest value takes: a bound on the number of elements in an array.
    package static var minimumBytes: Int { 6 }
}

