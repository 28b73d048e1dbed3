import KafkaProtocol
import NIOCore

/// All APIs that clients are offered, with their treatment.
enum APITable {
    static func row(_ api: APIKey) -> APIRow? {
        let key = Int(api.rawValue)
        return self.byKey.indices.contains(key) ? self.byKey[key] : nil
    }

    /// Whether a request has to be evaluated; otherwise its bytes and those of its answer pass untouched.
    static func looksAtRequest(_ api: APIKey, version: Int16, facts: SessionFacts) -> Bool {
        guard let row = self.row(api) else { return true }
        return row.looksAtRequests(enforcing: facts.authorizer.isEnforcing)
    }

    /// Whether a request is answered although ApiVersions does not list it. Other such requests close the connection.
    static func isAnsweredWhenNotOffered(_ api: APIKey) -> Bool {
        self.row(api)?.isAnsweredUnlisted ?? false
    }

    /// The rows in the order of their keys.
    static let rows: [APIRow] = [
        APIRow(
            api: .produce, versions: 3...13, request: .always, response: .always,
            rewritesFrom: ProduceResponse.firstVersionWithNodeEndpoints,
            idsFrom: ProduceRequest.TopicProduceData.firstVersionWithTopicId, isHot: true,
            authorizes: "WRITE topic; transactional batches: WRITE transactional id", rewrites: "node endpoints v10+",
            plan: ProduceHandler.plan),
        APIRow(
            api: .fetch, versions: 4...18, request: .always, response: .always,
            rewritesFrom: FetchResponse.firstVersionWithNodeEndpoints,
            idsFrom: FetchRequest.FetchTopic.firstVersionWithTopicId, isHot: true,
            authorizes: "READ topic, whole session; followers: nobody", rewrites: "node endpoints v16+",
            plan: FetchHandler.plan),
        APIRow(
            api: .listOffsets, versions: 1...11, response: .whenEnforcing, authorizes: "DESCRIBE topic",
            plan: ListOffsetsHandler.plan),
        APIRow(
            api: .metadata, versions: 0...13, request: .always, response: .always, rewritesFrom: 0,
            authorizes: "DESCRIBE topic; creation: CREATE cluster or topic; operations: DESCRIBE cluster",
            rewrites: "brokers, controller, leaders", plan: MetadataHandler.plan),
        APIRow(
            api: .offsetCommit, versions: 2...10, response: .whenEnforcing,
            idsFrom: OffsetCommitRequest.OffsetCommitRequestTopic.firstVersionWithTopicId,
            authorizes: "READ group, READ topic", plan: OffsetCommitHandler.plan),
        APIRow(
            api: .offsetFetch, versions: 1...10, response: .whenEnforcing,
            idsFrom: OffsetFetchRequest.OffsetFetchRequestTopics.firstVersionWithTopicId,
            authorizes: "DESCRIBE group, DESCRIBE topic", plan: OffsetFetchHandler.plan),
        APIRow(
            api: .findCoordinator, versions: 0...6, request: .always, response: .always, rewritesFrom: 0,
            authorizes: "DESCRIBE group or transactional id; share: cluster action", rewrites: "coordinators",
            plan: FindCoordinatorHandler.plan),
        APIRow(api: .joinGroup, versions: 0...9, authorizes: "READ group", plan: JoinGroupHandler.plan),
        APIRow(api: .heartbeat, versions: 0...4, authorizes: "READ group", plan: HeartbeatHandler.plan),
        APIRow(api: .leaveGroup, versions: 0...5, authorizes: "READ group", plan: LeaveGroupHandler.plan),
        APIRow(api: .syncGroup, versions: 0...5, authorizes: "READ group", plan: SyncGroupHandler.plan),
        APIRow(
            api: .describeGroups, versions: 0...6, response: .whenEnforcing, authorizes: "DESCRIBE group",
            rewrites: "authorized operations", plan: DescribeGroupsHandler.plan),
        APIRow(
            api: .listGroups, versions: 0...5, response: .whenEnforcing,
            authorizes: "DESCRIBE cluster, else DESCRIBE group each", plan: ListGroupsHandler.plan),
        APIRow(api: .saslHandshake, versions: 0...1, request: .never, authorizes: "before authentication", plan: nil),
        APIRow(api: .apiVersions, versions: 0...4, request: .never, authorizes: "before authentication", plan: nil),
        APIRow(
            api: .createTopics, versions: 2...7, response: .whenEnforcing,
            authorizes: "CREATE cluster or topic; configuration: DESCRIBE_CONFIGS topic", plan: CreateTopicsHandler.plan
        ),
        APIRow(
            api: .deleteTopics, versions: 1...6, response: .whenEnforcing,
            idsFrom: DeleteTopicsRequest.firstVersionWithTopics,
            authorizes: "DELETE cluster, or DELETE and DESCRIBE topic", plan: DeleteTopicsHandler.plan),
        APIRow(
            api: .deleteRecords, versions: 0...2, response: .whenEnforcing, authorizes: "DELETE topic",
            plan: DeleteRecordsHandler.plan),
        APIRow(
            api: .initProducerId, versions: 0...6,
            authorizes:
                "WRITE transactional id, two-phase commit: all; else IDEMPOTENT_WRITE cluster or WRITE any topic",
            plan: InitProducerIdHandler.plan),
        APIRow(
            api: .offsetForLeaderEpoch, versions: 2...4, response: .whenEnforcing,
            authorizes: "DESCRIBE topic", plan: OffsetForLeaderEpochHandler.plan),
        APIRow(
            api: .addPartitionsToTxn, versions: 0...5, lastOffered: AddPartitionsToTxnHandler.lastForClients,
            authorizes: "WRITE transactional id, WRITE topic, all or none; brokers' v4+, not offered: nobody",
            plan: AddPartitionsToTxnHandler.plan),
        APIRow(
            api: .addOffsetsToTxn, versions: 0...4, authorizes: "WRITE transactional id, READ group",
            plan: AddOffsetsToTxnHandler.plan),
        APIRow(api: .endTxn, versions: 0...5, authorizes: "WRITE transactional id", plan: EndTxnHandler.plan),
        APIRow(
            api: .writeTxnMarkers, versions: 1...2, authorizes: "ALTER cluster, and no rule that denies WRITE topic",
            plan: WriteTxnMarkersHandler.plan),
        APIRow(
            api: .txnOffsetCommit, versions: 0...5, response: .whenEnforcing,
            authorizes: "WRITE transactional id, READ group, READ topic", plan: TxnOffsetCommitHandler.plan),
        APIRow(
            api: .describeAcls, versions: 1...3, request: .always, response: .always, isAnsweredHereWhenEnforcing: true,
            authorizes: "nobody: SECURITY_DISABLED", rewrites: "texts with addresses",
            plan: DescribeAclsHandler.plan),
        APIRow(
            api: .createAcls, versions: 1...3, request: .always, response: .always, isAnsweredHereWhenEnforcing: true,
            authorizes: "nobody: SECURITY_DISABLED", rewrites: "texts with addresses",
            plan: CreateAclsHandler.plan),
        APIRow(
            api: .deleteAcls, versions: 1...3, request: .always, response: .always, isAnsweredHereWhenEnforcing: true,
            authorizes: "nobody: SECURITY_DISABLED", rewrites: "texts with addresses",
            plan: DeleteAclsHandler.plan),
        APIRow(
            api: .describeConfigs, versions: 1...4, request: .always, response: .always,
            authorizes: "DESCRIBE_CONFIGS topic, group or cluster",
            rewrites: "addresses in brokers' settings are hidden", plan: DescribeConfigsHandler.plan),
        APIRow(
            api: .alterConfigs, versions: 0...2, response: .whenEnforcing,
            authorizes: "ALTER_CONFIGS topic, group or cluster",
            plan: ConfigurationChangesHandler<AlterConfigsRequest>.plan),
        APIRow(
            api: .alterReplicaLogDirs, versions: 1...2, authorizes: "ALTER cluster",
            plan: AlterReplicaLogDirsHandler.plan),
        APIRow(
            api: .describeLogDirs, versions: 1...5, authorizes: "DESCRIBE cluster", plan: DescribeLogDirsHandler.plan),
        APIRow(
            api: .saslAuthenticate, versions: 0...2, request: .never, authorizes: "before authentication", plan: nil),
        APIRow(
            api: .createPartitions, versions: 0...3, response: .whenEnforcing, authorizes: "ALTER topic",
            plan: CreatePartitionsHandler.plan),
        APIRow(
            api: .createDelegationToken, versions: 1...3, authorizes: "nobody: DELEGATION_TOKEN_AUTH_DISABLED",
            plan: CreateDelegationTokenHandler.plan),
        APIRow(
            api: .renewDelegationToken, versions: 1...2, authorizes: "nobody: DELEGATION_TOKEN_AUTH_DISABLED",
            plan: RenewDelegationTokenHandler.plan),
        APIRow(
            api: .expireDelegationToken, versions: 1...2, authorizes: "nobody: DELEGATION_TOKEN_AUTH_DISABLED",
            plan: ExpireDelegationTokenHandler.plan),
        APIRow(
            api: .describeDelegationToken, versions: 1...3, authorizes: "nobody: DELEGATION_TOKEN_AUTH_DISABLED",
            plan: DescribeDelegationTokenHandler.plan),
        APIRow(
            api: .deleteGroups, versions: 0...2, response: .whenEnforcing, authorizes: "DELETE group",
            plan: DeleteGroupsHandler.plan),
        APIRow(
            api: .electLeaders, versions: 0...2, request: .always, response: .always, authorizes: "ALTER cluster",
            rewrites: "texts with addresses", plan: ElectLeadersHandler.plan),
        APIRow(
            api: .incrementalAlterConfigs, versions: 0...1, response: .whenEnforcing,
            authorizes: "ALTER_CONFIGS topic, group or cluster",
            plan: ConfigurationChangesHandler<IncrementalAlterConfigsRequest>.plan),
        APIRow(
            api: .alterPartitionReassignments, versions: 0...1, request: .always, response: .always,
            authorizes: "ALTER cluster", rewrites: "texts with addresses",
            plan: AlterPartitionReassignmentsHandler.plan),
        APIRow(
            api: .listPartitionReassignments, versions: 0...0, request: .always, response: .always,
            authorizes: "DESCRIBE cluster", rewrites: "texts with addresses",
            plan: ListPartitionReassignmentsHandler.plan),
        APIRow(
            api: .offsetDelete, versions: 0...0, response: .whenEnforcing, authorizes: "DELETE group, READ topic",
            plan: OffsetDeleteHandler.plan),
        APIRow(
            api: .describeClientQuotas, versions: 0...1, authorizes: "DESCRIBE_CONFIGS cluster",
            plan: DescribeClientQuotasHandler.plan),
        APIRow(
            api: .alterClientQuotas, versions: 0...1, authorizes: "ALTER_CONFIGS cluster",
            plan: AlterClientQuotasHandler.plan),
        APIRow(
            api: .describeUserScramCredentials, versions: 0...0, authorizes: "DESCRIBE cluster",
            plan: DescribeUserScramCredentialsHandler.plan),
        APIRow(
            api: .alterUserScramCredentials, versions: 0...0, request: .always, response: .always,
            authorizes: "ALTER cluster", rewrites: "texts with addresses",
            plan: AlterUserScramCredentialsHandler.plan),
        APIRow(
            api: .describeQuorum, versions: 0...2, request: .always, response: .always,
            rewritesFrom: DescribeQuorumResponse.firstVersionWithNodes, authorizes: "DESCRIBE cluster",
            rewrites: "controllers' listeners v2+", plan: DescribeQuorumHandler.plan),
        APIRow(
            api: .updateFeatures, versions: 0...2, request: .always, response: .always, authorizes: "ALTER cluster",
            rewrites: "texts with addresses", plan: UpdateFeaturesHandler.plan),
        APIRow(
            api: .describeCluster, versions: 0...2, request: .always, response: .always, rewritesFrom: 0,
            authorizes: "operations: DESCRIBE cluster", rewrites: "brokers, controller",
            plan: DescribeClusterHandler.plan),
        APIRow(
            api: .describeProducers, versions: 0...0, response: .whenEnforcing, authorizes: "READ topic",
            plan: DescribeProducersHandler.plan),
        APIRow(
            api: .unregisterBroker, versions: 0...0, request: .always, response: .always, authorizes: "ALTER cluster",
            rewrites: "texts with addresses", plan: UnregisterBrokerHandler.plan),
        APIRow(
            api: .describeTransactions, versions: 0...0, response: .whenEnforcing,
            authorizes: "DESCRIBE transactional id; topics in it: DESCRIBE topic",
            plan: DescribeTransactionsHandler.plan),
        APIRow(
            api: .listTransactions, versions: 0...2, response: .whenEnforcing,
            authorizes: "DESCRIBE transactional id each", plan: ListTransactionsHandler.plan),
        APIRow(
            api: .consumerGroupHeartbeat, versions: 0...1,
            idsFrom: ConsumerGroupHeartbeatRequest.firstVersionWithSubscribedTopicRegex,
            authorizes: "READ group, DESCRIBE topic; a pattern: the topics with DESCRIBE",
            rewrites: "the pattern becomes names v1+", plan: ConsumerGroupHeartbeatHandler.plan),
        APIRow(
            api: .consumerGroupDescribe, versions: 0...1, response: .whenEnforcing,
            authorizes: "DESCRIBE group; topics assigned: DESCRIBE topic", rewrites: "authorized operations",
            plan: GroupDescribeHandler<ConsumerGroupDescribeRequest>.plan),
        APIRow(
            api: .getTelemetrySubscriptions, versions: 0...0, request: .never, isAnsweredUnlisted: true,
            authorizes: "anybody", plan: TelemetryHandler.plan),
        APIRow(
            api: .pushTelemetry, versions: 0...0, request: .never, isAnsweredUnlisted: true, authorizes: "anybody",
            plan: TelemetryHandler.plan),
        APIRow(
            api: .listConfigResources, versions: 0...1, authorizes: "DESCRIBE_CONFIGS cluster",
            plan: ListConfigResourcesHandler.plan),
        APIRow(
            api: .describeTopicPartitions, versions: 0...0, request: .always, response: .always, rewritesFrom: 0,
            idsFrom: 0, authorizes: "DESCRIBE topic", rewrites: "leaders, authorized operations",
            plan: DescribeTopicPartitionsHandler.plan),
        APIRow(
            api: .shareGroupHeartbeat, versions: 1...1, authorizes: "READ group, DESCRIBE topic",
            plan: ShareGroupHeartbeatHandler.plan),
        APIRow(
            api: .shareGroupDescribe, versions: 1...1, response: .whenEnforcing,
            authorizes: "DESCRIBE group; topics assigned: DESCRIBE topic", rewrites: "authorized operations",
            plan: GroupDescribeHandler<ShareGroupDescribeRequest>.plan),
        APIRow(
            api: .shareFetch, versions: 1...2, request: .always, response: .always, rewritesFrom: 1, idsFrom: 1,
            authorizes: "READ group, READ topic, whole session", rewrites: "node endpoints",
            plan: ShareFetchHandler.plan),
        APIRow(
            api: .shareAcknowledge, versions: 1...2, request: .always, response: .always, rewritesFrom: 1, idsFrom: 1,
            authorizes: "READ group, READ topic", rewrites: "node endpoints", plan: ShareAcknowledgeHandler.plan),
        APIRow(
            api: .addRaftVoter, versions: 0...1, request: .always,
            authorizes: "ALTER cluster, and is refused then too: it tells addresses of controllers",
            plan: AddRaftVoterHandler.plan),
        APIRow(api: .removeRaftVoter, versions: 0...0, authorizes: "ALTER cluster", plan: RemoveRaftVoterHandler.plan),
        APIRow(
            api: .streamsGroupHeartbeat, versions: 0...0,
            authorizes: "READ group, DESCRIBE topic; topics to be made: CREATE cluster or topic",
            plan: StreamsGroupHeartbeatHandler.plan),
        APIRow(
            api: .streamsGroupDescribe, versions: 0...0, response: .whenEnforcing,
            authorizes: "DESCRIBE group; topics of the topology: DESCRIBE topic", rewrites: "authorized operations",
            plan: GroupDescribeHandler<StreamsGroupDescribeRequest>.plan),
        APIRow(
            api: .describeShareGroupOffsets, versions: 0...1, response: .whenEnforcing,
            authorizes: "DESCRIBE group, DESCRIBE topic", plan: DescribeShareGroupOffsetsHandler.plan),
        APIRow(
            api: .alterShareGroupOffsets, versions: 0...0, response: .whenEnforcing,
            authorizes: "READ group, READ topic", plan: AlterShareGroupOffsetsHandler.plan),
        APIRow(
            api: .deleteShareGroupOffsets, versions: 0...0, response: .whenEnforcing,
            authorizes: "DELETE group, READ topic", plan: DeleteShareGroupOffsetsHandler.plan),
    ]

    /// One more than the highest key.
    static var keys: Int { self.byKey.count }

    private static let byKey: [APIRow?] = {
        let last = Self.rows.map { Int($0.api.rawValue) }.max() ?? 0
        var table = [APIRow?](repeating: nil, count: last + 1)
        for row in Self.rows { table[Int(row.api.rawValue)] = row }
        return table
    }()
}
