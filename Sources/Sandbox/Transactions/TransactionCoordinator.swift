import KafkaProtocol
import NIOCore

/// All transactional IDs of the cluster: the producer that may use each, and the contents of its open transaction.
///
/// A pure value: the caller passes the time and fresh producer IDs. A call that ends a transaction returns an
/// ``EndedTransaction``, which the cluster carries out before the next request.
struct TransactionCoordinator {
    /// `transaction.max.timeout.ms` of a broker.
    static let maximumTimeout = TimeAmount.minutes(15)

    private(set) var transactions: [String: Transaction] = [:]
    /// The times at which transactional IDs were first found idle since their last use.
    private var idleSince: [String: NIODeadline] = [:]
    /// The memory of all transactional IDs, about.
    private(set) var heldBytes = 0
    private var lastProducerID: Int64 = 999

    init() {}

    subscript(id: String) -> Transaction? { self.transactions[id] }

    mutating func nextProducerID() -> Int64 {
        self.lastProducerID += 1
        return self.lastProducerID
    }

    // MARK: Initialization

    struct Producer: Equatable {
        var id: Int64
        var epoch: Int16
    }

    struct Initialization: Equatable {
        var error: KafkaErrorCode = .none
        var producer = Producer(id: -1, epoch: -1)
        /// An older producer's transaction that is aborted.
        var ended: EndedTransaction?
    }

    /// Gives a producer its ID and an epoch that fences all before it.
    ///
    /// If an older producer's transaction is open, it is aborted first, and the client has to ask again, as with a
    /// broker.
    ///
    /// - Parameter expected: The producer that the client had before, when it recovers from an error (KIP-360).
    mutating func initialize(_ id: String, timeout: TimeAmount, expected: Producer?) -> Initialization {
        guard !id.isEmpty else { return Initialization(error: .invalidRequest) }
        guard timeout > .zero, timeout <= Self.maximumTimeout else {
            return Initialization(error: .invalidTransactionTimeout)
        }
        self.idleSince[id] = nil
        guard var transaction = self.transactions[id] else {
            self.heldBytes += Self.heldBytes(of: id)
            let producer = Producer(id: self.nextProducerID(), epoch: 0)
            self.transactions[id] = Transaction(
                id: id, producerID: producer.id, producerEpoch: producer.epoch, timeout: timeout)
            return Initialization(producer: producer)
        }
        if let expected, expected.id != transaction.producerID {
            // The answer that named a new producer ID may have been lost.
            guard expected.id == transaction.previousProducerID, Transaction.isExhausted(expected.epoch) else {
                return Initialization(error: .producerFenced)
            }
        }
        if transaction.state == .ongoing {
            let ended = self.end(id, isCommit: false, bumpsEpoch: true)
            return Initialization(error: .concurrentTransactions, ended: ended)
        }
        if Transaction.isExhausted(transaction.producerEpoch),
            expected.map({ $0.epoch == transaction.producerEpoch }) ?? true
        {
            transaction.previousProducerID = transaction.producerID
            transaction.producerID = self.nextProducerID()
            transaction.lastEpoch = expected == nil ? -1 : transaction.producerEpoch
            transaction.producerEpoch = 0
        } else if let expected, expected.epoch != transaction.producerEpoch {
            let isRepeated = expected.epoch == transaction.lastEpoch || expected.id == transaction.previousProducerID
            guard isRepeated else { return Initialization(error: .producerFenced) }
        } else {
            transaction.lastEpoch = expected == nil ? -1 : transaction.producerEpoch
            transaction.producerEpoch += 1
        }
        transaction.state = .empty
        transaction.timeout = timeout
        transaction.startTimestamp = -1
        self.transactions[id] = transaction
        return Initialization(producer: Producer(id: transaction.producerID, epoch: transaction.producerEpoch))
    }

    // MARK: Adding

    /// Whether this producer is the one that may use the transactional ID.
    private func check(_ producer: Producer, of id: String) -> KafkaErrorCode {
        guard !id.isEmpty else { return .invalidRequest }
        guard let transaction = self.transactions[id], transaction.producerID == producer.id else {
            return .invalidProducerIdMapping
        }
        return transaction.producerEpoch == producer.epoch ? .none : .producerFenced
    }

    /// Makes partitions and groups part of the open transaction, or opens one.
    ///
    /// - Parameters:
    ///   - bumpsEpoch: The client gets a new epoch with each end (transactions v2, KIP-890).
    ///   - timestamp: Milliseconds since 1970.
    mutating func add(
        _ partitions: [TopicPartition] = [], groups: [String] = [], to id: String, by producer: Producer,
        bumpsEpoch: Bool, now: NIODeadline, timestamp: Int64
    ) -> KafkaErrorCode {
        let error = self.check(producer, of: id)
        guard error == .none else { return error }
        self.idleSince[id] = nil
        self.transactions[id]?.bumpsEpochAtEnd = bumpsEpoch
        self.transactions[id]?.partitions.formUnion(partitions)
        self.transactions[id]?.groups.formUnion(groups)
        guard let transaction = self.transactions[id], transaction.state != .ongoing else { return .none }
        self.transactions[id]?.state = .ongoing
        self.transactions[id]?.startTimestamp = timestamp
        self.transactions[id]?.deadline = now + transaction.timeout
        return .none
    }

    /// Whether a write to a partition belongs to the open transaction.
    func verify(_ partition: TopicPartition, in id: String, by producer: Producer) -> KafkaErrorCode {
        let error = self.check(producer, of: id)
        guard error == .none else { return error }
        guard let transaction = self.transactions[id], transaction.state == .ongoing,
            transaction.partitions.contains(partition)
        else { return .transactionAbortable }
        return .none
    }

    /// Whether offsets of a group may be committed in the open transaction.
    func verify(group: String, in id: String, by producer: Producer) -> KafkaErrorCode {
        let error = self.check(producer, of: id)
        guard error == .none else { return error }
        guard let transaction = self.transactions[id], transaction.state == .ongoing,
            transaction.groups.contains(group)
        else { return .transactionAbortable }
        return .none
    }

    // MARK: Ending

    struct Ending: Equatable {
        var error: KafkaErrorCode = .none
        /// The producer ID and epoch from now on, for clients that get a new epoch with each end.
        var producer = Producer(id: -1, epoch: -1)
        var ended: EndedTransaction?
    }

    /// Ends the open transaction, as its producer asks.
    ///
    /// - Parameter bumpsEpoch: The client gets a new epoch with each end (transactions v2, KIP-890).
    mutating func end(_ id: String, by producer: Producer, isCommit: Bool, bumpsEpoch: Bool) -> Ending {
        guard !id.isEmpty else { return Ending(error: .invalidRequest) }
        guard let transaction = self.transactions[id] else { return Ending(error: .invalidProducerIdMapping) }
        if let repeated = self.repeatedEnding(of: transaction, by: producer, isCommit: isCommit) { return repeated }
        let error = self.check(producer, of: id)
        guard error == .none else { return Ending(error: error) }
        switch (transaction.state, isCommit) {
        case (.ongoing, _):
            break
        case (.completeCommit, true) where !bumpsEpoch, (.completeAbort, false) where !bumpsEpoch:
            return Ending()
        case (.empty, false) where bumpsEpoch, (.completeCommit, false) where bumpsEpoch,
            (.completeAbort, false) where bumpsEpoch:
            // Nothing was written, but the client still waits for a new epoch and gets it.
            break
        case (.empty, _), (.completeCommit, _), (.completeAbort, _):
            return Ending(error: .invalidTxnState)
        }
        self.transactions[id]?.bumpsEpochAtEnd = bumpsEpoch
        let ended = self.end(id, isCommit: isCommit, bumpsEpoch: bumpsEpoch)
        guard let ended else { return Ending(error: .invalidTxnState) }
        let next = bumpsEpoch ? Producer(id: ended.nextProducerID, epoch: ended.nextEpoch) : Producer(id: -1, epoch: -1)
        return Ending(producer: next, ended: ended)
    }

    /// The answer to a request that was carried out before, for a client whose first answer was lost.
    private func repeatedEnding(of transaction: Transaction, by producer: Producer, isCommit: Bool) -> Ending? {
        guard transaction.bumpsEpochAtEnd else { return nil }
        let isOneBehind =
            transaction.producerID == producer.id
            && Int32(transaction.producerEpoch) == Int32(producer.epoch) + 1
        let isOfPreviousID =
            transaction.previousProducerID == producer.id
            && Transaction.isExhausted(producer.epoch) && transaction.producerEpoch == 0
        guard isOneBehind || isOfPreviousID else { return nil }
        switch (transaction.state, isCommit) {
        case (.completeCommit, true), (.completeAbort, false):
            return Ending(producer: Producer(id: transaction.producerID, epoch: transaction.producerEpoch))
        case (.completeCommit, false), (.completeAbort, true):
            return Ending(error: .invalidTxnState)
        case (.empty, _), (.ongoing, _):
            return nil
        }
    }

    /// Aborts the transactions that have timed out. Their producers are fenced.
    mutating func expire(at now: NIODeadline) -> [EndedTransaction] {
        let due = self.transactions.values.filter { $0.deadline.map { $0 <= now } ?? false }.map(\.id).sorted()
        return due.compactMap { self.end($0, isCommit: false, bumpsEpoch: true) }
    }

    var nextDeadline: NIODeadline? { self.transactions.values.compactMap(\.deadline).min() }

    private mutating func end(_ id: String, isCommit: Bool, bumpsEpoch: Bool) -> EndedTransaction? {
        guard var transaction = self.transactions[id] else { return nil }
        var ended = EndedTransaction(
            producerID: transaction.producerID, markerEpoch: transaction.producerEpoch,
            nextProducerID: transaction.producerID, nextEpoch: transaction.producerEpoch, isCommit: isCommit,
            partitions: transaction.partitions, groups: transaction.groups)
        if bumpsEpoch {
            let isExhausted = Transaction.isExhausted(transaction.producerEpoch)
            transaction.lastEpoch = transaction.producerEpoch
            ended.markerEpoch = isExhausted ? .max : transaction.producerEpoch + 1
            if isExhausted {
                transaction.previousProducerID = transaction.producerID
                transaction.producerID = self.nextProducerID()
                transaction.producerEpoch = 0
            } else {
                transaction.producerEpoch = ended.markerEpoch
            }
            ended.nextProducerID = transaction.producerID
            ended.nextEpoch = transaction.producerEpoch
        }
        transaction.state = isCommit ? .completeCommit : .completeAbort
        transaction.partitions = []
        transaction.groups = []
        transaction.startTimestamp = -1
        transaction.deadline = nil
        self.transactions[id] = transaction
        return ended
    }

    // MARK: Forgetting

    private static func heldBytes(of id: String) -> Int { 512 + id.utf8.count }

    private var idleIDs: [String] { self.transactions.values.filter { $0.state != .ongoing }.map(\.id) }

    private mutating func forget(_ id: String) {
        guard self.transactions.removeValue(forKey: id) != nil else { return }
        self.idleSince[id] = nil
        self.heldBytes -= Self.heldBytes(of: id)
    }

    /// Forgets the transactional IDs that have been unused for as long as they are kept.
    mutating func forgetIdleIDs(at now: NIODeadline, after expiration: TimeAmount) {
        for id in self.idleIDs {
            guard let since = self.idleSince[id] else {
                self.idleSince[id] = now
                continue
            }
            if since + expiration <= now { self.forget(id) }
        }
    }

    /// Forgets idle transactional IDs, the longest idle ones first, until all take at most `bytes`, as far as there are
    /// any.
    mutating func shrink(to bytes: Int) {
        guard self.heldBytes > bytes else { return }
        let idle = self.idleIDs.sorted { one, other in
            let (since, otherSince) = (self.idleSince[one] ?? .distantFuture, self.idleSince[other] ?? .distantFuture)
            return since == otherSince ? one < other : since < otherSince
        }
        for id in idle {
            self.forget(id)
            if self.heldBytes <= bytes { return }
        }
    }

    /// Forgets a deleted topic, which gets no more markers.
    mutating func topicDeleted(_ topic: String) {
        for (id, transaction) in self.transactions where transaction.state == .ongoing {
            self.transactions[id]?.partitions = transaction.partitions.filter { $0.topic != topic }
        }
    }
}
