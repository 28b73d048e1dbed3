import KafkaProtocol
import NIOCore
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(2))) struct `Admin requests` {
    @Test func `ApiVersions names all that is offered, and the features`() async throws {
        try await withCluster { cluster in
            let client = try await RawClient.connect(to: cluster.addresses[0])
            let offered: ApiVersionsResponse? = try await client.ask(ApiVersionsRequest(), version: 4)
            let keys = offered?.apiKeys.map(\.apiKey) ?? []
            #expect(keys == keys.sorted())
            #expect(keys.contains(APIKey.consumerGroupHeartbeat.rawValue))
            #expect(!keys.contains(APIKey.getTelemetrySubscriptions.rawValue))
            #expect(offered?.finalizedFeatures.contains { $0.name == "transaction.version" } == true)
            #expect(offered?.supportedFeatures.map(\.name).contains("share.version") == true)
            let third: ApiVersionsResponse? = try await client.ask(ApiVersionsRequest(), version: 3)
            #expect(third?.supportedFeatures.map(\.name) == ["metadata.version"])
        }
    }

    @Test func `topic partitions are described in pages`() async throws {
        try await withCluster { cluster in
            try await cluster.administration.createTopic("u", partitions: 2)
            let client = try await RawClient.connect(to: cluster.addresses[0])
            var request = DescribeTopicPartitionsRequest()
            request.responsePartitionLimit = 2
            var seen: [String] = []
            for _ in 0..<3 {
                let page: DescribeTopicPartitionsResponse? = try await client.ask(request, version: 0)
                for topic in page?.topics ?? [] {
                    seen += topic.partitions.map { "\(topic.name ?? "")-\($0.partitionIndex)" }
                }
                guard let next = page?.nextCursor else { break }
                var cursor = DescribeTopicPartitionsRequest.Cursor()
                cursor.topicName = next.topicName
                cursor.partitionIndex = next.partitionIndex
                request.cursor = cursor
            }
            #expect(seen == ["t-0", "t-1", "t-2", "u-0", "u-1"])
        }
    }

    @Test func `log directories show what partitions hold`() async throws {
        try await withCluster { cluster in
            let client = try await RawClient.connect(to: cluster.addresses[0])
            _ = try await client.ask(produceRequest(), version: 9, for: ProduceResponse.self)
            var request = DescribeLogDirsRequest()
            request.topics = nil
            let response: DescribeLogDirsResponse? = try await client.ask(request, version: 4)
            let directory = response?.results.first
            // Of three partitions with two replicas each, broker 0 has 0 and 2.
            #expect(directory?.topics.first?.partitions.map(\.partitionIndex) == [0, 2])
            #expect(
                directory?.topics.first?.partitions.map(\.partitionSize) == [Int64(producedBatch().readableBytes), 0])
            #expect(directory?.totalBytes == 1 << 30)
            #expect((directory?.usableBytes ?? 0) < 1 << 30)
        }
    }

    @Test func `the preferred leader is elected again`() async throws {
        try await withCluster { cluster in
            try await cluster.administration.moveLeader(topic: "t", partition: 0, to: 1)
            let client = try await RawClient.connect(to: cluster.addresses[2])
            var request = ElectLeadersRequest()
            request.topicPartitions = nil
            let elected: ElectLeadersResponse? = try await client.ask(request, version: 2)
            #expect(elected?.replicaElectionResults.map(\.topic) == ["t"])
            #expect(elected?.replicaElectionResults.first?.partitionResult.map(\.partitionId) == [0])
            #expect(try await cluster.administration.topics().first?.partitions.map(\.leader) == [0, 1, 2])
            var topic = ElectLeadersRequest.TopicPartitions()
            topic.topic = "t"
            topic.partitions = [0, 9]
            request.topicPartitions = [topic]
            let again: ElectLeadersResponse? = try await client.ask(request, version: 2)
            #expect(again?.replicaElectionResults.first?.partitionResult.map(\.errorCode) == [84, 3])
        }
    }

    @Test func `a partition is moved at once`() async throws {
        try await withCluster { cluster in
            let client = try await RawClient.connect(to: cluster.addresses[0])
            func reassign(_ replicas: [Int32]?, partition: Int32 = 0) async throws -> Int16? {
                var asked = AlterPartitionReassignmentsRequest.ReassignablePartition()
                asked.partitionIndex = partition
                asked.replicas = replicas
                var topic = AlterPartitionReassignmentsRequest.ReassignableTopic()
                topic.name = "t"
                topic.partitions = [asked]
                var request = AlterPartitionReassignmentsRequest()
                request.topics = [topic]
                let response: AlterPartitionReassignmentsResponse? = try await client.ask(request, version: 1)
                return response?.responses.first?.partitions.first?.errorCode
            }
            #expect(try await reassign([2]) == 0)
            #expect(try await cluster.administration.topics().first?.partitions.first?.replicas == [2])
            #expect(try await cluster.administration.topics().first?.partitions.first?.leader == 2)
            #expect(try await reassign(nil) == KafkaErrorCode.noReassignmentInProgress.rawValue)
            for replicas: [Int32] in [[], [1, 1], [7]] {
                #expect(try await reassign(replicas) == KafkaErrorCode.invalidReplicaAssignment.rawValue)
            }
            #expect(try await reassign([0], partition: 5) == KafkaErrorCode.unknownTopicOrPartition.rawValue)
        }
    }

    @Test func `settings of all kinds of resources are changed, shown and listed`() async throws {
        try await withCluster { cluster in
            let client = try await RawClient.connect(to: cluster.addresses[0])
            let changes: [(Int8, String, String, String, KafkaErrorCode)] = [
                (2, "t", "retention.ms", "5000", .none),
                (2, "nosuch", "retention.ms", "5000", .unknownTopicOrPartition),
                (4, "", "log.retention.bytes", "7", .none),
                (4, "0", "num.io.threads", "3", .none),
                (4, "1", "num.io.threads", "3", .invalidRequest),
                (4, "0", "broker.id", "3", .invalidRequest),
                (8, "0", "kafka", "DEBUG", .none),
                (8, "0", "kafka.x", "INFO", .invalidConfig),
                (16, "m", "interval.ms", "1000", .none),
                (32, "g", "consumer.session.timeout.ms", "50000", .none),
                (32, "g", "consumer.session.timeout.ms", "1", .invalidConfig),
                (99, "g", "x", "1", .invalidRequest),
            ]
            var request = IncrementalAlterConfigsRequest()
            request.resources = changes.map { type, name, key, value, _ in
                var config = IncrementalAlterConfigsRequest.AlterableConfig()
                config.name = key
                config.value = value
                var resource = IncrementalAlterConfigsRequest.AlterConfigsResource()
                resource.resourceType = type
                resource.resourceName = name
                resource.configs = [config]
                return resource
            }
            let altered: IncrementalAlterConfigsResponse? = try await client.ask(request, version: 1)
            #expect(altered?.responses.map(\.errorCode) == changes.map(\.4.rawValue))

            var describe = DescribeConfigsRequest()
            describe.resources = changes.filter { $0.4 == .none }.map { type, name, key, _, _ in
                var resource = DescribeConfigsRequest.DescribeConfigsResource()
                resource.resourceType = type
                resource.resourceName = name
                resource.configurationKeys = [key]
                return resource
            }
            let described: DescribeConfigsResponse? = try await client.ask(describe, version: 4)
            #expect(
                described?.results.map { $0.configs.map(\.value) } == [
                    ["5000"], ["7"], ["3"], ["DEBUG"], ["1000"], ["50000"],
                ])
            #expect(described?.results.map { $0.configs.map(\.configSource) } == [[1], [3], [2], [6], [7], [8]])

            var list = ListConfigResourcesRequest()
            let all: ListConfigResourcesResponse? = try await client.ask(list, version: 1)
            #expect(
                all?.configResources.map { "\($0.resourceType) \($0.resourceName)" } == [
                    "2 t", "4 0", "4 1", "4 2", "8 0", "8 1", "8 2", "16 m", "32 g",
                ])
            list.resourceTypes = [5]
            let unknown: ListConfigResourcesResponse? = try await client.ask(list, version: 1)
            #expect(unknown?.errorCode == KafkaErrorCode.unsupportedVersion.rawValue)
        }
    }

    @Test func `the older AlterConfigs puts back what it does not name`() async throws {
        try await withCluster { cluster in
            let client = try await RawClient.connect(to: cluster.addresses[0])
            func alter(_ name: String, _ value: String) async throws -> Int16? {
                var config = AlterConfigsRequest.AlterableConfig()
                config.name = name
                config.value = value
                var resource = AlterConfigsRequest.AlterConfigsResource()
                resource.resourceType = 2
                resource.resourceName = "t"
                resource.configs = [config]
                var request = AlterConfigsRequest()
                request.resources = [resource]
                let response: AlterConfigsResponse? = try await client.ask(request, version: 2)
                return response?.responses.first?.errorCode
            }
            #expect(try await alter("retention.ms", "5") == 0)
            #expect(try await alter("retention.bytes", "5") == 0)
            #expect(try await alter("retention.bytes", "many") == KafkaErrorCode.invalidConfig.rawValue)
            var resource = DescribeConfigsRequest.DescribeConfigsResource()
            resource.resourceType = 2
            resource.resourceName = "t"
            resource.configurationKeys = ["retention.bytes", "retention.ms"]
            var describe = DescribeConfigsRequest()
            describe.resources = [resource]
            let described: DescribeConfigsResponse? = try await client.ask(describe, version: 4)
            #expect(described?.results.first?.configs.map(\.value) == ["5", "604800000"])
        }
    }

    @Test func `the quorum, ACLs and telemetry are answered as by a broker without security`() async throws {
        try await withCluster { cluster in
            let client = try await RawClient.connect(to: cluster.addresses[0])
            var topic = DescribeQuorumRequest.TopicData()
            topic.topicName = "__cluster_metadata"
            topic.partitions = [DescribeQuorumRequest.PartitionData()]
            var quorum = DescribeQuorumRequest()
            quorum.topics = [topic]
            let described: DescribeQuorumResponse? = try await client.ask(quorum, version: 2)
            #expect(described?.topics.first?.partitions.first?.currentVoters.map(\.replicaId) == [0, 1, 2])
            #expect(described?.nodes.map { Int($0.listeners.first?.port ?? 0) } == cluster.addresses.map(\.port))
            let acls: DescribeAclsResponse? = try await client.ask(DescribeAclsRequest(), version: 3)
            #expect(acls?.errorCode == KafkaErrorCode.securityDisabled.rawValue)
            let subscribed: GetTelemetrySubscriptionsResponse? = try await client.ask(
                GetTelemetrySubscriptionsRequest(), version: 0)
            #expect(subscribed?.requestedMetrics == [])
            var push = PushTelemetryRequest()
            let refused: PushTelemetryResponse? = try await client.ask(push, version: 0)
            #expect(refused?.errorCode == KafkaErrorCode.invalidRequest.rawValue)
            push.clientInstanceId = try #require(subscribed?.clientInstanceId)
            let unknown: PushTelemetryResponse? = try await client.ask(push, version: 0)
            #expect(unknown?.errorCode == KafkaErrorCode.unknownSubscriptionId.rawValue)
            push.subscriptionId = try #require(subscribed?.subscriptionId)
            let pushed: PushTelemetryResponse? = try await client.ask(push, version: 0)
            #expect(pushed?.errorCode == 0)
        }
    }
}
