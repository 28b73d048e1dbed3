import DequeModule
import KafkaProtocol
import NIOCore

/// The records of one partition: batches in offset order, appended at the end and dropped from the front.
///
/// A pure value. Record bytes are shared with the buffers that they arrived in, never re-encoded.
struct PartitionLog {
    /// The first offset that can still be read. It rises when old batches are dropped or records are deleted.
    private(set) var startOffset: Int64 = 0
    /// The offset of the next record. There is one copy of the log, so it is also the high watermark.
    private(set) var endOffset: Int64 = 0
    /// The bytes of all batches.
    private(set) var sizeBytes: Int = 0
    /// The memory of all batches.
    private(set) var heldBytes: Int = 0
    private var batches: Deque<StoredBatch> = []
    private var bytesEverAppended: Int64 = 0
    private var producers = ProducerStates()
    /// The aborted transactions, in the order of their markers.
    private var aborted: Deque<AbortedTransaction> = []
    /// First offset of each leader epoch that wrote something, oldest first.
    private var epochStarts: [(epoch: Int32, offset: Int64)] = []

    init() {}

    enum AppendResult: Equatable {
        case appended(baseOffset: Int64, sizeBytes: Int)
        /// The same batch of an idempotent producer was appended before; `maxTimestamp` is its newest timestamp.
        case duplicate(baseOffset: Int64, maxTimestamp: Int64)
        case rejected(KafkaErrorCode)
    }

    /// Appends a batch that was checked.
    mutating func append(_ batch: CheckedBatch, leaderEpoch: Int32) -> AppendResult {
        switch self.producers.check(batch) {
        case .next: break
        case .duplicate(let baseOffset):
            return .duplicate(baseOffset: baseOffset, maxTimestamp: self.maxTimestamp(at: baseOffset) ?? -1)
        case .rejected(let error): return .rejected(error)
        }
        guard
            let stored = self.store(
                batch.body, recordCount: batch.recordCount, maxTimestamp: batch.maxTimestamp, leaderEpoch: leaderEpoch)
        else { return .rejected(.invalidRecord) }
        self.producers.record(batch, baseOffset: stored.baseOffset)
        return .appended(baseOffset: stored.baseOffset, sizeBytes: stored.sizeBytes)
    }

    /// Puts a batch at the end; nil when the offsets are used up.
    private mutating func store(
        _ body: ByteBuffer, recordCount: Int32, maxTimestamp: Int64, leaderEpoch: Int32
    ) -> StoredBatch? {
        let (next, overflow) = self.endOffset.addingReportingOverflow(Int64(recordCount))
        guard !overflow else { return nil }
        let stored = StoredBatch(
            baseOffset: self.endOffset,
            lastOffset: next - 1,
            leaderEpoch: leaderEpoch,
            maxTimestamp: maxTimestamp,
            newestTimestampSoFar: max(maxTimestamp, self.batches.last?.newestTimestampSoFar ?? .min),
            position: self.bytesEverAppended,
            body: body
        )
        if self.epochStarts.last?.epoch != leaderEpoch { self.epochStarts.append((leaderEpoch, self.endOffset)) }
        self.batches.append(stored)
        self.endOffset = next
        self.sizeBytes += stored.sizeBytes
        self.heldBytes += stored.heldBytes
        self.bytesEverAppended += Int64(stored.sizeBytes)
        return stored
    }

    // MARK: Transactions

    /// Ends a producer's transaction in this partition.
    ///
    /// - Returns: The appended batch; nil when the offsets are used up.
    mutating func append(_ marker: TransactionMarker, leaderEpoch: Int32) -> (offset: Int64, sizeBytes: Int)? {
        guard
            let stored = self.store(
                marker.body, recordCount: 1, maxTimestamp: marker.timestamp, leaderEpoch: leaderEpoch)
        else { return nil }
        let start = self.producers.recordMarker(marker, offset: stored.baseOffset)
        if let start, !marker.isCommit {
            self.aborted.append(
                AbortedTransaction(
                    producerID: marker.producerID, firstOffset: start, lastOffset: stored.baseOffset))
        }
        return (stored.baseOffset, stored.sizeBytes)
    }

    /// The offset below which all transactions have ended: the limit for readers of committed records.
    var lastStableOffset: Int64 {
        max(self.startOffset, self.producers.firstUnstableOffset ?? self.endOffset)
    }

    func hasOpenTransaction(of producerID: Int64) -> Bool {
        self.producers.hasOpenTransaction(of: producerID)
    }

    /// The producers that are remembered, in producer ID order.
    var producerViews: [ProducerStates.View] { self.producers.views }

    /// The aborted transactions that have records from `start` through `end`.
    func abortedTransactions(from start: Int64, through end: Int64) -> [AbortedTransaction] {
        self.aborted.filter { $0.lastOffset >= start && $0.firstOffset <= end }
    }

    // MARK: Reading

    struct Reading: Equatable {
        var batches: [StoredBatch] = []
        var sizeBytes = 0
    }

    /// The limit of a read.
    enum Limit {
        case endOfLog
        case lastStableOffset
    }

    private func offset(of limit: Limit) -> Int64 {
        switch limit {
        case .endOfLog: self.endOffset
        case .lastStableOffset: self.lastStableOffset
        }
    }

    /// Whole batches from the one that holds `offset` on.
    ///
    /// - Parameters:
    ///   - offset: From `startOffset` through `endOffset`; elsewhere the reading is nil (`OFFSET_OUT_OF_RANGE`).
    ///   - maximumBytes: The most bytes, except that the first batch may be larger when `atLeastOne` is set.
    func read(from offset: Int64, maximumBytes: Int, atLeastOne: Bool, to limit: Limit = .endOfLog) -> Reading? {
        guard offset >= self.startOffset, offset <= self.endOffset else { return nil }
        let end = self.offset(of: limit)
        var reading = Reading()
        for batch in self.batches[self.index(holding: offset)...] {
            guard batch.lastOffset < end else { break }
            let fits = batch.sizeBytes <= maximumBytes - reading.sizeBytes
            guard fits || (reading.batches.isEmpty && atLeastOne) else { break }
            reading.batches.append(batch)
            reading.sizeBytes += batch.sizeBytes
        }
        return reading
    }

    /// Bytes from the batch that holds `offset` to the end, or to the first that is not stable.
    func availableBytes(from offset: Int64, to limit: Limit = .endOfLog) -> Int {
        let index = self.index(holding: offset)
        guard index < self.batches.endIndex else { return 0 }
        let stop = self.index(holding: self.offset(of: limit))
        let end = stop < self.batches.endIndex ? self.batches[stop].position : self.bytesEverAppended
        return Int(clamping: max(0, end - self.batches[index].position))
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
    mutating func dropBatches(through offset: Int64) {
        self.dropBatches { batch, _ in batch.lastOffset <= offset }
    }

    /// Drops batches from the front while they satisfy a condition, which gets the batch and the remaining bytes.
    private mutating func dropBatches(while condition: (StoredBatch, Int) -> Bool) {
        while let first = self.batches.first, condition(first, self.sizeBytes) {
            self.batches.removeFirst()
            self.sizeBytes -= first.sizeBytes
            self.heldBytes -= first.heldBytes
            self.startOffset = max(self.startOffset, first.lastOffset + 1)
        }
        while let first = self.aborted.first, first.lastOffset < self.startOffset { self.aborted.removeFirst() }
    }

    /// Drops the oldest batches while the others have at least `bytes`, as a broker does with segments.
    mutating func retain(bytes: Int64) {
        guard bytes >= 0, Int64(self.sizeBytes) > bytes else { return }
        let stable = self.lastStableOffset
        self.dropBatches { batch, size in batch.lastOffset < stable && Int64(size - batch.sizeBytes) >= bytes }
    }

    /// Drops batches from the front whose newest record is older than a time, in milliseconds since 1970.
    mutating func retain(from timestamp: Int64) {
        let stable = self.lastStableOffset
        self.dropBatches { batch, _ in batch.lastOffset < stable && batch.maxTimestamp < timestamp }
    }

    /// Makes records below `offset` unreadable (DeleteRecords), and drops the batches that lie wholly below it.
    ///
    /// - Returns: Whether there is such an offset.
    mutating func deleteRecords(before offset: Int64) -> Bool {
        guard offset >= 0, offset <= self.endOffset else { return false }
        self.startOffset = max(self.startOffset, offset)
        self.dropBatches(through: offset - 1)
        return true
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

    /// The newest timestamp of the batch that holds `offset`; nil when it was dropped.
    private func maxTimestamp(at offset: Int64) -> Int64? {
        let index = self.index(holding: offset)
        guard index < self.batches.endIndex, self.batches[index].baseOffset <= offset else { return nil }
        return self.batches[index].maxTimestamp
    }

    /// The first batch with a record at `timestamp` or later.
    func firstBatch(atOrAfter timestamp: Int64) -> StoredBatch? {
        // The running maximum reaches the timestamp for the first time in a batch that has such a record itself.
        let index = self.firstIndex { $0.newestTimestampSoFar >= timestamp }
        return index < self.batches.endIndex ? self.batches[index] : nil
    }

    /// The first batch with the newest timestamp of all.
    func batchWithNewestTimestamp() -> StoredBatch? {
        self.batches.reduce(nil) { best, batch in
            guard let best, best.maxTimestamp >= batch.maxTimestamp else { return batch }
            return best
        }
    }
}
