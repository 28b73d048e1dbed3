import NIOCore

/// Puts frames together: their size, then their bytes.
struct FrameCollector {
    private var received = ByteBuffer()

    /// - Returns: the whole frames so far, without their sizes.
    mutating func take(_ chunk: ByteBuffer) -> [ByteBuffer] {
        var chunk = chunk
        self.received.writeBuffer(&chunk)
        var frames: [ByteBuffer] = []
        while let size = self.received.getInteger(at: self.received.readerIndex, as: Int32.self),
            let frame = self.received.getSlice(at: self.received.readerIndex + 4, length: Int(size))
        {
            self.received.moveReaderIndex(forwardBy: 4 + Int(size))
            frames.append(ByteBuffer(bytes: Array(frame.readableBytesView)))
        }
        self.received.discardReadBytes()
        return frames
    }
}

extension ByteBuffer {
    /// The bytes behind a size of four bytes.
    var framed: ByteBuffer {
        var frame = ByteBuffer()
        frame.writeInteger(Int32(self.readableBytes))
        frame.writeImmutableBuffer(self)
        return frame
    }
}
