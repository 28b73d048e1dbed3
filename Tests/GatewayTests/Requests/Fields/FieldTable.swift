/// What becomes of every field that could tell an address, a name or an id, by message: one line for each treatment.
///
/// A new field of that kind has to be entered here, with what the gateway does about it.
enum FieldTable {
    enum Treatment: String, CaseIterable {
        // Requests.
        /// A name that is judged: nothing of it goes on when it may not.
        case topic, group
        case transactionalID = "transactional-id"
        /// Judged under the name that the backend says it has.
        case topicID = "topic-id"
        /// A topic, a group or the cluster's, by the type beside it.
        case resource
        /// A group or a transactional id, by the type beside it.
        case coordinator
        /// Matched or judged by the gateway, or its matches are.
        case pattern
        /// Judged under the name that the backend answers with.
        case judgedInAnswer = "judged-in-answer"
        /// What a session is to forget: nothing is told about it.
        case forgotten
        /// A transactional id that is judged when a batch belongs to a transaction, and ignored otherwise.
        case transactionalBatches = "transactional-batches"
        /// Where a page begins: it tells nothing that the page does not.
        case cursor
        /// What a member has been given; a group's own state.
        case memberState = "member-state"
        /// The gateway answers by itself, whatever it says.
        case refused

        // Responses.
        /// A broker's address: this listener's in its place.
        case address
        /// A name that is left out, or refused, without permission.
        case filtered
        /// Names only what the request named, which was judged.
        case asked
        /// What a broker shows too to whoever may describe the group.
        case shown
        /// A setting: those of a broker that are addresses are hidden.
        case setting

        // Both.
        /// Needs a permission on the cluster, which covers every name.
        case cluster
        /// A broker's number, the same on both sides. A leader without a port here is not told.
        case node
        /// The client's own words, or its own address.
        case client
        /// For people; where a broker is known to put addresses into it, without them.
        case text
        /// Bytes that the gateway does not read: records, metrics, what members tell each other.
        case opaque
        /// Neither an address nor a name of a resource.
        case plain
        /// The session speaks this by itself.
        case session
    }

    /// By path, such as `Produce request TopicData.Name`.
    static let treatments: [String: Treatment] = {
        var treatments: [String: Treatment] = [:]
        for line in Self.text.split(separator: "\n") {
            let parts = line.split(separator: ":")
            let words = parts[0].split(separator: " ").map(String.init)
            for path in parts.last?.split(separator: " ") ?? [] {
                treatments["\(words[0]) \(words[1]) \(path)"] = Treatment(rawValue: words[2])
            }
        }
        return treatments
    }()

    static let text = """
        Produce request transactional-batches: TransactionalId
        Produce request topic: TopicData.Name
        Produce request topic-id: TopicData.TopicId
        Produce request opaque: TopicData.PartitionData.Records
        Produce response asked: Responses.Name Responses.TopicId
        Produce response text: Responses.PartitionResponses.RecordErrors.BatchIndexErrorMessage Responses.PartitionResponses.ErrorMessage
        Produce response node: Responses.PartitionResponses.CurrentLeader.LeaderId NodeEndpoints.NodeId
        Produce response address: NodeEndpoints.Host NodeEndpoints.Port
        Produce response plain: NodeEndpoints.Rack
        Fetch request plain: ClusterId Topics.Partitions.ReplicaDirectoryId
        Fetch request node: ReplicaId ReplicaState.ReplicaId
        Fetch request topic: Topics.Topic
        Fetch request topic-id: Topics.TopicId
        Fetch request forgotten: ForgottenTopicsData.Topic ForgottenTopicsData.TopicId
        Fetch request client: RackId
        Fetch response asked: Responses.Topic Responses.TopicId
        Fetch response node: Responses.Partitions.CurrentLeader.LeaderId Responses.Partitions.PreferredReadReplica NodeEndpoints.NodeId
        Fetch response opaque: Responses.Partitions.Records
        Fetch response address: NodeEndpoints.Host NodeEndpoints.Port
        Fetch response plain: NodeEndpoints.Rack
        ListOffsets request node: ReplicaId
        ListOffsets request topic: Topics.Name
        ListOffsets response asked: Topics.Name
        Metadata request judged-in-answer: Topics.TopicId
        Metadata request topic: Topics.Name
        Metadata response node: Brokers.NodeId ControllerId Topics.Partitions.LeaderId Topics.Partitions.ReplicaNodes Topics.Partitions.IsrNodes Topics.Partitions.OfflineReplicas
        Metadata response address: Brokers.Host Brokers.Port
        Metadata response plain: Brokers.Rack ClusterId
        Metadata response filtered: Topics.Name Topics.TopicId
        OffsetCommit request group: GroupId
        OffsetCommit request client: MemberId GroupInstanceId Topics.Partitions.CommittedMetadata
        OffsetCommit request topic: Topics.Name
        OffsetCommit request topic-id: Topics.TopicId
        OffsetCommit response asked: Topics.Name Topics.TopicId
        OffsetFetch request group: GroupId Groups.GroupId
        OffsetFetch request topic: Topics.Name Groups.Topics.Name
        OffsetFetch request client: Groups.MemberId
        OffsetFetch request topic-id: Groups.Topics.TopicId
        OffsetFetch response filtered: Topics.Name Groups.Topics.Name
        OffsetFetch response client: Topics.Partitions.Metadata Groups.Topics.Partitions.Metadata
        OffsetFetch response asked: Groups.GroupId Groups.Topics.TopicId
        FindCoordinator request coordinator: Key CoordinatorKeys
        FindCoordinator response text: ErrorMessage Coordinators.ErrorMessage
        FindCoordinator response node: NodeId Coordinators.NodeId
        FindCoordinator response address: Host Port Coordinators.Host Coordinators.Port
        FindCoordinator response asked: Coordinators.Key
        JoinGroup request group: GroupId
        JoinGroup request client: MemberId GroupInstanceId ProtocolType Protocols.Name Reason
        JoinGroup request opaque: Protocols.Metadata
        JoinGroup response client: ProtocolType ProtocolName Leader MemberId Members.MemberId Members.GroupInstanceId
        JoinGroup response opaque: Members.Metadata
        Heartbeat request group: GroupId
        Heartbeat request client: MemberId GroupInstanceId
        LeaveGroup request group: GroupId
        LeaveGroup request client: MemberId Members.MemberId Members.GroupInstanceId Members.Reason
        LeaveGroup response client: Members.MemberId Members.GroupInstanceId
        SyncGroup request group: GroupId
        SyncGroup request client: MemberId GroupInstanceId ProtocolType ProtocolName Assignments.MemberId
        SyncGroup request opaque: Assignments.Assignment
        SyncGroup response client: ProtocolType ProtocolName
        SyncGroup response opaque: Assignment
        DescribeGroups request group: Groups
        DescribeGroups response text: Groups.ErrorMessage
        DescribeGroups response asked: Groups.GroupId
        DescribeGroups response plain: Groups.GroupState
        DescribeGroups response client: Groups.ProtocolType Groups.ProtocolData Groups.Members.MemberId Groups.Members.GroupInstanceId Groups.Members.ClientId Groups.Members.ClientHost
        DescribeGroups response opaque: Groups.Members.MemberMetadata Groups.Members.MemberAssignment
        ListGroups request plain: StatesFilter TypesFilter
        ListGroups response filtered: Groups.GroupId
        ListGroups response client: Groups.ProtocolType
        ListGroups response plain: Groups.GroupState Groups.GroupType
        SaslHandshake request session: Mechanism
        SaslHandshake response session: Mechanisms
        ApiVersions request session: ClientSoftwareName ClientSoftwareVersion
        ApiVersions response session: SupportedFeatures.Name FinalizedFeatures.Name
        CreateTopics request topic: Topics.Name
        CreateTopics request node: Topics.Assignments.BrokerIds
        CreateTopics request plain: Topics.Configs.Name Topics.Configs.Value
        CreateTopics response asked: Topics.Name Topics.TopicId
        CreateTopics response text: Topics.ErrorMessage
        CreateTopics response plain: Topics.Configs.Name Topics.Configs.Value
        DeleteTopics request topic: Topics.Name TopicNames
        DeleteTopics request topic-id: Topics.TopicId
        DeleteTopics response asked: Responses.Name Responses.TopicId
        DeleteTopics response text: Responses.ErrorMessage
        DeleteRecords request topic: Topics.Name
        DeleteRecords response asked: Topics.Name
        InitProducerId request transactional-id: TransactionalId
        OffsetForLeaderEpoch request node: ReplicaId
        OffsetForLeaderEpoch request topic: Topics.Topic
        OffsetForLeaderEpoch response asked: Topics.Topic
        AddPartitionsToTxn request transactional-id: Transactions.TransactionalId V3AndBelowTransactionalId
        AddPartitionsToTxn request topic: Transactions.Topics.Name V3AndBelowTopics.Name
        AddPartitionsToTxn response asked: ResultsByTransaction.TransactionalId ResultsByTransaction.TopicResults.Name ResultsByTopicV3AndBelow.Name
        AddOffsetsToTxn request transactional-id: TransactionalId
        AddOffsetsToTxn request group: GroupId
        EndTxn request transactional-id: TransactionalId
        WriteTxnMarkers request cluster: Markers.Topics.Name
        WriteTxnMarkers response cluster: Markers.Topics.Name
        TxnOffsetCommit request transactional-id: TransactionalId
        TxnOffsetCommit request group: GroupId
        TxnOffsetCommit request client: MemberId GroupInstanceId Topics.Partitions.CommittedMetadata
        TxnOffsetCommit request topic: Topics.Name
        TxnOffsetCommit response asked: Topics.Name
        DescribeAcls request refused: ResourceNameFilter PrincipalFilter HostFilter
        DescribeAcls response text: ErrorMessage
        DescribeAcls response refused: Resources.ResourceName Resources.Acls.Principal Resources.Acls.Host
        CreateAcls request refused: Creations.ResourceName Creations.Principal Creations.Host
        CreateAcls response text: Results.ErrorMessage
        DeleteAcls request refused: Filters.ResourceNameFilter Filters.PrincipalFilter Filters.HostFilter
        DeleteAcls response text: FilterResults.ErrorMessage FilterResults.MatchingAcls.ErrorMessage
        DeleteAcls response refused: FilterResults.MatchingAcls.ResourceName FilterResults.MatchingAcls.Principal FilterResults.MatchingAcls.Host
        DescribeConfigs request resource: Resources.ResourceName
        DescribeConfigs request plain: Resources.ConfigurationKeys
        DescribeConfigs response text: Results.ErrorMessage
        DescribeConfigs response asked: Results.ResourceName
        DescribeConfigs response plain: Results.Configs.Name Results.Configs.Synonyms.Name Results.Configs.Documentation
        DescribeConfigs response setting: Results.Configs.Value Results.Configs.Synonyms.Value
        AlterConfigs request resource: Resources.ResourceName
        AlterConfigs request plain: Resources.Configs.Name Resources.Configs.Value
        AlterConfigs response text: Responses.ErrorMessage
        AlterConfigs response asked: Responses.ResourceName
        AlterReplicaLogDirs request plain: Dirs.Path
        AlterReplicaLogDirs request cluster: Dirs.Topics.Name
        AlterReplicaLogDirs response cluster: Results.TopicName
        DescribeLogDirs request cluster: Topics.Topic
        DescribeLogDirs response plain: Results.LogDir
        DescribeLogDirs response cluster: Results.Topics.Name
        SaslAuthenticate request session: AuthBytes
        SaslAuthenticate response session: ErrorMessage AuthBytes
        CreatePartitions request topic: Topics.Name
        CreatePartitions request node: Topics.Assignments.BrokerIds
        CreatePartitions response asked: Results.Name
        CreatePartitions response text: Results.ErrorMessage
        CreateDelegationToken request refused: OwnerPrincipalType OwnerPrincipalName Renewers.PrincipalType Renewers.PrincipalName
        CreateDelegationToken response refused: PrincipalType PrincipalName TokenRequesterPrincipalType TokenRequesterPrincipalName TokenId Hmac
        RenewDelegationToken request refused: Hmac
        ExpireDelegationToken request refused: Hmac
        DescribeDelegationToken request refused: Owners.PrincipalType Owners.PrincipalName
        DescribeDelegationToken response refused: Tokens.PrincipalType Tokens.PrincipalName Tokens.TokenRequesterPrincipalType Tokens.TokenRequesterPrincipalName Tokens.TokenId Tokens.Hmac Tokens.Renewers.PrincipalType Tokens.Renewers.PrincipalName
        DeleteGroups request group: GroupsNames
        DeleteGroups response asked: Results.GroupId
        ElectLeaders request cluster: TopicPartitions.Topic
        ElectLeaders response cluster: ReplicaElectionResults.Topic
        ElectLeaders response text: ReplicaElectionResults.PartitionResult.ErrorMessage
        IncrementalAlterConfigs request resource: Resources.ResourceName
        IncrementalAlterConfigs request plain: Resources.Configs.Name Resources.Configs.Value
        IncrementalAlterConfigs response text: Responses.ErrorMessage
        IncrementalAlterConfigs response asked: Responses.ResourceName
        AlterPartitionReassignments request cluster: Topics.Name
        AlterPartitionReassignments request node: Topics.Partitions.Replicas
        AlterPartitionReassignments response text: ErrorMessage Responses.Partitions.ErrorMessage
        AlterPartitionReassignments response cluster: Responses.Name
        ListPartitionReassignments request cluster: Topics.Name
        ListPartitionReassignments response text: ErrorMessage
        ListPartitionReassignments response cluster: Topics.Name
        ListPartitionReassignments response node: Topics.Partitions.Replicas Topics.Partitions.AddingReplicas Topics.Partitions.RemovingReplicas
        OffsetDelete request group: GroupId
        OffsetDelete request topic: Topics.Name
        OffsetDelete response asked: Topics.Name
        DescribeClientQuotas request cluster: Components.EntityType Components.Match
        DescribeClientQuotas response text: ErrorMessage
        DescribeClientQuotas response cluster: Entries.Entity.EntityType Entries.Entity.EntityName Entries.Values.Key
        AlterClientQuotas request cluster: Entries.Entity.EntityType Entries.Entity.EntityName Entries.Ops.Key
        AlterClientQuotas response text: Entries.ErrorMessage
        AlterClientQuotas response cluster: Entries.Entity.EntityType Entries.Entity.EntityName
        DescribeUserScramCredentials request cluster: Users.Name
        DescribeUserScramCredentials response text: ErrorMessage Results.ErrorMessage
        DescribeUserScramCredentials response cluster: Results.User
        AlterUserScramCredentials request cluster: Deletions.Name Upsertions.Name Upsertions.Salt Upsertions.SaltedPassword
        AlterUserScramCredentials response cluster: Results.User
        AlterUserScramCredentials response text: Results.ErrorMessage
        DescribeQuorum request cluster: Topics.TopicName
        DescribeQuorum response text: ErrorMessage Topics.Partitions.ErrorMessage
        DescribeQuorum response cluster: Topics.TopicName
        DescribeQuorum response node: Topics.Partitions.LeaderId Topics.Partitions.CurrentVoters.ReplicaId Topics.Partitions.Observers.ReplicaId Nodes.NodeId
        DescribeQuorum response plain: Topics.Partitions.CurrentVoters.ReplicaDirectoryId Topics.Partitions.Observers.ReplicaDirectoryId Nodes.Listeners.Name
        DescribeQuorum response address: Nodes.Listeners.Host Nodes.Listeners.Port
        UpdateFeatures request plain: FeatureUpdates.Feature
        UpdateFeatures response text: ErrorMessage Results.ErrorMessage
        UpdateFeatures response plain: Results.Feature
        DescribeCluster response text: ErrorMessage
        DescribeCluster response plain: ClusterId Brokers.Rack
        DescribeCluster response node: ControllerId Brokers.BrokerId
        DescribeCluster response address: Brokers.Host Brokers.Port
        DescribeProducers request topic: Topics.Name
        DescribeProducers response asked: Topics.Name
        DescribeProducers response text: Topics.Partitions.ErrorMessage
        UnregisterBroker request node: BrokerId
        UnregisterBroker response text: ErrorMessage
        DescribeTransactions request transactional-id: TransactionalIds
        DescribeTransactions response asked: TransactionStates.TransactionalId
        DescribeTransactions response plain: TransactionStates.TransactionState
        DescribeTransactions response filtered: TransactionStates.Topics.Topic
        ListTransactions request plain: StateFilters
        ListTransactions request pattern: TransactionalIdPattern
        ListTransactions response plain: UnknownStateFilters TransactionStates.TransactionState
        ListTransactions response filtered: TransactionStates.TransactionalId
        ConsumerGroupHeartbeat request group: GroupId
        ConsumerGroupHeartbeat request client: MemberId InstanceId RackId ServerAssignor
        ConsumerGroupHeartbeat request topic: SubscribedTopicNames
        ConsumerGroupHeartbeat request pattern: SubscribedTopicRegex
        ConsumerGroupHeartbeat request member-state: TopicPartitions.TopicId
        ConsumerGroupHeartbeat response text: ErrorMessage
        ConsumerGroupHeartbeat response client: MemberId
        ConsumerGroupHeartbeat response asked: Assignment.TopicPartitions.TopicId
        ConsumerGroupDescribe request group: GroupIds
        ConsumerGroupDescribe response text: Groups.ErrorMessage
        ConsumerGroupDescribe response asked: Groups.GroupId Groups.Members.Assignment.TopicPartitions.TopicId Groups.Members.TargetAssignment.TopicPartitions.TopicId
        ConsumerGroupDescribe response plain: Groups.GroupState Groups.AssignorName
        ConsumerGroupDescribe response client: Groups.Members.MemberId Groups.Members.InstanceId Groups.Members.RackId Groups.Members.ClientId Groups.Members.ClientHost
        ConsumerGroupDescribe response shown: Groups.Members.SubscribedTopicNames Groups.Members.SubscribedTopicRegex
        ConsumerGroupDescribe response filtered: Groups.Members.Assignment.TopicPartitions.TopicName Groups.Members.TargetAssignment.TopicPartitions.TopicName
        GetTelemetrySubscriptions request client: ClientInstanceId
        GetTelemetrySubscriptions response client: ClientInstanceId
        GetTelemetrySubscriptions response plain: RequestedMetrics
        PushTelemetry request client: ClientInstanceId
        PushTelemetry request opaque: Metrics
        ListConfigResources response cluster: ConfigResources.ResourceName
        DescribeTopicPartitions request topic: Topics.Name
        DescribeTopicPartitions request cursor: Cursor.TopicName
        DescribeTopicPartitions response asked: Topics.Name Topics.TopicId NextCursor.TopicName
        DescribeTopicPartitions response node: Topics.Partitions.LeaderId Topics.Partitions.ReplicaNodes Topics.Partitions.IsrNodes Topics.Partitions.EligibleLeaderReplicas Topics.Partitions.LastKnownElr Topics.Partitions.OfflineReplicas
        ShareGroupHeartbeat request group: GroupId
        ShareGroupHeartbeat request client: MemberId RackId
        ShareGroupHeartbeat request topic: SubscribedTopicNames
        ShareGroupHeartbeat response text: ErrorMessage
        ShareGroupHeartbeat response client: MemberId
        ShareGroupHeartbeat response asked: Assignment.TopicPartitions.TopicId
        ShareGroupDescribe request group: GroupIds
        ShareGroupDescribe response text: Groups.ErrorMessage
        ShareGroupDescribe response asked: Groups.GroupId Groups.Members.Assignment.TopicPartitions.TopicId
        ShareGroupDescribe response plain: Groups.GroupState Groups.AssignorName
        ShareGroupDescribe response client: Groups.Members.MemberId Groups.Members.RackId Groups.Members.ClientId Groups.Members.ClientHost
        ShareGroupDescribe response shown: Groups.Members.SubscribedTopicNames
        ShareGroupDescribe response filtered: Groups.Members.Assignment.TopicPartitions.TopicName
        ShareFetch request group: GroupId
        ShareFetch request client: MemberId
        ShareFetch request topic-id: Topics.TopicId
        ShareFetch request forgotten: ForgottenTopicsData.TopicId
        ShareFetch response text: ErrorMessage Responses.Partitions.ErrorMessage Responses.Partitions.AcknowledgeErrorMessage
        ShareFetch response asked: Responses.TopicId
        ShareFetch response node: Responses.Partitions.CurrentLeader.LeaderId NodeEndpoints.NodeId
        ShareFetch response opaque: Responses.Partitions.Records
        ShareFetch response address: NodeEndpoints.Host NodeEndpoints.Port
        ShareFetch response plain: NodeEndpoints.Rack
        ShareAcknowledge request group: GroupId
        ShareAcknowledge request client: MemberId
        ShareAcknowledge request topic-id: Topics.TopicId
        ShareAcknowledge response text: ErrorMessage Responses.Partitions.ErrorMessage
        ShareAcknowledge response asked: Responses.TopicId
        ShareAcknowledge response node: Responses.Partitions.CurrentLeader.LeaderId NodeEndpoints.NodeId
        ShareAcknowledge response address: NodeEndpoints.Host NodeEndpoints.Port
        ShareAcknowledge response plain: NodeEndpoints.Rack
        AddRaftVoter request refused: ClusterId VoterDirectoryId Listeners.Name Listeners.Host Listeners.Port
        AddRaftVoter response text: ErrorMessage
        RemoveRaftVoter request plain: ClusterId VoterDirectoryId
        RemoveRaftVoter response text: ErrorMessage
        StreamsGroupHeartbeat request group: GroupId
        StreamsGroupHeartbeat request client: MemberId InstanceId RackId Topology.Subtopologies.SubtopologyId Topology.Subtopologies.StateChangelogTopics.TopicConfigs.Key Topology.Subtopologies.StateChangelogTopics.TopicConfigs.Value Topology.Subtopologies.RepartitionSourceTopics.TopicConfigs.Key Topology.Subtopologies.RepartitionSourceTopics.TopicConfigs.Value ActiveTasks.SubtopologyId StandbyTasks.SubtopologyId WarmupTasks.SubtopologyId ProcessId UserEndpoint.Host UserEndpoint.Port ClientTags.Key ClientTags.Value TaskOffsets.SubtopologyId TaskEndOffsets.SubtopologyId
        StreamsGroupHeartbeat request topic: Topology.Subtopologies.SourceTopics Topology.Subtopologies.StateChangelogTopics.Name Topology.Subtopologies.RepartitionSinkTopics Topology.Subtopologies.RepartitionSourceTopics.Name
        StreamsGroupHeartbeat request pattern: Topology.Subtopologies.SourceTopicRegex
        StreamsGroupHeartbeat response text: ErrorMessage Status.StatusDetail
        StreamsGroupHeartbeat response client: MemberId ActiveTasks.SubtopologyId StandbyTasks.SubtopologyId WarmupTasks.SubtopologyId PartitionsByUserEndpoint.UserEndpoint.Host PartitionsByUserEndpoint.UserEndpoint.Port
        StreamsGroupHeartbeat response asked: PartitionsByUserEndpoint.ActivePartitions.TopicName PartitionsByUserEndpoint.StandbyPartitions.TopicName
        StreamsGroupDescribe request group: GroupIds
        StreamsGroupDescribe response text: Groups.ErrorMessage
        StreamsGroupDescribe response asked: Groups.GroupId
        StreamsGroupDescribe response plain: Groups.GroupState
        StreamsGroupDescribe response client: Groups.Topology.Subtopologies.SubtopologyId Groups.Topology.Subtopologies.StateChangelogTopics.TopicConfigs.Key Groups.Topology.Subtopologies.StateChangelogTopics.TopicConfigs.Value Groups.Topology.Subtopologies.RepartitionSourceTopics.TopicConfigs.Key Groups.Topology.Subtopologies.RepartitionSourceTopics.TopicConfigs.Value Groups.Members.MemberId Groups.Members.InstanceId Groups.Members.RackId Groups.Members.ClientId Groups.Members.ClientHost Groups.Members.ProcessId Groups.Members.UserEndpoint.Host Groups.Members.UserEndpoint.Port Groups.Members.ClientTags.Key Groups.Members.ClientTags.Value Groups.Members.TaskOffsets.SubtopologyId Groups.Members.TaskEndOffsets.SubtopologyId Groups.Members.Assignment.ActiveTasks.SubtopologyId Groups.Members.Assignment.StandbyTasks.SubtopologyId Groups.Members.Assignment.WarmupTasks.SubtopologyId Groups.Members.TargetAssignment.ActiveTasks.SubtopologyId Groups.Members.TargetAssignment.StandbyTasks.SubtopologyId Groups.Members.TargetAssignment.WarmupTasks.SubtopologyId
        StreamsGroupDescribe response filtered: Groups.Topology.Subtopologies.SourceTopics Groups.Topology.Subtopologies.RepartitionSinkTopics Groups.Topology.Subtopologies.StateChangelogTopics.Name Groups.Topology.Subtopologies.RepartitionSourceTopics.Name
        DescribeShareGroupOffsets request group: Groups.GroupId
        DescribeShareGroupOffsets request topic: Groups.Topics.TopicName
        DescribeShareGroupOffsets response asked: Groups.GroupId Groups.Topics.TopicId
        DescribeShareGroupOffsets response filtered: Groups.Topics.TopicName
        DescribeShareGroupOffsets response text: Groups.Topics.Partitions.ErrorMessage Groups.ErrorMessage
        AlterShareGroupOffsets request group: GroupId
        AlterShareGroupOffsets request topic: Topics.TopicName
        AlterShareGroupOffsets response text: ErrorMessage Responses.Partitions.ErrorMessage
        AlterShareGroupOffsets response asked: Responses.TopicName Responses.TopicId
        DeleteShareGroupOffsets request group: GroupId
        DeleteShareGroupOffsets request topic: Topics.TopicName
        DeleteShareGroupOffsets response text: ErrorMessage Responses.ErrorMessage
        DeleteShareGroupOffsets response asked: Responses.TopicName Responses.TopicId
        """
}
