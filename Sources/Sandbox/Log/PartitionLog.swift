import DequeModule
import KafkaProtocol
import NIOCore

/// The records of one partition: batches in offset order, appended at the end and dropped from the front.
///
/// A pure value. Record bytes are shared with the buffers they arrived in, never re-encoded.
struct PartitionLog {
    /// First offset that can still be read. Moves up when old batches are dropped or records are deleted.
    private(set) var startOffset: Int64 = 0
    /// Offset of the next record. Every record below it is readable: there is one copy of the log, so it is also the high watermark.
    private(set) var endOffset: Int64 = 0
    /// Bytes held now.
    private(set) var sizeBytes: Int = 0
    private var batches: Deque<StoredBatch> = []
    private var bytesEverAppended: Int64 = 0
    private var producers = ProducerStates()
    /// First offset of each leader epoch that wrote something, oldest first.
    private var epochStarts: [(epoch: Int32, offset: Int64)] = []

    init() {}

    enum AppendResult: Equatable {
        case appended(baseOffset: Int64, sizeBytes: Int)
        /// The same batch of an idempotent producer was appended before.
        case duplicate(baseOffset: Int64)
        case rejected(KafkaErrorCode)
    }

    /// Appends a batch that passed ``BatchCheck``.
    mutating func append(_ batch: CheckedBatch, leaderEpoch: Int32) -> AppendResult {
        switch self.producers.check(batch) {
        case .next: break
        case .duplicate(let baseOffset): return .duplicate(baseOffset: baseOffset)
        case .rejected(let error): return .rejected(error)
        }
        let (next, overflow) = self.endOffset.addingReportingOverflow(Int64(batch.recordCount))
        guard !overflow else { return .rejected(.invalidRecord) }
        let baseOffset = self.endOffset
        let stored = StoredBatch(
            baseOffset: baseOffset,
            lastOffset: next - 1,
            leaderEpoch: leaderEpoch,
            maxTimestamp: batch.maxTimestamp,
            newestTimestampSoFar: max(batch.maxTimestamp, self.batches.last?.newestTimestampSoFar ?? .min),
            position: self.bytesEverAppended,
            body: batch.body
        )
        if self.epochStarts.last?.epoch != leaderEpoch { self.epochStarts.append((leaderEpoch, baseOffset)) }
        self.batches.append(stored)
        self.endOffset = next
        self.sizeBytes += stored.sizeBytes
        self.bytesEverAppended += Int64(stored.sizeBytes)
        self.producers.record(batch, baseOffset: baseOffset)
        return .appended(baseOffset: baseOffset, sizeBytes: stored.sizeBytes)
    }

    // MARK: Reading

    struct Reading: Equatable {
        var batches: [StoredBatch] = []
        var sizeBytes = 0
    }

    /// Whole batches from the one that holds `offset` on.
    ///
    /// - Parameters:
    ///   - offset: From `startOffset` through `endOffset`; elsewhere the reading is nil (`OFFSET_OUT_OF_RANGE`).
    ///   - maximumBytes: No batch goes beyond it, save the first when `atLeastOne` is set.
    func read(from offset: Int64, maximumBytes: Int, atLeastOne: Bool) -> Reading? {
        guard offset >= self.startOffset, offset <= self.endOffset else { return nil }
        var reading = Reading()
        for batch in self.batches[self.index(holding: offset)...] {
            let fits = batch.sizeBytes <= maximumBytes - reading.sizeBytes
            guard fits || (reading.batches.isEmpty && atLeastOne) else { break }
            reading.batches.append(batch)
            reading.sizeBytes += batch.sizeBytes
        }
        return reading
    }

    /// Bytes from the batch that holds `offset` to the end.
    func availableBytes(from offset: Int64) -> Int {
        let index = self.index(holding: offset)
        guard index < self.batches.endIndex else { return 0 }
        return Int(clamping: self.bytesEverAppended - self.batches[index].position)
    }

    /// Index of the first batch whose last offset is `offset` or above; the end index when there is none.
    private func index(holding offset: Int64) -> Int {
        self.firstIndex { $0.lastOffset >= offset }
    }

    /// Index of the first batch for which `holds` is true, given that it is true for all after it.
    private func firstIndex(where holds: (StoredBatch) -> Bool) -> Int {
        var low = self.batches.startIndex
        var high = self.batches.endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if holds(self.batches[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    // MARK: Dropping

    /// Drops batches from the front through the one that ends at `offset`.
    ///
    /// - Returns: Bytes freed.
    mutating func dropBatches(through offset: Int64) -> Int {
        var freed = 0
        while let first = self.batches.first, first.lastOffset <= offset {
            self.batches.removeFirst()
            freed += first.sizeBytes
            self.startOffset = max(self.startOffset, first.lastOffset + 1)
        }
        self.sizeBytes -= freed
        return freed
    }

    /// Makes records below `offset` unreadable (DeleteRecords), and drops the batches that lie wholly below it.
    ///
    /// - Returns: Bytes freed; nil when `offset` is beyond the end.
    mutating func deleteRecords(before offset: Int64) -> Int? {
        guard offset >= 0, offset <= self.endOffset else { return nil }
        self.startOffset = max(self.startOffset, offset)
        return self.dropBatches(through: offset - 1)
    }

    // MARK: Leader epochs

    /// The largest epoch at or below `epoch`, and the offset where the next one starts.
    ///
    /// - Returns: Epoch -1 and offset -1 when no such epoch is known, as KIP-320 asks.
    func endOffset(ofEpoch epoch: Int32, currentEpoch: Int32) -> (epoch: Int32, endOffset: Int64) {
        if epoch == currentEpoch { return (epoch, self.endOffset) }
        guard let next = self.epochStarts.firstIndex(where: { $0.epoch > epoch }) else {
            guard let last = self.epochStarts.last, epoch < currentEpoch else { return (-1, -1) }
            return (last.epoch, self.endOffset)
        }
        guard next > 0 else { return (epoch, self.startOffset) }
        return (self.epochStarts[next - 1].epoch, self.epochStarts[next].offset)
    }

    /// Leader epoch of the batch that holds `offset`.
    func leaderEpoch(at offset: Int64) -> Int32? {
        let index = self.index(holding: offset)
        return index < self.batches.endIndex ? self.batches[index].leaderEpoch : self.epochStarts.last?.epoch
    }

    // MARK: Timestamps

    /// The first batch with a record at `timestamp` or later.
    func firstBatch(atOrAfter timestamp: Int64) -> StoredBatch? {
        // The running maximum reaches the timestamp for the first time in a batch that has such a record itself.
        let index = self.firstIndex { $0.newestTimestampSoFar >= timestamp }
        return index < self.batches.endIndex ? self.batches[index] : nil
    }

    /// The first batch with the newest timestamp of all that are held.
    func batchWithNewestTimestamp() -> StoredBatch? {
        self.batches.reduce(nil) { best, batch in
            guard let best, best.maxTimestamp >= batch.maxTimestamp else { return batch }
            return best
        }
    }
}
