import KafkaProtocol
import NIOCore
import Resources
import TestSupport
import Testing

@testable import Gateway

/// Produce requests that are judged while they pass.
@Suite struct LargeProduceTests {
    static let ids: [String: KafkaUUID] = [
        "orders": KafkaUUID(high: 1, low: 1), "audit": KafkaUUID(high: 2, low: 2), "secret": KafkaUUID(high: 3, low: 3),
    ]

    static func batch(bytes: Int, transactional: Bool = false) -> ByteBuffer {
        var batch = ByteBuffer(repeating: 1, count: bytes)
        batch.setInteger(UInt8(2), at: 16)
        batch.setInteger(UInt16(transactional ? 0x10 : 0), at: 21)
        return batch
    }

    /// A request frame that writes one batch to partitions 0 and 1 of each topic.
    static func frame(
        _ topics: [String], version: Int16, batchBytes: Int, acks: Int16 = -1, transactionalID: String? = nil,
        transactionalTopics: Set<String> = [], correlationID: Int32 = 5
    ) -> ByteBuffer {
        var request = ProduceRequest()
        request.acks = acks
        request.transactionalId = transactionalID
        request.topicData = topics.map { name in
            var topic = ProduceRequest.TopicProduceData()
            topic.name = name
            topic.topicId = Self.ids[name] ?? .zero
            topic.partitionData = [Int32(0), 1].map { index in
                var data = ProduceRequest.PartitionProduceData()
                data.index = index
                data.records = Self.batch(bytes: batchBytes, transactional: transactionalTopics.contains(name))
                return data
            }
            return topic
        }
        return KafkaFrame.encodeRequest(request, version: version, correlationID: correlationID, clientID: "test")
    }

    static func facts(writes topics: [String]) throws -> SessionFacts {
        let rules = topics.map { OracleWorld.rule(.topic, .allow, .write, $0) }
        let facts = SessionFacts.test(rules: try OracleWorld.ruleSet(rules))
        for (name, id) in Self.ids { facts.topicNames.learn(id, name) }
        return facts
    }

    private func pass(_ frame: ByteBuffer, facts: SessionFacts, upTo limit: Int) throws -> LargeProduce {
        let head = try #require(FrameHead(frame))
        var request = LargeProduce(head)
        var rest = frame
        var pieces = RandomPieces(seed: UInt64(limit), upTo: limit)
        while let piece = pieces.cut(from: &rest) {
            try request.received(piece, facts: facts)
        }
        return request
    }

    private func codes(_ request: LargeProduce, version: Int16) throws -> [String: [Int16]] {
        var body = request.answer()
        let answer = try ProduceResponse(from: &body, version: version)
        var codes: [String: [Int16]] = [:]
        for row in answer.responses {
            let name = Self.ids.first { $0.value == row.topicId && version >= 13 }?.key ?? row.name
            codes[name] = row.partitionResponses.map(\.errorCode)
            #expect(row.partitionResponses.map(\.index) == [0, 1])
        }
        return codes
    }

    @Test(arguments: Int16(3)...13)
    func `a request with nothing denied is followed to its end, in whatever pieces it comes`(version: Int16) throws {
        let frame = Self.frame(["orders", "audit"], version: version, batchBytes: 300, acks: 1)
        for limit in [1, 2, 7, 100, 5000] {
            let request = try self.pass(frame, facts: Self.facts(writes: ["orders", "audit"]), upTo: limit)
            #expect(!request.isRefused)
            #expect(request.acks == 1)
            #expect(request.left == 0)
        }
    }

    @Test(arguments: Int16(3)...13)
    func `a denied topic is answered as denied, and the others may be sent again`(version: Int16) throws {
        let frame = Self.frame(["orders", "secret", "audit"], version: version, batchBytes: 300)
        for limit in [1, 3, 100, 5000] {
            let request = try self.pass(frame, facts: Self.facts(writes: ["orders", "audit"]), upTo: limit)
            #expect(request.isRefused)
            let codes = try self.codes(request, version: version)
            #expect(codes == ["orders": [6, 6], "secret": [29, 29], "audit": [6, 6]])
        }
    }

    @Test func `a transactional batch needs the transactional id, and without it all is refused`() throws {
        let facts = try Self.facts(writes: ["orders", "audit"])
        let frame = Self.frame(
            ["orders", "audit"], version: 9, batchBytes: 100, transactionalID: "t", transactionalTopics: ["audit"])
        let refused = try self.pass(frame, facts: facts, upTo: 50)
        let codes = try self.codes(refused, version: 9)
        #expect(codes == ["orders": [53, 53], "audit": [53, 53]])
        facts.authorizer.replaceRules(
            try OracleWorld.ruleSet([
                OracleWorld.rule(.topic, .allow, .write, "*"), OracleWorld.rule(.transactionalID, .allow, .write, "t"),
            ]))
        let allowed = try self.pass(frame, facts: facts, upTo: 50)
        #expect(!allowed.isRefused)
    }

    @Test func `an id that nobody knows is refused as such`() throws {
        let facts = SessionFacts.test(rules: try OracleWorld.ruleSet([OracleWorld.rule(.topic, .allow, .write, "*")]))
        let request = try self.pass(
            Self.frame(["orders"], version: 13, batchBytes: 100), facts: facts, upTo: 1000)
        #expect(request.isRefused)
        let codes = try self.codes(request, version: 13)
        #expect(codes == ["orders": [KafkaErrorCode.unknownTopicId.rawValue, KafkaErrorCode.unknownTopicId.rawValue]])
    }

    @Test func `nothing is refused where nothing is enforced`() throws {
        let frame = Self.frame(["orders"], version: 13, batchBytes: 100, transactionalTopics: ["orders"])
        let request = try self.pass(frame, facts: .test(rules: nil), upTo: 10)
        #expect(!request.isRefused)
    }

    @Test func `a request that names too much for its answer to be remembered is an error`() {
        var request = ProduceRequest()
        var topic = ProduceRequest.TopicProduceData()
        topic.name = String(repeating: "n", count: 32_000)
        request.topicData = Array(repeating: topic, count: 40)
        let frame = KafkaFrame.encodeRequest(request, version: 9, correlationID: 1, clientID: nil)
        #expect(throws: LargeProduceError.tooManyPartitions) {
            try self.pass(frame, facts: Self.facts(writes: ["orders"]), upTo: 100_000)
        }
    }

    @Test(arguments: Int16(3)...13)
    func `bytes of any kind are never a trap, and no length leads out of the frame`(version: Int16) throws {
        let frame = Self.frame(["orders", "audit"], version: version, batchBytes: 60)
        let facts = try Self.facts(writes: ["orders", "audit"])
        var random = SeededGenerator(seed: 1)
        var failures = 0
        for _ in 0..<400 {
            var broken = frame
            for _ in 0..<3 {
                broken.setInteger(
                    UInt8.random(in: 0...255, using: &random),
                    at: Int.random(in: 12..<frame.readableBytes, using: &random))
            }
            do { _ = try self.pass(broken, facts: facts, upTo: 30) } catch { failures += 1 }
        }
        #expect(failures > 5)
    }
}
