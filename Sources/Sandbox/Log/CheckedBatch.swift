import KafkaProtocol
import NIOCore

/// Why a batch from a client was not appended.
struct BatchFault: Error, Equatable {
    /// The mistake in one record.
    struct RecordFault: Equatable {
        /// The place of the record in the batch.
        var index: Int32
        var message: String
    }

    var code: KafkaErrorCode
    var message: String?
    var records: [RecordFault] = []
}

/// A topic's rules for the batches that are appended to it.
struct BatchRules {
    /// The topic's `max.message.bytes`.
    var maximumBytes: Int
    /// The time that the records get, in milliseconds since 1970; nil when they keep the producer's.
    var appendTime: Int64?
    /// Whether each record needs a key. Records of compressed batches are not checked.
    var needsKeys = false
}

/// A record batch from a Produce request that may be appended: whole, of format 2, with the right CRC.
struct CheckedBatch: Equatable {
    let recordCount: Int32
    /// Milliseconds since 1970.
    let maxTimestamp: Int64
    /// The time that the records were given; nil when they have the producer's.
    let appendTime: Int64?
    /// The producer's ID; -1 when it is not an idempotent producer.
    let producerID: Int64
    let producerEpoch: Int16
    let baseSequence: Int32
    let isTransactional: Bool
    /// The batch from its magic byte on, in memory that holds little else.
    let body: ByteBuffer

    /// The sequence number of the last record; sequences wrap around to 0 after the largest.
    var lastSequence: Int32 {
        let sum = Int64(self.baseSequence) + Int64(self.recordCount) - 1
        return Int32(truncatingIfNeeded: sum > Int64(Int32.max) ? sum - Int64(Int32.max) - 1 : sum)
    }

    /// Checks the records that a client sent for one partition.
    ///
    /// - Parameters:
    ///   - rules: The rules of the topic.
    ///   - place: The partition, for messages.
    ///   - produceVersion: The version of the request; Zstandard is allowed from version 7 on.
    init(
        _ records: ByteBuffer?, rules: BatchRules, for place: TopicPartition, produceVersion: Int16
    ) throws(BatchFault) {
        guard let records, records.readableBytes > 0 else {
            throw BatchFault(code: .invalidRecord, message: "Each partition needs one record batch.")
        }
        guard let magic = records.getInteger(at: records.readerIndex + RecordBatch.Offset.magic, as: Int8.self) else {
            throw BatchFault(code: .corruptMessage, message: "The record batch is cut off.")
        }
        guard magic == RecordBatch.magic else {
            throw BatchFault(
                code: magic < RecordBatch.magic ? .unsupportedForMessageFormat : .invalidRecord,
                message: "Record batches must be of format 2.")
        }
        var rest = records
        guard let batch = try? RecordBatch(readingFrom: &rest) else {
            throw BatchFault(code: .corruptMessage, message: "The record batch is cut off.")
        }
        guard rest.readableBytes == 0 else {
            throw BatchFault(code: .invalidRecord, message: "Each partition needs exactly one record batch.")
        }
        guard records.readableBytes <= rules.maximumBytes else {
            throw BatchFault(
                code: .messageTooLarge,
                message: "The record batch has \(records.readableBytes) bytes, the topic allows \(rules.maximumBytes).")
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
        if rules.needsKeys { try Self.checkKeys(of: batch, for: place) }
        self.recordCount = batch.recordCount
        self.appendTime = rules.appendTime
        self.maxTimestamp = rules.appendTime ?? batch.maxTimestamp
        self.producerID = batch.producerID
        self.producerEpoch = batch.producerEpoch
        self.baseSequence = batch.baseSequence
        self.isTransactional = batch.isTransactional
        self.body = rules.appendTime.map { Self.stamped(batch, at: $0) } ?? Self.compact(records)
    }

    /// The most records that a broker lists in the message of a refusal.
    private static let maximumFaultsTold = 3

    private static func checkKeys(of batch: RecordBatch, for place: TopicPartition) throws(BatchFault) {
        guard batch.compression == RecordBatch.Compression.none else { return }
        guard let records = try? batch.records() else {
            throw BatchFault(
                code: .invalidRecord, message: "The record batch does not hold the records that it counts.")
        }
        let text =
            "Compacted topic cannot accept message without key in topic partition \(place.topic)-\(place.partition)."
        let faults = records.enumerated().filter { $0.element.key == nil }.map { index, _ in
            BatchFault.RecordFault(index: Int32(index), message: text)
        }
        guard !faults.isEmpty else { return }
        let told = faults.prefix(Self.maximumFaultsTold).map { fault in
            "RecordError(batchIndex=\(fault.index), message='\(fault.message)')"
        }
        throw BatchFault(
            code: .invalidRecord,
            message: "One or more records have been rejected due to \(faults.count) record errors in total, and only "
                + "showing the first three errors at most: [\(told.joined(separator: ", "))]",
            records: faults)
    }

    /// The batch without its head, with the broker's time for its records (KIP-32), which changes a bit of the
    /// attributes, the newest timestamp, and the checksum over both.
    private static func stamped(_ batch: RecordBatch, at time: Int64) -> ByteBuffer {
        var bytes = batch.bytes
        let start = bytes.readerIndex
        bytes.setInteger(
            batch.attributes | RecordBatch.AttributeBits.logAppendTime, at: start + RecordBatch.Offset.attributes)
        bytes.setInteger(time, at: start + RecordBatch.Offset.maxTimestamp)
        var rest = bytes
        if let changed = try? RecordBatch(readingFrom: &rest) {
            bytes.setInteger(changed.computedCRC, at: start + RecordBatch.Offset.crc)
        }
        return Self.compact(bytes)
    }

    /// Whether the attributes of an unchecked batch mark it as transactional.
    static func isMarkedTransactional(_ records: ByteBuffer) -> Bool {
        let place = records.readerIndex + RecordBatch.Offset.attributes
        return records.getInteger(at: place, as: Int16.self).map(RecordBatch.isTransactional(attributes:)) ?? false
    }

    /// The batch without its head. A slice of a much larger buffer is copied, so that the log does not keep that buffer
    /// alive.
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
