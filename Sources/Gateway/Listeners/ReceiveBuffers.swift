import NIOCore

/// How much is read from a socket at once: as NIO adapts it, but nothing is kept between two reads.
///
/// NIO's own pool keeps a buffer of up to 64 KiB for each read of a turn, per channel and for ever: half a MiB for each
/// client that once moved bulk. An allocator that names no size is not pooled. A buffer then costs one allocation, which is
/// small beside the system call that fills it, and an idle connection holds none.
struct ReceiveBuffers: RecvByteBufferAllocator {
    private var sizes = AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 2_048, maximum: 64 * 1024)

    func buffer(allocator: ByteBufferAllocator) -> ByteBuffer {
        self.sizes.buffer(allocator: allocator)
    }

    mutating func record(actualReadBytes: Int) -> Bool {
        self.sizes.record(actualReadBytes: actualReadBytes)
    }
}
