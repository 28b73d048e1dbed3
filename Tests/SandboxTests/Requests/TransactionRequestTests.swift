import KafkaProtocol
import NIOCore
import Testing

@testable import Sandbox

/// A transactional producer that speaks to the coordinator and to the leader of `t`-0, broker 0.
private struct TransactionalClient {
    let coordinator: RawClient
    let leader: RawClient
    var producerID: Int64 = -1
    var epoch: Int16 = -1

    init(_ cluster: SandboxCluster) async throws {
        let node = try await cluster.administration.coordinator(ofGroup: "x")
        self.coordinator = try await RawClient.connect(to: cluster.addresses[Int(node)])
        self.leader = try await RawClient.connect(to: cluster.addresses[0])
    }

    @discardableResult
    mutating func initialize(timeout: Int32 = 60_000) async throws -> Int16 {
        var request = InitProducerIdRequest()
        request.transactionalId = "x"
        request.transactionTimeoutMs = timeout
        let response: InitProducerIdResponse? = try await self.coordinator.ask(request, version: 5)
        self.producerID = response?.producerId ?? -1
        self.epoch = response?.producerEpoch ?? -1
        return response?.errorCode ?? -1
    }

    func produce(sequence: Int32, version: Int16 = 9, transactionalID: String? = "x") async throws -> Int16 {
        let batch = producedBatch(
            producerID: self.producerID, epoch: self.epoch, sequence: sequence, attributes: 0x10)
        var request = produceRequest(batch)
        request.transactionalId = transactionalID
        let response: ProduceResponse? = try await self.leader.ask(request, version: version)
        return response?.responses.first?.partitionResponses.first?.errorCode ?? -1
    }

    func add() async throws -> Int16 {
        var topic = AddPartitionsToTxnRequest.AddPartitionsToTxnTopic()
        topic.name = "t"
        topic.partitions = [0]
        var request = AddPartitionsToTxnRequest()
        request.v3AndBelowTransactionalId = "x"
        request.v3AndBelowProducerId = self.producerID
        request.v3AndBelowProducerEpoch = self.epoch
        request.v3AndBelowTopics = [topic]
        let response: AddPartitionsToTxnResponse? = try await self.coordinator.ask(request, version: 3)
        return response?.resultsByTopicV3AndBelow.first?.resultsByPartition.first?.partitionErrorCode ?? -1
    }

    func end(committed: Bool, version: Int16) async throws -> EndTxnResponse? {
        var request = EndTxnRequest()
        request.transactionalId = "x"
        request.producerId = self.producerID
        request.producerEpoch = self.epoch
        request.committed = committed
        return try await self.coordinator.ask(request, version: version)
    }

    /// What a reader of committed records gets of `t`-0.
    func read() async throws -> FetchResponse.PartitionData? {
        var request = fetchRequest()
        request.isolationLevel = 1
        let response: FetchResponse? = try await self.leader.ask(request, version: 12)
        return response?.responses.first?.partitions.first
    }
}

@Suite(.timeLimit(.minutes(2))) struct `Transaction requests` {
    @Test func `a write has to be announced, up to Produce 11`() async throws {
        try await withCluster { cluster in
            var client = try await TransactionalClient(cluster)
            try await client.initialize()
            #expect(try await client.produce(sequence: 0) == KafkaErrorCode.invalidTxnState.rawValue)
            #expect(try await client.produce(sequence: 0, version: 11) == KafkaErrorCode.transactionAbortable.rawValue)
            #expect(try await client.add() == 0)
            #expect(try await client.produce(sequence: 0) == 0)
            let open = try await client.read()
            #expect(open?.records?.readableBytes == 0)
            #expect(open?.highWatermark == 1)
            #expect(open?.lastStableOffset == 0)
            #expect(try await client.end(committed: false, version: 3)?.errorCode == 0)
            let aborted = try await client.read()
            #expect(aborted?.lastStableOffset == 2)
            #expect(aborted?.abortedTransactions?.map(\.firstOffset) == [0])
            #expect(aborted?.abortedTransactions?.map(\.producerId) == [client.producerID])
        }
    }

    @Test func `from Produce 12 on a write announces itself, and the end gives a new epoch`() async throws {
        try await withCluster { cluster in
            var client = try await TransactionalClient(cluster)
            try await client.initialize()
            // Topics are named by ID from version 13 on.
            #expect(try await client.produce(sequence: 0, version: 12) == 0)
            let ended = try await client.end(committed: true, version: 5)
            #expect(ended?.producerId == client.producerID)
            #expect(ended?.producerEpoch == 1)
            #expect(try await client.produce(sequence: 1, version: 12) == KafkaErrorCode.invalidProducerEpoch.rawValue)
            client.epoch = 1
            #expect(try await client.produce(sequence: 0, version: 12) == 0)
            #expect(try await client.read()?.abortedTransactions == [])
        }
    }

    @Test func `transactional batches need a transactional ID`() async throws {
        try await withCluster { cluster in
            var client = try await TransactionalClient(cluster)
            try await client.initialize()
            #expect(
                try await client.produce(sequence: 0, transactionalID: nil)
                    == KafkaErrorCode.transactionalIdAuthorizationFailed.rawValue)
        }
    }

    @Test func `a transaction that takes too long is given up, and waiting readers hear of it`() async throws {
        try await withCluster { cluster in
            var client = try await TransactionalClient(cluster)
            try await client.initialize(timeout: 300)
            #expect(try await client.add() == 0)
            #expect(try await client.produce(sequence: 0) == 0)
            var request = fetchRequest(maximumWait: 60_000)
            request.isolationLevel = 1
            let reader = try await RawClient.connect(to: cluster.addresses[0])
            let answer: FetchResponse? = try await reader.ask(request, version: 12)
            #expect(answer?.responses.first?.partitions.first?.lastStableOffset == 2)
            #expect(
                try await client.end(committed: true, version: 3)?.errorCode == KafkaErrorCode.producerFenced.rawValue)
        }
    }

    @Test func `an unknown partition keeps the others out`() async throws {
        try await withCluster { cluster in
            var client = try await TransactionalClient(cluster)
            try await client.initialize()
            var request = AddPartitionsToTxnRequest()
            request.v3AndBelowTransactionalId = "x"
            request.v3AndBelowProducerId = client.producerID
            request.v3AndBelowProducerEpoch = client.epoch
            request.v3AndBelowTopics = ["t", "nosuch"].map { name in
                var topic = AddPartitionsToTxnRequest.AddPartitionsToTxnTopic()
                topic.name = name
                topic.partitions = [0]
                return topic
            }
            let response: AddPartitionsToTxnResponse? = try await client.coordinator.ask(request, version: 3)
            let errors = response?.resultsByTopicV3AndBelow.flatMap { $0.resultsByPartition.map(\.partitionErrorCode) }
            #expect(errors == [55, 3])
        }
    }

    @Test func `offsets of an open transaction are unstable, and are there when it has ended`() async throws {
        try await withCluster { cluster in
            var client = try await TransactionalClient(cluster)
            try await client.initialize()
            var partition = TxnOffsetCommitRequest.TxnOffsetCommitRequestPartition()
            partition.committedOffset = 5
            var topic = TxnOffsetCommitRequest.TxnOffsetCommitRequestTopic()
            topic.name = "t"
            topic.partitions = [partition]
            var commit = TxnOffsetCommitRequest()
            commit.transactionalId = "x"
            commit.groupId = "x"
            commit.producerId = client.producerID
            commit.producerEpoch = client.epoch
            commit.topics = [topic]
            let committed: TxnOffsetCommitResponse? = try await client.coordinator.ask(commit, version: 5)
            #expect(committed?.topics.first?.partitions.map(\.errorCode) == [0])
            func fetch(stable: Bool) async throws -> OffsetFetchResponse.OffsetFetchResponsePartitions? {
                var topic = OffsetFetchRequest.OffsetFetchRequestTopics()
                topic.name = "t"
                topic.partitionIndexes = [0]
                var group = OffsetFetchRequest.OffsetFetchRequestGroup()
                group.groupId = "x"
                group.topics = [topic]
                var request = OffsetFetchRequest()
                request.groups = [group]
                request.requireStable = stable
                let response: OffsetFetchResponse? = try await client.coordinator.ask(request, version: 9)
                return response?.groups.first?.topics.first?.partitions.first
            }
            #expect(try await fetch(stable: true)?.errorCode == KafkaErrorCode.unstableOffsetCommit.rawValue)
            #expect(try await fetch(stable: false)?.committedOffset == -1)
            var describe = DescribeTransactionsRequest()
            describe.transactionalIds = ["x"]
            let described: DescribeTransactionsResponse? = try await client.coordinator.ask(describe, version: 0)
            #expect(described?.transactionStates.map(\.transactionState) == ["Ongoing"])
            #expect(described?.transactionStates.first?.topics.map(\.topic) == ["__consumer_offsets"])
            // Java's hash of "x" is 120.
            #expect(described?.transactionStates.first?.topics.map(\.partitions) == [[20]])
            #expect(try await client.end(committed: true, version: 5)?.errorCode == 0)
            #expect(try await fetch(stable: true)?.committedOffset == 5)
        }
    }
}
