import NIOCore

/// Reads a frame that lies in several chunks, and steps over unwanted fields without touching them.
///
/// Every read returns nil when the bytes are not there; the position is then undefined and the cursor is thrown away.
struct ChunkCursor {
    private let chunks: CircularBuffer<ByteBuffer>
    private var chunkIndex: CircularBuffer<ByteBuffer>.Index
    /// The bytes of the current chunk that have been read.
    private var offset: Int
    /// The position in bytes from the start of the frame.
    private(set) var position: Int
    /// The frame's length: nothing behind it is read.
    let limit: Int

    init(_ queue: ChunkQueue, limit: Int) {
        self.chunks = queue.chunks
        self.chunkIndex = self.chunks.startIndex
        self.offset = 0
        self.position = 0
        self.limit = limit
    }

    init(_ chain: ByteChain) {
        var chunks = CircularBuffer<ByteBuffer>(initialCapacity: chain.rest.count + 1)
        chunks.append(chain.first)
        chunks.append(contentsOf: chain.rest)
        self.chunks = chunks
        self.chunkIndex = chunks.startIndex
        self.offset = 0
        self.position = 0
        self.limit = chain.readableBytes
    }

    /// Steps over `count` bytes. False when the frame ends before.
    ///
    /// Bytes that have not arrived yet may be stepped over; reading behind them returns nil.
    mutating func skip(_ count: Int) -> Bool {
        guard count >= 0, count <= self.limit - self.position else { return false }
        self.position += count
        self.offset += count
        while self.chunkIndex != self.chunks.endIndex, self.offset >= self.chunks[self.chunkIndex].readableBytes {
            self.offset -= self.chunks[self.chunkIndex].readableBytes
            self.chunkIndex = self.chunks.index(after: self.chunkIndex)
        }
        return true
    }

    mutating func readByte() -> UInt8? {
        guard self.position < self.limit, self.chunkIndex != self.chunks.endIndex else { return nil }
        let chunk = self.chunks[self.chunkIndex]
        guard let byte = chunk.getInteger(at: chunk.readerIndex + self.offset, as: UInt8.self) else { return nil }
        _ = self.skip(1)
        return byte
    }

    /// `count` bytes in one piece; a copy only where they span chunks. Meant for names, not for records.
    mutating func readSlice(_ count: Int) -> ByteBuffer? {
        guard count >= 0, count <= self.limit - self.position else { return nil }
        if count == 0 { return ByteBuffer() }
        guard self.chunkIndex != self.chunks.endIndex else { return nil }
        let chunk = self.chunks[self.chunkIndex]
        if let slice = chunk.getSlice(at: chunk.readerIndex + self.offset, length: count) {
            _ = self.skip(count)
            return slice
        }
        var joined = ByteBufferAllocator().buffer(capacity: min(count, 64 * 1024))
        while joined.readableBytes < count {
            guard self.chunkIndex != self.chunks.endIndex else { return nil }
            let chunk = self.chunks[self.chunkIndex]
            let wanted = min(count - joined.readableBytes, chunk.readableBytes - self.offset)
            guard let part = chunk.getSlice(at: chunk.readerIndex + self.offset, length: wanted) else { return nil }
            joined.writeImmutableBuffer(part)
            _ = self.skip(wanted)
        }
        return joined
    }

    mutating func readInteger<T: FixedWidthInteger>(as type: T.Type = T.self) -> T? {
        if self.chunkIndex != self.chunks.endIndex, MemoryLayout<T>.size <= self.limit - self.position {
            let chunk = self.chunks[self.chunkIndex]
            if let value = chunk.getInteger(at: chunk.readerIndex + self.offset, as: T.self) {
                _ = self.skip(MemoryLayout<T>.size)
                return value
            }
        }
        var value: T = 0
        for _ in 0..<MemoryLayout<T>.size {
            guard let byte = self.readByte() else { return nil }
            value = value << 8 | T(truncatingIfNeeded: byte)
        }
        return value
    }

    /// An unsigned varint of at most five bytes (KIP-482).
    mutating func readUnsignedVarint() -> Int? {
        var value: UInt64 = 0
        for shift in stride(from: 0, through: 28, by: 7) {
            guard let byte = self.readByte() else { return nil }
            value |= UInt64(byte & 0x7f) << UInt64(shift)
            if byte & 0x80 == 0 { return value <= UInt64(UInt32.max) ? Int(value) : nil }
        }
        return nil
    }

    /// A length or count: `int32` (-1 is null), or compact (0 is null). Null comes back as -1.
    mutating func readLength(compact: Bool) -> Int? {
        if compact { return self.readUnsignedVarint().map { $0 - 1 } }
        return self.readInteger(as: Int32.self).map(Int.init)
    }

    /// The length of a string: `int16` (-1 is null), or compact. Null comes back as -1.
    mutating func readStringLength(compact: Bool) -> Int? {
        if compact { return self.readUnsignedVarint().map { $0 - 1 } }
        return self.readInteger(as: Int16.self).map(Int.init)
    }

    /// Steps over a tagged-field section.
    mutating func skipTaggedFields() -> Bool {
        guard let count = self.readUnsignedVarint() else { return false }
        var left = count
        while left > 0 {
            guard self.readUnsignedVarint() != nil, let size = self.readUnsignedVarint(), self.skip(size) else {
                return false
            }
            left -= 1
        }
        return true
    }
}
