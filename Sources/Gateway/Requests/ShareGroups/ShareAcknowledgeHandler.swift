import KafkaProtocol
import NIOCore
import Resources

/// ShareAcknowledge (79): `READ` on the group, then `READ` on each topic. The request is forwarded even if no topic is
/// left, because the backend counts the session's epochs.
enum ShareAcknowledgeHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        guard request.authorizer.isEnforcing else {
            return .forward(then: .shareAcknowledge(ShareAcknowledgeMerge()))
        }
        let message: ShareAcknowledgeRequest = try request.decode()
        guard let group = message.groupId else { return Self.answer(.invalidRequest, request) }
        let permission = Permission(.read, .group, group)
        if request.authorizer.wouldAllow(permission),
            let question = request.question(about: message.topics.lazy.map(\.topicId))
        {
            return RequestPlan(.ask(question))
        }
        guard request.authorizer.allows(permission) else { return Self.answer(.groupAuthorizationFailed, request) }
        if message.shareSessionEpoch == ShareFetchHandler.finalEpoch {
            let member = GroupMember(group: group, member: message.memberId ?? "")
            request.facts.memory.shareSessions[member] = nil
        }
        var rest = message
        var denied: [ShareAcknowledgeMerge.Topic] = []
        rest.topics.removeAll { topic in
            guard let code = request.facts.refusal(of: .read, on: .id(topic.topicId)) else { return false }
            var row = ShareAcknowledgeMerge.Topic()
            row.topicId = topic.topicId
            row.partitions = topic.partitions.map { asked in
                var partition = ShareAcknowledgeMerge.Partition()
                partition.partitionIndex = asked.partitionIndex
                partition.errorCode = code.rawValue
                partition.errorMessage = nil
                return partition
            }
            denied.append(row)
            return true
        }
        let merge = ShareAcknowledgeMerge(denied: denied)
        if denied.isEmpty { return .forward(then: .shareAcknowledge(merge)) }
        return .forward(request.encode(rest), then: .shareAcknowledge(merge))
    }

    private static func answer(_ code: KafkaErrorCode, _ request: RequestContext) -> RequestPlan {
        var answer = ShareAcknowledgeResponse()
        answer.errorCode = code.rawValue
        answer.errorMessage = nil
        return .answer(request.encode(answer))
    }
}

/// The backend's answer, with the refused partitions put in and the endpoints of moved leaders readdressed.
struct ShareAcknowledgeMerge: Equatable {
    typealias Topic = ShareAcknowledgeResponse.Topic
    typealias Partition = ShareAcknowledgeResponse.Partition

    var denied: [Topic] = []

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: ShareAcknowledgeResponse = try context.decode()
        let rows = message.errorCode == KafkaErrorCode.none.rawValue ? self.denied : []
        if rows.isEmpty && message.nodeEndpoints.isEmpty { return context.body }
        message.readdress(in: &context)
        message.responses += rows
        return context.encode(message)
    }
}
