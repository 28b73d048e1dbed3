import KafkaProtocol
import NIOCore

/// The control batch that ends a transaction in one partition (KIP-98), for readers of committed records.
struct TransactionMarker: Equatable {
    /// The sandbox has one transaction coordinator that never moves.
    static let coordinatorEpoch: Int32 = 0
    private static let attributes = RecordBatch.AttributeBits.transactional | RecordBatch.AttributeBits.control

    var producerID: Int64
    var producerEpoch: Int16
    var isCommit: Bool
    /// Milliseconds since 1970.
    var timestamp: Int64

    /// The batch from its magic byte on.
    var body: ByteBuffer {
        var key = ByteBuffer()
        key.writeInteger(Int16(0))  // version
        key.writeInteger(Int16(self.isCommit ? 1 : 0))
        var value = ByteBuffer()
        value.writeInteger(Int16(0))  // version
        value.writeInteger(Self.coordinatorEpoch)
        var writer = RecordBatchWriter()
        writer.attributes = Self.attributes
        writer.baseTimestamp = self.timestamp
        writer.producerID = self.producerID
        writer.producerEpoch = self.producerEpoch
        var batch = writer.batch([Record(key: key, value: value)])
        batch.moveReaderIndex(forwardBy: StoredBatch.headBytes)
        return batch.slice()
    }
}

/// An aborted transaction: readers of committed records skip its batches between these offsets.
struct AbortedTransaction: Equatable {
    var producerID: Int64
    var firstOffset: Int64
    /// The offset of the marker.
    var lastOffset: Int64
}
