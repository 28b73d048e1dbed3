/// The layout of a batch, for code that steps over batches without decoding them too.
extension RecordBatch {
    /// The magic byte of this format.
    package static let magic: Int8 = 2
    /// Bytes that `batchLength` does not count: its own and those before it.
    package static let prefixBytes = 12
    /// Bytes before the records.
    package static let headerBytes = 61

    /// The places of the header's fields, in bytes from the start of the batch.
    package enum Offset {
        package static let baseOffset = 0
        package static let batchLength = 8
        package static let partitionLeaderEpoch = 12
        package static let magic = 16
        package static let crc = 17
        package static let attributes = 21
        package static let lastOffsetDelta = 23
        package static let baseTimestamp = 27
        package static let maxTimestamp = 35
        package static let producerID = 43
        package static let producerEpoch = 51
        package static let baseSequence = 53
        package static let recordCount = 57
    }

    /// The bits of `attributes`.
    package enum AttributeBits {
        package static let compression: Int16 = 0x07
        package static let logAppendTime: Int16 = 0x08
        package static let transactional: Int16 = 0x10
        package static let control: Int16 = 0x20
    }

    /// Whether attributes say that a batch belongs to a transaction.
    package static func isTransactional(attributes: Int16) -> Bool {
        attributes & AttributeBits.transactional != 0
    }
}
