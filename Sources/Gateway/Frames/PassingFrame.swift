import NIOCore

/// Reads the fields of a frame while it passes in chunks, and steps over unwanted ones. Between two chunks it keeps at
/// most one number: no bytes are held and none is read twice.
///
/// Every read returns nil until the last byte of its field has passed: it is called again with the next chunk. A chunk
/// must not reach behind the frame.
struct PassingFrame {
    /// The frame ends inside a field, or a length in it cannot be true.
    struct Malformed: Error, Equatable {}

    /// Bytes that have not passed yet.
    private(set) var left: Int
    /// How many of them are to be stepped over.
    private var skipped = 0
    /// A number of which some bytes have passed.
    private var number: UInt64 = 0
    private var numberBytes = 0
    /// Tagged fields that are still to come; nil outside of a section.
    private var tagsLeft: Int?
    private var isBehindTag = false

    /// - Parameter skipped: The number of bytes at the start to step over.
    init(bytes: Int, skipping skipped: Int = 0) {
        self.left = bytes
        self.skipped = min(bytes, skipped)
    }

    /// Marks the next bytes as unwanted; the reads that follow let them pass.
    mutating func stepOver(_ count: Int) throws(Malformed) {
        guard count >= 0, count <= self.left - self.skipped else { throw Malformed() }
        self.skipped += count
    }

    /// Marks all that is left as unwanted.
    mutating func stepOverRest() {
        self.skipped = self.left
    }

    /// Lets the unwanted bytes pass. False when some of them have not arrived.
    mutating func catchUp(_ chunk: inout ByteBuffer) -> Bool {
        if self.skipped == 0 { return true }
        let count = min(self.skipped, chunk.readableBytes)
        chunk.moveReaderIndex(forwardBy: count)
        self.skipped -= count
        self.left -= count
        return self.skipped == 0
    }

    /// A big-endian number of up to eight bytes.
    mutating func unsigned(bytes: Int, _ chunk: inout ByteBuffer) throws(Malformed) -> UInt64? {
        guard self.catchUp(&chunk) else { return nil }
        guard bytes - self.numberBytes <= self.left else { throw Malformed() }
        while self.numberBytes < bytes {
            guard let byte = self.readByte(&chunk) else { return nil }
            self.number = self.number << 8 | UInt64(byte)
            self.numberBytes += 1
        }
        return self.takeNumber()
    }

    /// An unsigned varint of at most five bytes (KIP-482).
    mutating func varint(_ chunk: inout ByteBuffer) throws(Malformed) -> Int? {
        guard self.catchUp(&chunk) else { return nil }
        while self.numberBytes < 5 {
            guard self.left > 0 else { throw Malformed() }
            guard let byte = self.readByte(&chunk) else { return nil }
            self.number |= UInt64(byte & 0x7f) << UInt64(7 * self.numberBytes)
            self.numberBytes += 1
            if byte & 0x80 == 0 {
                let value = self.takeNumber()
                guard value <= UInt64(UInt32.max) else { throw Malformed() }
                return Int(value)
            }
        }
        throw Malformed()
    }

    /// A length or count: `int32` (-1 is null), or compact (0 is null). Null comes back as -1.
    mutating func length(compact: Bool, _ chunk: inout ByteBuffer) throws(Malformed) -> Int? {
        let length: Int?
        if compact {
            length = try self.varint(&chunk).map { $0 - 1 }
        } else {
            length = try self.unsigned(bytes: 4, &chunk).map { Int(Int32(truncatingIfNeeded: $0)) }
        }
        guard let length else { return nil }
        guard length >= -1 else { throw Malformed() }
        return length
    }

    /// The length of a string: `int16` (-1 is null), or compact. Longer ones than Kafka allows are malformed.
    mutating func stringLength(compact: Bool, _ chunk: inout ByteBuffer) throws(Malformed) -> Int? {
        let length: Int?
        if compact {
            length = try self.varint(&chunk).map { $0 - 1 }
        } else {
            length = try self.unsigned(bytes: 2, &chunk).map { Int(Int16(truncatingIfNeeded: $0)) }
        }
        guard let length else { return nil }
        guard length >= -1, length <= Int(Int16.max) else { throw Malformed() }
        return length
    }

    /// Moves bytes into `collected` until it has `count`; for names and ids. False when some have not arrived.
    mutating func collect(
        _ count: Int, into collected: inout ByteBuffer, _ chunk: inout ByteBuffer
    ) throws(Malformed) -> Bool {
        guard self.catchUp(&chunk) else { return false }
        let wanted = count - collected.readableBytes
        guard wanted <= self.left else { throw Malformed() }
        if var part = chunk.readSlice(length: min(wanted, chunk.readableBytes)) {
            self.left -= part.readableBytes
            collected.writeBuffer(&part)
        }
        return collected.readableBytes == count
    }

    /// Lets a section of tagged fields pass. False when it has not arrived up to its last size.
    mutating func taggedFields(_ chunk: inout ByteBuffer) throws(Malformed) -> Bool {
        if self.tagsLeft == nil {
            guard let count = try self.varint(&chunk) else { return false }
            self.tagsLeft = count
        }
        while let tagsLeft = self.tagsLeft, tagsLeft > 0 {
            if !self.isBehindTag {
                guard try self.varint(&chunk) != nil else { return false }
                self.isBehindTag = true
            }
            guard let size = try self.varint(&chunk) else { return false }
            try self.stepOver(size)
            self.isBehindTag = false
            self.tagsLeft = tagsLeft - 1
        }
        self.tagsLeft = nil
        return true
    }

    private mutating func readByte(_ chunk: inout ByteBuffer) -> UInt8? {
        guard let byte = chunk.readInteger(as: UInt8.self) else { return nil }
        self.left -= 1
        return byte
    }

    private mutating func takeNumber() -> UInt64 {
        defer {
            self.number = 0
            self.numberBytes = 0
        }
        return self.number
    }
}
