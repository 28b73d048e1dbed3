import KafkaProtocol
import Logging
import NIOCore
import Testing

@testable import Sandbox

/// Runs a test against a fresh cluster with topic `t` of three partitions, led by brokers 0, 1 and 2.
func withCluster(
    _ configuration: SandboxConfiguration = .onFreePorts, _ body: (SandboxCluster) async throws -> Void
) async throws {
    let cluster = try await SandboxCluster.start(configuration, logger: Logger(label: "sandbox"))
    do {
        try await cluster.administration.createTopic("t", partitions: 3, replicationFactor: 2)
        try await body(cluster)
    } catch {
        await cluster.shutdown()
        throw error
    }
    await cluster.shutdown()
}

func produceRequest(_ records: ByteBuffer = producedBatch(), partition: Int32 = 0, acks: Int16 = -1)
    -> ProduceRequest
{
    var data = ProduceRequest.PartitionProduceData()
    data.index = partition
    data.records = records
    var topic = ProduceRequest.TopicProduceData()
    topic.name = "t"
    topic.partitionData = [data]
    var request = ProduceRequest()
    request.acks = acks
    request.topicData = [topic]
    return request
}

func fetchRequest(_ offset: Int64 = 0, partition: Int32 = 0, maximumWait: Int32 = 0, minimumBytes: Int32 = 1)
    -> FetchRequest
{
    var wanted = FetchRequest.FetchPartition()
    wanted.partition = partition
    wanted.fetchOffset = offset
    wanted.partitionMaxBytes = 1 << 20
    var topic = FetchRequest.FetchTopic()
    topic.topic = "t"
    topic.partitions = [wanted]
    var request = FetchRequest()
    request.maxWaitMs = maximumWait
    request.minBytes = minimumBytes
    request.topics = [topic]
    return request
}

@Suite(.timeLimit(.minutes(2))) struct `Sandbox cluster` {
    @Test func `a port in use is named`() async throws {
        try await withCluster { cluster in
            var configuration = SandboxConfiguration.onFreePorts
            configuration.ports = [0, cluster.addresses[0].port, 0]
            let error = await #expect(throws: SandboxError.self) {
                _ = try await SandboxCluster.start(configuration, logger: Logger(label: "sandbox"))
            }
            #expect(
                error?.description == "127.0.0.1:\(cluster.addresses[0].port) is in use: sandbox broker 1 cannot start "
                    + "there. Stop what listens there, or give the sandbox other ports.")
        }
    }

    @Test func `an IPv6 address is advertised as it is, and written in brackets`() async throws {
        var configuration = SandboxConfiguration.onFreePorts
        configuration.advertisedHost = "::1"
        try await withCluster(configuration) { cluster in
            let ports = cluster.addresses.map(\.port)
            #expect(cluster.bootstrapServers == ports.map { "[::1]:\($0)" }.joined(separator: ","))
            let client = try await RawClient.connect(to: cluster.addresses[0])
            let metadata: MetadataResponse? = try await client.ask(MetadataRequest(), version: 12)
            #expect(metadata?.brokers.map(\.host) == ["::1", "::1", "::1"])
        }
    }

    @Test func `a host that cannot be resolved is named`() async throws {
        var configuration = SandboxConfiguration.onFreePorts
        configuration.bindHost = "nosuchhost.invalid"
        let error = await #expect(throws: SandboxError.self) {
            _ = try await SandboxCluster.start(configuration, logger: Logger(label: "sandbox"))
        }
        #expect(
            error?.description == "nosuchhost.invalid:0 cannot be bound by sandbox broker 0: the host name "
                + "nosuchhost.invalid cannot be resolved. Give the sandbox another address.")
    }

    @Test func `ApiVersions names Produce from 0, and an unknown version of itself is answered in version 0`()
        async throws
    {
        try await withCluster { cluster in
            let client = try await RawClient.connect(to: cluster.addresses[0])
            let offered: ApiVersionsResponse? = try await client.ask(ApiVersionsRequest(), version: 4)
            let produce = offered?.apiKeys.first { $0.apiKey == 0 }
            #expect(produce?.minVersion == 0)
            #expect(produce?.maxVersion == 13)
            #expect(offered?.unknownTaggedFields == [])
            // Key 18, version 99, correlation ID 1, client ID "x": length 11.
            try await client.send(ByteBuffer(bytes: [0, 0, 0, 11, 0, 18, 0, 99, 0, 0, 0, 1, 0, 1, 0x78]))
            let fallback: ApiVersionsResponse? = try await client.answer(version: 0)
            #expect(fallback?.errorCode == 35)
            #expect(fallback?.apiKeys.map(\.apiKey) == [18])
            #expect(fallback?.apiKeys.map(\.maxVersion) == [4])
        }
    }

    @Test(
        arguments: [
            [0, 0, 0, 10, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0],  // Produce version 2
            [0, 0, 0, 10, 0, 52, 0, 0, 0, 0, 0, 1, 0, 0],  // Vote
            [0, 0, 0, 12, 0, 3, 0, 9, 0, 0, 0, 1, 0, 0, 0, 9],  // Metadata cut off
            [0x7f, 0xff, 0xff, 0xff],
            [0, 0, 0, 2, 0, 3],
        ] as [[UInt8]])
    func `what is not offered or cannot be read closes the connection`(request: [UInt8]) async throws {
        try await withCluster { cluster in
            let client = try await RawClient.connect(to: cluster.addresses[0])
            try await client.send(ByteBuffer(bytes: request))
            #expect(await client.nextAnswer() == nil)
        }
    }

    @Test func `requests that were sent together are answered in their order`() async throws {
        try await withCluster { cluster in
            let client = try await RawClient.connect(to: cluster.addresses[0])
            try await client.send(fetchRequest(maximumWait: 200), version: 4, correlationID: 1)
            for correlationID: Int32 in 2...60 {
                try await client.send(ApiVersionsRequest(), version: 0, correlationID: correlationID)
            }
            var order: [Int32] = []
            for _ in 1...60 { order.append(await client.nextAnswer()?.getInteger(at: 0) ?? -1) }
            #expect(order == Array(1...60))
        }
    }

    @Test func `a fetch that waits is answered when records arrive`() async throws {
        try await withCluster { cluster in
            let consumer = try await RawClient.connect(to: cluster.addresses[0])
            let producer = try await RawClient.connect(to: cluster.addresses[0])
            try await consumer.send(fetchRequest(maximumWait: 60_000), version: 11)
            let produced: ProduceResponse? = try await producer.ask(produceRequest(), version: 9)
            #expect(produced?.responses.first?.partitionResponses.map(\.errorCode) == [0])
            let fetched: FetchResponse? = try await consumer.answer(version: 11)
            #expect(fetched?.responses.first?.partitions.first?.highWatermark == 1)
            #expect(fetched?.responses.first?.partitions.first?.records?.readableBytes == producedBatch().readableBytes)
        }
    }

    @Test func `a fetch that waits for more bytes than ever come is answered when its time is up`() async throws {
        try await withCluster { cluster in
            let client = try await RawClient.connect(to: cluster.addresses[0])
            _ = try await client.ask(produceRequest(), version: 9, for: ProduceResponse.self)
            let fetched: FetchResponse? = try await client.ask(
                fetchRequest(maximumWait: 100, minimumBytes: 1 << 20), version: 12)
            #expect(fetched?.responses.first?.partitions.first?.records?.readableBytes == producedBatch().readableBytes)
        }
    }

    @Test func `the wrong broker tells who leads and where that is`() async throws {
        try await withCluster { cluster in
            try await cluster.administration.moveLeader(topic: "t", partition: 0, to: 2)
            let client = try await RawClient.connect(to: cluster.addresses[0])
            let produced: ProduceResponse? = try await client.ask(produceRequest(), version: 10)
            let partition = produced?.responses.first?.partitionResponses.first
            #expect(partition?.errorCode == KafkaErrorCode.notLeaderForPartition.rawValue)
            #expect(partition?.currentLeader.leaderId == 2)
            #expect(partition?.currentLeader.leaderEpoch == 1)
            #expect(produced?.nodeEndpoints.map(\.port) == [Int32(cluster.addresses[2].port)])
            let leader = try await RawClient.connect(to: cluster.addresses[2])
            let accepted: ProduceResponse? = try await leader.ask(produceRequest(), version: 10)
            #expect(accepted?.responses.first?.partitionResponses.map(\.errorCode) == [0])
        }
    }

    @Test func `a waiting fetch is told when the leader moves`() async throws {
        try await withCluster { cluster in
            let client = try await RawClient.connect(to: cluster.addresses[0])
            try await client.send(fetchRequest(maximumWait: 60_000), version: 12)
            try await cluster.administration.moveLeader(topic: "t", partition: 0, to: 1)
            let fetched: FetchResponse? = try await client.answer(version: 12)
            #expect(fetched?.responses.first?.partitions.first?.errorCode == 6)
            #expect(fetched?.responses.first?.partitions.first?.currentLeader.leaderId == 1)
        }
    }

    @Test func `a produce without acknowledgement that fails closes the connection`() async throws {
        try await withCluster { cluster in
            let client = try await RawClient.connect(to: cluster.addresses[1])
            try await client.send(produceRequest(partition: 1, acks: 0), version: 9)
            try await client.send(produceRequest(partition: 0, acks: 0), version: 9)
            #expect(await client.nextAnswer() == nil)
            let topics = try await cluster.administration.topics()
            #expect(topics.first?.partitions.map(\.endOffset) == [0, 1, 0])
        }
    }

    @Test func `a stopped broker refuses, others lead, and it comes back on its port`() async throws {
        try await withCluster { cluster in
            let client = try await RawClient.connect(to: cluster.addresses[0])
            let other = try await RawClient.connect(to: cluster.addresses[1])
            try await cluster.administration.stopBroker(0)
            #expect(await client.nextAnswer() == nil)
            await #expect(throws: (any Error).self) { try await RawClient.connect(to: cluster.addresses[0]) }
            let metadata: MetadataResponse? = try await other.ask(MetadataRequest(), version: 9)
            #expect(metadata?.brokers.map(\.nodeId) == [1, 2])
            #expect(metadata?.controllerId == 1)
            try await cluster.administration.startBroker(0)
            let again = try await RawClient.connect(to: cluster.addresses[0])
            let restored: MetadataResponse? = try await again.ask(MetadataRequest(), version: 9)
            #expect(restored?.brokers.map(\.nodeId) == [0, 1, 2])
        }
    }

    @Test func `a topic is made by asking for it only where that is configured`() async throws {
        var wanted = MetadataRequest.MetadataRequestTopic()
        wanted.name = "new"
        var request = MetadataRequest()
        request.topics = [wanted]
        try await withCluster { cluster in
            let client = try await RawClient.connect(to: cluster.addresses[0])
            let answer: MetadataResponse? = try await client.ask(request, version: 9)
            #expect(answer?.topics.map(\.errorCode) == [KafkaErrorCode.unknownTopicOrPartition.rawValue])
        }
        var configuration = SandboxConfiguration.onFreePorts
        configuration.autoCreateTopics = true
        configuration.defaultPartitions = 2
        try await withCluster(configuration) { cluster in
            let client = try await RawClient.connect(to: cluster.addresses[0])
            let answer: MetadataResponse? = try await client.ask(request, version: 9)
            #expect(answer?.topics.map(\.errorCode) == [KafkaErrorCode.unknownTopicOrPartition.rawValue])
            let second: MetadataResponse? = try await client.ask(request, version: 9)
            #expect(second?.topics.map(\.partitions.count) == [2])
        }
    }

    @Test func `a fault that a test asked for happens once`() async throws {
        try await withCluster { cluster in
            let client = try await RawClient.connect(to: cluster.addresses[0])
            try await cluster.administration.inject(.error(code: 5), apiKey: 0)
            let failed: ProduceResponse? = try await client.ask(produceRequest(), version: 9)
            #expect(failed?.responses.first?.partitionResponses.map(\.errorCode) == [5])
            let produced: ProduceResponse? = try await client.ask(produceRequest(), version: 9)
            #expect(produced?.responses.first?.partitionResponses.map(\.baseOffset) == [0])
            try await cluster.administration.inject(.close, apiKey: 3)
            #expect(try await client.ask(MetadataRequest(), version: 9, for: MetadataResponse.self) == nil)
        }
    }

    @Test(arguments: [0, 3, 6, 9] as [Int16])
    func `names too long for other versions' answers do no harm`(version: Int16) async throws {
        try await withCluster { cluster in
            let name = String(repeating: "x", count: 32_767)
            let client = try await RawClient.connect(to: cluster.addresses[0])
            var request = JoinGroupRequest()
            request.groupId = name
            request.sessionTimeoutMs = 10_000
            request.protocolType = "consumer"
            let joined: JoinGroupResponse? = try await client.ask(request, version: version)
            #expect(joined != nil)
            var create = CreateTopicsRequest.CreatableTopic()
            create.name = "made"
            create.numPartitions = 1
            create.replicationFactor = 1
            var config = CreateTopicsRequest.CreatableTopicConfig()
            config.name = name
            create.configs = [config]
            var creation = CreateTopicsRequest()
            creation.topics = [create]
            let created: CreateTopicsResponse? = try await client.ask(creation, version: 2)
            #expect(created?.topics.map(\.errorCode) == [KafkaErrorCode.invalidConfig.rawValue])
        }
    }
}
