import KafkaProtocol
import NIOCore

/// Why a batch from a client was not appended.
struct BatchFault: Error, Equatable {
    var code: KafkaErrorCode
    var message: String?
}

/// A record batch from a Produce request that may be appended: whole, of format 2, with the right CRC.
struct CheckedBatch: Equatable {
    let recordCount: Int32
    /// Milliseconds since 1970.
    let maxTimestamp: Int64
    /// -1: not of an idempotent producer.
    let producerID: Int64
    let producerEpoch: Int16
    let baseSequence: Int32
    let isTransactional: Bool
    /// The batch from its magic byte on, in memory that holds little else.
    let body: ByteBuffer

    /// Sequence number of the last record; sequences wrap around to 0 behind the largest.
    var lastSequence: Int32 {
        let sum = Int64(self.baseSequence) + Int64(self.recordCount) - 1
        return Int32(truncatingIfNeeded: sum > Int64(Int32.max) ? sum - Int64(Int32.max) - 1 : sum)
    }

    /// Checks what a client sent for one partition.
    ///
    /// - Parameter produceVersion: Zstandard is for version 7 and above.
    init(_ records: ByteBuffer?, maximumBytes: Int, produceVersion: Int16) throws(BatchFault) {
        guard let records, records.readableBytes > 0 else {
            throw BatchFault(code: .invalidRecord, message: "Each partition needs one record batch.")
        }
        guard let magic = records.getInteger(at: records.readerIndex + StoredBatch.headBytes, as: Int8.self) else {
            throw BatchFault(code: .corruptMessage, message: "The record batch is cut off.")
        }
        guard magic == 2 else {
            throw BatchFault(
                code: magic < 2 ? .unsupportedForMessageFormat : .invalidRecord,
                message: "Record batches must be of format 2.")
        }
        var rest = records
        guard let batch = try? RecordBatch(readingFrom: &rest) else {
            throw BatchFault(code: .corruptMessage, message: "The record batch is cut off.")
        }
        guard rest.readableBytes == 0 else {
            throw BatchFault(code: .invalidRecord, message: "Each partition needs exactly one record batch.")
        }
        guard records.readableBytes <= maximumBytes else {
            throw BatchFault(
                code: .messageTooLarge,
                message: "The record batch has \(records.readableBytes) bytes, the topic allows \(maximumBytes).")
        }
        guard batch.hasValidCRC else {
            throw BatchFault(code: .corruptMessage, message: "The record batch's CRC is wrong.")
        }
        guard batch.recordCount > 0, batch.lastOffsetDelta == batch.recordCount - 1 else {
            throw BatchFault(code: .invalidRecord, message: "The record batch's count and last offset do not agree.")
        }
        guard !batch.isControl else {
            throw BatchFault(code: .invalidRecord, message: "Clients may not write control batches.")
        }
        guard let compression = batch.compression, compression != .zstd || produceVersion >= 7 else {
            throw BatchFault(code: .unsupportedCompressionType)
        }
        guard batch.producerID < 0 || (batch.baseSequence >= 0 && batch.producerEpoch >= 0) else {
            throw BatchFault(
                code: .invalidRecord, message: "An idempotent producer's batch needs an epoch and a sequence number.")
        }
        self.recordCount = batch.recordCount
        self.maxTimestamp = batch.maxTimestamp
        self.producerID = batch.producerID
        self.producerEpoch = batch.producerEpoch
        self.baseSequence = batch.baseSequence
        self.isTransactional = batch.isTransactional
        self.body = Self.compact(records)
    }

    /// Whether the attributes of a batch that nobody has checked yet call it transactional.
    static func isMarkedTransactional(_ records: ByteBuffer) -> Bool {
        let attributes = records.getInteger(at: records.readerIndex + Self.attributesOffset, as: Int16.self)
        return (attributes ?? 0) & 0x10 != 0
    }

    private static let attributesOffset = 21

    /// The batch without its head. A slice of a much larger buffer is copied, lest the log keep that buffer alive.
    private static func compact(_ records: ByteBuffer) -> ByteBuffer {
        var body = records
        body.moveReaderIndex(forwardBy: StoredBatch.headBytes)
        guard records.storageCapacity > 2 * records.readableBytes else { return body.slice() }
        var copy = ByteBuffer()
        copy.reserveCapacity(body.readableBytes)
        copy.writeImmutableBuffer(body)
        return copy
    }
}
