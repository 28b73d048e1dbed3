import KafkaProtocol
import NIOCore

/// One record batch in a partition: the client's bytes, untouched, and the log's own facts about them.
///
/// The first sixteen bytes of a batch (base offset, length, leader epoch) are written by the broker and are not covered
/// by the CRC. They are kept as numbers and written into each answer, so the rest is never copied or changed.
struct StoredBatch: Equatable {
    /// Bytes of a batch in front of its magic byte: base offset, batch length, partition leader epoch.
    static let headBytes = RecordBatch.Offset.magic

    let baseOffset: Int64
    let lastOffset: Int64
    let leaderEpoch: Int32
    /// Milliseconds since 1970, the newest of this batch's records.
    let maxTimestamp: Int64
    /// The newest timestamp in this batch and all before it: never falls along the log, so it can be searched.
    let newestTimestampSoFar: Int64
    /// Bytes ever appended to the log before this batch.
    let position: Int64
    /// The batch from its magic byte on.
    let body: ByteBuffer

    /// The whole batch on the wire, in bytes.
    var sizeBytes: Int { Self.headBytes + self.body.readableBytes }

    /// The memory of a batch besides its bytes, on 64 bits: the object that owns them (64 bytes with the overhead of
    /// the allocator for both), and its entries in the log and in the order of appends (104 and 40 bytes), in arrays
    /// that are half empty just after they have grown.
    private static let overheadBytes = 352

    /// Memory that goes with the batch, in bytes, at most: its bytes may share a buffer with others.
    var heldBytes: Int { max(self.sizeBytes, self.body.storageCapacity) + Self.overheadBytes }

    /// Writes the broker's part of the batch: base offset, length of what follows it, leader epoch.
    func writeHead(into buffer: inout ByteBuffer) {
        buffer.writeInteger(self.baseOffset)
        // A batch came in a frame of at most 100 MiB.
        buffer.writeInteger(Int32(truncatingIfNeeded: self.sizeBytes - RecordBatch.prefixBytes))
        buffer.writeInteger(self.leaderEpoch)
    }

    /// The whole batch in one buffer, for readers that look inside.
    func assembled() -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(self.sizeBytes)
        self.writeHead(into: &buffer)
        buffer.writeImmutableBuffer(self.body)
        return buffer
    }
}
