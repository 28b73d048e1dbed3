import KafkaProtocol

/// What a partition remembers of its idempotent producers (KIP-98): epoch and the newest batches of each.
struct ProducerStates {
    /// A broker remembers five batches of each producer, as many as a client may have in flight.
    private static let rememberedBatches = 5
    /// Producers remembered in one partition; the longest idle ones go first.
    private static let maximumProducers = 4096

    private struct Batch {
        var firstSequence: Int32
        var lastSequence: Int32
        var baseOffset: Int64
    }

    private struct Producer {
        var epoch: Int16
        var batches: [Batch]
    }

    private var producers: [Int64: Producer] = [:]

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
        if batch.producerEpoch > producer.epoch {
            return batch.baseSequence == 0 ? .next : .rejected(.outOfOrderSequenceNumber)
        }
        let lastSequence = batch.lastSequence
        if let known = producer.batches.first(where: {
            $0.firstSequence == batch.baseSequence && $0.lastSequence == lastSequence
        }) {
            return .duplicate(baseOffset: known.baseOffset)
        }
        guard let newest = producer.batches.last else { return .next }
        let expected: Int32 = newest.lastSequence == .max ? 0 : newest.lastSequence + 1
        return batch.baseSequence == expected ? .next : .rejected(.outOfOrderSequenceNumber)
    }

    /// Remembers a batch that was appended.
    mutating func record(_ batch: CheckedBatch, baseOffset: Int64) {
        guard batch.producerID >= 0 else { return }
        if self.producers[batch.producerID] == nil, self.producers.count >= Self.maximumProducers {
            let idlest = self.producers.min { newestOffset(of: $0.value) < newestOffset(of: $1.value) }
            if let idlest { self.producers[idlest.key] = nil }
        }
        var producer = self.producers[batch.producerID] ?? Producer(epoch: batch.producerEpoch, batches: [])
        if producer.epoch != batch.producerEpoch {
            producer = Producer(epoch: batch.producerEpoch, batches: [])
        }
        producer.batches.append(
            Batch(firstSequence: batch.baseSequence, lastSequence: batch.lastSequence, baseOffset: baseOffset))
        if producer.batches.count > Self.rememberedBatches { producer.batches.removeFirst() }
        self.producers[batch.producerID] = producer
    }

    private func newestOffset(of producer: Producer) -> Int64 {
        producer.batches.last?.baseOffset ?? -1
    }
}
