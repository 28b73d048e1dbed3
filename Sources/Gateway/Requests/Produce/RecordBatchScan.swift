import KafkaProtocol
import NIOCore

/// Reads the headers of record batches and steps over their records.
enum RecordBatchScan {
    /// Whether one of the batches belongs to a transaction. Formats before 2 have no transactions.
    ///
    /// The scan ends at bytes that are not a batch, which the backend refuses.
    static func holdsTransactionalBatch(_ records: ByteBuffer) -> Bool {
        var start = records.readerIndex
        while let length = records.getInteger(at: start + RecordBatch.Offset.batchLength, as: Int32.self),
            let magic = records.getInteger(at: start + RecordBatch.Offset.magic, as: Int8.self)
        {
            if magic >= RecordBatch.magic,
                let attributes = records.getInteger(at: start + RecordBatch.Offset.attributes, as: Int16.self),
                RecordBatch.isTransactional(attributes: attributes)
            {
                return true
            }
            guard length > 0 else { return false }
            start += RecordBatch.prefixBytes + Int(length)
        }
        return false
    }
}
