import EngineInterface
import Resources

/// The job of a client, and the rights that the job needs.
enum ClientJob: String, CaseIterable, Sendable {
    case produce, consume, administer

    /// The job that a request belongs to; nil when clients of every kind send it, as Metadata.
    init?(api: String, operation: ACLOperation) {
        switch api {
        case "Produce", "InitProducerId", "AddPartitionsToTxn", "AddOffsetsToTxn", "EndTxn", "TxnOffsetCommit":
            self = .produce
        case "Fetch", "ListOffsets", "OffsetCommit", "OffsetFetch", "JoinGroup", "SyncGroup", "Heartbeat",
            "LeaveGroup", "OffsetForLeaderEpoch", "ConsumerGroupHeartbeat", "ShareGroupHeartbeat", "ShareFetch",
            "ShareAcknowledge":
            self = .consume
        case "CreateTopics", "DeleteTopics", "CreatePartitions", "AlterConfigs", "IncrementalAlterConfigs",
            "DescribeConfigs", "DeleteRecords", "DeleteGroups", "OffsetDelete", "CreateAcls", "DeleteAcls",
            "DescribeAcls", "AlterPartitionReassignments", "ListPartitionReassignments", "ElectLeaders",
            "DescribeLogDirs", "AlterReplicaLogDirs", "DescribeProducers", "AlterClientQuotas",
            "DescribeClientQuotas":
            self = .administer
        default:
            switch operation {
            case .write, .idempotentWrite: self = .produce
            case .read: self = .consume
            case .create, .delete, .alter, .alterConfigs, .describeConfigs: self = .administer
            case .all, .describe: return nil
            }
        }
    }

    var title: String {
        switch self {
        case .produce: "produce"
        case .consume: "consume"
        case .administer: "administer"
        }
    }
}

/// The recent requests of the client that was denied.
///
/// A program may do several jobs with one connection, so names are kept by job: a topic that it reads need not be one
/// that it writes to.
struct ClientNeeds: Equatable, Sendable {
    /// The names in the requests of one job.
    private struct Named: Equatable, Sendable {
        var topics: [String] = []
        var groups: [String] = []
        var transactionalIDs: [String] = []
        /// Whether it requested a producer id without a transaction.
        var isIdempotent = false
        /// Whether it sent requests about the cluster.
        var asksCluster = false

        mutating func add(_ record: DecisionRecord) {
            switch record.resourceType {
            case .topic: Self.add(record.resourceName, to: &self.topics)
            case .group: Self.add(record.resourceName, to: &self.groups)
            case .transactionalID: Self.add(record.resourceName, to: &self.transactionalIDs)
            case .cluster:
                if record.operation == .idempotentWrite { self.isIdempotent = true } else { self.asksCluster = true }
            }
        }

        private static func add(_ name: String, to names: inout [String]) {
            if names.count < ClientNeeds.maximumNames, !names.contains(where: name.hasSameBytes) { names.append(name) }
        }
    }

    private var named: [ClientJob: Named] = [:]
    /// Jobs that its requests belong to, the most frequent first.
    var jobs: [ClientJob] = []

    /// Kafka's constant: the one name of the resource type `cluster`.
    private static let cluster = "kafka-cluster"
    /// The most names of one resource type, because a rule holds 50.
    private static let maximumNames = 20
    /// The most decisions that are read.
    private static let maximumDecisions = 2_000

    /// - Parameter record: A denial, whose names come first.
    init(_ record: DecisionRecord, in log: DecisionLog) {
        self.note(record)
        var counts: [ClientJob: Int] = [:]
        var seen = 0
        log.forEachBackwards { entry in
            let other = entry.record
            guard Self.isSameClient(other, record) else { return true }
            if let job = ClientJob(api: other.api, operation: other.operation) { counts[job, default: 0] += 1 }
            // Items filtered from a list were not requested, and a shortened name is not usable.
            let isWhole = ClientPrincipal.reasonAgainstRules(for: other.resourceName) == nil
            if other.verdict != .filtered, isWhole { self.note(other) }
            seen += 1
            return seen < Self.maximumDecisions
        }
        self.jobs = ClientJob.allCases.filter { counts[$0] != nil }.sorted { counts[$0] ?? 0 > counts[$1] ?? 0 }
    }

    /// The same program: on the same connection, or with the same principal and client id from the same host.
    private static func isSameClient(_ left: DecisionRecord, _ right: DecisionRecord) -> Bool {
        guard ClientPrincipal(left).isSame(as: ClientPrincipal(right)), left.gateway.hasSameBytes(as: right.gateway),
            left.virtualCluster.hasSameBytes(as: right.virtualCluster)
        else { return false }
        if left.sessionID == right.sessionID { return true }
        return left.clientID == right.clientID
            && left.remoteAddress.map(HostPort.withoutPort) == right.remoteAddress.map(HostPort.withoutPort)
    }

    /// Requests of clients of every kind do not show a job, and an administrator's rights are too many to propose for
    /// them.
    private mutating func note(_ record: DecisionRecord) {
        let own = ClientJob(api: record.api, operation: record.operation)
        for job in own.map({ [$0] }) ?? [.produce, .consume] { self.named[job, default: Named()].add(record) }
    }

    /// The rules that the job needs, and a sentence for each unknown.
    func rules(for job: ClientJob) -> (rules: [ACLRule], unknown: [String]) {
        func allow(_ type: ResourceType, _ operations: [ACLOperation], _ names: [String]) -> ACLRule {
            ACLRule(
                resourceType: type, action: .allow, operations: operations,
                resourceNames: .globs(names.map(ProposedPolicy.exact)))
        }
        let named = self.named[job] ?? Named()
        var rules: [ACLRule] = []
        var unknown: [String] = []
        switch job {
        case .produce:
            if named.topics.isEmpty {
                unknown.append("The topics that it writes to are not known yet: no request named one.")
            } else {
                rules.append(allow(.topic, [.describe, .write], named.topics))
            }
            // WRITE on any topic includes idempotent writes; without it, IDEMPOTENT_WRITE is needed.
            if named.isIdempotent { rules.append(allow(.cluster, [.idempotentWrite], [Self.cluster])) }
            if !named.transactionalIDs.isEmpty {
                rules.append(allow(.transactionalID, [.describe, .write], named.transactionalIDs))
                if !named.groups.isEmpty { rules.append(allow(.group, [.read, .describe], named.groups)) }
            }
        case .consume:
            if named.topics.isEmpty {
                unknown.append("The topics that it reads are not known yet: no request named one.")
            } else {
                rules.append(allow(.topic, [.describe, .read], named.topics))
            }
            if named.groups.isEmpty {
                unknown.append(
                    "Its group is not known yet, so any is allowed: write its name in place of \"*\" in the YAML.")
                rules.append(
                    ACLRule(
                        resourceType: .group, action: .allow, operations: [.describe, .read],
                        resourceNames: .globs(["*"])))
            } else {
                rules.append(allow(.group, [.describe, .read], named.groups))
            }
        case .administer:
            if !named.topics.isEmpty {
                rules.append(
                    allow(
                        .topic, [.describe, .describeConfigs, .create, .delete, .alter, .alterConfigs], named.topics))
            }
            if !named.groups.isEmpty { rules.append(allow(.group, [.describe, .read, .delete], named.groups)) }
            if named.asksCluster {
                rules.append(
                    allow(
                        .cluster, [.describe, .describeConfigs, .create, .alter, .alterConfigs],
                        [Self.cluster]))
            }
        }
        return (rules, unknown)
    }
}
