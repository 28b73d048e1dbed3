package import NIOCore

/// Writers of the protocol's primitive types. Not generic and not inlined: generated code calls them thousands of times.
extension ByteBuffer {
    @inline(never) package mutating func write(_ value: Bool) { self.writeInteger(value ? 1 : 0, as: UInt8.self) }
    @inline(never) package mutating func write(_ value: Int8) { self.writeInteger(value) }
    @inline(never) package mutating func write(_ value: Int16) { self.writeInteger(value) }
    @inline(never) package mutating func write(_ value: UInt16) { self.writeInteger(value) }
    @inline(never) package mutating func write(_ value: Int32) { self.writeInteger(value) }
    @inline(never) package mutating func write(_ value: UInt32) { self.writeInteger(value) }
    @inline(never) package mutating func write(_ value: Int64) { self.writeInteger(value) }
    @inline(never) package mutating func write(_ value: Double) { self.writeInteger(value.bitPattern) }

    @inline(never)
    package mutating func write(_ value: KafkaUUID) {
        self.writeInteger(value.high)
        self.writeInteger(value.low)
    }

    /// A string or null. Where the version does not allow null, an empty string stands for it.
    ///
    /// The form that is not compact has room for 32,767 bytes: a longer string ends after the last character that fits.
    @inline(never)
    package mutating func write(_ value: String?, compact: Bool, nullable: Bool = true) {
        guard let value = value ?? (nullable ? nil : "") else {
            if compact { self.writeUnsignedVarint(0) } else { self.writeInteger(Int16(-1)) }
            return
        }
        if compact {
            self.writeUnsignedVarint(UInt32(truncatingIfNeeded: value.utf8.count + 1))
            self.writeString(value)
        } else if let length = Int16(exactly: value.utf8.count) {
            self.writeInteger(length)
            self.writeString(value)
        } else {
            var end = value.utf8.index(value.startIndex, offsetBy: Int(Int16.max))
            while end.samePosition(in: value.unicodeScalars) == nil { end = value.utf8.index(before: end) }
            self.write(String(value[..<end]), compact: false)
        }
    }

    /// Bytes or null. Where the version does not allow null, no bytes stand for it.
    @inline(never)
    package mutating func write(_ value: ByteBuffer?, compact: Bool, nullable: Bool = true) {
        self.writeCount(value?.readableBytes, compact: compact, nullable: nullable)
        if let value { self.writeImmutableBuffer(value) }
    }

    /// The number of elements or bytes that follow; nil is null, or 0 where the version does not allow null.
    @inline(never)
    package mutating func writeCount(_ count: Int?, compact: Bool, nullable: Bool = true) {
        let count = count ?? (nullable ? nil : 0)
        if compact {
            self.writeUnsignedVarint(count.map { UInt32(truncatingIfNeeded: $0 + 1) } ?? 0)
        } else {
            self.writeInteger(count.map { Int32(truncatingIfNeeded: $0) } ?? -1)
        }
    }

    /// The byte before a nullable structure.
    @inline(never)
    package mutating func writePresence(_ isPresent: Bool) {
        self.writeInteger(isPresent ? 1 : -1, as: Int8.self)
    }

    /// A tagged-field section, tags ascending. An empty one is one byte.
    @inline(never)
    package mutating func writeTaggedFields(_ fields: [UnknownTaggedField]) {
        self.writeUnsignedVarint(UInt32(truncatingIfNeeded: fields.count))
        guard !fields.isEmpty else { return }
        for field in fields.sorted(by: { $0.tag < $1.tag }) {
            self.writeUnsignedVarint(field.tag)
            self.writeUnsignedVarint(UInt32(truncatingIfNeeded: field.data.readableBytes))
            self.writeImmutableBuffer(field.data)
        }
    }

    /// - SeeAlso: KIP-482 (tagged fields).
    @inline(never)
    package mutating func writeUnsignedVarint(_ value: UInt32) {
        var value = value
        while value >= 0x80 {
            self.writeInteger(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        self.writeInteger(UInt8(truncatingIfNeeded: value))
    }

    /// Nil when the bytes end early, or the number has more than five bytes or 32 bits; nothing is consumed then.
    @inline(never)
    package mutating func readUnsignedVarint() -> UInt32? {
        var value: UInt64 = 0
        for offset in 0..<5 {
            guard let byte = self.getInteger(at: self.readerIndex + offset, as: UInt8.self) else { return nil }
            value |= UInt64(byte & 0x7f) << UInt64(7 * offset)
            if byte & 0x80 == 0 {
                guard value <= UInt64(UInt32.max) else { return nil }
                self.moveReaderIndex(forwardBy: offset + 1)
                return UInt32(value)
            }
        }
        return nil
    }

    /// Reads a zigzag varint of up to ten bytes, the form in records.
    package mutating func readVarint() -> Int64? {
        var value: UInt64 = 0
        for offset in 0..<10 {
            guard let byte = self.getInteger(at: self.readerIndex + offset, as: UInt8.self) else { return nil }
            if offset == 9, byte > 1 { return nil }
            value |= UInt64(byte & 0x7f) << UInt64(7 * offset)
            if byte & 0x80 == 0 {
                self.moveReaderIndex(forwardBy: offset + 1)
                return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
            }
        }
        return nil
    }

    package mutating func writeVarint(_ value: Int64) {
        var rest = UInt64(bitPattern: value << 1) ^ UInt64(bitPattern: value >> 63)
        while rest >= 0x80 {
            self.writeInteger(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        self.writeInteger(UInt8(truncatingIfNeeded: rest))
    }
}
