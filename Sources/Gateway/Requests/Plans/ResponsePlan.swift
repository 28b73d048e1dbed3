import KafkaProtocol
import NIOCore

/// The treatment of the backend's answer to a forwarded request.
enum ResponsePlan: Equatable {
    /// Forward the bytes unread.
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

    /// Whether nothing but endpoints of moved leaders (KIP-951) can change in a Produce answer. An answer without them
    /// is forwarded unchanged, without ``apply(to:version:facts:)``. For Fetch see ``RecordsAnswer``.
    var onlyRewritesEndpoints: Bool {
        switch self {
        case .produce(let merge): merge.denied.isEmpty
        default: false
        }
    }

    /// The plan under the rules in force now, so that no records pass unchecked where something is enforced, even if
    /// the request was forwarded before that.
    func inForce(of api: APIKey, facts: SessionFacts) -> ResponsePlan {
        guard case .passThrough = self, facts.authorizer.isEnforcing else { return self }
        switch api {
        case .fetch: return .fetch(FetchMerge())
        case .shareFetch: return .shareFetch(ShareFetchMerge())
        default: return self
        }
    }

    /// Makes the client's response body from the backend's.
    ///
    /// Calls must be in the order of the responses, because they learn topic ids and fetch sessions.
    /// - Throws: When the backend's answer does not have the form of its version. The connection cannot continue then.
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

/// A response body for the client, with the facts that were found while making it.
struct RewrittenResponse: Equatable {
    var body: ByteBuffer
    /// Whether `body` is the very one that the backend sent.
    var isUnchanged = false
    /// The brokers of the backend that have no address on this listener, ascending. They are left out and logged.
    var unmappedBrokers: [Int32]
    /// The addresses of the backend's brokers by node id, if the answer has them.
    var brokers: [Int32: BrokerAddress] = [:]
}
