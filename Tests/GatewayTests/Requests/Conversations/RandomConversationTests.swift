import KafkaProtocol
import NIOCore
import NIOPosix
import Resources
import TestSupport
import Testing

@testable import Gateway

/// Whole sessions with random valid frames in random order, some answered by the gateway in between: never a wrong
/// correlation id, never a lost or doubled answer, and each answer is one to its request.
@Suite struct RandomConversationTests {
    private struct Sent {
        var api: APIKey
        var version: Int16
        var correlationID: Int32
    }

    private static let some: [ACLRule] = [
        OracleWorld.rule(.topic, .allow, .all, "*a*"), OracleWorld.rule(.topic, .deny, .write, "*Z*"),
        OracleWorld.rule(.group, .allow, .all, "*"), OracleWorld.rule(.cluster, .allow, .describe, "*"),
    ]
    private static let modes: [[ACLRule]?] = [nil, [], some]

    @Test(arguments: 0..<3, [UInt64(1), 2, 3])
    func `each request gets its own answer, in order`(mode: Int, seed: UInt64) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let broker = try await RandomBroker.start(on: group, seed: seed)
        let gateway = try await ConversationFixture.start(
            on: group, broker: #require(broker.localAddress), rules: Self.modes[mode])
        let (bytes, awaited) = try Self.script(seed: seed &* 31 &+ UInt64(mode), enforces: mode > 0)
        let frames = try await ScriptedClient.converse(
            on: group.next(), with: #require(gateway.listener.localAddress), sending: bytes, expecting: awaited.count,
            seed: seed)
        #expect(frames.count == awaited.count)
        for (frame, sent) in zip(frames, awaited) {
            #expect(frame.getInteger(at: 0, as: Int32.self) == sent.correlationID)
            var body = frame
            let header = try ResponseHeader(
                from: &body, version: sent.api.responseHeaderVersion(for: sent.version))
            #expect(header.correlationId == sent.correlationID)
            let schema = try #require(MessageSchema.responses[sent.api.rawValue])
            _ = try schema.decode(body.slice(), version: sent.version)
        }
        try await broker.close()
        try await gateway.listener.close()
        try await group.shutdownGracefully()
    }

    /// Random requests, and those of them that are answered.
    private static func script(seed: UInt64, enforces: Bool) throws -> (ByteBuffer, [Sent]) {
        var random = SeededGenerator(seed: seed)
        var generator = ValueGenerator(seed: seed, hasUnknownTags: true)
        var bytes = ByteBuffer()
        var awaited: [Sent] = []
        let rows = APITable.rows.filter { ![.saslHandshake, .saslAuthenticate].contains($0.api) }
        for _ in 0..<400 {
            guard let row = rows.randomElement(using: &random), let schema = MessageSchema.requests[row.api.rawValue],
                let version = row.versions.randomElement(using: &random)
            else { continue }
            let id = Int32.random(in: .min ... .max, using: &random)
            var isAnswered = true
            let message = FieldWalk.mapped(generator.message(schema, version: version), schema.fields) {
                path, _, value in
                guard path == "Acks" else { return value }
                // A refusal without an answer closes the connection: that is another test's.
                let acks: Int64 = enforces ? 1 : [0, 1, -1].randomElement(using: &random) ?? 1
                isAnswered = acks != 0
                return .integer(acks)
            }
            var header = RequestHeader()
            header.requestApiKey = row.api.rawValue
            header.requestApiVersion = version
            header.correlationId = id
            header.clientId = "random"
            var frame = ByteBuffer()
            header.encode(into: &frame, version: row.api.requestHeaderVersion(for: version))
            frame.writeImmutableBuffer(schema.encode(message, version: version))
            bytes.writeImmutableBuffer(frame.framed)
            if isAnswered { awaited.append(Sent(api: row.api, version: version, correlationID: id)) }
        }
        return (bytes, awaited)
    }
}
