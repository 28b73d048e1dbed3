import GatewayModel
import KafkaProtocol
import NIOCore

/// What the gateway does with one API. A new API is one row here and one file with its rules.
struct APIRow: Sendable {
    typealias Plan = @Sendable (RequestContext) throws(KafkaDecodeError) -> RequestPlan

    enum Attention: Sendable {
        case never
        case whenEnforcing
        case always
    }

    let api: APIKey
    /// What the gateway decodes and authorizes. A client is offered what of it the backend has too.
    let versions: ClosedRange<Int16>
    /// When a request of this API is decoded.
    var request: Attention = .whenEnforcing
    /// From this version on every response is looked at, for broker addresses. Others only when their plan says so.
    var rewritesFrom: Int16?
    /// From this version on topics are named by id alone: the backend has to be able to tell their names.
    var idsFrom: Int16?
    /// Whether it is called for every batch of records: worth counting cycles.
    var isHot = false
    /// Permissions, in words.
    let authorizes: String
    /// Broker addresses, in words.
    var rewrites = "none"
    /// Whether ApiVersions lists it. What is not listed is answered only where the gateway enforces its own rules.
    var isOffered = true
    /// nil: the session answers by itself.
    let plan: Plan?

    func looksAtRequests(enforcing: Bool) -> Bool {
        switch self.request {
        case .never: false
        case .whenEnforcing: enforcing
        case .always: true
        }
    }

    func looksAtEveryResponse(version: Int16) -> Bool {
        self.rewritesFrom.map { version >= $0 } ?? false
    }
}

/// All that a client is offered, and who looks at it.
enum APITable {
    static func row(_ api: APIKey) -> APIRow? {
        let key = Int(api.rawValue)
        return self.byKey.indices.contains(key) ? self.byKey[key] : nil
    }

    /// Whether a request has to be evaluated; otherwise its bytes go on and the answer's come back.
    static func looksAtRequest(_ api: APIKey, version: Int16, facts: SessionFacts) -> Bool {
        guard let row = self.row(api) else { return true }
        return row.looksAtRequests(enforcing: facts.authorizer.isEnforcing)
    }

    /// Whether a request that ApiVersions does not list is answered nevertheless. Others close the connection.
    static func isAnsweredWhenNotOffered(_ api: APIKey, facts: SessionFacts) -> Bool {
        guard let row = self.row(api) else { return false }
        return !row.isOffered && facts.authorizer.isEnforcing
    }

    /// In the order of their keys.
    static let rows: [APIRow] = [
        APIRow(
            api: .produce, versions: 3...13, request: .always, rewritesFrom: ProduceMerge.firstWithEndpoints,
            idsFrom: 13,
            isHot: true, authorizes: "WRITE topic; transactional batches: WRITE transactional id",
            rewrites: "node endpoints v10+", plan: ProduceHandler.plan),
        APIRow(
            api: .fetch, versions: 4...18, request: .always, rewritesFrom: FetchMerge.firstWithEndpoints, idsFrom: 13,
            isHot: true, authorizes: "READ topic, whole session; followers: cluster action",
            rewrites: "node endpoints v16+", plan: FetchHandler.plan),
        APIRow(
            api: .listOffsets, versions: 1...11, authorizes: "DESCRIBE topic", plan: ListOffsetsHandler.plan),
        APIRow(
            api: .metadata, versions: 0...13, request: .always, rewritesFrom: 0,
            authorizes: "DESCRIBE topic; creation: CREATE cluster or topic; operations: DESCRIBE cluster",
            rewrites: "brokers, controller, leaders", plan: MetadataHandler.plan),
        APIRow(
            api: .offsetCommit, versions: 2...10, idsFrom: 10, authorizes: "READ group, READ topic",
            plan: OffsetCommitHandler.plan),
        APIRow(
            api: .offsetFetch, versions: 1...10, idsFrom: 10, authorizes: "DESCRIBE group, DESCRIBE topic",
            plan: OffsetFetchHandler.plan),
        APIRow(
            api: .findCoordinator, versions: 0...6, request: .always, rewritesFrom: 0,
            authorizes: "DESCRIBE group or transactional id; share: cluster action", rewrites: "coordinators",
            plan: FindCoordinatorHandler.plan),
        APIRow(api: .joinGroup, versions: 0...9, authorizes: "READ group", plan: JoinGroupHandler.plan),
        APIRow(api: .heartbeat, versions: 0...4, authorizes: "READ group", plan: HeartbeatHandler.plan),
        APIRow(api: .leaveGroup, versions: 0...5, authorizes: "READ group", plan: LeaveGroupHandler.plan),
        APIRow(api: .syncGroup, versions: 0...5, authorizes: "READ group", plan: SyncGroupHandler.plan),
        APIRow(api: .describeGroups, versions: 0...6, authorizes: "DESCRIBE group", plan: DescribeGroupsHandler.plan),
        APIRow(
            api: .listGroups, versions: 0...5, authorizes: "DESCRIBE cluster, else DESCRIBE group each",
            plan: ListGroupsHandler.plan),
        APIRow(
            api: .saslHandshake, versions: 1...1, request: .never, authorizes: "before authentication", plan: nil),
        APIRow(
            api: .apiVersions, versions: 0...4, request: .never, authorizes: "before authentication", plan: nil),
        APIRow(
            api: .createTopics, versions: 2...7,
            authorizes: "CREATE cluster or topic; configuration: DESCRIBE_CONFIGS topic", plan: CreateTopicsHandler.plan
        ),
        APIRow(
            api: .deleteTopics, versions: 1...6, idsFrom: 6, authorizes: "DELETE cluster or topic",
            plan: DeleteTopicsHandler.plan),
        APIRow(
            api: .initProducerId, versions: 0...5,
            authorizes: "WRITE transactional id; else IDEMPOTENT_WRITE cluster or WRITE any topic",
            plan: InitProducerIdHandler.plan),
        APIRow(
            api: .offsetForLeaderEpoch, versions: 2...4, authorizes: "DESCRIBE topic, or cluster action",
            plan: OffsetForLeaderEpochHandler.plan),
        APIRow(
            api: .describeAcls, versions: 1...3, authorizes: "nobody", isOffered: false, plan: DescribeAclsHandler.plan),
        APIRow(api: .createAcls, versions: 1...3, authorizes: "nobody", isOffered: false, plan: CreateAclsHandler.plan),
        APIRow(api: .deleteAcls, versions: 1...3, authorizes: "nobody", isOffered: false, plan: DeleteAclsHandler.plan),
        APIRow(
            api: .describeConfigs, versions: 1...4, authorizes: "DESCRIBE_CONFIGS topic, group or cluster",
            plan: DescribeConfigsHandler.plan),
        APIRow(
            api: .saslAuthenticate, versions: 0...2, request: .never, authorizes: "before authentication", plan: nil),
        APIRow(api: .createPartitions, versions: 0...3, authorizes: "ALTER topic", plan: CreatePartitionsHandler.plan),
        APIRow(
            api: .describeCluster, versions: 0...2, request: .always, rewritesFrom: 0,
            authorizes: "operations: DESCRIBE cluster", rewrites: "brokers, controller",
            plan: DescribeClusterHandler.plan),
    ]

    private static let byKey: [APIRow?] = {
        let last = Self.rows.map { Int($0.api.rawValue) }.max() ?? 0
        var table = [APIRow?](repeating: nil, count: last + 1)
        for row in Self.rows { table[Int(row.api.rawValue)] = row }
        return table
    }()
}
