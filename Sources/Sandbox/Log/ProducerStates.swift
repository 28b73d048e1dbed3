import KafkaProtocol

/// The state of a partition's idempotent and transactional producers (KIP-98): the epoch, the newest batches, and the
/// start of the open transaction of each.
struct ProducerStates {
    /// The batches that are kept of each producer, as on a broker: as many as a client may have in flight.
    private static let rememberedBatches = 5
    /// The most producers of one partition; the longest idle ones are forgotten first.
    private static let maximumProducers = 4096

    private struct Batch {
        var firstSequence: Int32
        var lastSequence: Int32
        var baseOffset: Int64
    }

    private struct Producer {
        var epoch: Int16
        var batches: [Batch] = []
        /// Offset of its newest batch or marker.
        var lastOffset: Int64 = -1
        /// Milliseconds since 1970.
        var lastTimestamp: Int64 = -1
        /// The coordinator epoch of the newest marker; -1 before the first.
        var coordinatorEpoch: Int32 = -1
        /// First offset of the open transaction.
        var transactionStart: Int64?
    }

    /// A producer as DescribeProducers shows it.
    struct View: Equatable {
        var producerID: Int64
        var epoch: Int16
        /// The last sequence number; -1 when the producer has written nothing with this epoch.
        var lastSequence: Int32
        var lastTimestamp: Int64
        var coordinatorEpoch: Int32
        /// The start of the open transaction; -1 without one.
        var transactionStart: Int64
    }

    private var producers: [Int64: Producer] = [:]
    /// First offsets of the open transactions, by producer ID.
    private var openTransactions: [Int64: Int64] = [:]

    init() {}

    enum Verdict: Equatable {
        case next
        case duplicate(baseOffset: Int64)
        case rejected(KafkaErrorCode)
    }

    /// Whether this batch is the next of its producer. Batches without a producer ID always are.
    func check(_ batch: CheckedBatch) -> Verdict {
        guard batch.producerID >= 0, let producer = self.producers[batch.producerID] else { return .next }
        guard batch.producerEpoch >= producer.epoch else { return .rejected(.invalidProducerEpoch) }
        if producer.transactionStart != nil, !batch.isTransactional { return .rejected(.invalidTxnState) }
        if batch.producerEpoch > producer.epoch {
            return batch.baseSequence == 0 ? .next : .rejected(.outOfOrderSequenceNumber)
        }
        let lastSequence = batch.lastSequence
        if let known = producer.batches.first(where: {
            $0.firstSequence == batch.baseSequence && $0.lastSequence == lastSequence
        }) {
            return .duplicate(baseOffset: known.baseOffset)
        }
        let expected: Int32 =
            switch producer.batches.last?.lastSequence {
            case .none, .some(.max): 0
            case .some(let newest): newest + 1
            }
        return batch.baseSequence == expected ? .next : .rejected(.outOfOrderSequenceNumber)
    }

    /// Remembers a batch that was appended.
    mutating func record(_ batch: CheckedBatch, baseOffset: Int64) {
        guard batch.producerID >= 0 else { return }
        self.makeRoom(for: batch.producerID)
        var producer = self.producers[batch.producerID] ?? Producer(epoch: batch.producerEpoch)
        if producer.epoch != batch.producerEpoch {
            producer.epoch = batch.producerEpoch
            producer.batches = []
        }
        producer.batches.append(
            Batch(firstSequence: batch.baseSequence, lastSequence: batch.lastSequence, baseOffset: baseOffset))
        if producer.batches.count > Self.rememberedBatches { producer.batches.removeFirst() }
        producer.lastOffset = baseOffset
        producer.lastTimestamp = batch.maxTimestamp
        if batch.isTransactional, producer.transactionStart == nil {
            producer.transactionStart = baseOffset
            self.openTransactions[batch.producerID] = baseOffset
        }
        self.producers[batch.producerID] = producer
    }

    /// Remembers the marker that ends a producer's transaction.
    ///
    /// - Returns: The offset at which the transaction began in this partition; nil when no record was written for it.
    mutating func recordMarker(_ marker: TransactionMarker, offset: Int64) -> Int64? {
        self.makeRoom(for: marker.producerID)
        var producer = self.producers[marker.producerID] ?? Producer(epoch: marker.producerEpoch)
        let start = producer.transactionStart
        if producer.epoch != marker.producerEpoch {
            producer.epoch = marker.producerEpoch
            producer.batches = []
        }
        producer.transactionStart = nil
        producer.lastOffset = offset
        producer.lastTimestamp = marker.timestamp
        producer.coordinatorEpoch = TransactionMarker.coordinatorEpoch
        self.producers[marker.producerID] = producer
        self.openTransactions[marker.producerID] = nil
        return start
    }

    /// First offset of the oldest open transaction.
    var firstUnstableOffset: Int64? { self.openTransactions.values.min() }

    func hasOpenTransaction(of producerID: Int64) -> Bool {
        self.openTransactions[producerID] != nil
    }

    /// All producers, in the order of their IDs.
    var views: [View] {
        self.producers.sorted { $0.key < $1.key }.map { id, producer in
            View(
                producerID: id, epoch: producer.epoch, lastSequence: producer.batches.last?.lastSequence ?? -1,
                lastTimestamp: producer.lastTimestamp, coordinatorEpoch: producer.coordinatorEpoch,
                transactionStart: producer.transactionStart ?? -1)
        }
    }

    /// Forgets the longest idle producer if one more would be too many. A producer with an open transaction stays.
    private mutating func makeRoom(for producerID: Int64) {
        guard self.producers[producerID] == nil, self.producers.count >= Self.maximumProducers else { return }
        let idlest = self.producers.filter { $0.value.transactionStart == nil }
            .min { $0.value.lastOffset < $1.value.lastOffset }
        if let idlest { self.producers[idlest.key] = nil }
    }
}
