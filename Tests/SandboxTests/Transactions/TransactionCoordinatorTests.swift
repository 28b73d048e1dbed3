import KafkaProtocol
import NIOCore
import Testing

@testable import Sandbox

/// A coordinator with a clock that the test moves, and one transactional ID `x`.
private struct Conversation {
    typealias Producer = TransactionCoordinator.Producer

    static let place = TopicPartition(topic: "t", partition: 0)
    var coordinator = TransactionCoordinator()
    var now = NIODeadline.uptimeNanoseconds(1_000_000_000)

    mutating func initialize(expected: Producer? = nil, timeout: TimeAmount = .seconds(60))
        -> TransactionCoordinator.Initialization
    {
        self.coordinator.initialize("x", timeout: timeout, expected: expected)
    }

    mutating func add(by producer: Producer, bumpsEpoch: Bool = false) -> KafkaErrorCode {
        self.coordinator.add(
            [Self.place], to: "x", by: producer, bumpsEpoch: bumpsEpoch, now: self.now, timestamp: 5)
    }

    mutating func end(by producer: Producer, isCommit: Bool = true, bumpsEpoch: Bool = false)
        -> TransactionCoordinator.Ending
    {
        self.coordinator.end("x", by: producer, isCommit: isCommit, bumpsEpoch: bumpsEpoch)
    }
}

@Suite struct `Transaction coordinator` {
    @Test func `each initialization raises the epoch, which fences all before it`() {
        var talk = Conversation()
        let first = talk.initialize().producer
        #expect(first == .init(id: 1000, epoch: 0))
        let second = talk.initialize().producer
        #expect(second == .init(id: 1000, epoch: 1))
        #expect(talk.add(by: first) == .producerFenced)
        #expect(talk.end(by: first).error == .producerFenced)
        #expect(talk.add(by: .init(id: 7, epoch: 0)) == .invalidProducerIdMapping)
        #expect(talk.add(by: second) == .none)
    }

    @Test func `a commit names what was covered, and may be repeated`() {
        var talk = Conversation()
        let producer = talk.initialize().producer
        #expect(talk.end(by: producer).error == .invalidTxnState)
        _ = talk.add(by: producer)
        let ending = talk.end(by: producer)
        #expect(ending.error == .none)
        #expect(ending.ended?.partitions == [Conversation.place])
        #expect(ending.ended?.markerEpoch == 0)
        #expect(ending.ended?.isCommit == true)
        #expect(talk.end(by: producer) == .init())
        #expect(talk.end(by: producer, isCommit: false).error == .invalidTxnState)
        #expect(talk.coordinator["x"]?.state == .completeCommit)
    }

    @Test func `an open transaction is given up before a successor gets its epoch`() {
        var talk = Conversation()
        let producer = talk.initialize().producer
        _ = talk.add(by: producer)
        let refused = talk.initialize()
        #expect(refused.error == .concurrentTransactions)
        #expect(refused.ended?.isCommit == false)
        #expect(refused.ended?.markerEpoch == 1)
        #expect(talk.initialize().producer == .init(id: 1000, epoch: 2))
    }

    @Test func `a producer that recovers names its epoch, and gets the same answer when it asks twice`() {
        var talk = Conversation()
        let producer = talk.initialize().producer
        let next = talk.initialize(expected: producer).producer
        #expect(next == .init(id: 1000, epoch: 1))
        #expect(talk.initialize(expected: producer).producer == next)
        _ = talk.initialize()
        #expect(talk.initialize(expected: producer).error == .producerFenced)
        #expect(talk.initialize(expected: .init(id: 5, epoch: 0)).error == .producerFenced)
    }

    @Test func `a producer ID that has run out of epochs is replaced`() {
        var talk = Conversation()
        var last = talk.initialize().producer
        while last.epoch < Int16.max - 1 { last = talk.initialize().producer }
        let fresh = talk.initialize(expected: last).producer
        #expect(fresh == .init(id: 1001, epoch: 0))
        #expect(talk.initialize(expected: last).producer == fresh)
    }

    @Test func `with transactions v2 each end gives a new epoch, and is known when repeated`() {
        var talk = Conversation()
        let producer = talk.initialize().producer
        _ = talk.add(by: producer, bumpsEpoch: true)
        let ending = talk.end(by: producer, bumpsEpoch: true)
        #expect(ending.producer == .init(id: 1000, epoch: 1))
        #expect(ending.ended?.markerEpoch == 1)
        let repeated = talk.end(by: producer, bumpsEpoch: true)
        #expect(repeated.producer == ending.producer)
        #expect(repeated.ended == nil)
        #expect(talk.end(by: producer, isCommit: false, bumpsEpoch: true).error == .invalidTxnState)
        let abort = talk.end(by: ending.producer, isCommit: false, bumpsEpoch: true)
        #expect(abort.producer == .init(id: 1000, epoch: 2))
        #expect(abort.ended?.partitions == [])
        #expect(talk.end(by: abort.producer, bumpsEpoch: true).error == .invalidTxnState)
    }

    @Test func `a transaction whose time is over is given up, and its producer is fenced`() {
        var talk = Conversation()
        let producer = talk.initialize(timeout: .seconds(10)).producer
        _ = talk.add(by: producer)
        #expect(talk.coordinator.nextDeadline == talk.now + .seconds(10))
        #expect(talk.coordinator.expire(at: talk.now + .seconds(9)).isEmpty)
        let ended = talk.coordinator.expire(at: talk.now + .seconds(10))
        #expect(ended.map(\.isCommit) == [false])
        #expect(ended.map(\.markerEpoch) == [1])
        #expect(talk.end(by: producer).error == .producerFenced)
        #expect(talk.coordinator.nextDeadline == nil)
    }

    @Test(arguments: [TimeAmount.zero, .minutes(16), .milliseconds(-1)])
    func `a timeout that no broker allows is refused`(timeout: TimeAmount) {
        var talk = Conversation()
        #expect(talk.initialize(timeout: timeout).error == .invalidTransactionTimeout)
    }

    @Test func `a write outside of the open transaction is not verified`() {
        var talk = Conversation()
        let producer = talk.initialize().producer
        #expect(talk.coordinator.verify(Conversation.place, in: "x", by: producer) == .transactionAbortable)
        _ = talk.add(by: producer)
        #expect(talk.coordinator.verify(Conversation.place, in: "x", by: producer) == .none)
        #expect(talk.coordinator.verify(group: "g", in: "x", by: producer) == .transactionAbortable)
        talk.coordinator.topicDeleted("t")
        #expect(talk.end(by: producer).ended?.partitions == [])
    }
}
