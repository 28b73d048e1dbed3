import GatewayModel
import KafkaProtocol
import NIOCore

/// DeleteShareGroupOffsets (92): `DELETE` on the group, then `READ` on each topic.
enum DeleteShareGroupOffsetsHandler {
    static func plan(_ request: RequestContext) throws(KafkaDecodeError) -> RequestPlan {
        var message: DeleteShareGroupOffsetsRequest = try request.decode()
        var answer = DeleteShareGroupOffsetsResponse()
        guard request.authorizer.allows(.delete, .group, message.groupId) else {
            answer.errorCode = KafkaErrorCode.groupAuthorizationFailed.rawValue
            answer.errorMessage = KafkaErrorCode.groupAuthorizationFailed.refusalText
            return .answer(request.encode(answer))
        }
        var denied: [DeleteShareGroupOffsetsMerge.Topic] = []
        message.topics.removeAll { topic in
            guard let code = request.facts.refusal(of: .read, on: .name(topic.topicName)) else { return false }
            var row = DeleteShareGroupOffsetsMerge.Topic()
            row.topicName = topic.topicName
            row.errorCode = code.rawValue
            row.errorMessage = code.refusalText
            denied.append(row)
            return true
        }
        if denied.isEmpty { return .forward() }
        guard message.topics.isEmpty else {
            let merge = DeleteShareGroupOffsetsMerge(denied: denied)
            return .forward(request.encode(message), then: .deleteShareGroupOffsets(merge))
        }
        answer.errorMessage = nil
        answer.responses = denied
        return .answer(request.encode(answer))
    }
}

/// An error of the whole request says all there is to say.
struct DeleteShareGroupOffsetsMerge: Equatable {
    typealias Topic = DeleteShareGroupOffsetsResponse.Topic

    var denied: [Topic]

    func apply(_ context: inout ResponseContext) throws(KafkaDecodeError) -> ByteBuffer {
        var message: DeleteShareGroupOffsetsResponse = try context.decode()
        if message.errorCode == KafkaErrorCode.none.rawValue { message.responses += self.denied }
        return context.encode(message)
    }
}
