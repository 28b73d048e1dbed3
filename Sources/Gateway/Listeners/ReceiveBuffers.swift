import NIOCore

/// How much is read from a socket at once: as NIO adapts it, in one read a turn, and with nothing kept between two turns.
///
/// NIO's pool keeps a buffer of up to 64 KiB for each of the reads of a turn, per channel and for ever: half a MiB for each
/// client that once moved bulk. With one read a turn and buffers that are said to grow, it keeps the first one only, which
/// is small. A buffer then costs one allocation, which is little beside the system call that fills it.
struct ReceiveBuffers: RecvByteBufferAllocator {
    /// Reads in one turn of the loop, for ``ChannelOptions``.
    static let readsPerTurn: UInt = 1

    private var sizes = AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 1_024, maximum: 256 * 1024)

    func buffer(allocator: ByteBufferAllocator) -> ByteBuffer {
        self.sizes.buffer(allocator: allocator)
    }

    /// - Returns: true: the pool then never hands out the buffer that it keeps.
    mutating func record(actualReadBytes: Int) -> Bool {
        _ = self.sizes.record(actualReadBytes: actualReadBytes)
        return true
    }
}
