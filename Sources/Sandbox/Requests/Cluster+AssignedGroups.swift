import KafkaProtocol
import NIOCore

/// The common fields of answers to heartbeats of consumer and share groups.
protocol AssignedGroupHeartbeatResponse: KafkaMessage {
    associatedtype Partitions: TopicIDPartitionsRow

    var errorCode: Int16 { get set }
    var errorMessage: String? { get set }
    var memberId: String? { get set }
    var memberEpoch: Int32 { get set }
    var heartbeatIntervalMs: Int32 { get set }

    mutating func assign(_ partitions: [Partitions])
}

/// A topic by its ID, and some of its partitions.
protocol TopicIDPartitionsRow: KafkaStructure {
    var topicId: KafkaUUID { get set }
    var partitions: [Int32] { get set }
}

/// A topic by its ID and name, and some of its partitions.
protocol NamedPartitionsRow: TopicIDPartitionsRow {
    var topicName: String { get set }
}

/// The common fields of descriptions of consumer and share groups.
protocol DescribedAssignedGroup: KafkaStructure {
    var errorCode: Int16 { get set }
    var errorMessage: String? { get set }
    var groupId: String { get set }
    var groupState: String { get set }
    var groupEpoch: Int32 { get set }
    var assignmentEpoch: Int32 { get set }
    var assignorName: String { get set }
    var authorizedOperations: Int32 { get set }
}

extension ConsumerGroupHeartbeatResponse.TopicPartitions: TopicIDPartitionsRow {}
extension ShareGroupHeartbeatResponse.TopicPartition: TopicIDPartitionsRow {}
extension ConsumerGroupDescribeResponse.TopicPartition: NamedPartitionsRow {}
extension ShareGroupDescribeResponse.TopicPartition: NamedPartitionsRow {}
extension ConsumerGroupDescribeResponse.Group: DescribedAssignedGroup {}
extension ShareGroupDescribeResponse.Group: DescribedAssignedGroup {}

extension ConsumerGroupHeartbeatResponse: AssignedGroupHeartbeatResponse {
    mutating func assign(_ partitions: [TopicPartitions]) {
        var assignment = Assignment()
        assignment.topicPartitions = partitions
        self.assignment = assignment
    }
}

extension ShareGroupHeartbeatResponse: AssignedGroupHeartbeatResponse {
    mutating func assign(_ partitions: [TopicPartition]) {
        var assignment = Assignment()
        assignment.topicPartitions = partitions
        self.assignment = assignment
    }
}

extension Cluster {
    /// Answers a member's heartbeat.
    ///
    /// - Parameters:
    ///   - feature: The feature that the cluster must have finalized.
    ///   - topics: The names that the member subscribes to; it has to be allowed to describe all of them.
    ///   - take: Passes the heartbeat to the group.
    func answerHeartbeat<Response: AssignedGroupHeartbeatResponse>(
        _: Response.Type, of groupID: String, feature: String, topics: [String]?, _ context: RequestContext,
        _ take: () throws(GroupFault) -> MemberHeartbeatAnswer
    ) -> RequestOutcome {
        var response = Response()
        response.errorMessage = nil
        response.memberId = nil
        do throws(GroupFault) {
            guard self.features.level(of: feature) >= 1 else { throw GroupFault(code: .unsupportedVersion) }
            if let refusal = self.refusal(of: .read, .group, groupID) { throw GroupFault(code: refusal) }
            for topic in topics ?? [] {
                if let refusal = self.refusal(of: .describe, .topic, topic) { throw GroupFault(code: refusal) }
            }
            if let error = self.coordinationError(of: groupID, for: .read, context) { throw GroupFault(code: error) }
            let answer = try take()
            response.memberId = answer.memberID
            response.memberEpoch = answer.memberEpoch
            response.heartbeatIntervalMs = Int32(clamping: answer.heartbeatInterval.nanoseconds / 1_000_000)
            if let assigned = answer.assignment { response.assign(Self.byTopic(assigned)) }
            self.scheduleTimer()
        } catch {
            response.errorCode = error.code.rawValue
            response.errorMessage = error.message.map { String($0.prefix(1000)) }
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    /// Describes groups of one kind.
    ///
    /// - Parameter describeMembers: Adds the fields that only this kind of group has.
    func describe<Described: DescribedAssignedGroup, Group: AssignedGroup>(
        _ ids: [String], in groups: [String: Group], includingOperations: Bool, _ context: RequestContext,
        _ describeMembers: (Group, inout Described) -> Void
    ) -> [Described] {
        ids.map { id in
            var answer = Described()
            answer.groupId = id
            answer.errorMessage = nil
            do throws(GroupFault) {
                let group = try self.group(id, in: groups, for: .describe, context)
                let names = Set(group.assigned.map(\.topic)).compactMap { self.topics.name(of: $0) }
                if let refusal = names.compactMap({ self.refusal(of: .describe, .topic, $0) }).first {
                    throw GroupFault(code: refusal)
                }
                answer.groupState = group.stateName
                answer.groupEpoch = group.epoch
                answer.assignmentEpoch = group.assignmentEpoch
                answer.assignorName = group.assignorName
                if includingOperations { answer.authorizedOperations = self.authorizedOperations(on: .group, id) }
                describeMembers(group, &answer)
            } catch {
                answer.errorCode = error.code.rawValue
                answer.errorMessage = error.message
            }
            return answer
        }
    }

    /// Finds a group of one kind that this broker coordinates.
    func group<Group: AssignedGroup>(
        _ id: String, in groups: [String: Group], for operation: Authorizer.Operation, _ context: RequestContext
    ) throws(GroupFault) -> Group {
        if let refusal = self.refusal(of: operation, .group, id) { throw GroupFault(code: refusal) }
        guard !id.isEmpty else { throw GroupFault(code: .invalidGroupId) }
        if let error = self.coordinationError(of: id, for: operation, context) { throw GroupFault(code: error) }
        guard let group = groups[id] else { throw self.groups.notFound(id, kind: Group.kind) }
        return group
    }

    /// Topics in the order of their IDs, each with its partitions in order.
    private static func byTopic<Row: TopicIDPartitionsRow>(_ partitions: Set<TopicIDPartition>) -> [Row] {
        Dictionary(grouping: partitions, by: \.topic)
            .sorted { ($0.key.high, $0.key.low) < ($1.key.high, $1.key.low) }
            .map { topic, partitions in
                var row = Row()
                row.topicId = topic
                row.partitions = partitions.map(\.partition).sorted()
                return row
            }
    }

    /// The same with the topics' names, without deleted topics.
    func named<Row: NamedPartitionsRow>(_ partitions: Set<TopicIDPartition>) -> [Row] {
        let rows: [Row] = Self.byTopic(partitions)
        return rows.compactMap { row in
            guard let name = self.topics.name(of: row.topicId) else { return nil }
            var row = row
            row.topicName = name
            return row
        }
    }
}
