import KafkaProtocol
import NIOCore
import Testing

@testable import Gateway

/// Whatever a client or a backend sends: an error or an answer, never a trap.
@Suite struct HostileBodyTests {
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            self.state &+= 0x9E37_79B9_7F4A_7C15
            var z = self.state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    /// One record of each API and version, the longest request.
    private static let samples: [OracleRecord] = {
        var samples: [String: OracleRecord] = [:]
        for record in OracleRecord.all where record.outcome == "response" && record.principal == "alice" {
            guard let row = APITable.row(record.key), row.plan != nil, row.request != .never else { continue }
            let key = "\(record.api) \(record.version)"
            if record.request.utf8.count > samples[key]?.request.utf8.count ?? -1 { samples[key] = record }
        }
        return samples.values.sorted { $0.description < $1.description }
    }()

    /// Evaluates the request, and when it would go on, the answer as well.
    private func feed(
        _ record: OracleRecord, _ facts: SessionFacts, _ request: ByteBuffer, _ response: ByteBuffer
    ) {
        for answers in [nil, TopicAnswers()] {
            guard
                let plan = try? RequestEvaluator.plan(
                    api: record.key, version: record.version, body: request, facts: facts, answers: answers)
            else { return }
            if case .ask(let question) = plan.verdict {
                _ = try? question.answers(body: response, version: 13, names: facts.topicNames)
                continue
            }
            _ = try? plan.response.apply(to: response, version: record.version, facts: facts)
            return
        }
    }

    @Test func `bodies cut at any length are refused or answered`() throws {
        for record in Self.samples {
            let request = try record.requestBody()
            let response = try record.responseBody()
            let facts = try OracleSession(record).facts
            for length in stride(from: 0, to: request.readableBytes, by: max(1, request.readableBytes / 60)) {
                let cut = try #require(request.getSlice(at: 0, length: length))
                self.feed(record, facts, cut, response)
                // No prefix of a request is a request, save where tagged fields are all that is missing.
                let plan = try? RequestEvaluator.plan(
                    api: record.key, version: record.version, body: cut, facts: facts, answers: TopicAnswers())
                #expect(
                    plan == nil || [.listGroups, .listTransactions].contains(record.key), "\(record) cut at \(length)")
            }
            for length in stride(from: 0, to: response.readableBytes, by: max(1, response.readableBytes / 24)) {
                self.feed(record, facts, request, try #require(response.getSlice(at: 0, length: length)))
            }
        }
    }

    @Test func `bodies with changed bytes are refused or answered`() throws {
        var generator = Generator(state: 4)
        for record in Self.samples {
            let request = try record.requestBody()
            let response = try record.responseBody()
            let facts = try OracleSession(record).facts
            for _ in 0..<30 {
                self.feed(record, facts, self.changed(request, &generator), response)
                self.feed(record, facts, request, self.changed(response, &generator))
            }
        }
    }

    @Test func `a scan for transactional batches ends in any bytes`() {
        var generator = Generator(state: 9)
        for length in 0..<200 {
            var bytes = ByteBuffer()
            for _ in 0..<length { bytes.writeInteger(UInt8.random(in: 0...255, using: &generator)) }
            _ = RecordBatchScan.holdsTransactionalBatch(bytes)
        }
        for length in [Int32.min, -1, 0, 1, .max] {
            var batch = ByteBuffer(repeating: 0, count: 61)
            batch.setInteger(length, at: 8)
            batch.setInteger(Int8(2), at: 16)
            #expect(!RecordBatchScan.holdsTransactionalBatch(batch))
            batch.setInteger(Int16(0x10), at: 21)
            #expect(RecordBatchScan.holdsTransactionalBatch(batch))
        }
    }

    @Test func `a transactional batch behind a plain one is found`() {
        var bytes = ByteBuffer(repeating: 0, count: 122)
        for (start, attributes) in [(0, Int16(0)), (61, Int16(0x10))] {
            bytes.setInteger(Int32(49), at: start + 8)
            bytes.setInteger(Int8(2), at: start + 16)
            bytes.setInteger(attributes, at: start + 21)
        }
        #expect(RecordBatchScan.holdsTransactionalBatch(bytes))
    }

    private func changed(_ body: ByteBuffer, _ generator: inout Generator) -> ByteBuffer {
        var bytes = body
        guard bytes.readableBytes > 0 else { return bytes }
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let place = Int.random(in: 0..<bytes.readableBytes, using: &generator)
            let byte = [0, 1, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &generator)].randomElement(
                using: &generator)
            bytes.setInteger(byte ?? 0, at: bytes.readerIndex + place)
        }
        return bytes
    }
}
