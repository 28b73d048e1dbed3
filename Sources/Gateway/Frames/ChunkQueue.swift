import NIOCore

/// The unread part of a byte stream, kept as the chunks that the socket gave: taking bytes out copies nothing.
///
/// The queue's user bounds it, by reading no more from the socket while it cannot use these bytes.
struct ChunkQueue {
    /// Chunks below this many bytes are copied together, so that a peer that sends single bytes cannot make long queues.
    private static let smallChunkBytes = 1024

    /// Oldest first; none is empty.
    private(set) var chunks: CircularBuffer<ByteBuffer>
    private(set) var readableBytes: Int

    init() {
        self.chunks = CircularBuffer(initialCapacity: 4)
        self.readableBytes = 0
    }

    var isEmpty: Bool { self.readableBytes == 0 }

    mutating func append(_ chunk: ByteBuffer) {
        let count = chunk.readableBytes
        guard count > 0 else { return }
        self.readableBytes += count
        if count < Self.smallChunkBytes, let last = self.chunks.last, last.readableBytes < Self.smallChunkBytes {
            var joined = self.chunks.removeLast()
            joined.writeImmutableBuffer(chunk)
            self.chunks.append(joined)
        } else {
            self.chunks.append(chunk)
        }
    }

    /// The first `count` bytes in one piece, left in the queue. A copy is made only where they span chunks.
    mutating func peek(_ count: Int) -> ByteBuffer? {
        guard count <= self.readableBytes, count > 0 else { return nil }
        let first = self.chunks[self.chunks.startIndex]
        if first.readableBytes >= count {
            return first.getSlice(at: first.readerIndex, length: count)
        }
        var joined = ByteBufferAllocator().buffer(capacity: count)
        for chunk in self.chunks {
            let wanted = min(count - joined.readableBytes, chunk.readableBytes)
            if let slice = chunk.getSlice(at: chunk.readerIndex, length: wanted) { joined.writeImmutableBuffer(slice) }
            if joined.readableBytes == count { break }
        }
        return joined
    }

    /// Takes up to `limit` bytes from the first chunk, without copying.
    mutating func takeFromFirst(limit: Int) -> ByteBuffer? {
        guard limit > 0, !self.chunks.isEmpty else { return nil }
        let first = self.chunks[self.chunks.startIndex]
        if first.readableBytes <= limit {
            self.readableBytes -= first.readableBytes
            return self.chunks.removeFirst()
        }
        guard let slice = self.chunks[self.chunks.startIndex].readSlice(length: limit) else { return nil }
        self.readableBytes -= limit
        return slice
    }

    /// Takes exactly `count` bytes, or nil when they are not all here yet.
    mutating func take(_ count: Int) -> ByteChain? {
        guard count <= self.readableBytes, let first = self.takeFromFirst(limit: count) else { return nil }
        var chain = ByteChain(first)
        while chain.readableBytes < count, let next = self.takeFromFirst(limit: count - chain.readableBytes) {
            chain.append(next)
        }
        return chain
    }

    /// Releases the memory that a longer queue needed; the bytes in the queue stay, in a copy of their own size.
    mutating func shrink() {
        var kept = CircularBuffer<ByteBuffer>(initialCapacity: 4)
        if self.readableBytes > 0 {
            var bytes = ByteBufferAllocator().buffer(capacity: self.readableBytes)
            for chunk in self.chunks { bytes.writeImmutableBuffer(chunk) }
            kept.append(bytes)
        }
        self.chunks = kept
    }

    mutating func removeAll() {
        self.chunks.removeAll()
        self.readableBytes = 0
    }
}
