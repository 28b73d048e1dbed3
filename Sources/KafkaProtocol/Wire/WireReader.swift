package import NIOCore

/// Reads the primitive types of the protocol.
///
/// After a failure, which the reader keeps, every read returns a meaningless value, so that generated code needs no
/// error branch after each field; the caller checks ``failure`` once at the end. Lengths are checked against the
/// available bytes before memory is allocated. `records` and `bytes` are slices of the frame, never copies.
package struct WireReader {
    package private(set) var buffer: ByteBuffer
    package private(set) var failure: KafkaDecodeError?
    private let start: Int
    private let maximumElements: Int
    private var elementsLeft: Int

    /// - Parameter maximumElements: The most elements of all arrays together, including unknown tagged fields. One
    ///   element can need far more memory and time than its bytes suggest.
    package init(_ buffer: ByteBuffer, maximumElements: Int = .max) {
        self.init(buffer, start: buffer.readerIndex, maximumElements: maximumElements, elementsLeft: maximumElements)
    }

    private init(_ buffer: ByteBuffer, start: Int, maximumElements: Int, elementsLeft: Int) {
        self.buffer = buffer
        self.start = start
        self.maximumElements = maximumElements
        self.elementsLeft = elementsLeft
    }

    package var isFailed: Bool { self.failure != nil }

    @inline(never)
    private mutating func fail(_ reason: KafkaDecodeError.Reason, _ field: StaticString, at index: Int?) {
        guard self.failure == nil else { return }
        let name = index.map { "\(field)[\($0)]" } ?? "\(field)"
        self.failure = KafkaDecodeError(reason: reason, field: name, offset: self.buffer.readerIndex - self.start)
        // Skip the rest, so that no more is read.
        self.buffer.moveReaderIndex(to: self.buffer.writerIndex)
    }

    /// Completes the path of a failure inside a structure, with the name of the field that holds it and its place in an
    /// array.
    @inline(never)
    package mutating func failedInside(_ field: StaticString, at index: Int? = nil) {
        guard let failure = self.failure else { return }
        self.failure?.field = "\(field)\(index.map { "[\($0)]" } ?? "").\(failure.field)"
    }

    // MARK: Numbers

    @inline(never)
    private mutating func readInteger<T: FixedWidthInteger>(_ field: StaticString, _ index: Int?, as type: T.Type) -> T
    {
        guard let value = self.buffer.readInteger(as: T.self) else {
            self.fail(.truncated(needed: MemoryLayout<T>.size, available: self.buffer.readableBytes), field, at: index)
            return 0
        }
        return value
    }

    @inline(never)
    package mutating func readBool(_ field: StaticString, at index: Int? = nil) -> Bool {
        self.readInteger(field, index, as: UInt8.self) != 0
    }

    @inline(never)
    package mutating func readInt8(_ field: StaticString, at index: Int? = nil) -> Int8 {
        self.readInteger(field, index, as: Int8.self)
    }

    @inline(never)
    package mutating func readInt16(_ field: StaticString, at index: Int? = nil) -> Int16 {
        self.readInteger(field, index, as: Int16.self)
    }

    @inline(never)
    package mutating func readUInt16(_ field: StaticString, at index: Int? = nil) -> UInt16 {
        self.readInteger(field, index, as: UInt16.self)
    }

    @inline(never)
    package mutating func readInt32(_ field: StaticString, at index: Int? = nil) -> Int32 {
        self.readInteger(field, index, as: Int32.self)
    }

    @inline(never)
    package mutating func readUInt32(_ field: StaticString, at index: Int? = nil) -> UInt32 {
        self.readInteger(field, index, as: UInt32.self)
    }

    @inline(never)
    package mutating func readInt64(_ field: StaticString, at index: Int? = nil) -> Int64 {
        self.readInteger(field, index, as: Int64.self)
    }

    @inline(never)
    package mutating func readDouble(_ field: StaticString, at index: Int? = nil) -> Double {
        Double(bitPattern: self.readInteger(field, index, as: UInt64.self))
    }

    @inline(never)
    package mutating func readUUID(_ field: StaticString, at index: Int? = nil) -> KafkaUUID {
        guard let uuid = KafkaUUID(readingFrom: &self.buffer) else {
            self.fail(.truncated(needed: 16, available: self.buffer.readableBytes), field, at: index)
            return .zero
        }
        return uuid
    }

    /// Reads an unsigned varint: 7 bits a byte, least significant first, the high bit set on all but the last.
    ///
    /// One to five bytes; more, or a value above 2^32 − 1, is a failure.
    /// - SeeAlso: KIP-482 (tagged fields).
    @inline(never)
    package mutating func readUnsignedVarint(_ field: StaticString, at index: Int? = nil) -> UInt32 {
        guard let value = self.buffer.readUnsignedVarint() else {
            let isCut = self.buffer.readableBytes < 5
            self.fail(isCut ? .truncated(needed: 1, available: 0) : .overlongVarint, field, at: index)
            return 0
        }
        return value
    }

    // MARK: Lengths

    /// A length or count; nil for null, which is -1, or 0 in the compact form.
    private mutating func readLength(_ field: StaticString, _ index: Int?, compact: Bool, short: Bool) -> Int? {
        let length: Int
        if compact {
            length = Int(self.readUnsignedVarint(field, at: index)) - 1
        } else if short {
            length = Int(self.readInteger(field, index, as: Int16.self))
        } else {
            length = Int(self.readInteger(field, index, as: Int32.self))
        }
        if self.isFailed { return nil }
        if length == -1 { return nil }
        if length < 0 {
            self.fail(.negativeLength(length), field, at: index)
            return nil
        }
        return length
    }

    /// The number of elements of an array that may not be null. Nil only after a failure.
    ///
    /// - Parameter minimumBytes: The fewest bytes of one element, so that an impossible count is refused at once.
    @inline(never)
    package mutating func readCount(_ field: StaticString, compact: Bool, minimumBytes: Int) -> Int? {
        let count = self.readNullableCount(field, compact: compact, minimumBytes: minimumBytes)
        if count == nil { self.fail(.unexpectedNull, field, at: nil) }
        return count
    }

    /// The number of elements of an array; nil for null or after a failure.
    ///
    /// - Parameter nullable: Whether this version of the message allows null.
    @inline(never)
    package mutating func readNullableCount(
        _ field: StaticString, compact: Bool, nullable: Bool = true, minimumBytes: Int
    ) -> Int? {
        guard let count = self.readLength(field, nil, compact: compact, short: false) else {
            if !nullable { self.fail(.unexpectedNull, field, at: nil) }
            return nil
        }
        guard count <= self.buffer.readableBytes / max(1, minimumBytes) else {
            self.fail(.tooManyElements(count: count, available: self.buffer.readableBytes), field, at: nil)
            return nil
        }
        guard self.takeElements(count, field) else { return nil }
        return count
    }

    /// Counts elements against the limit.
    private mutating func takeElements(_ count: Int, _ field: StaticString) -> Bool {
        guard count <= self.elementsLeft else {
            self.fail(.overElementLimit(self.maximumElements), field, at: nil)
            return false
        }
        self.elementsLeft -= count
        return true
    }

    /// The number of elements to reserve memory for: all of them, but never more memory than there are bytes left to
    /// read.
    ///
    /// Even the elements of a correct count can need far more memory than bytes on the wire.
    @inline(never)
    package func reservation(_ count: Int, stride: Int) -> Int {
        min(count, self.buffer.readableBytes / max(1, stride))
    }

    @inline(never)
    package mutating func readNullableString(
        _ field: StaticString, at index: Int? = nil, compact: Bool, nullable: Bool = true
    ) -> String? {
        guard let length = self.readLength(field, index, compact: compact, short: true) else {
            if !nullable { self.fail(.unexpectedNull, field, at: index) }
            return nil
        }
        // Kafka refuses longer ones too, in both forms; so that every string that was read can be written in every
        // version.
        guard length <= Int(Int16.max) else {
            self.fail(.invalid("a string of \(length) bytes; 32767 are allowed"), field, at: index)
            return nil
        }
        guard length <= self.buffer.readableBytes else {
            self.fail(.truncated(needed: length, available: self.buffer.readableBytes), field, at: index)
            return nil
        }
        let text = self.buffer.withUnsafeReadableBytes { String(validating: $0.prefix(length), as: UTF8.self) }
        guard let text else {
            self.fail(.invalidUTF8, field, at: index)
            return nil
        }
        self.buffer.moveReaderIndex(forwardBy: length)
        return text
    }

    @inline(never)
    package mutating func readString(_ field: StaticString, at index: Int? = nil, compact: Bool) -> String {
        guard let text = self.readNullableString(field, at: index, compact: compact) else {
            self.fail(.unexpectedNull, field, at: index)
            return ""
        }
        return text
    }

    @inline(never)
    package mutating func readNullableBytes(
        _ field: StaticString, at index: Int? = nil, compact: Bool, nullable: Bool = true
    ) -> ByteBuffer? {
        guard let length = self.readLength(field, index, compact: compact, short: false) else {
            if !nullable { self.fail(.unexpectedNull, field, at: index) }
            return nil
        }
        guard let bytes = self.buffer.readSlice(length: length) else {
            self.fail(.truncated(needed: length, available: self.buffer.readableBytes), field, at: index)
            return nil
        }
        return bytes
    }

    @inline(never)
    package mutating func readBytes(_ field: StaticString, at index: Int? = nil, compact: Bool) -> ByteBuffer {
        guard let bytes = self.readNullableBytes(field, at: index, compact: compact) else {
            self.fail(.unexpectedNull, field, at: index)
            return ByteBuffer()
        }
        return bytes
    }

    /// The byte before a nullable structure: -1 null, 1 present.
    @inline(never)
    package mutating func readPresence(_ field: StaticString) -> Bool {
        switch self.readInt8(field) {
        case -1: return false
        case 1: return true
        case let value:
            self.fail(.invalid("\(value) is neither -1 (null) nor 1 (present)"), field, at: nil)
            return false
        }
    }

    // MARK: Tagged fields (KIP-482)

    package struct TaggedFieldHead {
        package let tag: UInt32
        fileprivate let bytes: ByteBuffer
    }

    @inline(never)
    package mutating func readTaggedFieldCount() -> UInt32 {
        self.lastTag = nil
        return self.readUnsignedVarint("taggedFields")
    }

    private var lastTag: UInt32?

    /// The next tagged field, cut out of the buffer. Nil after a failure.
    @inline(never)
    package mutating func readTaggedFieldHead() -> TaggedFieldHead? {
        let tag = self.readUnsignedVarint("taggedFields")
        let size = Int(self.readUnsignedVarint("taggedFields"))
        if self.isFailed { return nil }
        if let lastTag = self.lastTag, tag <= lastTag {
            self.fail(.taggedFieldsOutOfOrder(tag: tag), "taggedFields", at: nil)
            return nil
        }
        self.lastTag = tag
        guard self.takeElements(1, "taggedFields") else { return nil }
        guard let bytes = self.buffer.readSlice(length: size) else {
            self.fail(.truncated(needed: size, available: self.buffer.readableBytes), "taggedFields", at: nil)
            return nil
        }
        return TaggedFieldHead(tag: tag, bytes: bytes)
    }

    /// A reader over the bytes of one tagged field.
    @inline(never)
    package func field(_ head: TaggedFieldHead) -> WireReader {
        // The field's bytes end where this reader continues; its offsets count from the message's start, too.
        let offset = self.buffer.readerIndex - self.start - head.bytes.readableBytes
        var reader = WireReader(
            head.bytes, start: head.bytes.readerIndex - offset, maximumElements: self.maximumElements,
            elementsLeft: self.elementsLeft)
        reader.lastTag = head.tag
        return reader
    }

    /// Adopts the failure and the count of elements of a tagged field's reader.
    @inline(never)
    package mutating func finish(_ field: WireReader) {
        self.elementsLeft = field.elementsLeft
        if let failure = field.failure {
            if self.failure == nil {
                self.fail(failure.reason, "taggedFields", at: nil)
                self.failure = failure
            }
        } else if field.buffer.readableBytes > 0 {
            self.fail(
                .unreadBytesInTaggedField(tag: self.lastTag ?? 0, count: field.buffer.readableBytes), "taggedFields",
                at: nil)
        }
    }

    @inline(never)
    package func unknownTaggedField(_ head: TaggedFieldHead) -> UnknownTaggedField {
        UnknownTaggedField(tag: head.tag, data: head.bytes)
    }

    /// Reads a section in which no tag is known.
    @inline(never)
    package mutating func readUnknownTaggedFields() -> [UnknownTaggedField] {
        var left = self.readTaggedFieldCount()
        if left == 0 { return [] }
        var fields: [UnknownTaggedField] = []
        while left > 0, let head = self.readTaggedFieldHead() {
            left -= 1
            fields.append(self.unknownTaggedField(head))
        }
        return fields
    }
}

/// A tagged field that this version of the package does not know: its bytes are kept.
package struct UnknownTaggedField: Equatable, Sendable {
    package var tag: UInt32
    package var data: ByteBuffer

    package init(tag: UInt32, data: ByteBuffer) {
        self.tag = tag
        self.data = data
    }
}

extension [UnknownTaggedField] {
    /// Adds a field that the specification names, replacing one with the same tag.
    @inline(never)
    package mutating func set(_ tag: UInt32, to data: ByteBuffer) {
        self.removeAll { $0.tag == tag }
        self.append(UnknownTaggedField(tag: tag, data: data))
    }
}
