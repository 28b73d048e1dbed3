package import NIOCore

/// A view of one record batch of magic 2 in the bytes that hold it. Nothing is copied.
///
///     baseOffset int64 · batchLength int32 · partitionLeaderEpoch int32 · magic int8 · crc uint32 · attributes int16
///     lastOffsetDelta int32 · baseTimestamp int64 · maxTimestamp int64 · producerId int64 · producerEpoch int16
///     baseSequence int32 · recordCount int32 · records
///
/// - SeeAlso: KIP-98; the checksum covers everything from `attributes`.
package struct RecordBatch: Equatable, Sendable {
    package enum Compression: Int16, Sendable { case none, gzip, snappy, lz4, zstd }

    /// The whole batch, header and records.
    package private(set) var bytes: ByteBuffer

    /// Takes the next batch off `buffer`.
    ///
    /// - Throws: When the bytes are too few, the length is impossible, or the magic is not 2.
    package init(readingFrom buffer: inout ByteBuffer) throws(KafkaDecodeError) {
        guard let length = buffer.getInteger(at: buffer.readerIndex + Offset.batchLength, as: Int32.self) else {
            throw KafkaDecodeError(
                reason: .truncated(needed: Self.prefixBytes, available: buffer.readableBytes),
                field: "records.batchLength", offset: Offset.batchLength)
        }
        guard length >= Self.headerBytes - Self.prefixBytes else {
            throw KafkaDecodeError(
                reason: .negativeLength(Int(length)), field: "records.batchLength", offset: Offset.batchLength)
        }
        let total = Self.prefixBytes + Int(length)
        guard total <= buffer.readableBytes else {
            throw KafkaDecodeError(
                reason: .truncated(needed: total, available: buffer.readableBytes), field: "records", offset: 0)
        }
        let magic = buffer.getInteger(at: buffer.readerIndex + Offset.magic, as: Int8.self) ?? -1
        guard magic == Self.magic, let bytes = buffer.readSlice(length: total) else {
            throw KafkaDecodeError(
                reason: .invalid("magic is \(magic), not \(Self.magic)"), field: "records.magic", offset: Offset.magic)
        }
        self.bytes = bytes
    }

    /// - Parameter bytes: A whole batch that has been checked before.
    init(unchecked bytes: ByteBuffer) {
        self.bytes = bytes
    }

    /// All batches of a `records` field.
    package static func batches(in records: ByteBuffer) throws(KafkaDecodeError) -> [RecordBatch] {
        var rest = records
        var batches: [RecordBatch] = []
        while rest.readableBytes > 0 { batches.append(try RecordBatch(readingFrom: &rest)) }
        return batches
    }

    private func get<T: FixedWidthInteger>(_ offset: Int, as type: T.Type = T.self) -> T {
        self.bytes.getInteger(at: self.bytes.readerIndex + offset, as: T.self) ?? 0
    }

    package var baseOffset: Int64 { self.get(Offset.baseOffset) }
    package var partitionLeaderEpoch: Int32 { self.get(Offset.partitionLeaderEpoch) }
    package var crc: UInt32 { self.get(Offset.crc) }
    package var attributes: Int16 { self.get(Offset.attributes) }
    package var lastOffsetDelta: Int32 { self.get(Offset.lastOffsetDelta) }
    /// Milliseconds since 1970.
    package var baseTimestamp: Int64 { self.get(Offset.baseTimestamp) }
    package var maxTimestamp: Int64 { self.get(Offset.maxTimestamp) }
    package var producerID: Int64 { self.get(Offset.producerID) }
    package var producerEpoch: Int16 { self.get(Offset.producerEpoch) }
    package var baseSequence: Int32 { self.get(Offset.baseSequence) }
    package var recordCount: Int32 { self.get(Offset.recordCount) }

    package var lastOffset: Int64 { self.baseOffset &+ Int64(self.lastOffsetDelta) }
    /// The codec; nil when it is unknown.
    package var compression: Compression? { Compression(rawValue: self.attributes & AttributeBits.compression) }
    package var usesLogAppendTime: Bool { self.attributes & AttributeBits.logAppendTime != 0 }
    package var isTransactional: Bool { Self.isTransactional(attributes: self.attributes) }
    package var isControl: Bool { self.attributes & AttributeBits.control != 0 }

    package var computedCRC: UInt32 {
        self.bytes.withUnsafeReadableBytes {
            CRC32C.checksum(UnsafeRawBufferPointer(rebasing: $0[Offset.attributes...]))
        }
    }

    package var hasValidCRC: Bool { self.crc == self.computedCRC }

    /// Puts the batch at an offset. The checksum does not cover these fields.
    package mutating func assign(baseOffset: Int64, partitionLeaderEpoch: Int32) {
        self.bytes.setInteger(baseOffset, at: self.bytes.readerIndex + Offset.baseOffset)
        self.bytes.setInteger(partitionLeaderEpoch, at: self.bytes.readerIndex + Offset.partitionLeaderEpoch)
    }

    /// The records of an uncompressed batch.
    ///
    /// - Throws: When the batch is compressed, or does not hold as many records as its header says.
    package func records() throws(KafkaDecodeError) -> [Record] {
        guard self.compression == RecordBatch.Compression.none else {
            throw KafkaDecodeError(
                reason: .invalid("the batch is compressed"), field: "records", offset: Offset.attributes)
        }
        var rest = self.bytes
        rest.moveReaderIndex(forwardBy: Self.headerBytes)
        // A record takes at least seven bytes.
        guard self.recordCount >= 0, Int(self.recordCount) <= rest.readableBytes / 7 else {
            throw KafkaDecodeError(
                reason: .tooManyElements(count: Int(self.recordCount), available: rest.readableBytes),
                field: "records.recordCount", offset: Offset.recordCount)
        }
        var records: [Record] = []
        records.reserveCapacity(min(Int(self.recordCount), rest.readableBytes / MemoryLayout<Record>.stride))
        for _ in 0..<self.recordCount {
            guard let record = Record(readingFrom: &rest) else {
                throw KafkaDecodeError(
                    reason: .invalid("not a record"), field: "records[\(records.count)]",
                    offset: self.bytes.readableBytes - rest.readableBytes)
            }
            records.append(record)
        }
        guard rest.readableBytes == 0 else {
            throw KafkaDecodeError(
                reason: .invalid("\(rest.readableBytes) bytes follow the last of \(records.count) records"),
                field: "records", offset: self.bytes.readableBytes - rest.readableBytes)
        }
        return records
    }
}

/// One record of a batch. Key and value are slices.
package struct Record: Equatable, Sendable {
    package struct Header: Equatable, Sendable {
        package var key: String
        package var value: ByteBuffer?

        package init(key: String, value: ByteBuffer?) {
            self.key = key
            self.value = value
        }
    }

    package var timestampDelta: Int64
    package var offsetDelta: Int32
    package var key: ByteBuffer?
    package var value: ByteBuffer?
    package var headers: [Header]

    package init(
        timestampDelta: Int64 = 0, offsetDelta: Int32 = 0, key: ByteBuffer? = nil, value: ByteBuffer?,
        headers: [Header] = []
    ) {
        self.timestampDelta = timestampDelta
        self.offsetDelta = offsetDelta
        self.key = key
        self.value = value
        self.headers = headers
    }

    init?(readingFrom buffer: inout ByteBuffer) {
        guard let length = buffer.readVarint(), length >= 0, length <= Int64(buffer.readableBytes),
            var body = buffer.readSlice(length: Int(length)),
            body.readInteger(as: Int8.self) != nil,
            let timestampDelta = body.readVarint(),
            let offsetDelta = body.readVarint().flatMap(Int32.init(exactly:)),
            let key = Self.readBytes(&body), let value = Self.readBytes(&body),
            let count = body.readVarint(), count >= 0, count <= Int64(body.readableBytes)
        else { return nil }
        var headers: [Header] = []
        for _ in 0..<count {
            guard let name = Self.readBytes(&body), let name, let value = Self.readBytes(&body) else { return nil }
            guard let text = name.withUnsafeReadableBytes({ String(validating: $0, as: UTF8.self) }) else { return nil }
            headers.append(Header(key: text, value: value))
        }
        guard body.readableBytes == 0 else { return nil }
        self.init(timestampDelta: timestampDelta, offsetDelta: offsetDelta, key: key, value: value, headers: headers)
    }

    /// The outer optional is nil when the bytes end early, the inner one for null.
    private static func readBytes(_ buffer: inout ByteBuffer) -> ByteBuffer?? {
        guard let length = buffer.readVarint(), length >= -1, length <= Int64(buffer.readableBytes) else { return nil }
        if length == -1 { return .some(nil) }
        return buffer.readSlice(length: Int(length)).map { .some($0) }
    }

    func write(to buffer: inout ByteBuffer) {
        var body = ByteBuffer()
        body.writeInteger(Int8(0))
        body.writeVarint(self.timestampDelta)
        body.writeVarint(Int64(self.offsetDelta))
        Self.write(self.key, to: &body)
        Self.write(self.value, to: &body)
        body.writeVarint(Int64(self.headers.count))
        for header in self.headers {
            Self.write(ByteBuffer(string: header.key), to: &body)
            Self.write(header.value, to: &body)
        }
        buffer.writeVarint(Int64(body.readableBytes))
        buffer.writeImmutableBuffer(body)
    }

    private static func write(_ bytes: ByteBuffer?, to buffer: inout ByteBuffer) {
        buffer.writeVarint(bytes.map { Int64($0.readableBytes) } ?? -1)
        if let bytes { buffer.writeImmutableBuffer(bytes) }
    }
}
