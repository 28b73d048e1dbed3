import KafkaProtocol
import NIOCore
import TestSupport
import Testing

@testable import Gateway

@Suite struct ProduceFollowerTests {
    private func events(_ frame: ByteBuffer, seed: UInt64, upTo limit: Int) throws -> [ProduceFollower.Event] {
        var follower = ProduceFollower(try #require(FrameHead(frame)))
        var pieces = RandomPieces(seed: seed, upTo: limit)
        var rest = frame
        var events: [ProduceFollower.Event] = []
        while var piece = pieces.cut(from: &rest) {
            while let event = try follower.next(&piece) {
                events.append(event)
                if event == .ended { break }
            }
            #expect(piece.readableBytes == 0)
        }
        return events
    }

    /// The events of a request, from its decoded form.
    private func expected(_ request: ProduceRequest, version: Int16) -> [ProduceFollower.Event] {
        var events: [ProduceFollower.Event] = [
            .began(acks: request.acks, transactionalID: request.transactionalId.map { ByteBuffer(string: $0) })
        ]
        for topic in request.topicData {
            var name = ByteBuffer()
            if version >= 13 { name.write(topic.topicId) } else { name.writeString(topic.name) }
            events.append(.topic(name))
            for partition in topic.partitionData {
                events.append(.partition(partition.index))
                guard let records = partition.records,
                    let magic = records.getInteger(at: records.readerIndex + 16, as: Int8.self), magic >= 2,
                    let attributes = records.getInteger(at: records.readerIndex + 21, as: Int16.self),
                    attributes & 0x10 != 0
                else { continue }
                events.append(.transactionalBatch)
            }
        }
        return events + [.ended]
    }

    @Test(arguments: Int16(3)...13)
    func `any request gives the events of its fields, in whatever pieces it comes`(version: Int16) throws {
        let schema = try #require(MessageSchema.requests[APIKey.produce.rawValue])
        for seed in 0..<UInt64(100) {
            var values = ValueGenerator(seed: seed, hasUnknownTags: true)
            var body = schema.encode(values.message(schema, version: version), version: version)
            let request = try ProduceRequest(from: &body, version: version)
            let clientID = seed % 3 == 0 ? nil : "client"
            let frame = KafkaFrame.encodeRequest(request, version: version, correlationID: 1, clientID: clientID)
            let events = try self.events(frame, seed: seed, upTo: seed % 2 == 0 ? 1 : 90)
            #expect(events == self.expected(request, version: version))
        }
    }

    @Test(arguments: [Int16(3), 8, 9, 12, 13])
    func `a request whose length is too small is malformed wherever it is cut`(version: Int16) throws {
        let frame = LargeProduceTests.frame(["orders", "audit"], version: version, batchBytes: 60)
        // The tagged fields at the very end are nobody's concern.
        for length in 12..<frame.readableBytes - (version >= 9 ? 1 : 0) {
            var cut = try #require(frame.getSlice(at: 0, length: length))
            cut.setInteger(Int32(length - 4), at: 0)
            #expect(throws: PassingFrame.Malformed.self) { try self.events(cut, seed: 1, upTo: 7) }
        }
    }
}
