package import NIOCore

/// Builds uncompressed record batches of magic 2.
package struct RecordBatchWriter {
    package var baseOffset: Int64 = 0
    package var partitionLeaderEpoch: Int32 = -1
    package var attributes: Int16 = 0
    /// Milliseconds since 1970.
    package var baseTimestamp: Int64 = 0
    package var producerID: Int64 = -1
    package var producerEpoch: Int16 = -1
    package var baseSequence: Int32 = -1

    package init() {}

    /// - Parameter records: The records; their offset deltas are set to 0, 1, 2 …
    package func batch(_ records: [Record]) -> ByteBuffer {
        var body = ByteBuffer()
        var maximumDelta: Int64 = 0
        for (index, record) in records.enumerated() {
            var record = record
            record.offsetDelta = Int32(truncatingIfNeeded: index)
            maximumDelta = max(maximumDelta, record.timestampDelta)
            record.write(to: &body)
        }
        var batch = ByteBufferAllocator().buffer(capacity: RecordBatch.headerBytes + body.readableBytes)
        batch.writeInteger(self.baseOffset)
        batch.writeInteger(
            Int32(truncatingIfNeeded: RecordBatch.headerBytes - RecordBatch.prefixBytes + body.readableBytes))
        batch.writeInteger(self.partitionLeaderEpoch)
        batch.writeInteger(RecordBatch.magic)
        batch.writeInteger(UInt32(0))
        batch.writeInteger(self.attributes)
        batch.writeInteger(Int32(truncatingIfNeeded: max(0, records.count - 1)))
        batch.writeInteger(self.baseTimestamp)
        batch.writeInteger(self.baseTimestamp &+ maximumDelta)
        batch.writeInteger(self.producerID)
        batch.writeInteger(self.producerEpoch)
        batch.writeInteger(self.baseSequence)
        batch.writeInteger(Int32(truncatingIfNeeded: records.count))
        batch.writeImmutableBuffer(body)
        batch.setInteger(RecordBatch(unchecked: batch).computedCRC, at: RecordBatch.Offset.crc)
        return batch
    }

    package static func batch(values: [ByteBuffer]) -> ByteBuffer {
        RecordBatchWriter().batch(values.map { Record(value: $0) })
    }
}
