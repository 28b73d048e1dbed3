import NIOCore

/// Looks at the headers of record batches, and at nothing in them.
enum RecordBatchScan {
    /// Bytes before the part that the batch's length counts: base offset and length.
    private static let prefixBytes = 12
    private static let lengthOffset = 8
    private static let magicOffset = 16
    private static let attributesOffset = 21
    private static let isTransactional: Int16 = 1 << 4

    /// Whether one of the batches belongs to a transaction. Formats before 2 know none.
    ///
    /// Bytes that are no batches end the scan: the backend refuses them.
    static func holdsTransactionalBatch(_ records: ByteBuffer) -> Bool {
        var start = records.readerIndex
        while let length = records.getInteger(at: start + Self.lengthOffset, as: Int32.self),
            let magic = records.getInteger(at: start + Self.magicOffset, as: Int8.self)
        {
            if magic >= 2, let attributes = records.getInteger(at: start + Self.attributesOffset, as: Int16.self),
                attributes & Self.isTransactional != 0
            {
                return true
            }
            guard length > 0 else { return false }
            start += Self.prefixBytes + Int(length)
        }
        return false
    }
}
