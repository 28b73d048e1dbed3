import KafkaProtocol
import Logging
import NIOCore
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(1))) struct `Produce requests` {
    /// Makes topic `s` with one partition, led by broker 0.
    private static func create(
        _ client: RawClient, replicationFactor: Int16 = 1, _ configs: [String: String]
    ) async throws {
        var topic = CreateTopicsRequest.CreatableTopic()
        topic.name = "s"
        topic.numPartitions = -1
        topic.replicationFactor = -1
        var assignment = CreateTopicsRequest.CreatableReplicaAssignment()
        assignment.partitionIndex = 0
        assignment.brokerIds = (0..<Int32(replicationFactor)).map { $0 }
        topic.assignments = [assignment]
        topic.configs = configs.map { name, value in
            var config = CreateTopicsRequest.CreatableTopicConfig()
            config.name = name
            config.value = value
            return config
        }
        var request = CreateTopicsRequest()
        request.topics = [topic]
        let response: CreateTopicsResponse? = try await client.ask(request, version: 5)
        #expect(response?.topics.map(\.errorCode) == [0], "\(response?.topics.first?.errorMessage ?? "")")
    }

    private static func produce(
        _ client: RawClient, _ batch: ByteBuffer, acks: Int16 = -1
    ) async throws -> ProduceResponse.PartitionProduceResponse? {
        var request = produceRequest(batch, acks: acks)
        request.topicData[0].name = "s"
        let response: ProduceResponse? = try await client.ask(request, version: 12)
        return response?.responses.first?.partitionResponses.first
    }

    private static func records(_ keys: [String?], attributes: Int16 = 0, timestamp: Int64 = 1000) -> ByteBuffer {
        var writer = RecordBatchWriter()
        writer.baseTimestamp = timestamp
        writer.attributes = attributes
        return writer.batch(
            keys.map { Record(key: $0.map { ByteBuffer(string: $0) }, value: ByteBuffer(string: "v")) })
    }

    @Test func `acks=all needs as many replicas in sync as the topic says`() async throws {
        try await withCluster { cluster in
            let client = try await RawClient.connect(to: cluster.addresses[0])
            try await Self.create(client, replicationFactor: 3, ["min.insync.replicas": "2"])
            #expect(try await Self.produce(client, producedBatch())?.errorCode == 0)
            try await cluster.administration.stopBroker(1)
            #expect(try await Self.produce(client, producedBatch())?.errorCode == 0)
            try await cluster.administration.stopBroker(2)
            let refused = try await Self.produce(client, producedBatch())
            #expect(refused?.errorCode == KafkaErrorCode.notEnoughReplicas.rawValue)
            #expect(refused?.baseOffset == -1)
            #expect(try await Self.produce(client, producedBatch(), acks: 1)?.errorCode == 0)
            try await cluster.administration.startBroker(2)
            #expect(try await Self.produce(client, producedBatch())?.errorCode == 0)
        }
    }

    @Test func `more replicas in sync than there are replicas are never there`() async throws {
        try await withCluster { cluster in
            let client = try await RawClient.connect(to: cluster.addresses[0])
            try await Self.create(client, ["min.insync.replicas": "2"])
            let refused = try await Self.produce(client, producedBatch())
            #expect(refused?.errorCode == KafkaErrorCode.notEnoughReplicas.rawValue)
            #expect(try await Self.produce(client, producedBatch(), acks: 1)?.errorCode == 0)
        }
    }

    @Test func `the time of the append is put into batch and answer`() async throws {
        try await withCluster { cluster in
            let client = try await RawClient.connect(to: cluster.addresses[0])
            try await Self.create(client, ["message.timestamp.type": "LogAppendTime"])
            let answer = try await Self.produce(client, Self.records([nil, nil]))
            let time = try #require(answer?.logAppendTimeMs)
            #expect(time > 1_600_000_000_000)

            var request = fetchRequest()
            request.topics[0].topic = "s"
            let response: FetchResponse? = try await client.ask(request, version: 11)
            let bytes = try #require(response?.responses.first?.partitions.first?.records)
            let batch = try #require(try RecordBatch.batches(in: bytes).first)
            #expect(batch.usesLogAppendTime)
            #expect(batch.maxTimestamp == time)
            #expect(batch.hasValidCRC)
            #expect(try batch.records().count == 2)

            // All records have that time: a search finds the first.
            var partition = ListOffsetsRequest.ListOffsetsPartition()
            partition.timestamp = time
            var topic = ListOffsetsRequest.ListOffsetsTopic()
            topic.name = "s"
            topic.partitions = [partition]
            var search = ListOffsetsRequest()
            search.topics = [topic]
            let found: ListOffsetsResponse? = try await client.ask(search, version: 5)
            #expect(found?.topics.first?.partitions.first?.offset == 0)
            #expect(found?.topics.first?.partitions.first?.timestamp == time)
        }
    }

    @Test func `records keep the producer's time otherwise`() async throws {
        try await withCluster { cluster in
            let client = try await RawClient.connect(to: cluster.addresses[0])
            try await Self.create(client, ["message.timestamp.type": "CreateTime"])
            #expect(try await Self.produce(client, producedBatch())?.logAppendTimeMs == -1)
        }
    }

    @Test(arguments: ["compact", "compact,delete", "delete, compact"])
    func `a compacted topic names the records that have no key`(policy: String) async throws {
        try await withCluster { cluster in
            let client = try await RawClient.connect(to: cluster.addresses[0])
            try await Self.create(client, ["cleanup.policy": policy])
            #expect(try await Self.produce(client, Self.records(["a", ""]))?.errorCode == 0)
            let refused = try await Self.produce(client, Self.records(["a", nil, "b", nil]))
            #expect(refused?.errorCode == KafkaErrorCode.invalidRecord.rawValue)
            #expect(refused?.recordErrors.map(\.batchIndex) == [1, 3])
            #expect(
                refused?.recordErrors.first?.batchIndexErrorMessage
                    == "Compacted topic cannot accept message without key in topic partition s-0.")
            #expect(refused?.errorMessage?.contains("2 record errors in total") == true)
            #expect(try await cluster.administration.topics().first { $0.name == "s" }?.partitions[0].endOffset == 2)
            // Which records a compressed batch has is not known here.
            #expect(try await Self.produce(client, Self.records([nil], attributes: 3))?.errorCode == 0)
        }
    }

    @Test func `a topic that is not compacted takes records without keys`() async throws {
        try await withCluster { cluster in
            let client = try await RawClient.connect(to: cluster.addresses[0])
            try await Self.create(client, ["cleanup.policy": "delete"])
            #expect(try await Self.produce(client, Self.records([nil]))?.errorCode == 0)
        }
    }
}
