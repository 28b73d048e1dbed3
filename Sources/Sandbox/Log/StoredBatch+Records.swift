import KafkaProtocol
import NIOCore

extension StoredBatch {
    /// The first record at `timestamp` or later, at or above an offset. Nil also when the batch is compressed: it is not opened.
    func firstRecord(atOrAfter timestamp: Int64, from offset: Int64) -> (offset: Int64, timestamp: Int64)? {
        var bytes = self.assembled()
        guard let batch = try? RecordBatch(readingFrom: &bytes), let records = try? batch.records() else { return nil }
        for record in records {
            let recordOffset = self.baseOffset + Int64(record.offsetDelta)
            let recordTimestamp =
                batch.usesLogAppendTime ? batch.maxTimestamp : batch.baseTimestamp &+ record.timestampDelta
            if recordOffset >= offset, recordTimestamp >= timestamp { return (recordOffset, recordTimestamp) }
        }
        return nil
    }
}
