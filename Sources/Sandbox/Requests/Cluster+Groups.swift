import KafkaProtocol
import NIOCore

extension Cluster {
    /// The error why this broker does not serve a group: the client lacks the permission, a test injected the error, or
    /// another broker coordinates the group.
    func coordinationError(
        of groupID: String, for operation: Authorizer.Operation, _ context: RequestContext
    ) -> KafkaErrorCode? {
        if let refusal = self.refusal(of: operation, .group, groupID) { return refusal }
        if let fault = self.faults.nextError(for: context.apiKey) { return fault }
        return self.coordinator(of: groupID)?.id == context.nodeID ? nil : .notCoordinator
    }

    // MARK: Join

    func joinGroup(_ request: JoinGroupRequest, _ context: RequestContext) -> RequestOutcome {
        if let error = self.coordinationError(of: request.groupId, for: .read, context) {
            let memberID = error == .groupAuthorizationFailed ? "" : request.memberId
            return self.answer(.failure(error, memberID: memberID), to: context)
        }
        let sessionTimeout = TimeAmount.milliseconds(Int64(request.sessionTimeoutMs))
        let join = GroupJoin(
            groupID: request.groupId, memberID: request.memberId, instanceID: request.groupInstanceId,
            clientID: context.clientID, clientHost: context.clientHost, sessionTimeout: sessionTimeout,
            rebalanceTimeout: request.rebalanceTimeoutMs > 0
                ? .milliseconds(Int64(request.rebalanceTimeoutMs)) : sessionTimeout,
            protocolType: request.protocolType,
            // A request's bytes live only as long as the request, so the kept ones are copied.
            protocols: request.protocols.map { .init(name: $0.name, metadata: ByteBuffer(copying: $0.metadata)) },
            requiresKnownMemberID: context.version >= 4,
            supportsSkippingAssignment: context.version >= 9)
        let prefix = (request.groupInstanceId ?? (context.clientID.isEmpty ? "consumer" : context.clientID)).prefix(200)
        let reply = self.nextReplyID(for: context)
        let replies = self.groups.join(
            join, newMemberID: "\(prefix)-\(Self.randomMemberSuffix())", reply: reply, now: .now())
        return self.deliver(replies, answering: reply)
    }

    func answer(_ join: GroupJoinAnswer, to context: RequestContext) -> RequestOutcome {
        var response = JoinGroupResponse()
        response.errorCode = join.error.rawValue
        response.generationId = join.generation
        response.protocolType = join.protocolType
        // The name may be null since the field for its type is there (KIP-559).
        response.protocolName =
            join.protocolName ?? (context.version >= JoinGroupResponse.firstVersionWithProtocolType ? nil : "")
        response.leader = join.leader
        response.skipAssignment = join.skipAssignment
        response.memberId = join.memberID
        response.members = join.members.map { member in
            var answer = JoinGroupResponse.JoinGroupResponseMember()
            answer.memberId = member.id
            answer.groupInstanceId = member.instanceID
            answer.metadata = member.metadata
            return answer
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    /// Makes member IDs unique: 128 random bits in hexadecimal.
    private static func randomMemberSuffix() -> String {
        (0..<4).map { _ in
            let digits = String(UInt32.random(in: 0...UInt32.max), radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined(separator: "-")
    }

    // MARK: Sync, heartbeat, leave

    func syncGroup(_ request: SyncGroupRequest, _ context: RequestContext) -> RequestOutcome {
        if let error = self.coordinationError(of: request.groupId, for: .read, context) {
            return self.answer(GroupSyncAnswer(error: error), to: context)
        }
        let reply = self.nextReplyID(for: context)
        let replies = self.groups.sync(
            GroupSync(
                groupID: request.groupId, generation: request.generationId, memberID: request.memberId,
                instanceID: request.groupInstanceId, protocolType: request.protocolType,
                protocolName: request.protocolName,
                assignments: request.assignments.map { ($0.memberId, ByteBuffer(copying: $0.assignment)) }),
            reply: reply, now: .now())
        return self.deliver(replies, answering: reply)
    }

    func answer(_ sync: GroupSyncAnswer, to context: RequestContext) -> RequestOutcome {
        var response = SyncGroupResponse()
        response.errorCode = sync.error.rawValue
        response.protocolType = sync.protocolType
        response.protocolName = sync.protocolName
        response.assignment = sync.assignment
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    func heartbeat(_ request: HeartbeatRequest, _ context: RequestContext) -> RequestOutcome {
        var response = HeartbeatResponse()
        let error =
            self.coordinationError(of: request.groupId, for: .read, context)
            ?? self.groups.heartbeat(
                groupID: request.groupId, memberID: request.memberId, instanceID: request.groupInstanceId,
                generation: request.generationId, now: .now())
        response.errorCode = error.rawValue
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    func leaveGroup(_ request: LeaveGroupRequest, _ context: RequestContext) -> RequestOutcome {
        var response = LeaveGroupResponse()
        var replies: [GroupReply] = []
        if let error = self.coordinationError(of: request.groupId, for: .read, context) {
            response.errorCode = error.rawValue
        } else if context.version < 3 {
            let result = self.groups.leave(
                groupID: request.groupId, memberID: request.memberId, instanceID: nil, now: .now())
            response.errorCode = result.error.rawValue
            replies = result.replies
        } else {
            response.members = request.members.map { member in
                let result = self.groups.leave(
                    groupID: request.groupId, memberID: member.memberId, instanceID: member.groupInstanceId,
                    now: .now())
                replies += result.replies
                var answer = LeaveGroupResponse.MemberResponse()
                answer.memberId = member.memberId
                answer.groupInstanceId = member.groupInstanceId
                answer.errorCode = result.error.rawValue
                return answer
            }
        }
        _ = self.deliver(replies)
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    // MARK: Describe, list, delete

    func describeGroups(_ request: DescribeGroupsRequest, _ context: RequestContext) -> RequestOutcome {
        var response = DescribeGroupsResponse()
        response.groups = request.groups.map { id in
            var answer = DescribeGroupsResponse.DescribedGroup()
            answer.groupId = id
            if let error = self.coordinationError(of: id, for: .describe, context) {
                answer.errorCode = error.rawValue
                return answer
            }
            guard let group = self.groups[id] else {
                answer.groupState = "Dead"
                if context.version >= 6 {
                    answer.errorCode = KafkaErrorCode.groupIdNotFound.rawValue
                    answer.errorMessage = self.groups.notFound(id, kind: "classic").message
                } else if request.includeAuthorizedOperations {
                    answer.authorizedOperations = self.authorizedOperations(on: .group, id)
                }
                return answer
            }
            if request.includeAuthorizedOperations {
                answer.authorizedOperations = self.authorizedOperations(on: .group, id)
            }
            answer.groupState = group.state.name
            answer.protocolType = group.protocolType ?? ""
            // Only in a stable group are the members' protocols and assignments settled.
            let isStable = group.state == .stable
            answer.protocolData = isStable ? group.protocolName ?? "" : ""
            answer.members = group.members.map { member in
                var described = DescribeGroupsResponse.DescribedGroupMember()
                described.memberId = member.id
                described.groupInstanceId = member.instanceID
                described.clientId = member.clientID
                described.clientHost = member.clientHost
                described.memberMetadata = isStable ? member.metadata(for: group.protocolName) : ByteBuffer()
                described.memberAssignment = isStable ? member.assignment : ByteBuffer()
                return described
            }
            return answer
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    func listGroups(_ request: ListGroupsRequest, _ context: RequestContext) -> RequestOutcome {
        let states = Set(request.statesFilter.map { $0.lowercased() })
        let types = Set(request.typesFilter.map { $0.lowercased() })
        let showsAll = self.allowsOnCluster(.describe)
        var response = ListGroupsResponse()
        response.groups = self.groups.listing
            .filter { group in
                self.coordinator(of: group.id)?.id == context.nodeID
                    && (states.isEmpty || states.contains(group.state.lowercased()))
                    && (types.isEmpty || types.contains(group.type))
                    && (showsAll || self.allows(.describe, .group, group.id))
            }
            .sorted { $0.id < $1.id }
            .map { group in
                var answer = ListGroupsResponse.ListedGroup()
                answer.groupId = group.id
                answer.protocolType = group.protocolType
                answer.groupState = group.state
                answer.groupType = group.type
                return answer
            }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }

    func deleteGroups(_ request: DeleteGroupsRequest, _ context: RequestContext) -> RequestOutcome {
        var response = DeleteGroupsResponse()
        response.results = request.groupsNames.map { id in
            var answer = DeleteGroupsResponse.DeletableGroupResult()
            answer.groupId = id
            let error = self.coordinationError(of: id, for: .delete, context) ?? self.groups.delete(id)
            if error == .none { self.sharing.forget(group: id) }
            answer.errorCode = error.rawValue
            return answer
        }
        return .answer(context.frame { response.encode(into: &$0, version: context.version) })
    }
}

extension ByteBuffer {
    /// The same bytes in memory of their own.
    init(copying buffer: ByteBuffer) {
        self.init()
        self.reserveCapacity(buffer.readableBytes)
        self.writeImmutableBuffer(buffer)
    }
}
