import KafkaProtocol
import NIOCore
import Testing

@testable import Sandbox

private struct Writer {
    static let transactional: Int16 = 0x10
    var log = PartitionLog()

    mutating func write(
        _ producerID: Int64, sequence: Int32, epoch: Int16 = 0, attributes: Int16 = transactional
    ) throws -> PartitionLog.AppendResult {
        let batch = producedBatch(producerID: producerID, epoch: epoch, sequence: sequence, attributes: attributes)
        return self.log.append(try checked(batch), leaderEpoch: 0)
    }

    mutating func end(_ producerID: Int64, epoch: Int16 = 0, isCommit: Bool) {
        let marker = TransactionMarker(
            producerID: producerID, producerEpoch: epoch, isCommit: isCommit, timestamp: 2000)
        _ = self.log.append(marker, leaderEpoch: 0)
    }
}

@Suite struct `Transactions in a partition log` {
    @Test func `what is stable ends where the oldest open transaction began`() throws {
        var writer = Writer()
        _ = try writer.write(-1, sequence: -1, attributes: 0)
        #expect(writer.log.lastStableOffset == 1)
        _ = try writer.write(1, sequence: 0)
        _ = try writer.write(2, sequence: 0)
        #expect(writer.log.lastStableOffset == 1)
        writer.end(1, isCommit: true)
        #expect(writer.log.lastStableOffset == 2)
        writer.end(2, isCommit: false)
        #expect(writer.log.lastStableOffset == writer.log.endOffset)
    }

    @Test func `a reader of committed records gets what is stable, and is told what to skip`() throws {
        var writer = Writer()
        _ = try writer.write(1, sequence: 0)
        writer.end(1, isCommit: false)
        _ = try writer.write(1, sequence: 1)
        let stable = try #require(
            writer.log.read(from: 0, maximumBytes: 1 << 20, atLeastOne: true, to: .lastStableOffset))
        #expect(stable.batches.map(\.baseOffset) == [0, 1])
        #expect(writer.log.availableBytes(from: 0, to: .lastStableOffset) == stable.sizeBytes)
        #expect(writer.log.availableBytes(from: 2, to: .lastStableOffset) == 0)
        #expect(
            writer.log.abortedTransactions(from: 0, through: 1) == [
                .init(producerID: 1, firstOffset: 0, lastOffset: 1)
            ])
        #expect(writer.log.abortedTransactions(from: 2, through: 2).isEmpty)
        #expect(writer.log.read(from: 0, maximumBytes: 1 << 20, atLeastOne: true)?.batches.count == 3)
    }

    @Test func `a marker is a control batch that readers can check`() throws {
        var writer = Writer()
        _ = try writer.write(7, sequence: 0)
        writer.end(7, epoch: 1, isCommit: true)
        var bytes = try #require(writer.log.read(from: 1, maximumBytes: 1000, atLeastOne: true)?.batches.first)
            .assembled()
        let batch = try RecordBatch(readingFrom: &bytes)
        #expect(batch.hasValidCRC)
        #expect(batch.isControl)
        #expect(batch.isTransactional)
        #expect(batch.producerID == 7)
        #expect(batch.producerEpoch == 1)
        #expect(batch.baseOffset == 1)
        #expect(try batch.records().first?.key == ByteBuffer(bytes: [0, 0, 0, 1]))
    }

    @Test func `a marker of a newer epoch fences the writer of the old one`() throws {
        var writer = Writer()
        _ = try writer.write(1, sequence: 0)
        writer.end(1, epoch: 1, isCommit: false)
        #expect(try writer.write(1, sequence: 1) == .rejected(.invalidProducerEpoch))
        #expect(try writer.write(1, sequence: 1, epoch: 1) == .rejected(.outOfOrderSequenceNumber))
        #expect(try writer.write(1, sequence: 0, epoch: 1) != .rejected(.outOfOrderSequenceNumber))
    }

    @Test func `sequence numbers go on behind a marker of the same epoch`() throws {
        var writer = Writer()
        _ = try writer.write(1, sequence: 0)
        writer.end(1, isCommit: true)
        #expect(try writer.write(1, sequence: 0) == .duplicate(baseOffset: 0, maxTimestamp: 1000))
        #expect(try writer.write(1, sequence: 2) == .rejected(.outOfOrderSequenceNumber))
        let size = producedBatch().readableBytes
        #expect(try writer.write(1, sequence: 1) == .appended(baseOffset: 2, sizeBytes: size))
    }

    @Test func `a plain batch of a producer whose transaction is open is refused`() throws {
        var writer = Writer()
        _ = try writer.write(1, sequence: 0)
        #expect(try writer.write(1, sequence: 1, attributes: 0) == .rejected(.invalidTxnState))
    }

    @Test func `producers are shown with their newest sequence number and open transaction`() throws {
        var writer = Writer()
        _ = try writer.write(3, sequence: 0)
        _ = try writer.write(3, sequence: 1)
        _ = try writer.write(1, sequence: 0, attributes: 0)
        #expect(writer.log.producerViews.map(\.producerID) == [1, 3])
        #expect(writer.log.producerViews.map(\.lastSequence) == [0, 1])
        #expect(writer.log.producerViews.map(\.transactionStart) == [-1, 0])
    }

    @Test func `what was given up is forgotten with the records that it was about`() throws {
        var writer = Writer()
        _ = try writer.write(1, sequence: 0)
        writer.end(1, isCommit: false)
        _ = try writer.write(-1, sequence: -1, attributes: 0)
        _ = writer.log.deleteRecords(before: 2)
        #expect(writer.log.abortedTransactions(from: 0, through: 9).isEmpty)
    }
}
