import KafkaProtocol
import NIOCore
import TestSupport
import Testing

@Suite("Record batches")
struct RecordBatchTests {
    /// A batch of one record with the value "w" that a broker took (Produce, recorded from Apache Kafka 4.3.1).
    private static let recorded = ByteBuffer(
        bytes: ("000000000000000000000039ffffffff02c05034020000000000000000018bcfe568000000018bcfe56800"
            + "ffffffffffffffffffffffffffff000000010e00000001027700").hexBytes ?? [])

    private static let full: [Record] = [
        Record(
            timestampDelta: 0, key: ByteBuffer(string: "key"), value: ByteBuffer(string: "value"),
            headers: [.init(key: "trace", value: ByteBuffer(bytes: [1, 2])), .init(key: "", value: nil)]),
        Record(timestampDelta: 250, key: nil, value: nil),
        Record(timestampDelta: -40, key: ByteBuffer(), value: ByteBuffer(repeating: 7, count: 300)),
    ]

    private func written(_ records: [Record] = Self.full) -> ByteBuffer {
        var writer = RecordBatchWriter()
        writer.baseOffset = 40
        writer.partitionLeaderEpoch = 3
        writer.baseTimestamp = 1_700_000_000_000
        writer.producerID = 9
        writer.producerEpoch = 2
        writer.baseSequence = 11
        return writer.batch(records)
    }

    @Test
    func `the fields of a recorded batch are read`() throws {
        var bytes = Self.recorded
        let batch = try RecordBatch(readingFrom: &bytes)
        #expect(bytes.readableBytes == 0)
        #expect(batch.baseOffset == 0)
        #expect(batch.partitionLeaderEpoch == -1)
        #expect(batch.crc == 0xC050_3402)
        #expect(batch.hasValidCRC)
        #expect(batch.compression == RecordBatch.Compression.none)
        #expect(!batch.isTransactional && !batch.isControl && !batch.usesLogAppendTime)
        #expect(batch.lastOffsetDelta == 0)
        #expect(batch.baseTimestamp == 1_700_000_000_000)
        #expect(batch.maxTimestamp == 1_700_000_000_000)
        #expect(batch.producerID == -1 && batch.producerEpoch == -1 && batch.baseSequence == -1)
        #expect(batch.recordCount == 1)
        #expect(try batch.records() == [Record(value: ByteBuffer(string: "w"))])
    }

    @Test
    func `the writer makes the recorded batch`() {
        var writer = RecordBatchWriter()
        writer.baseTimestamp = 1_700_000_000_000
        #expect(writer.batch([Record(value: ByteBuffer(string: "w"))]) == Self.recorded)
    }

    @Test
    func `what is written is read again`() throws {
        var bytes = self.written()
        let batch = try RecordBatch(readingFrom: &bytes)
        #expect(batch.hasValidCRC)
        #expect(batch.baseOffset == 40 && batch.lastOffset == 42 && batch.partitionLeaderEpoch == 3)
        #expect(batch.maxTimestamp == 1_700_000_000_250)
        #expect(batch.producerID == 9 && batch.producerEpoch == 2 && batch.baseSequence == 11)
        var expected = Self.full
        for index in expected.indices { expected[index].offsetDelta = Int32(index) }
        #expect(try batch.records() == expected)
    }

    @Test
    func `batches follow one another`() throws {
        var bytes = self.written()
        bytes.writeImmutableBuffer(Self.recorded)
        #expect(try RecordBatch.batches(in: bytes).map(\.recordCount) == [3, 1])
        #expect(try RecordBatch.batches(in: ByteBuffer()) == [])
    }

    @Test
    func `the attributes say compression, timestamps, transaction and control`() throws {
        var bytes = Self.recorded
        bytes.setInteger(Int16(0b0011_1100), at: 21)
        var batch = try RecordBatch(readingFrom: &bytes)
        #expect(batch.compression == .zstd)
        #expect(batch.usesLogAppendTime && batch.isTransactional && batch.isControl)
        #expect(throws: KafkaDecodeError.self) { try batch.records() }

        bytes = Self.recorded
        bytes.setInteger(Int16(7), at: 21)
        batch = try RecordBatch(readingFrom: &bytes)
        #expect(batch.compression == nil)
    }

    @Test
    func `an offset is assigned in this copy alone, and the checksum stays valid`() throws {
        let original = Self.recorded
        var bytes = original
        var batch = try RecordBatch(readingFrom: &bytes)
        batch.assign(baseOffset: 1_000, partitionLeaderEpoch: 8)
        #expect(batch.baseOffset == 1_000 && batch.partitionLeaderEpoch == 8)
        #expect(batch.hasValidCRC)
        #expect(original == Self.recorded)
        #expect(original.getInteger(at: 0, as: Int64.self) == 0)
    }

    @Test
    func `a changed byte makes the checksum wrong`() throws {
        for place in RecordBatch.headerBytes..<Self.recorded.readableBytes {
            var bytes = Self.recorded
            bytes.setInteger((bytes.getInteger(at: place, as: UInt8.self) ?? 0) ^ 1, at: place)
            #expect(try RecordBatch(readingFrom: &bytes).hasValidCRC == false)
        }
    }

    @Test
    func `a batch cut anywhere is refused and the buffer is left alone`() {
        let whole = self.written()
        for length in 1..<whole.readableBytes {
            var bytes = whole.getSlice(at: 0, length: length) ?? ByteBuffer()
            #expect(throws: KafkaDecodeError.self) { try RecordBatch(readingFrom: &bytes) }
            #expect(bytes.readableBytes == length)
        }
    }

    @Test(arguments: [Int32.min, -1, 0, 48, Int32.max])
    func `a batch length that cannot be is refused`(_ length: Int32) {
        var bytes = Self.recorded
        bytes.setInteger(length, at: 8)
        #expect(throws: KafkaDecodeError.self) { try RecordBatch(readingFrom: &bytes) }
    }

    @Test(arguments: [Int8(-1), 0, 1, 3])
    func `a format other than 2 is refused`(_ magic: Int8) {
        var bytes = Self.recorded
        bytes.setInteger(magic, at: 16)
        let error = #expect(throws: KafkaDecodeError.self) { try RecordBatch(readingFrom: &bytes) }
        #expect(error?.field == "records.magic")
    }

    @Test(arguments: [Int32.min, -1, 2, Int32.max])
    func `a record count that the bytes do not have is refused`(_ count: Int32) throws {
        var bytes = Self.recorded
        bytes.setInteger(count, at: 57)
        let batch = try RecordBatch(readingFrom: &bytes)
        #expect(throws: KafkaDecodeError.self) { try batch.records() }
    }

    @Test
    func `fewer records than the bytes hold are refused`() throws {
        var bytes = self.written()
        bytes.setInteger(Int32(2), at: 57)
        let batch = try RecordBatch(readingFrom: &bytes)
        #expect(throws: KafkaDecodeError.self) { try batch.records() }
    }

    @Test
    func `hostile bytes in place of records are read or refused`() throws {
        var random = SeededGenerator(seed: 6)
        let whole = Array(self.written().readableBytesView)
        for round in 0..<4_000 {
            var changed = whole
            for _ in 0...(round % 4) {
                let place = Int.random(in: 57..<changed.count, using: &random)
                changed[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
            }
            var bytes = ByteBuffer(bytes: changed)
            let batch = try RecordBatch(readingFrom: &bytes)
            guard let records = try? batch.records() else { continue }
            #expect(records.count == Int(batch.recordCount))
        }
    }

    @Test
    func `key and value are slices of the batch`() throws {
        var bytes = self.written()
        let storage = bytes.withUnsafeReadableBytes { $0.baseAddress }
        let value = try #require(try RecordBatch(readingFrom: &bytes).records()[0].value)
        let distance = value.withUnsafeReadableBytes { bytes in
            storage.flatMap { start in bytes.baseAddress.map { $0 - start } }
        }
        #expect(distance.map { (0..<400).contains($0) } == true)
    }
}
