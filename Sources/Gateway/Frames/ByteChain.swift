import NIOCore

/// One frame as the chunks that it arrived in, usually one.
struct ByteChain {
    private(set) var first: ByteBuffer
    private(set) var rest: [ByteBuffer]
    private(set) var readableBytes: Int

    init(_ first: ByteBuffer) {
        self.first = first
        self.rest = []
        self.readableBytes = first.readableBytes
    }

    mutating func append(_ chunk: ByteBuffer) {
        self.rest.append(chunk)
        self.readableBytes += chunk.readableBytes
    }

    /// The bytes in one piece: the chunk itself when there is only one, else a copy.
    func contiguous() -> ByteBuffer {
        if self.rest.isEmpty { return self.first }
        var joined = ByteBufferAllocator().buffer(capacity: self.readableBytes)
        joined.writeImmutableBuffer(self.first)
        for chunk in self.rest { joined.writeImmutableBuffer(chunk) }
        return joined
    }
}
