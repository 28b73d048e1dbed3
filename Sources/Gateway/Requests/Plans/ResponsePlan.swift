import KafkaProtocol
import NIOCore

/// What is to be done with the backend's answer to a request that went on.
enum ResponsePlan: Equatable {
    /// The bytes are not looked at.
    case passThrough
    case alterConfigs(RefusedRows<AlterConfigsResponse>)
    case alterShareGroupOffsets(RefusedRows<AlterShareGroupOffsetsResponse>)
    case backendTexts(BackendTexts)
    case consumerGroupDescribe(GroupDescribeMerge<ConsumerGroupDescribeResponse>)
    case createPartitions(RefusedRows<CreatePartitionsResponse>)
    case createTopics(CreateTopicsMerge)
    case deleteGroups(RefusedRows<DeleteGroupsResponse>)
    case deleteRecords(RefusedRows<DeleteRecordsResponse>)
    case deleteShareGroupOffsets(RefusedRows<DeleteShareGroupOffsetsResponse>)
    case deleteTopics(DeleteTopicsMerge)
    case describeCluster(DescribeClusterView)
    case describeConfigs(DescribeConfigsMerge)
    case describeGroups(DescribeGroupsMerge)
    case describeProducers(RefusedRows<DescribeProducersResponse>)
    case describeQuorum(DescribeQuorumView)
    case describeShareGroupOffsets(DescribeShareGroupOffsetsMerge)
    case describeTopicPartitions(DescribeTopicPartitionsView)
    case describeTransactions(DescribeTransactionsMerge)
    case fetch(FetchMerge)
    case findCoordinator(FindCoordinatorMerge)
    case incrementalAlterConfigs(RefusedRows<IncrementalAlterConfigsResponse>)
    case listGroups(ListGroupsFilter)
    case listOffsets(RefusedRows<ListOffsetsResponse>)
    case listTransactions(ListTransactionsFilter)
    case metadata(MetadataView)
    case offsetCommit(RefusedRows<OffsetCommitResponse>)
    case offsetDelete(RefusedRows<OffsetDeleteResponse>)
    case offsetFetch(OffsetFetchMerge)
    case offsetForLeaderEpoch(RefusedRows<OffsetForLeaderEpochResponse>)
    case produce(ProduceMerge)
    case shareAcknowledge(ShareAcknowledgeMerge)
    case shareFetch(ShareFetchMerge)
    case shareGroupDescribe(GroupDescribeMerge<ShareGroupDescribeResponse>)
    case streamsGroupDescribe(GroupDescribeMerge<StreamsGroupDescribeResponse>)
    case txnOffsetCommit(RefusedRows<TxnOffsetCommitResponse>)

    /// Whether nothing but endpoints of moved leaders (KIP-951) can change in a Produce answer. One that has none may go to
    /// the client as it is, without ``apply(to:version:facts:)``. For Fetch see ``RecordsAnswer``.
    var onlyRewritesEndpoints: Bool {
        switch self {
        case .produce(let merge): merge.denied.isEmpty
        default: false
        }
    }

    /// What is to be done under the rules in force now: no records pass unseen where something is enforced, also when the
    /// request went on before that.
    func inForce(of api: APIKey, facts: SessionFacts) -> ResponsePlan {
        guard case .passThrough = self, facts.authorizer.isEnforcing else { return self }
        switch api {
        case .fetch: return .fetch(FetchMerge())
        case .shareFetch: return .shareFetch(ShareFetchMerge())
        default: return self
        }
    }

    /// Turns the backend's response body into the client's.
    ///
    /// Call it in the order in which the responses go to the client: it learns topic ids and fetch sessions.
    /// - Throws: when the backend's answer does not have the form of its version. The connection cannot go on then.
    func apply(
        to body: ByteBuffer, version: Int16, facts: SessionFacts
    ) throws(KafkaDecodeError) -> RewrittenResponse {
        var context = ResponseContext(body: body, version: version, facts: facts)
        let rewritten: ByteBuffer
        switch self {
        case .passThrough: rewritten = body
        case .alterConfigs(let rows): rewritten = try rows.apply(&context)
        case .alterShareGroupOffsets(let rows): rewritten = try rows.apply(&context)
        case .backendTexts(let texts): rewritten = try texts.apply(&context)
        case .consumerGroupDescribe(let merge): rewritten = try merge.apply(&context)
        case .createPartitions(let rows): rewritten = try rows.apply(&context)
        case .createTopics(let merge): rewritten = try merge.apply(&context)
        case .deleteGroups(let rows): rewritten = try rows.apply(&context)
        case .deleteRecords(let rows): rewritten = try rows.apply(&context)
        case .deleteShareGroupOffsets(let rows): rewritten = try rows.apply(&context)
        case .deleteTopics(let merge): rewritten = try merge.apply(&context)
        case .describeCluster(let view): rewritten = try view.apply(&context)
        case .describeConfigs(let merge): rewritten = try merge.apply(&context)
        case .describeGroups(let merge): rewritten = try merge.apply(&context)
        case .describeProducers(let rows): rewritten = try rows.apply(&context)
        case .describeQuorum(let view): rewritten = try view.apply(&context)
        case .describeShareGroupOffsets(let merge): rewritten = try merge.apply(&context)
        case .describeTopicPartitions(let view): rewritten = try view.apply(&context)
        case .describeTransactions(let merge): rewritten = try merge.apply(&context)
        case .fetch(let merge): rewritten = try merge.apply(&context)
        case .findCoordinator(let merge): rewritten = try merge.apply(&context)
        case .incrementalAlterConfigs(let rows): rewritten = try rows.apply(&context)
        case .listGroups(let filter): rewritten = try filter.apply(&context)
        case .listOffsets(let rows): rewritten = try rows.apply(&context)
        case .listTransactions(let filter): rewritten = try filter.apply(&context)
        case .metadata(let view): rewritten = try view.apply(&context)
        case .offsetCommit(let rows): rewritten = try rows.apply(&context)
        case .offsetDelete(let rows): rewritten = try rows.apply(&context)
        case .offsetFetch(let merge): rewritten = try merge.apply(&context)
        case .offsetForLeaderEpoch(let rows): rewritten = try rows.apply(&context)
        case .produce(let merge): rewritten = try merge.apply(&context)
        case .shareAcknowledge(let merge): rewritten = try merge.apply(&context)
        case .shareFetch(let merge): rewritten = try merge.apply(&context)
        case .shareGroupDescribe(let merge): rewritten = try merge.apply(&context)
        case .streamsGroupDescribe(let merge): rewritten = try merge.apply(&context)
        case .txnOffsetCommit(let rows): rewritten = try rows.apply(&context)
        }
        return RewrittenResponse(
            body: rewritten, isUnchanged: !context.isReencoded, unmappedBrokers: context.unmappedBrokers,
            brokers: context.brokers)
    }
}

/// A response body for the client, and what was noticed on the way.
struct RewrittenResponse: Equatable {
    var body: ByteBuffer
    /// Whether `body` is the very one that the backend sent.
    var isUnchanged = false
    /// Brokers of the backend that have no address on this listener, ascending: left out, worth a warning.
    var unmappedBrokers: [Int32]
    /// Where the backend says that its brokers are, by node id, when the answer tells.
    var brokers: [Int32: BrokerAddress] = [:]
}
