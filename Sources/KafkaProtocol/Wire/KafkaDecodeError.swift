/// The reason why bytes are not a message of a version.
package struct KafkaDecodeError: Error, Equatable {
    package enum Reason: Equatable, Sendable {
        case truncated(needed: Int, available: Int)
        case negativeLength(Int)
        case unexpectedNull
        case tooManyElements(count: Int, available: Int)
        /// All arrays together have more elements than the reader may accept.
        case overElementLimit(Int)
        case invalidUTF8
        case overlongVarint
        case taggedFieldsOutOfOrder(tag: UInt32)
        case unreadBytesInTaggedField(tag: UInt32, count: Int)
        case unsupportedVersion(Int16, known: ClosedRange<Int16>)
        case invalid(String)
    }

    package var reason: Reason
    /// The path from the message's root, such as `topics[0].name`.
    package var field: String
    /// The place of the failure, in bytes from the start of the body.
    package var offset: Int

    package init(reason: Reason, field: String, offset: Int) {
        self.reason = reason
        self.field = field
        self.offset = offset
    }
}

extension KafkaDecodeError: CustomStringConvertible {
    package var description: String {
        let place = "\(self.field) at byte \(self.offset)"
        return switch self.reason {
        case .truncated(let needed, let available): "\(place) needs \(needed) bytes, \(available) left"
        case .negativeLength(let length): "\(place) has the length \(length)"
        case .unexpectedNull: "\(place) is null and may not be"
        case .tooManyElements(let count, let available):
            "\(place) claims \(count) elements, but only \(available) bytes are left"
        case .overElementLimit(let limit): "\(place) has one element too many: a request may have \(limit)"
        case .invalidUTF8: "\(place) is not valid UTF-8"
        case .overlongVarint: "\(place) has a variable-length number that does not end"
        case .taggedFieldsOutOfOrder(let tag): "\(place) has tagged field \(tag) out of order"
        case .unreadBytesInTaggedField(let tag, let count):
            "\(place) has \(count) bytes too many in tagged field \(tag)"
        case .unsupportedVersion(let version, let known):
            "\(self.field) version \(version) is unknown; known are \(known.lowerBound) to \(known.upperBound)"
        case .invalid(let text): "\(place): \(text)"
        }
    }
}
