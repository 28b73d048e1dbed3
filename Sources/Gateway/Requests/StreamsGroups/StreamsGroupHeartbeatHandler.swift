import KafkaProtocol
import Resources

/// StreamsGroupHeartbeat (88): `READ` on the group; with a topology, `DESCRIBE` on every topic of it: one refusal refuses
/// the heartbeat. Internal topics that are missing need `CREATE` on the cluster or the topic.
///
/// The backend creates missing topics as soon as it receives a topology. So the heartbeats of a client that may not
/// create them are not forwarded: the client waits as a member, as with a broker, but the backend does not have that
/// member. Once the topics exist, or may be created, the member is unknown to the backend and joins again.
enum StreamsGroupHeartbeatHandler {
    /// Kafka's default of the group configuration `streams.heartbeat.interval.ms`.
    private static let heartbeatIntervalMs: Int32 = 5_000

    private enum StatusCode {
        static let missingInternalTopics: Int8 = 3
        static let assignmentDelayed: Int8 = 5
    }

    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        let message: StreamsGroupHeartbeatRequest = try request.decode()
        let group = Permission(.read, .group, message.groupId)
        let member = GroupMember(group: message.groupId, member: message.memberId)
        let waiting = request.facts.memory.waitingStreamsMembers[member]
        if request.authorizer.wouldAllow(group), request.answers == nil,
            let question = Self.question(message, waiting, request.authorizer)
        {
            return RequestPlan(.ask(question))
        }
        guard request.authorizer.allows(group) else { return Self.refuse(.groupAuthorizationFailed, nil, request) }
        if let topology = message.topology {
            if let (code, text) = Self.refusal(of: topology, request.authorizer) {
                return Self.refuse(code, text, request)
            }
            return Self.join(StreamsTopicNeeds(topology), message, member, request)
        }
        guard let waiting else { return .forward() }
        return Self.wait(waiting, message, member, request)
    }

    /// The question which internal topics exist, if that matters.
    private static func question(
        _ message: StreamsGroupHeartbeatRequest, _ waiting: StreamsTopicNeeds?, _ authorizer: SessionAuthorizer
    ) -> TopicQuestion? {
        guard message.memberEpoch >= 0, let needs = message.topology.map({ StreamsTopicNeeds($0) }) ?? waiting,
            !needs.uncreatable(authorizer).isEmpty
        else { return nil }
        return .names(needs.names)
    }

    private static func refusal(
        of topology: StreamsGroupHeartbeatRequest.Topology, _ authorizer: SessionAuthorizer
    ) -> (KafkaErrorCode, String?)? {
        var topics: Set<WireName> = []
        for part in topology.subtopologies {
            topics.formUnion(part.sourceTopics.wireNames)
            topics.formUnion(part.repartitionSinkTopics.wireNames)
            topics.formUnion(part.repartitionSourceTopics.lazy.map(\.name).wireNames)
            topics.formUnion(part.stateChangelogTopics.lazy.map(\.name).wireNames)
        }
        let internalTopics = topics.intersection(AddPartitionsToTxnHandler.internalTopics)
        if !internalTopics.isEmpty {
            let names = internalTopics.sorted().map(\.text).joined(separator: ", ")
            return (.streamsInvalidTopology, "Kafka's internal topics \(names) cannot be part of a topology.")
        }
        guard topics.allSatisfy({ TopicName.isLegal($0.text) }) else {
            return (.streamsInvalidTopology, "A topology has a name that cannot be a topic's.")
        }
        var refused = false
        for topic in topics where !authorizer.allows(.describe, .topic, topic.text) { refused = true }
        if refused { return (.topicAuthorizationFailed, nil) }
        // The backend would match patterns with the rights of the gateway's account; brokers do not support them yet.
        guard topology.subtopologies.allSatisfy(\.sourceTopicRegex.isEmpty) else {
            return (.streamsInvalidTopology, "Patterns for source topics are not supported.")
        }
        return nil
    }

    private static func join(
        _ needs: StreamsTopicNeeds, _ message: StreamsGroupHeartbeatRequest, _ member: GroupMember,
        _ request: RequestContext
    ) -> RequestPlan {
        let memory = request.facts.memory
        let missing = needs.missing(request.answers, request.authorizer)
        guard message.memberEpoch >= 0, !missing.uncreatable.isEmpty else {
            memory.waitingStreamsMembers[member] = nil
            return .forward()
        }
        Self.record(missing.uncreatable, request.authorizer)
        memory.waitingStreamsMembers[member] = needs
        var answer = Self.waiting(message, missing)
        answer.memberEpoch = 1
        answer.status?.insert(
            Self.status(
                StatusCode.assignmentDelayed, "Assignment delayed due to the configured initial rebalance delay."),
            at: 0)
        answer.activeTasks = []
        answer.standbyTasks = []
        answer.warmupTasks = []
        answer.partitionsByUserEndpoint = []
        return .answer(request.encode(answer))
    }

    private static func wait(
        _ needs: StreamsTopicNeeds, _ message: StreamsGroupHeartbeatRequest, _ member: GroupMember,
        _ request: RequestContext
    ) -> RequestPlan {
        let memory = request.facts.memory
        if message.memberEpoch < 0 {
            memory.waitingStreamsMembers[member] = nil
            var answer = Self.waiting(message, ([], []))
            answer.status = []
            answer.heartbeatIntervalMs = 0
            return .answer(request.encode(answer))
        }
        let missing = needs.missing(request.answers, request.authorizer)
        guard !missing.uncreatable.isEmpty else {
            memory.waitingStreamsMembers[member] = nil
            return Self.refuse(.unknownMemberId, "The group does not know the member.", request)
        }
        Self.record(missing.uncreatable, request.authorizer)
        return .answer(request.encode(Self.waiting(message, missing)))
    }

    private static func record(_ uncreatable: [String], _ authorizer: SessionAuthorizer) {
        for name in uncreatable { _ = authorizer.allows(.cluster(.create), or: Permission(.create, .topic, name)) }
    }

    private static func waiting(
        _ message: StreamsGroupHeartbeatRequest, _ missing: (all: [String], uncreatable: [String])
    ) -> StreamsGroupHeartbeatResponse {
        var answer = StreamsGroupHeartbeatResponse()
        answer.errorMessage = nil
        answer.memberId = message.memberId
        answer.memberEpoch = message.memberEpoch
        answer.heartbeatIntervalMs = Self.heartbeatIntervalMs
        answer.status = [
            Self.status(
                StatusCode.missingInternalTopics,
                "Internal topics are missing: \(missing.all.joined(separator: ", ")); "
                    + "Unauthorized to CREATE on topics \(missing.uncreatable.joined(separator: ", ")).")
        ]
        answer.activeTasks = nil
        answer.standbyTasks = nil
        answer.warmupTasks = nil
        answer.partitionsByUserEndpoint = nil
        return answer
    }

    private static func status(_ code: Int8, _ detail: String) -> StreamsGroupHeartbeatResponse.Status {
        var status = StreamsGroupHeartbeatResponse.Status()
        status.statusCode = code
        status.statusDetail = detail
        return status
    }

    private static func refuse(_ code: KafkaErrorCode, _ text: String?, _ request: RequestContext) -> RequestPlan {
        var answer = StreamsGroupHeartbeatResponse()
        answer.errorCode = code.rawValue
        answer.errorMessage = text
        answer.activeTasks = nil
        answer.standbyTasks = nil
        answer.warmupTasks = nil
        answer.partitionsByUserEndpoint = nil
        return .answer(request.encode(answer))
    }
}
