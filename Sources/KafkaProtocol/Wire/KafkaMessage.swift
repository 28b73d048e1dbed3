package import NIOCore

/// A structure inside a message: it is read and written in the version of the message that holds it.
///
/// A field that came later than its structure has a constant that names the version, such as
/// `ProduceRequest.TopicProduceData.firstVersionWithTopicId`.
package protocol KafkaStructure: Equatable, Sendable {
    /// A value with every field at its default.
    init()

    /// Reads the fields that `version` carries. The reader keeps a failure, and the returned value is then meaningless.
    init(reading reader: inout WireReader, version: Int16)

    /// Appends the fields that `version` carries, without the others.
    func encode(into buffer: inout ByteBuffer, version: Int16)

    static var minimumBytes: Int { get }
}

/// A request or response body, a header, or the data inside an opaque field.
package protocol KafkaData: KafkaStructure {
    static var versions: ClosedRange<Int16> { get }
    /// The first version with compact lengths and tagged fields (KIP-482); `Int16.max` when there is none.
    static var firstFlexibleVersion: Int16 { get }
}

package protocol KafkaMessage: KafkaData {
    static var apiKey: APIKey { get }
}

extension KafkaData {
    /// Decodes a value and moves the reader index behind it.
    ///
    /// - Parameter maximumElements: The most elements of all arrays together.
    /// - Throws: ``KafkaDecodeError`` when the bytes do not have the form of `version`; the buffer is then unchanged.
    package init(
        from buffer: inout ByteBuffer, version: Int16, maximumElements: Int = .max
    ) throws(KafkaDecodeError) {
        guard Self.versions.contains(version) else {
            throw KafkaDecodeError(
                reason: .unsupportedVersion(version, known: Self.versions), field: "\(Self.self)", offset: 0)
        }
        var reader = WireReader(buffer, maximumElements: maximumElements)
        self.init(reading: &reader, version: version)
        if let failure = reader.failure { throw failure }
        buffer = reader.buffer
    }

    package static func isFlexible(_ version: Int16) -> Bool { version >= self.firstFlexibleVersion }
}
