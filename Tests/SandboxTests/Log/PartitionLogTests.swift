import KafkaProtocol
import NIOCore
import Testing

@testable import Sandbox

/// A batch of `count` records as a producer sends it.
func producedBatch(
    _ count: Int = 1, timestamp: Int64 = 1000, producerID: Int64 = -1, epoch: Int16 = -1, sequence: Int32 = -1,
    attributes: Int16 = 0, value: String = "v"
) -> ByteBuffer {
    var writer = RecordBatchWriter()
    writer.baseTimestamp = timestamp
    writer.producerID = producerID
    writer.producerEpoch = epoch
    writer.baseSequence = sequence
    writer.attributes = attributes
    return writer.batch((0..<count).map { Record(timestampDelta: Int64($0), value: ByteBuffer(string: value)) })
}

func checked(
    _ batch: ByteBuffer, _ rules: BatchRules = BatchRules(maximumBytes: 1 << 20), produceVersion: Int16 = 13
) throws -> CheckedBatch {
    try CheckedBatch(
        batch, rules: rules, for: TopicPartition(topic: "t", partition: 0), produceVersion: produceVersion)
}

@Suite struct `Partition log` {
    @Test func `batches are put at the end, and read back as the same bytes with the broker's part filled in`() throws {
        var log = PartitionLog()
        let sent = producedBatch(3)
        #expect(
            try log.append(checked(sent), leaderEpoch: 7) == .appended(baseOffset: 0, sizeBytes: sent.readableBytes))
        #expect(
            try log.append(checked(sent), leaderEpoch: 7) == .appended(baseOffset: 3, sizeBytes: sent.readableBytes))
        #expect(log.endOffset == 6)
        var expected = sent
        expected.setInteger(Int64(3), at: expected.readerIndex)
        expected.setInteger(Int32(7), at: expected.readerIndex + 12)
        let reading = try #require(log.read(from: 3, maximumBytes: 1000, atLeastOne: false))
        #expect(reading.batches.map { $0.assembled() } == [expected])
    }

    @Test func `a reading starts at the batch that holds the offset and stops before the limit`() throws {
        var log = PartitionLog()
        for _ in 0..<4 { _ = try log.append(checked(producedBatch(2)), leaderEpoch: 0) }
        let size = producedBatch(2).readableBytes
        #expect(log.read(from: 3, maximumBytes: 2 * size, atLeastOne: false)?.batches.map(\.baseOffset) == [2, 4])
        #expect(log.read(from: 3, maximumBytes: size - 1, atLeastOne: false)?.batches.isEmpty == true)
        #expect(log.read(from: 3, maximumBytes: 0, atLeastOne: true)?.batches.map(\.baseOffset) == [2])
        #expect(log.read(from: 8, maximumBytes: size, atLeastOne: true) == PartitionLog.Reading())
        #expect(log.read(from: 9, maximumBytes: size, atLeastOne: true) == nil)
        #expect(log.read(from: -1, maximumBytes: size, atLeastOne: true) == nil)
        #expect(log.availableBytes(from: 5) == 2 * size)
    }

    @Test func `deleting records moves the start into a batch and frees those before`() throws {
        var log = PartitionLog()
        for _ in 0..<3 { _ = try log.append(checked(producedBatch(2)), leaderEpoch: 0) }
        #expect(log.deleteRecords(before: 3) == true)
        #expect(log.sizeBytes == 2 * producedBatch(2).readableBytes)
        #expect(log.startOffset == 3)
        #expect(log.read(from: 2, maximumBytes: 1000, atLeastOne: true) == nil)
        #expect(log.read(from: 3, maximumBytes: 1000, atLeastOne: true)?.batches.first?.baseOffset == 2)
        #expect(log.deleteRecords(before: 7) == false)
        #expect(log.deleteRecords(before: 6) == true)
        #expect(log.sizeBytes == 0)
    }

    @Test func `a repeated batch of an idempotent producer is not appended again`() throws {
        var log = PartitionLog()
        func append(sequence: Int32, epoch: Int16 = 0, count: Int = 2) throws -> PartitionLog.AppendResult {
            try log.append(
                checked(producedBatch(count, producerID: 9, epoch: epoch, sequence: sequence)), leaderEpoch: 0)
        }
        let size = producedBatch(2).readableBytes
        #expect(try append(sequence: 0) == .appended(baseOffset: 0, sizeBytes: size))
        #expect(try append(sequence: 2) == .appended(baseOffset: 2, sizeBytes: size))
        #expect(try append(sequence: 0) == .duplicate(baseOffset: 0, maxTimestamp: 1001))
        #expect(try append(sequence: 6) == .rejected(.outOfOrderSequenceNumber))
        #expect(try append(sequence: 1, epoch: 1) == .rejected(.outOfOrderSequenceNumber))
        #expect(try append(sequence: 0, epoch: 1) == .appended(baseOffset: 4, sizeBytes: size))
        #expect(try append(sequence: 4, epoch: 0) == .rejected(.invalidProducerEpoch))
        #expect(log.endOffset == 6)
    }

    @Test func `sequence numbers go on at 0 behind the largest`() throws {
        var log = PartitionLog()
        _ = try log.append(
            checked(producedBatch(2, producerID: 9, epoch: 0, sequence: .max)), leaderEpoch: 0)
        let next = try checked(producedBatch(producerID: 9, epoch: 0, sequence: 1))
        #expect(log.append(next, leaderEpoch: 0) == .appended(baseOffset: 2, sizeBytes: producedBatch().readableBytes))
    }

    @Test func `the first record at a time or later is found inside its batch`() throws {
        var log = PartitionLog()
        for timestamp: Int64 in [1000, 3000, 2000] {
            _ = try log.append(checked(producedBatch(3, timestamp: timestamp)), leaderEpoch: 0)
        }
        #expect(log.firstBatch(atOrAfter: 2500)?.baseOffset == 3)
        #expect(log.firstBatch(atOrAfter: 1001)?.firstRecord(atOrAfter: 1001, from: 0)?.offset == 1)
        #expect(log.firstBatch(atOrAfter: 3003) == nil)
        #expect(log.batchWithNewestTimestamp()?.firstRecord(atOrAfter: 3002, from: 0)?.offset == 5)
    }

    @Test func `the end of a leader epoch is where the next one wrote first`() throws {
        var log = PartitionLog()
        _ = try log.append(checked(producedBatch(2)), leaderEpoch: 0)
        _ = try log.append(checked(producedBatch(2)), leaderEpoch: 3)
        #expect(log.endOffset(ofEpoch: 0, currentEpoch: 3) == (0, 2))
        #expect(log.endOffset(ofEpoch: 2, currentEpoch: 3) == (0, 2))
        #expect(log.endOffset(ofEpoch: 3, currentEpoch: 3) == (3, 4))
        #expect(log.endOffset(ofEpoch: 4, currentEpoch: 3) == (-1, -1))
    }
}

@Suite struct `Checks of a produced batch` {
    @Test func `a slice of a much larger buffer gets memory of its own`() throws {
        var frame = ByteBuffer(repeating: 0, count: 1 << 16)
        frame.writeImmutableBuffer(producedBatch())
        frame.moveReaderIndex(forwardBy: 1 << 16)
        #expect(try checked(frame).body.storageCapacity < 1024)
    }

    @Test(arguments: [
        (ByteBuffer(), KafkaErrorCode.invalidRecord),
        (ByteBuffer(repeating: 0, count: 5), .corruptMessage),
        (altering { $0.setInteger(Int8(1), at: 16) }, .unsupportedForMessageFormat),
        (altering { $0.setInteger(Int32(500), at: 8) }, .corruptMessage),
        (altering { $0.setInteger(Int32(-1), at: 8) }, .corruptMessage),
        (altering { $0.setInteger(UInt8(0xff), at: 65) }, .corruptMessage),
        (altering { $0.writeImmutableBuffer(producedBatch()) }, .invalidRecord),
        (producedBatch(attributes: 0x20), .invalidRecord),
        (producedBatch(attributes: 5), .unsupportedCompressionType),
        (producedBatch(producerID: 3, epoch: 0), .invalidRecord),
        (producedBatch(value: String(repeating: "x", count: 1 << 20)), .messageTooLarge),
    ])
    func `what is not one whole sound batch is refused`(records: ByteBuffer, expected: KafkaErrorCode) throws {
        let fault = #expect(throws: BatchFault.self) { _ = try checked(records) }
        #expect(fault?.code == expected)
    }

    @Test func `Zstandard is for version 7 and above`() throws {
        let batch = producedBatch(attributes: 4)
        let fault = #expect(throws: BatchFault.self) {
            _ = try checked(batch, produceVersion: 6)
        }
        #expect(fault?.code == .unsupportedCompressionType)
        #expect(throws: Never.self) { _ = try checked(batch, produceVersion: 7) }
    }
}

private func altering(_ change: (inout ByteBuffer) -> Void) -> ByteBuffer {
    var batch = producedBatch()
    change(&batch)
    return batch
}
