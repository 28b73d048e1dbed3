import KafkaProtocol
import NIOCore
import TestSupport
import Testing

@testable import Gateway

/// Answers that go on while they are looked at, against the same answers decoded whole.
@Suite struct LargeAnswerTests {
    private struct Incomplete: Error {}

    /// Sends a frame through in pieces.
    private func pass(
        _ frame: ByteBuffer, _ plan: ResponsePlan, version: Int16, facts: SessionFacts,
        pieces: inout RandomPieces
    ) throws -> ByteBuffer {
        let answer = try #require(RecordsAnswer(plan))
        var incoming = frame
        var queue = ChunkQueue()
        var out = ByteBuffer()
        var passing: LargeAnswer?
        while let piece = pieces.cut(from: &incoming) {
            queue.append(piece)
            if passing == nil {
                let cursor = ChunkCursor(queue, limit: frame.readableBytes)
                guard let opening = answer.opening(cursor, version: version) else { continue }
                let taken = queue.take(opening.bytes)
                let bytes = try #require(taken).contiguous()
                out.writeImmutableBuffer(
                    try #require(LargeAnswer.opening(opening, bytes: bytes, of: answer, version: version)))
                passing = LargeAnswer(
                    answer, opening: opening, version: version, bytes: frame.readableBytes - opening.bytes,
                    isJudged: facts.authorizer.isEnforcing)
            }
            while let limit = passing?.left, limit > 0, let part = queue.takeFromFirst(limit: limit) {
                try passing?.received(part, facts: facts) { out.writeImmutableBuffer($0) }
            }
        }
        guard passing?.left == 0 else { throw Incomplete() }
        return out
    }

    private func body<Message: KafkaMessage>(_ frame: ByteBuffer, version: Int16) throws -> Message {
        #expect(frame.getInteger(at: frame.readerIndex, as: Int32.self) == Int32(frame.readableBytes - 4))
        var body = try ResponseFrame.body(of: frame, api: Message.apiKey, version: version)
        let message = try Message(from: &body, version: version)
        #expect(body.readableBytes == 0)
        return message
    }

    private func denied(_ count: Int) -> [FetchMerge.Topic] {
        (0..<count).map { index in
            FetchHandler.row(
                "denied\(index)", KafkaUUID(high: 9, low: UInt64(index)), [0, 5], .topicAuthorizationFailed)
        }
    }

    private func frame(_ body: ByteBuffer, _ api: APIKey, version: Int16) -> ByteBuffer {
        ResponseFrame.make(body: body, api: api, version: version, correlationID: 7)
    }

    @Test(arguments: Int16(4)...18)
    func `any Fetch answer comes out as the whole one would, in whatever pieces it comes`(version: Int16) throws {
        let schema = try #require(MessageSchema.responses[APIKey.fetch.rawValue])
        let facts = SessionFacts.test(rules: nil)
        for seed in 0..<UInt64(24) {
            var values = ValueGenerator(seed: seed, hasUnknownTags: true)
            let original = schema.encode(values.message(schema, version: version), version: version)
            var bytes = original
            var sent = try FetchResponse(from: &bytes, version: version)
            // Now and then an error for all of it, which refused topics are not added to.
            sent.errorCode = seed % 5 == 0 ? 70 : 0
            for place in sent.nodeEndpoints.indices { sent.nodeEndpoints[place].nodeId = Int32(place + 1) }
            var edited = ByteBuffer()
            sent.encode(into: &edited, version: version)
            bytes = edited
            sent = try FetchResponse(from: &bytes, version: version)
            let rows = self.denied(Int(seed % 3) * 70)
            let plan = ResponsePlan.fetch(FetchMerge(denied: rows))
            let frame = self.frame(edited, .fetch, version: version)
            var pieces = RandomPieces(seed: seed, upTo: seed % 2 == 0 ? 1 : 200)
            let out = try self.pass(frame, plan, version: version, facts: facts, pieces: &pieces)
            let got: FetchResponse = try self.body(out, version: version)
            let added = sent.errorCode == 0 ? rows : []
            var rowBytes = ByteBuffer()
            FetchResponse.withTopics(added).encode(into: &rowBytes, version: version)
            var decodedRows = try FetchResponse(from: &rowBytes, version: version).responses
            decodedRows += sent.responses
            #expect(got.responses == decodedRows)
            #expect(got.throttleTimeMs == sent.throttleTimeMs)
            #expect(got.errorCode == sent.errorCode && got.sessionId == sent.sessionId)
            self.check(got.nodeEndpoints.map { ($0.nodeId, $0.host, $0.port) }, sent.nodeEndpoints.count)
            if added.isEmpty, sent.nodeEndpoints.isEmpty { #expect(out == frame) }
            // Whatever the whole path does to the topics is done here, but for their order.
            let whole = try plan.apply(to: edited, version: version, facts: facts)
            var wholeBody = whole.body
            let expected = try FetchResponse(from: &wholeBody, version: version)
            #expect(Set(expected.responses.map(\.topic)) == Set(got.responses.map(\.topic)))
            #expect(expected.responses.count == got.responses.count)
        }
    }

    @Test(arguments: Int16(1)...2)
    func `any ShareFetch answer comes out as the whole one would`(version: Int16) throws {
        let schema = try #require(MessageSchema.responses[APIKey.shareFetch.rawValue])
        let facts = SessionFacts.test(rules: nil)
        for seed in 0..<UInt64(80) {
            var values = ValueGenerator(seed: seed, hasUnknownTags: true)
            var bytes = schema.encode(values.message(schema, version: version), version: version)
            var sent = try ShareFetchResponse(from: &bytes, version: version)
            sent.errorCode = 0
            for place in sent.nodeEndpoints.indices { sent.nodeEndpoints[place].nodeId = Int32(place + 1) }
            var edited = ByteBuffer()
            sent.encode(into: &edited, version: version)
            let plan = ResponsePlan.shareFetch(
                ShareFetchMerge(
                    denied: seed % 3 == 0
                        ? [
                            ShareSessionUpdate.row(
                                KafkaUUID(high: 4, low: 4), [1], .topicAuthorizationFailed, acknowledged: [])
                        ] : []))
            let frame = self.frame(edited, .shareFetch, version: version)
            var pieces = RandomPieces(seed: seed, upTo: seed % 2 == 0 ? 1 : 200)
            let out = try self.pass(frame, plan, version: version, facts: facts, pieces: &pieces)
            let got: ShareFetchResponse = try self.body(out, version: version)
            #expect(Array(got.responses.suffix(sent.responses.count)) == sent.responses)
            #expect(got.responses.count == sent.responses.count + (seed % 3 == 0 ? 1 : 0))
            self.check(got.nodeEndpoints.map { ($0.nodeId, $0.host, $0.port) }, sent.nodeEndpoints.count)
        }
    }

    /// Endpoints of brokers 1, 2, … as the listener has them: 1 and 2 have ports. The last ones may be left out.
    private func check(_ endpoints: [(Int32, String, Int32)], _ sent: Int) {
        #expect(endpoints.count <= min(2, sent))
        for (place, endpoint) in endpoints.enumerated() {
            let isReaddressed = endpoint == (Int32(place + 1), "127.0.0.1", 29_291 + Int32(place))
            #expect(isReaddressed)
        }
    }

    @Test func `endpoints are readdressed where their host leaves room`() throws {
        let facts = SessionFacts.test(rules: nil)
        for length in 1...160 {
            var sent = FetchResponse()
            sent.nodeEndpoints = [Int32(1), 2, 7].map { id in
                var node = FetchResponse.NodeEndpoint()
                node.nodeId = id
                node.host = String(repeating: "h", count: length)
                node.port = 9092
                node.rack = "r"
                return node
            }
            var body = ByteBuffer()
            sent.encode(into: &body, version: 16)
            let frame = self.frame(body, .fetch, version: 16)
            var pieces = RandomPieces(seed: UInt64(length), upTo: 9)
            let out = try self.pass(frame, .fetch(FetchMerge()), version: 16, facts: facts, pieces: &pieces)
            #expect(out.readableBytes == frame.readableBytes)
            let got: FetchResponse = try self.body(out, version: 16)
            self.check(got.nodeEndpoints.map { ($0.nodeId, $0.host, $0.port) }, 3)
            // Broker 7 has no port here: its bytes are room too.
            if length >= 9 { #expect(got.nodeEndpoints.map(\.rack) == ["r", "r"]) }
            #expect(!got.nodeEndpoints.isEmpty || length < 2)
        }
    }

    @Test func `a tail that is too long to hold becomes padding`() throws {
        var sent = FetchResponse()
        sent.nodeEndpoints = (0..<Int32(5000)).map { id in
            var node = FetchResponse.NodeEndpoint()
            node.nodeId = id
            node.host = "broker-\(id).example.com"
            return node
        }
        var body = ByteBuffer()
        sent.encode(into: &body, version: 17)
        let frame = self.frame(body, .fetch, version: 17)
        var pieces = RandomPieces(seed: 1, upTo: 5000)
        let out = try self.pass(
            frame, .fetch(FetchMerge()), version: 17, facts: .test(rules: nil), pieces: &pieces)
        let got: FetchResponse = try self.body(out, version: 17)
        #expect(got.nodeEndpoints.isEmpty)
        #expect(out.readableBytes == frame.readableBytes)
    }

    @Test func `a session that the answer opens is followed`() throws {
        let facts = SessionFacts.test(rules: nil)
        let answer = try #require(
            RecordsAnswer(.fetch(FetchMerge(session: .opened(FetchSession(usesIDs: true))))))
        var sent = FetchResponse()
        sent.sessionId = 77
        var body = ByteBuffer()
        sent.encode(into: &body, version: 15)
        var queue = ChunkQueue()
        queue.append(self.frame(body, .fetch, version: 15))
        let opening = try #require(answer.opening(ChunkCursor(queue, limit: queue.readableBytes), version: 15))
        answer.followSession(opening, facts: facts)
        #expect(facts.fetchSessions.take(77) != nil)
    }

    @Test func `topics that end where the frame does not are an error, and bytes of any kind never a trap`() throws {
        let schema = try #require(MessageSchema.responses[APIKey.fetch.rawValue])
        let facts = SessionFacts.test(rules: nil)
        var failures = 0
        for seed in 0..<UInt64(400) {
            var values = ValueGenerator(seed: seed, hasUnknownTags: true)
            var body = schema.encode(values.message(schema, version: 17), version: 17)
            var random = SeededGenerator(seed: seed)
            for _ in 0..<3 {
                let place = Int.random(in: 0..<body.readableBytes, using: &random)
                body.setInteger(UInt8.random(in: 0...255, using: &random), at: place)
            }
            if seed % 2 == 0 { body = body.getSlice(at: 0, length: body.readableBytes / 2) ?? body }
            let frame = self.frame(body, .fetch, version: 17)
            var pieces = RandomPieces(seed: seed, upTo: 40)
            do {
                let out = try self.pass(frame, .fetch(FetchMerge()), version: 17, facts: facts, pieces: &pieces)
                #expect(out.readableBytes == frame.readableBytes)
            } catch {
                failures += 1
            }
        }
        #expect(failures > 100)
    }
}

extension FetchResponse {
    fileprivate static func withTopics(_ topics: [FetchableTopicResponse]) -> FetchResponse {
        var response = FetchResponse()
        response.responses = topics
        return response
    }
}

/// Lengths of pieces, the same ones for the same seed.
struct RandomPieces {
    private var random: SeededGenerator
    private let limit: Int

    init(seed: UInt64, upTo limit: Int) {
        self.random = SeededGenerator(seed: seed)
        self.limit = limit
    }

    /// The next piece; nil when nothing is left.
    mutating func cut(from bytes: inout ByteBuffer) -> ByteBuffer? {
        guard bytes.readableBytes > 0 else { return nil }
        return bytes.readSlice(length: min(bytes.readableBytes, .random(in: 1...self.limit, using: &self.random)))
    }
}
