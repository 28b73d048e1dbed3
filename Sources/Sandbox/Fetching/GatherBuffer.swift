import NIOCore

/// Collects an answer as a list of buffers to write in one go: large record bytes are kept as they are, small parts are
/// joined.
struct GatherBuffer {
    /// Below this many bytes a copy is cheaper than another element to write.
    private static let copyBelow = 4096

    private var finished: [ByteBuffer] = []
    private var finishedBytes = 0
    /// The part that is being written now: numbers, names and small batches.
    var tail: ByteBuffer

    init(capacity: Int = 256) {
        self.tail = ByteBuffer()
        self.tail.reserveCapacity(capacity)
    }

    var sizeBytes: Int { self.finishedBytes + self.tail.readableBytes }

    mutating func append(_ batch: StoredBatch) {
        batch.writeHead(into: &self.tail)
        guard batch.body.readableBytes >= Self.copyBelow else {
            self.tail.writeImmutableBuffer(batch.body)
            return
        }
        self.finishTail()
        self.finished.append(batch.body)
        self.finishedBytes += batch.body.readableBytes
    }

    private mutating func finishTail() {
        self.finishedBytes += self.tail.readableBytes
        self.finished.append(self.tail)
        self.tail = ByteBuffer()
        self.tail.reserveCapacity(128)
    }

    /// All buffers, in order.
    mutating func finish() -> [ByteBuffer] {
        self.finishTail()
        return self.finished
    }
}
