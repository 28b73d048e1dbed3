import KafkaProtocol
import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import Sandbox

@Suite struct `Fetch answer` {
    /// What the generated codec reads from the answer, and writes again, must be the answer.
    @Test(arguments: Int16(4)...18)
    func `the buffers together are a FetchResponse`(version: Int16) throws {
        var log = PartitionLog()
        _ = try log.append(checked(producedBatch(value: "small")), leaderEpoch: 1)
        _ = try log.append(checked(producedBatch(value: String(repeating: "x", count: 10_000))), leaderEpoch: 1)
        let id = KafkaUUID.random()
        func key(_ partition: Int32) -> FetchKey {
            FetchKey(topic: version >= 13 ? .id(id) : .name("topic"), partition: partition)
        }
        let reading = try #require(log.read(from: 0, maximumBytes: 1 << 20, atLeastOne: true))
        var served = FetchedPartition(key: key(0), highWatermark: 2, logStartOffset: 0, reading: reading)
        served.divergingEpoch = .init(epoch: 1, endOffset: 2)
        let moved = FetchedPartition(
            key: key(1), error: .notLeaderForPartition, currentLeader: .init(id: 2, epoch: 5))
        let node = BrokerNode(id: 2, host: "localhost", port: 9096)
        let answer = FetchAnswer(
            error: .none, sessionID: 77, partitions: [served, moved], readsCommitted: false, endpoints: [node])

        let loop = EmbeddedEventLoop()
        let cluster = Cluster(configuration: .init(), eventLoop: loop, logger: Logger(label: "test"))
        let connection = BrokerConnection(nodeID: 0, cluster: cluster)
        let buffers = answer.frames(
            for: connection.requestContext(apiKey: .fetch, version: version, correlationID: 99, clientID: nil))
        #expect(buffers.count == 3, "large record bytes are handed on, not copied")
        var frame = ByteBuffer()
        for buffer in buffers { frame.writeImmutableBuffer(buffer) }

        #expect(frame.readInteger(as: Int32.self) == Int32(frame.readableBytes))
        let header = try ResponseHeader(from: &frame, version: APIKey.fetch.responseHeaderVersion(for: version))
        #expect(header.correlationId == 99)
        let body = frame
        let response = try FetchResponse(from: &frame, version: version)
        #expect(frame.readableBytes == 0)
        var again = ByteBuffer()
        response.encode(into: &again, version: version)
        #expect(again == body)

        let partitions = try #require(response.responses.first?.partitions)
        #expect(partitions.map(\.errorCode) == [0, 6])
        #expect(partitions.map { $0.abortedTransactions?.isEmpty } == [nil, true])
        #expect(partitions[0].records == ByteBuffer(reading.batches.map { $0.assembled() }))
        #expect(partitions[1].currentLeader.leaderId == (version >= 12 ? 2 : -1))
        #expect(response.nodeEndpoints.map(\.port) == (version >= 16 ? [9096] : []))
    }
}

extension ByteBuffer {
    fileprivate init(_ parts: [ByteBuffer]) {
        self.init()
        for part in parts { self.writeImmutableBuffer(part) }
    }
}
