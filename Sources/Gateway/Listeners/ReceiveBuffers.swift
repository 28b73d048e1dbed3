import NIOCore

/// The sizes of reads from a socket: as NIO adapts them, with one read a turn, and no buffer kept between two turns.
///
/// NIO's pool keeps a buffer of up to 64 KiB for each of the reads of a turn, per channel and for ever: half a MiB for
/// each client that once moved bulk. With one read a turn and an allocator that always reports growth, the pool keeps
/// only the first buffer, which is small. A buffer then costs one allocation, which is little beside the system call
/// that fills it.
struct ReceiveBuffers: RecvByteBufferAllocator {
    /// Reads in one turn of the loop, for ``ChannelOptions``.
    static let readsPerTurn: UInt = 1

    private var sizes = AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 1_024, maximum: 256 * 1024)

    func buffer(allocator: ByteBufferAllocator) -> ByteBuffer {
        self.sizes.buffer(allocator: allocator)
    }

    /// - Returns: True, so that the pool never reuses the buffer that it keeps.
    mutating func record(actualReadBytes: Int) -> Bool {
        _ = self.sizes.record(actualReadBytes: actualReadBytes)
        return true
    }
}
